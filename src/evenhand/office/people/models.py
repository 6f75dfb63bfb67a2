"""Accounts, the roles they hold, the cases that parties may see, and what was opened with a reason."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from evenhand.office.people.roles import PARTIES, Part, Role


class User(AbstractUser):
    """Somebody who can act in the office. A reviewer's account bears the pseudonymous identifier, never the name."""

    class Meta:
        db_table = "people_user"


class RoleGrant(models.Model):
    """A role that a user holds."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40, choices=[(r.value, r.value) for r in Role])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="role_granted_once"),
            models.CheckConstraint(condition=Q(role__in=[r.value for r in Role]), name="role_known"),
        ]


class CaseAccess(models.Model):
    """That an account belongs to a party of this case. Ended, never deleted, when the party leaves the case."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="cases")
    case_number = models.CharField(max_length=20, db_index=True)
    role = models.CharField(max_length=40, choices=[(r.value, r.value) for r in Role if r in PARTIES])
    party = models.BigIntegerField(null=True)
    """Key of the row of the case's parties, where there is one."""
    granted_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "case_number", "role"], condition=Q(ended_on=None), name="access_granted_once"
            ),
            models.CheckConstraint(condition=Q(role__in=sorted(r.value for r in PARTIES)), name="access_of_a_party"),
        ]


class BreakGlass(models.Model):
    """A part of a case that somebody opened with a reason, for a short time; and who of those told of it has looked at it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    case_number = models.CharField(max_length=20, db_index=True)
    part = models.CharField(max_length=20, choices=[(p.value, p.value) for p in Part])
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    looked_at_by = models.CharField(max_length=150, blank=True)
    looked_at_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="no_breaking_without_a_reason"),
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="opened_before_it_ends"),
        ]
        ordering = ["-opened_at"]


class SavedView(models.Model):
    """A list of cases as somebody wants to see it again: its name and the filters as they stand in the address."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="view_named_once")]
        ordering = ["name"]


class Invitation(models.Model):
    """A one-time link for setting a password. The token itself is nowhere: only its digest."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class RoleChange(models.Model):
    """A role that was granted or revoked on a page, with the reason. The event holds the reason's digest."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_changes")
    role = models.CharField(max_length=40)
    granted = models.BooleanField()
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=150)
    on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="no_change_of_role_without_a_reason")]
        ordering = ["pk"]
