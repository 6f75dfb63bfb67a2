"""The letter that went out, and the fee."""

from __future__ import annotations

from django.db import models

from evenhand.office.cases.models import Case


class Letter(models.Model):
    """The Final Determination Letter: its three forms lie sealed in the store. One a case (an amended one is a later issue's)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="letter")
    served_on = models.DateField()
    means = models.CharField(max_length=12)
    received_on = models.DateField(null=True)
    pdf = models.CharField(max_length=64)
    html = models.CharField(max_length=64)
    own_letter = models.CharField(max_length=64)
    determination = models.JSONField()


class Fee(models.Model):
    """What the claims administrator owes for the review; no amount where the law's value could not be verified."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="fee")
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    explanation = models.JSONField()
