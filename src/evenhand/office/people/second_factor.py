"""A second factor is required of everybody who works in the office. Until it is set up, only the pages that set it up are open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from evenhand.office.people.access import roles_of, rule_of
from evenhand.office.people.models import User
from evenhand.office.people.roles import STAFF

SESSION_KEY = "second_factor"
"""In the session: how the second factor was given (`own`, `directory`, `demonstration`)."""

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

# What whoever has no second factor yet may reach, by the name of the address.
TO_SET_UP = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)


def has_second_factor(user: User) -> bool:
    """Whether an authenticator app or a passkey is set up. Recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether this session is one of the office's people without a second factor."""
    how = request.session.get(SESSION_KEY)
    if how in {"own", "directory"} or (how == "demonstration" and settings.DEMONSTRATION):
        return False
    assert isinstance(request.user, User)
    if not STAFF.intersection(roles_of(request)):
        return False
    if has_second_factor(request.user):
        request.session[SESSION_KEY] = "own"
        return False
    return True


class SecondFactorMiddleware:
    """Sends the office's people to the set-up pages until they have a second factor. Behind sign-in, before the access rules."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """None lets the view run."""
        # Readers of the public pages bear no cookie and cost no query.
        if not request.session.session_key or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        rule = rule_of(view, name)
        if name in TO_SET_UP or (rule is not None and rule.kind == "public"):
            return None
        return redirect("mfa_index") if lacks_second_factor(request) else None
