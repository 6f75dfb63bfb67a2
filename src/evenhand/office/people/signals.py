"""What happens at sign-in becomes events of the chain `people`. Never in the way: a sign-in does not fail because its event did."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from allauth.account.signals import password_changed, password_set
from allauth.account.signals import user_logged_in as signed_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db import DatabaseError, transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from evenhand.office.events.chain import Actor, append
from evenhand.office.people import sessions
from evenhand.office.people.access import acting_role
from evenhand.office.people.lockout import count_failure, name_digest
from evenhand.office.people.models import User
from evenhand.office.people.second_factor import SESSION_KEY, has_second_factor
from evenhand.office.people.stages import DIRECTORY_KEY

CHAIN = "people"
SYSTEM = Actor(username="system", role="system", source="system")
log = logging.getLogger(__name__)


def note(kind: str, actor: Actor, data: Mapping[str, Any]) -> None:
    """Appends an event in a transaction of its own. What goes wrong with it goes to the log, not to whoever signs in."""
    try:
        with transaction.atomic():
            append(actor=actor, chain=CHAIN, kind=kind, effective=timezone.localdate(), data=data)
    except DatabaseError as error:
        log.error("the event %s could not be appended: %s", kind, error)


def _person(request: HttpRequest, user: User) -> Actor:
    role = acting_role(request) if request.user.is_authenticated else None
    return Actor(username=user.get_username(), role=role.value if role else "account", source="person")


@receiver(signed_in)
def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    trusted = request.session.pop(DIRECTORY_KEY, None) == user.pk
    if trusted:
        request.session[SESSION_KEY] = "directory"
    elif has_second_factor(user):
        request.session[SESSION_KEY] = "own"
    how = request.session.get(SESSION_KEY, "none")
    note("signed_in", _person(request, user), {"username": user.get_username(), "second_factor": how})


@receiver(user_logged_out)
def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        key = request.session.session_key
        UserSession.objects.filter(session_key=key or "").delete()
        note("signed_out", Actor(username=user.get_username(), role="account", source="person"), {})


@receiver(user_login_failed)
def _failed(credentials: Mapping[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    # While locked nothing is counted and nothing is written: the log does not grow with somebody's patience.
    counted = getattr(request, "axes_failures_since_start", None)
    if getattr(request, "axes_locked_out", False) and not counted:
        return
    note("sign_in_failed", SYSTEM, {"name": name_digest(str(credentials.get("username") or ""))})


@receiver(user_locked_out)
def _locked(request: HttpRequest, username: str | None, **_: Any) -> None:
    if getattr(request, "axes_failures_since_start", None):
        note("locked_out", SYSTEM, {"name": name_digest(username or "")})


@receiver(authentication_failed)
def _wrong_code(request: HttpRequest, user: User, **_: Any) -> None:
    count_failure(request, user.get_username())


@receiver(authenticator_added)
def _added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    note("second_factor_added", _person(request, user), {"type": str(authenticator.type)})


@receiver(authenticator_removed)
def _removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    request.session.pop(SESSION_KEY, None)
    note("second_factor_removed", _person(request, user), {"type": str(authenticator.type)})


@receiver(password_changed)
@receiver(password_set)
def _password(request: HttpRequest, user: User, **_: Any) -> None:
    """A new password ends every other session."""
    sessions.end_all(user, but=request.session.session_key)
    note("password_changed", _person(request, user), {})
