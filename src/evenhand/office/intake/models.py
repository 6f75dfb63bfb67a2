"""Applications as they came, and questions asked before eligibility is decided."""

from __future__ import annotations

from django.db import models

from evenhand.office.cases.models import Case


class Application(models.Model):
    """One application form with the request and the decision it disputes; several may make one case (consolidation)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="applications")
    received_on = models.DateField()
    entered_on = models.DateField()
    claim_number = models.CharField(max_length=60)
    employee_key = models.CharField(max_length=64)
    """Digest of name and birth date: finds the same employee again without a table of names."""
    ur_decided_on = models.DateField()
    form = models.JSONField()
    request_for_authorization = models.JSONField()
    ur_decision = models.JSONField()
    earlier_reviews = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(entered_on__gte=models.F("received_on")), name="entered_when_or_after_received"
            )
        ]
        indexes = [
            models.Index(fields=["claim_number", "ur_decided_on"]),
            models.Index(fields=["received_on"], name="applications_by_day"),
        ]


class InformationRequest(models.Model):
    """A question to a party and its answer, before or after assignment."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="information_requests")
    stage = models.CharField(max_length=20)
    asked_on = models.DateField()
    received_on = models.DateField()
    question = models.TextField()
    answered_on = models.DateField(null=True)
    answer = models.TextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "stage"], condition=models.Q(answered_on=None), name="one_open_question_a_stage"
            ),
            models.CheckConstraint(
                condition=models.Q(received_on__gte=models.F("asked_on")), name="received_when_or_after_asked"
            ),
        ]
