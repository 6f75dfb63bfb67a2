"""Accounts and the roles they hold."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from evenhand.office.people.roles import Role


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
            models.CheckConstraint(condition=models.Q(role__in=[r.value for r in Role]), name="role_known"),
        ]
