"""The demonstration's door: anybody enters as anybody. There is no such page in an office that is none."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.signals import user_logged_in as signed_in
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from evenhand.office.cases.models import Case
from evenhand.office.people import demonstration
from evenhand.office.people.access import public
from evenhand.office.people.actions import SET_UP
from evenhand.office.people.models import CaseAccess, RoleGrant, User
from evenhand.office.people.roles import Role
from evenhand.office.people.second_factor import SESSION_KEY

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

DOES = {
    Role.INTAKE: "receives applications, screens them, asks for what is missing",
    Role.CASE_MANAGER: "sends notices, receives records, keeps the case moving",
    Role.REVIEWER: "reads the whole file and decides each item",
    Role.CREDENTIALING: "keeps the register of reviewers and selects one for a case",
    Role.MEDICAL_DIRECTOR: "reviews the draft and issues the determination",
    Role.FINANCE: "sees the fees",
    Role.ADMINISTRATIVE_DIRECTOR: "decides on eligibility and publishes",
    Role.AUDITOR: "verifies the log and looks at what was opened with a reason",
    Role.SYSTEM_ADMINISTRATOR: "opens accounts, grants roles; sees no case file",
    Role.WORKER: "follows the own case",
    Role.ATTORNEY: "follows the client's case",
    Role.REPRESENTATIVE: "follows the case of whom they represent",
    Role.CLAIMS_ADMINISTRATOR: "receives notices, owes the records",
    Role.REQUESTING_PHYSICIAN: "asked for the treatment",
}


@dataclass(frozen=True, kw_only=True)
class Door:
    """One account that can be entered."""

    username: str
    name: str
    role: Role
    does: str
    cases: tuple[str, ...]


def _require_demonstration(request: HttpRequest) -> None:
    if not demonstration.runs() or urlsplit(f"//{request.get_host()}").hostname not in LOOPBACK:
        raise Http404


@public
@never_cache
def demo(request: HttpRequest) -> HttpResponse:
    """Everybody whom one can enter as: one account a role, the reviewers with a case, the parties."""
    _require_demonstration(request)
    return render(request, "account/demo.html", {"doors": _doors()})


def _doors() -> list[Door]:
    reviewed: dict[str, list[str]] = {}
    cases = Case.objects.exclude(selected_reviewer=None).order_by("-number")
    for reviewer, number in cases.values_list("selected_reviewer", "number"):
        reviewed.setdefault(str(reviewer), []).append(number)
    for username, number in CaseAccess.objects.filter(ended_on=None).values_list("user__username", "case_number"):
        reviewed.setdefault(username, []).append(number)
    grants = RoleGrant.objects.filter(user__is_active=True).exclude(user__username=SET_UP).select_related("user")
    doors = [
        Door(
            username=grant.user.username,
            name=grant.user.first_name,
            role=Role(grant.role),
            does=DOES[Role(grant.role)],
            cases=tuple(reviewed.get(grant.user.username, ())),
        )
        for grant in grants
        if grant.role != Role.REVIEWER or grant.user.username in reviewed
    ]
    return sorted(doors, key=lambda door: (list(Role).index(door.role), door.username))


@public
@never_cache
@require_POST
def enter_demo(request: HttpRequest) -> HttpResponse:
    """Signs in as an account in a role it holds, without password or second factor."""
    _require_demonstration(request)
    username, role = request.POST.get("username", ""), request.POST.get("role", "")
    user = get_object_or_404(User.objects.exclude(username=SET_UP), username=username, is_active=True)
    get_object_or_404(RoleGrant, user=user, role=role)
    login(request, user, backend=BACKEND)
    request.session["role"] = role
    request.session[SESSION_KEY] = "demonstration"
    signed_in.send(sender=User, request=request, user=user, response=None)
    return redirect(get_adapter().get_login_redirect_url(request))
