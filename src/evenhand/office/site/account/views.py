"""One's own account, the role one acts in, the one-time link, and the page of a lock-out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from evenhand.office.people import invitations
from evenhand.office.people.access import acting_role, public, roles_of, signed_in
from evenhand.office.people.lockout import locked_until
from evenhand.office.people.models import User
from evenhand.office.people.roles import STAFF
from evenhand.office.people.second_factor import has_second_factor
from evenhand.office.refusals import Refused
from evenhand.office.site import errors
from evenhand.office.site.account.forms import NewPasswordForm
from evenhand.office.ui.dates import today


@signed_in
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Who one is here, the role one acts in, and the ways to what keeps the account safe."""
    assert isinstance(request.user, User)
    held = roles_of(request)
    context = {
        "roles": held,
        "acting": acting_role(request),
        "second_factor": has_second_factor(request.user),
        "must_have": bool(STAFF.intersection(held)),
    }
    return render(request, "account/home.html", context)


@signed_in
@require_POST
def choose_role(request: HttpRequest) -> HttpResponse:
    """Acts in another of the roles one holds from now on."""
    chosen = next((role for role in roles_of(request) if role.value == request.POST.get("role")), None)
    if chosen is None:
        raise Refused(
            what="this role is not yours",
            why="one acts in a role that was granted",
            next="choose one of yours, or ask a system administrator to grant it",
        )
    request.session["role"] = chosen.value
    messages.success(request, f"You act as {chosen.words} now.")
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    """Where the form wants to go on, if that is a page of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and ours else resolve_url("account_home")


@public
@never_cache
@sensitive_post_parameters()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a one-time link: a new password, twice. Looking at it uses nothing up."""
    row = invitations.find(token)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.accept(token, form.cleaned_data["password"], on=today())
        except ValidationError as refused:
            form.add_error("password", refused)
        else:
            messages.success(request, "Your password is set. Sign in with it now.")
            return redirect("account_login")
    # The address holds the token; the policy `same-origin` of every page keeps it from other sites.
    return render(request, "account/invitation.html", {"form": form, "username": row.user.username})


def locked_out(
    request: HttpRequest, original: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of a lock-out, with the time of its end. It says the same whether there is such an account or not."""
    until = timezone.localtime(locked_until(request, (credentials or {}).get("username")))
    refused = Refused(
        what="Too many failed attempts to sign in",
        why="after several wrong passwords or codes nobody can go on guessing for a while",
        next=f"try again after {until:%H:%M} (Pacific time), or ask a system administrator to end the lock",
    )
    return errors.refused(request, refused, status=429)
