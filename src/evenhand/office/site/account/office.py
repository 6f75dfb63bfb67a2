"""Everybody's accounts, for system administrators. Every button is an act; what is refused is said above the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from evenhand.office.events.chain import Actor
from evenhand.office.people import actions
from evenhand.office.people.access import actor_of, roles_only
from evenhand.office.people.models import User
from evenhand.office.people.queries import accounts
from evenhand.office.people.roles import Role
from evenhand.office.refusals import Refused
from evenhand.office.site.account.forms import OpenAccountForm, RevokeForm, RoleForm
from evenhand.office.ui.dates import today

for_administrators = roles_only(Role.SYSTEM_ADMINISTRATOR)


@for_administrators
@never_cache
@reauthentication_required(allow_get=True)
def accounts_list(request: HttpRequest) -> HttpResponse:
    """All accounts, and the form that opens another."""
    form = OpenAccountForm(request.POST or None)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        roles = tuple(Role(role) for role in given["roles"])
        try:
            # An account that is there already is not this form's: roles are granted on its own page, with a reason.
            if User.objects.filter(username__iexact=given["username"]).exists():
                raise Refused(
                    what=f"there is an account {given['username']} already",
                    why="a user name belongs to one person for good",
                    next="open its page below, or choose another user name",
                )
            actions.open_account(
                actor=actor_of(request), username=given["username"], name=given["name"], roles=roles, on=today()
            )
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, "The account is open. Now make a link with which its owner sets a password.")
            return redirect("account_of", username=given["username"])
    context = {"accounts": accounts(), "form": form, "refused": refused}
    return render(request, "account/accounts.html", context, status=409 if refused else 200)


@for_administrators
@never_cache
@reauthentication_required(allow_get=True)
def account_of(request: HttpRequest, username: str) -> HttpResponse:
    """One account: its roles, its state, and what can be done with it."""
    return _page(request, get_object_or_404(User, username=username))


@for_administrators
@never_cache
@require_POST
@reauthentication_required(allow_get=True)
def change_account(request: HttpRequest, username: str, act: str) -> HttpResponse:
    """Does one act to the account. Unknown acts are refused; a refusal is shown on the account's page."""
    user = get_object_or_404(User, username=username)
    try:
        if act == "invite":
            token = actions.invite(actor=actor_of(request), user=user, on=today())
            link = request.build_absolute_uri(reverse("invitation", args=(token,)))
            return render(request, "account/invited.html", {"account": user, "link": link})
        if act in {"grant_role", "revoke_role"}:
            return _change_role(request, user, act)
        if act not in ACTS:
            raise Refused(what="this cannot be done", why="there is no such act", next="use the buttons of the page")
        function, said = ACTS[act]
        function(actor=actor_of(request), user=user, on=today())
    except Refused as refused:
        return _page(request, user, refused=refused, status=409)
    messages.success(request, said)
    return redirect("account_of", username=user.username)


ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "deactivate_account": (actions.deactivate_account, "The account is closed; its sessions have ended."),
    "reactivate_account": (actions.reactivate_account, "The account is open again."),
    "reset_second_factor": (
        actions.reset_second_factor,
        "The second factor is removed; a new one is asked for at the next sign-in.",
    ),
    "end_sessions": (actions.end_sessions, "The account is signed out everywhere."),
    "unlock_account": (actions.unlock_account, "The lock has ended."),
}


def _change_role(request: HttpRequest, user: User, act: str) -> HttpResponse:
    granting = act == "grant_role"
    form: RoleForm | RevokeForm = (RoleForm if granting else RevokeForm)(request.POST)
    if not form.is_valid():
        return _page(request, user, form=form if granting else None, missing=not granting, status=400)
    function = actions.grant_role if granting else actions.revoke_role
    role, reason = Role(form.cleaned_data["role"]), form.cleaned_data["reason"]
    actor: Actor = actor_of(request)
    function(actor=actor, user=user, role=role, reason=reason, on=today())
    messages.success(request, f"{user.username} is {'now' if granting else 'no longer'} {role.words}.")
    return redirect("account_of", username=user.username)


def _page(
    request: HttpRequest,
    user: User,
    *,
    refused: Refused | None = None,
    form: RoleForm | RevokeForm | None = None,
    missing: bool = False,
    status: int = 200,
) -> HttpResponse:
    if missing:
        refused = Refused(
            what="a role is not revoked without a reason",
            why="whoever looks at the log later must understand it",
            next="write the reason in a few words",
        )
    context = {
        "account": accounts(user.username)[0],
        "changes": user.role_changes.order_by("-pk")[:20],
        "form": form or RoleForm(),
        "refused": refused,
        "own": user.pk == request.user.pk,
    }
    return render(request, "account/account.html", context, status=status)
