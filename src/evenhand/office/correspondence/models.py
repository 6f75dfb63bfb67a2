"""Papers that went out: what, to whom, by which means, served and received when."""

from __future__ import annotations

from django.db import models

from evenhand.office.cases.models import Case, Party


class Notice(models.Model):
    """One paper to one party, with its proof of service. The PDF lies sealed in the store."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    party = models.ForeignKey(Party, on_delete=models.PROTECT)
    means = models.CharField(max_length=12)
    served_on = models.DateField()
    received_on = models.DateField(null=True)
    declarant = models.CharField(max_length=150)
    pdf = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="notice_number_once_in_case"),
            models.CheckConstraint(
                condition=models.Q(means__in=["personal", "mail", "fax", "electronic"]), name="notice_means_known"
            ),
            models.CheckConstraint(
                condition=models.Q(received_on=None) | models.Q(received_on__gte=models.F("served_on")),
                name="received_when_or_after_served",
            ),
        ]
        ordering = ["number"]
