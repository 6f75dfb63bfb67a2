"""Receipts of papers, the documents in them, and the index of the file."""

from __future__ import annotations

from django.db import models

from evenhand.office.cases.models import Case


class Receipt(models.Model):
    """Papers that came together from one sender."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="receipts")
    sender = models.CharField(max_length=30)
    received_on = models.DateField()
    means = models.CharField(max_length=12)
    answers_request = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(means__in=["personal", "mail", "fax", "electronic"]), name="receipt_means_known"
            )
        ]
        ordering = ["id"]


class Document(models.Model):
    """One paper of a receipt: what the sender says it is, and where its original lies in the store."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="documents")
    label = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=30)
    dated = models.DateField()
    author = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    pages = models.PositiveIntegerField()
    first_page = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "label"], name="document_label_once_in_case"),
            models.CheckConstraint(condition=models.Q(pages__gte=1), name="a_document_has_a_page"),
        ]
        ordering = ["id"]

    @property
    def last_page(self) -> int | None:
        """Permanent number of its last page, once it is indexed."""
        return None if self.first_page is None else self.first_page + self.pages - 1


class FileIndex(models.Model):
    """An index of the file as it stood: text of every page, sealed. A later one replaces it in use, page numbers stay."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="indexes")
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField()
    made_on = models.DateField()

    class Meta:
        ordering = ["id"]


class ProtectedSegment(models.Model):
    """Pages of the file under special protection, by their permanent numbers. Lifted, never deleted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="protected_segments")
    category = models.CharField(max_length=30)
    first_page = models.PositiveIntegerField()
    last_page = models.PositiveIntegerField()
    marked_on = models.DateField()
    lifted_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_page__gte=1, last_page__gte=models.F("first_page")),
                name="a_segment_has_a_page",
            )
        ]
        ordering = ["first_page", "id"]
