"""The register of reviewers, their identities apart, and selections."""

from __future__ import annotations

from django.db import models

from evenhand.office.cases.models import Case


class Reviewer(models.Model):
    """A reviewer by pseudonymous identifier, with credentials and ties as facts (matching.facts.Reviewer)."""

    id = models.CharField(primary_key=True, max_length=30)
    facts = models.JSONField()
    registered_on = models.DateField()


class ReviewerIdentity(models.Model):
    """Name, e-mail, licence numbers, NPI: sealed. Only credentialing, the medical director and the reviewer may open it."""

    reviewer = models.OneToOneField(Reviewer, on_delete=models.PROTECT, related_name="identity")
    sealed = models.BinaryField()


class Selection(models.Model):
    """That this reviewer was selected for this case: with all reasons for and against every candidate."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="selections")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT)
    selected_on = models.DateField()
    permitted = models.BooleanField()
    fit = models.FloatField()
    reasons = models.JSONField()
    accepted_on = models.DateField(null=True)
    ended = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(ended=False), name="one_reviewer_a_case"),
            models.CheckConstraint(condition=models.Q(permitted=True), name="nobody_selected_who_may_not_review"),
            models.CheckConstraint(
                condition=models.Q(accepted_on=None) | models.Q(accepted_on__gte=models.F("selected_on")),
                name="accepted_when_or_after_selected",
            ),
        ]
