"""Own cases of a party: where they stand, what comes next, the papers that were sent to this party. Nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.law.schema import RuleKind
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.models import Case, LegalDate
from evenhand.office.cases.queries import dates
from evenhand.office.cases.reading import looked
from evenhand.office.cases.states import CaseState
from evenhand.office.cases.storage import get
from evenhand.office.people.access import actor_of, roles_only
from evenhand.office.people.models import CaseAccess
from evenhand.office.people.roles import PARTIES, Part
from evenhand.office.site.access import case_page
from evenhand.office.site.parties.words import STATUS, item_words
from evenhand.office.site.staff import served

SHOWN = frozenset({Part.STATUS, Part.ITEMS, Part.CORRESPONDENCE, Part.DETERMINATION})


@roles_only(*PARTIES)
@require_safe
def my_cases(request: HttpRequest) -> HttpResponse:
    """The cases that belong to whoever is signed in, in the role in which they act."""
    actor = actor_of(request)
    mine = CaseAccess.objects.filter(user__username=actor.username, role=actor.role, ended_on=None)
    found = Case.objects.filter(number__in=mine.values("case_number"), set_aside=False).order_by("-opened_on", "number")
    lines = [{"case": case, "status": STATUS[CaseState(case.state)]} for case in found]
    return render(request, "party/cases.html", {"lines": lines})


@case_page(Part.STATUS, shows=SHOWN, roles=PARTIES)
@require_safe
def my_case(request: HttpRequest, case: Case, seen: frozenset[Part]) -> HttpResponse:
    """One case: its line, the dates that concern this party, the items, the papers."""
    party = _party(request, case)
    issued = case.issued_on is not None
    items = [(item, item_words(item.state, item.decision, issued=issued)) for item in case.items.all()]
    papers = list(case.notices.filter(party_id=party).order_by("-served_on", "number")) if party else []
    context = {
        "case": case,
        "today": timezone.localdate(),
        "status": STATUS[CaseState(case.state)],
        "steps": steps_for(case, party),
        "items": items if Part.ITEMS in seen else [],
        "papers": papers if Part.CORRESPONDENCE in seen else [],
    }
    return render(request, "party/case.html", context)


@case_page(Part.CORRESPONDENCE, roles=PARTIES, logged=False)
@require_safe
def my_paper(request: HttpRequest, case: Case, seen: frozenset[Part], notice: int) -> HttpResponse:
    """A paper that went to this party. Those of others are not there."""
    party = _party(request, case)
    row = case.notices.filter(number=notice, party_id=party).first() if party else None
    if row is None:
        raise Http404
    looked(actor=actor_of(request), case=case, parts=frozenset({Part.CORRESPONDENCE}), what=row.pdf)
    return served.pdf(get(case, row.pdf), f"{case.number}-{row.number}-{row.kind}-{row.language}.pdf")


def steps_for(case: Case, party: int | None) -> list[dict[str, Any]]:
    """The dates still open that concern this party: those of the case, and its own. What others owe among themselves stays out."""
    pack = pack_of(case)
    return [
        _step(row, own=party is not None and row.party_id == party, right=pack.rule(row.rule).kind is RuleKind.RIGHT)
        for row in sorted(dates(case), key=lambda row: row.due or "9999")
        if row.met_on is None and row.party_id in {None, party} and pack.rule(row.rule).kind is not RuleKind.MARK
    ]


def _step(row: LegalDate, *, own: bool, right: bool) -> dict[str, Any]:
    due = date.fromisoformat(row.due[:10]) if row.due else None
    past = due is not None and due < timezone.localdate()
    duty = "You have to" if own else "Others have to"
    open_right = "You could, until that day" if past else "You may"
    kind = open_right if right else duty
    return {
        "label": row.label.partition(" (")[0],
        "kind": kind if own or not right else "",
        "due": due,
        "past": past,
        "deadline": row.deadline,
    }


def _party(request: HttpRequest, case: Case) -> int | None:
    """Which of the case's parties this account stands for."""
    actor = actor_of(request)
    access = CaseAccess.objects.filter(
        user__username=actor.username, role=actor.role, case_number=case.number, ended_on=None
    ).first()
    return access.party if access else None
