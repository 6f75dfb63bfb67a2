"""The log: what was opened with a reason and waits for somebody to look at it, what was done lately, what went wrong by night."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from evenhand.office.cases.models import Case
from evenhand.office.cases.reading import look_at_break_glass
from evenhand.office.events.models import Event
from evenhand.office.jobs.queue import jobs
from evenhand.office.people.access import acting_role, actor_of, roles_only
from evenhand.office.people.models import BreakGlass
from evenhand.office.people.roles import PERMISSIONS, SEES, Part, Role
from evenhand.office.refusals import Refused
from evenhand.office.site.staff.case_events import EventLine, event_lines
from evenhand.office.ui.parts import Choice

ON_A_PAGE = 100
LOOKED_AT = 20
PEOPLE = "people"
"""The chain of accounts and sign-ins."""
SEES_ACCOUNTS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR})
SEES_FAULTS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR, Role.MEDICAL_DIRECTOR})
LOOKS = PERMISSIONS["look_at_break_glass"]
OPEN_TO = SEES[Part.EVENTS] | SEES_ACCOUNTS | SEES_FAULTS | LOOKS


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What somebody opened with a reason."""

    row: BreakGlass
    url: str
    part: str
    role: str
    mine: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    """An event, and in which case."""

    chain: str
    url: str
    event: EventLine


@roles_only(*sorted(OPEN_TO))
@never_cache
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Each role sees its part: reasons, events, accounts, faults."""
    role = acting_role(request)
    kinds = _kinds(role)
    kind = request.GET.get("show", "")
    kind = kind if kind in kinds else next(iter(kinds), "")
    lines, older = _events(kind, request.GET.get("before", ""), with_reviewer=role in SEES[Part.REVIEWER])
    context = {
        "looks": role in LOOKS,
        "waiting": _opened(request, waiting=True) if role in LOOKS else [],
        "looked_at": _opened(request, waiting=False) if role in LOOKS else [],
        "tabs": [Choice(title=title, url=f"?show={name}", current=name == kind) for name, title in kinds.items()],
        "kind": kind,
        "lines": lines,
        "older": older,
        "tells_faults": role in SEES_FAULTS,
        "faults": jobs("FAILED") if role in SEES_FAULTS else [],
    }
    return render(request, "staff/log.html", context)


@roles_only(*sorted(LOOKS))
@require_POST
def look(request: HttpRequest, opened: int) -> HttpResponse:
    """Somebody looked at what was opened and why."""
    row = BreakGlass.objects.select_related("user").filter(pk=opened).first()
    case = Case.objects.filter(number=row.case_number).first() if row else None
    if row is None or case is None:
        raise Http404
    try:
        look_at_break_glass(actor=actor_of(request), case=case, opened=row)
    except Refused as refusal:
        messages.error(request, f"{_sentence(refusal.what)} {_sentence(refusal.next)}")
    else:
        messages.success(request, f"Noted: you looked at what was opened in {case.number}.")
    return redirect("log")


def _kinds(role: Role | None) -> dict[str, str]:
    """The events that the role may see: name in the address, title."""
    found = {"acts": "What was done", "looks": "Who looked"} if role in SEES[Part.EVENTS] else {}
    return {**found, **({"accounts": "Accounts and sign-ins"} if role in SEES_ACCOUNTS else {})}


def _events(kind: str, before: str, *, with_reviewer: bool) -> tuple[list[Line], int | None]:
    """The newest events of a kind before the one with that key, and the key before which the next page begins."""
    found: dict[str, QuerySet[Event]] = {
        "acts": Event.objects.exclude(kind="case_read").exclude(chain=PEOPLE),
        "looks": Event.objects.filter(kind="case_read"),
        "accounts": Event.objects.filter(chain=PEOPLE),
    }
    if kind not in found:
        return [], None
    events = found[kind].order_by("-id")
    if before.isascii() and before.isdigit() and len(before) < 19:
        events = events.filter(id__lt=int(before))
    rows = list(events[: ON_A_PAGE + 1])
    shown = rows[:ON_A_PAGE]
    lines = zip(shown, event_lines(shown, with_reviewer=with_reviewer), strict=True)
    told = [Line(chain=row.chain, url=_case_url(row.chain), event=line) for row, line in lines]
    return told, shown[-1].pk if len(rows) > ON_A_PAGE else None


def _opened(request: HttpRequest, *, waiting: bool) -> list[Opened]:
    rows: Iterable[BreakGlass] = BreakGlass.objects.select_related("user")
    rows = rows.filter(looked_at_by="") if waiting else rows.exclude(looked_at_by="")[:LOOKED_AT]  # type: ignore[attr-defined]
    return [
        Opened(
            row=row,
            url=_case_url(row.case_number),
            part=Part(row.part).value,
            role=Role(row.role).words,
            mine=row.user_id == request.user.pk,
        )
        for row in rows
    ]


def _case_url(chain: str) -> str:
    """The page of the case of a chain (`EH15-0000001`, `EH15-0000001/reads`); empty for another chain."""
    number: Any = chain.partition("/")[0]
    try:
        return reverse("case", args=[number]) if "-" in number else ""
    except NoReverseMatch:
        return ""


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
