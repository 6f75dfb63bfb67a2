"""The reviewer's work: what was read, the summary, the walk over the evidence; the draft and its quality review."""

from __future__ import annotations

from django.db import models

from evenhand.office.cases.models import Case, DisputedItem


class PageReading(models.Model):
    """That a page was read, and how we know: a person at a screen, or a script that replays."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="readings")
    page = models.PositiveIntegerField()
    read_on = models.DateField()
    source = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "page"], name="page_reading_once")]


class SummarySentence(models.Model):
    """A sentence of the clinical case summary with the pages of the file it rests on; none without a page."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="summary")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    pages = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="sentence_number_once"),
            models.CheckConstraint(condition=~models.Q(pages=[]), name="no_sentence_without_a_page"),
        ]
        ordering = ["number"]


class EvidenceStep(models.Model):
    """One step of the walk over the evidence for an item: what was consulted, what was found, why it was left or decides."""

    item = models.ForeignKey(DisputedItem, on_delete=models.PROTECT, related_name="evidence")
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=40)
    finding = models.CharField(max_length=20)
    reason = models.TextField()
    citations = models.JSONField(default=list)
    pages = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="step_number_once"),
            models.CheckConstraint(
                condition=models.Q(finding__in=["addresses", "not_addressed", "rebutted"]), name="step_finding_known"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="no_step_without_a_reason"),
        ]
        ordering = ["number"]


class Draft(models.Model):
    """The determination as the reviewer attests to it, with the second reader's findings and the quality review."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    determination = models.JSONField()
    attested_on = models.DateField()
    findings = models.JSONField(default=list)
    reviewed_on = models.DateField(null=True)
    approved = models.BooleanField(null=True)
    remarks = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="draft_number_once")]
        ordering = ["number"]


class FindingOverride(models.Model):
    """Why an error of the second reader does not stand in the way: one finding in one text, by the case's reviewer or the medical
    director. `finding` is the digest of the finding, its place and the text it stands in. Never changed, never deleted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="finding_overrides")
    code = models.CharField(max_length=8)
    item = models.PositiveSmallIntegerField(null=True)
    finding = models.CharField(max_length=64)
    what = models.TextField()
    reason = models.TextField()
    by = models.CharField(max_length=150)
    role = models.CharField(max_length=30)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "finding", "role"], name="finding_set_aside_once_a_role"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="no_override_without_a_reason"),
            models.CheckConstraint(
                condition=models.Q(role__in=["reviewer", "medical_director"]), name="override_by_those_who_may"
            ),
        ]
        ordering = ["id"]
