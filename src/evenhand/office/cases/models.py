"""The case, its disputed items, its parties and its legal dates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from evenhand.office.cases.states import CaseState, ItemState


class Case(models.Model):
    """One dispute before the review organisation: one or more applications, one or more disputed items."""

    number = models.CharField(max_length=20, unique=True)
    programme = models.CharField(max_length=30)
    state = models.CharField(max_length=30, choices=CaseState.choices, default=CaseState.RECEIVED)
    priority = models.CharField(max_length=10)
    opened_on = models.DateField()
    closed_reason = models.CharField(max_length=200, blank=True)
    selected_reviewer = models.CharField(max_length=30, null=True)
    replay_of = models.CharField(max_length=100, null=True)
    replay_digest = models.CharField(max_length=64, null=True)
    set_aside = models.BooleanField(default=False)
    worker_name = models.CharField(max_length=200, blank=True, default="", db_index=True)
    """`last, first` in small letters: lists are searched and sorted by it."""
    next_due_on = models.DateField(null=True)
    """The nearest legal date on which something is owed and not done; kept by `clocks`."""
    next_due_label = models.CharField(max_length=200, blank=True, default="")
    eligible_on = models.DateField(null=True)
    """The day on which an item was found eligible."""
    assigned_on = models.DateField(null=True)
    """The day on which the notice of assignment was sent."""
    records_complete_on = models.DateField(null=True)
    issued_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state_known"),
            models.CheckConstraint(condition=Q(priority__in=["regular", "expedited"]), name="case_priority_known"),
            models.CheckConstraint(
                condition=Q(set_aside=False) | Q(replay_of__isnull=False), name="only_a_replay_is_set_aside"
            ),
            models.UniqueConstraint(
                fields=["replay_of"],
                condition=Q(replay_of__isnull=False, set_aside=False),
                name="one_replay_of_a_bundle",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_due_on", "opened_on", "id"],
                condition=~Q(state__in=["CLOSED", "TERMINATED"]) & Q(set_aside=False),
                name="open_cases_by_next_date",
            ),
            models.Index(
                fields=["state"],
                condition=~Q(state__in=["CLOSED", "TERMINATED"]) & Q(set_aside=False),
                name="open_cases_by_state",
            ),
            models.Index(fields=["opened_on"], name="cases_by_day_received"),
            models.Index(fields=["issued_on"], name="cases_by_day_issued"),
            # Everything that the filters of the queue count, without a look at the rows themselves.
            models.Index(
                fields=["state", "priority", "next_due_on", "opened_on"],
                condition=~Q(state__in=["CLOSED", "TERMINATED"]) & Q(set_aside=False),
                name="open_cases_counted",
            ),
            models.Index(
                fields=["-closed_on", "-id"],
                condition=Q(state__in=["CLOSED", "TERMINATED"], set_aside=False),
                name="closed_cases_last_first",
            ),
            models.Index(
                fields=["selected_reviewer", "state"],
                condition=Q(selected_reviewer__isnull=False),
                name="cases_by_reviewer",
            ),
            models.Index(
                fields=["issued_on", "assigned_on", "records_complete_on"],
                condition=Q(set_aside=False, issued_on__isnull=False),
                name="cases_issued_ages",
            ),
            models.Index(
                fields=["eligible_on"],
                condition=Q(set_aside=False, eligible_on__isnull=False),
                name="cases_by_day_eligible",
            ),
            models.Index(fields=["id"], condition=Q(set_aside=True), name="cases_set_aside"),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number

    @property
    def chain(self) -> str:
        """Name of the case's chain of events."""
        return self.number

    def lock(self) -> None:
        """Takes the row for this transaction and reads it anew: an act never decides on a stale state."""
        fresh = Case.objects.select_for_update().get(pk=self.pk)
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(fresh, field.attname))


class Party(models.Model):
    """Somebody who has a part in the case. Those with `notified` get its notices and its letter."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    address = models.JSONField(default=list)
    region = models.CharField(max_length=10, blank=True)
    email = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    fax = models.CharField(max_length=40, blank=True)
    identifier = models.CharField(max_length=100, blank=True)
    notified = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "role", "name"], name="party_once_in_case")]
        ordering = ["id"]


class DisputedItem(models.Model):
    """One disputed service or good. Eligibility, authorisation and outcome belong to it, not to the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    ur_item = models.PositiveSmallIntegerField()
    text = models.TextField()
    state = models.CharField(max_length=20, choices=ItemState.choices, default=ItemState.DISPUTED)
    original_request = models.TextField(null=True)
    authorized = models.TextField(null=True)
    eligible_portion = models.TextField(null=True)
    formulary_drug = models.BooleanField(default=False)
    findings = models.JSONField(default=list)
    settled = models.JSONField(default=list)
    """What a person decided where the law leaves a ground open (law.disputes.SettledGround), one after the other."""
    decision = models.CharField(max_length=10, null=True)
    rationale = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="item_number_once_in_case"),
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="item_state_known"),
            models.CheckConstraint(
                condition=(Q(state="DECIDED") & Q(decision__in=["Upheld", "Overturned"]) & ~Q(rationale=""))
                | (~Q(state="DECIDED") & Q(decision__isnull=True)),
                name="a_decision_with_a_rationale_or_none",
            ),
        ]
        indexes = [
            models.Index(fields=["case"], condition=Q(state="DUPLICATE"), name="items_filed_before"),
        ]
        ordering = ["number"]


class LegalDate(models.Model):
    """A date that the law gives, with its arithmetic, and when it was met. Superseded by a later one, never overwritten."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="legal_dates")
    label = models.CharField(max_length=200)
    rule = models.CharField(max_length=60)
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT)
    item = models.ForeignKey(DisputedItem, null=True, on_delete=models.PROTECT)
    start = models.CharField(max_length=40)
    due = models.CharField(max_length=40, null=True)
    deadline = models.JSONField()
    met_on = models.DateField(null=True)
    superseded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "rule"],
                condition=Q(superseded=False, party=None, item=None),
                name="legal_date_of_case_once",
            ),
            models.UniqueConstraint(
                fields=["case", "rule", "party"],
                condition=Q(superseded=False, party__isnull=False),
                name="legal_date_of_party_once",
            ),
            models.UniqueConstraint(
                fields=["case", "rule", "item"],
                condition=Q(superseded=False, item__isnull=False),
                name="legal_date_of_item_once",
            ),
        ]
        ordering = ["id"]


class CaseKey(models.Model):
    """The one key under which a case's papers, and all that is derived from them, are sealed; itself wrapped by the master key."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="key")
    wrapped = models.BinaryField()
