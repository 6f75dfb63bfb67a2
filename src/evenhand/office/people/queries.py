"""Accounts as the page for system administrators and the command line show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Count
from django.utils import timezone

from evenhand.office.people.lockout import locked_names
from evenhand.office.people.models import Invitation, RoleGrant, User
from evenhand.office.people.roles import PARTIES, Role
from evenhand.office.people.second_factor import FACTORS


@dataclass(frozen=True, kw_only=True)
class Account:
    """One account: who, in which roles, and whether it can sign in."""

    username: str
    name: str
    roles: tuple[Role, ...]
    active: bool
    has_password: bool
    has_second_factor: bool
    invited_until: datetime | None
    locked: bool
    sessions: int
    last_login: datetime | None

    @property
    def needs_second_factor(self) -> bool:
        """Whether it works in the office and has not set one up."""
        return not self.has_second_factor and any(role not in PARTIES for role in self.roles)


def accounts(*usernames: str) -> list[Account]:
    """All accounts in order of user name, or those named."""
    found = User.objects.prefetch_related("grants").order_by("username")
    if usernames:
        found = found.filter(username__in=usernames)
    factors = set(Authenticator.objects.filter(type__in=FACTORS).values_list("user_id", flat=True))
    counted = UserSession.objects.values_list("user_id").annotate(Count("pk")).order_by()
    open_sessions = dict(counted)
    now = timezone.now()
    invited = dict(Invitation.objects.filter(used_at=None, until__gt=now).values_list("user_id", "until"))
    locked = locked_names()
    return [
        Account(
            username=user.username,
            name=user.first_name,
            roles=tuple(sorted((Role(grant.role) for grant in user.grants.all()), key=list(Role).index)),
            active=user.is_active,
            has_password=user.has_usable_password(),
            has_second_factor=user.pk in factors,
            invited_until=invited.get(user.pk),
            locked=user.username in locked,
            sessions=open_sessions.get(user.pk, 0),
            last_login=user.last_login,
        )
        for user in found
    ]


def reviewers_among(usernames: Iterable[str]) -> set[str]:
    """Those of the names that are pseudonyms of reviewers. Asks nothing where there are no names."""
    asked = set(usernames) - {"system"}
    if not asked:
        return set()
    grants = RoleGrant.objects.filter(role=Role.REVIEWER, user__username__in=asked)
    return set(grants.values_list("user__username", flat=True))
