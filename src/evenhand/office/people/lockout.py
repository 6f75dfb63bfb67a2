"""Lock-out after failed sign-ins. django-axes counts in the database, so that every worker knows; here is what counts as too many.

Five failures of a user name from one address lock that pair. Twenty of one user name from anywhere lock the name, fifty from one
address lock the address: whoever spreads the guesses is stopped too, and whoever wants to keep a colleague out has to work for it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from evenhand.office.people.models import User

# How many failures of the wider kind weigh as much as one of a user name from one address.
NAME_FROM_ANYWHERE = 4
ADDRESS_FOR_ANYONE = 10


class Handler(AxesDatabaseHandler):
    """Counts by user name and address together, by user name alone, and by address alone."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """The count that is held against the limit: the worst of the three."""
        pair = super().get_failures(request, credentials)
        name = counted_name(request, credentials)
        since = get_cool_off_threshold(request)
        recent = AccessAttempt.objects.filter(attempt_time__gte=since)
        by_name = _failures(recent.filter(username=name)) if name else 0
        by_address = _failures(recent.filter(ip_address=request.axes_ip_address))  # type: ignore[attr-defined]
        return max(pair, by_name // NAME_FROM_ANYWHERE, by_address // ADDRESS_FOR_ANYONE)


def _failures(attempts: QuerySet[AccessAttempt]) -> int:
    return int(attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0)


def counted_name(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str | None:
    """The name under which failures are counted: an account's own spelling, or a digest of what names no account.

    People type passwords into the wrong field; what is not a user name is not kept. Upper and lower case are one name.
    """
    given = (credentials or {}).get("username")
    if not given:
        return None
    account = User.objects.filter(username__iexact=str(given).strip()).values_list("username", flat=True).first()
    return account or f"unknown {name_digest(str(given))[:24]}"


def name_digest(username: str) -> str:
    """A user name in an event about a failed sign-in: the same name gives the same digest, and nobody reads it."""
    return salted_hmac("evenhand.sign-in", username.strip().lower()).hexdigest()[:32]


def client_address(request: HttpRequest) -> str | None:
    """The address that counts: the one behind the trusted proxies, if there are any (EVENHAND_PROXIES).

    Where a header names fewer than there should be, or no address, it did not come from them: then whoever connected counts.
    """
    try:
        return get_client_ip(request) or request.META.get("REMOTE_ADDR")
    except (ImproperlyConfigured, PermissionDenied, ValueError):
        return request.META.get("REMOTE_ADDR")


def is_locked(request: HttpRequest, username: str) -> bool:
    """Whether this user name is locked for this request."""
    return not AxesProxyHandler.is_allowed(request, {"username": username})


def count_failure(request: HttpRequest, username: str) -> None:
    """A wrong second factor counts like a wrong password."""
    user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)


def locked_until(request: HttpRequest, username: str | None) -> datetime:
    """When the lock ends at the latest, if nobody tries again."""
    attempts = AccessAttempt.objects.filter(ip_address=client_address(request))
    if username:
        attempts = attempts | AccessAttempt.objects.filter(username=counted_name(request, {"username": username}))
    last = attempts.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    cool_off = get_cool_off(request)
    return last + cool_off if cool_off else last


def locked_names() -> set[str]:
    """User names with so many recent failures that they are locked for somebody."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    recent = AccessAttempt.objects.filter(attempt_time__gte=since)
    pairs = recent.values("username", "ip_address").annotate(sum=Sum("failures_since_start"))
    names = recent.values("username").annotate(sum=Sum("failures_since_start"))
    limit = settings.AXES_FAILURE_LIMIT
    return {row["username"] for row in pairs if row["sum"] >= limit} | {
        row["username"] for row in names if row["sum"] >= limit * NAME_FROM_ANYWHERE
    }


def forget_failures(username: str) -> int:
    """Ends the lock of a user name; how many rows of failures were forgotten."""
    return int(AxesProxyHandler.reset_attempts(username=username))
