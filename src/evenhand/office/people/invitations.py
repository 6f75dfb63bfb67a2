"""One-time links for setting a password. The database holds a digest; whoever reads the database can enter nowhere with it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from evenhand.office.events.chain import Actor, append
from evenhand.office.people import sessions
from evenhand.office.people.lockout import forget_failures
from evenhand.office.people.models import Invitation, User
from evenhand.office.refusals import Refused

HOURS = 24
# Without letters and digits that look alike on paper.
READABLE = "23456789abcdefghjkmnpqrstuvwxyz"


def make(user: User, *, by: str) -> tuple[str, Invitation]:
    """A new token and its row; earlier ones of the account end. Runs in the transaction of its act."""
    withdraw(user)
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    row = Invitation.objects.create(
        user=user, digest=_digest(token), by=by, made_at=now, until=now + timedelta(hours=HOURS)
    )
    return token, row


def withdraw(user: User) -> None:
    """Ends the links of an account that nobody has used."""
    now = timezone.now()
    Invitation.objects.filter(user=user, used_at=None, until__gt=now).update(until=now)


def find(token: str, *, now: datetime | None = None) -> Invitation:
    """The invitation of a token. Raises Refused, in the same words, for one that is unknown, used, or too old."""
    now = now or timezone.now()
    row = Invitation.objects.filter(digest=_digest(token), used_at=None, until__gt=now).select_related("user").first()
    if row is None or not row.user.is_active:
        raise Refused(
            what="this link does not open an account",
            why=f"a link works once, for {HOURS} hours; a newer one ends it",
            next="ask whoever sent it for a new one",
        )
    return row


@transaction.atomic
def accept(token: str, password: str, *, on: date) -> User:
    """Sets the password of the invited account; the link is used up, every session of the account ends.

    Raises Refused for the link, Django's ValidationError for the password.
    """
    row = Invitation.objects.select_for_update().get(pk=find(token).pk)
    if row.used_at is not None:
        find("")
    user = row.user
    validate_password(password, user)
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])
    user.set_password(password)
    user.save(update_fields=["password"])
    sessions.end_all(user)
    forget_failures(user.username)
    actor = Actor(username=user.username, role="account", source="person")
    append(actor=actor, chain="people", kind="password_set_by_invitation", effective=on, data={})
    return user


def readable(length: int) -> str:
    """A random word that can be read from paper."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
