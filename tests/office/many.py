"""Many cases at once, in every state, for tests of lists: moved along the table in steps, as the triggers demand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from evenhand.office.cases.models import Case, DisputedItem
from evenhand.office.cases.states import CASE_TRANSITIONS, CaseState
from evenhand.office.intake.models import Application

TODAY = date(2026, 3, 2)
DAY = timedelta(1)
LAST = [
    "adler",
    "brandt",
    "castillo",
    "delgado",
    "eriksen",
    "fontaine",
    "garcia",
    "hale",
    "ibarra",
    "jensen",
    "kowalski",
    "lindqvist",
    "moreno",
    "nakamura",
]
FIRST = ["ana", "ben", "carla", "dario", "elena", "felix", "grace", "hugo", "ines", "jonas"]


def ways() -> dict[str, list[str]]:
    """The shortest way from RECEIVED to every state."""
    found: dict[str, list[str]] = {CaseState.RECEIVED.value: []}
    frontier = [CaseState.RECEIVED.value]
    while frontier:
        state = frontier.pop(0)
        for way in CASE_TRANSITIONS:
            if way.source == state and way.target not in found:
                found[str(way.target)] = [*found[state], str(way.target)]
                frontier.append(str(way.target))
    return found


def made(*given: dict[str, Any], today: date = TODAY) -> list[Case]:
    """Cases with these fields; what is not given is plausible. Numbers run on from what is there."""
    first = Case.objects.count()
    cases = []
    for place, fields in enumerate(given, first + 1):
        kept = {
            "number": f"EH26-{place:07d}",
            "programme": "ca_dwc",
            "priority": "regular",
            "opened_on": today - 10 * DAY,
            "worker_name": f"{LAST[place % len(LAST)]}, {FIRST[place % len(FIRST)]}",
        }
        cases.append(Case(**{**kept, **{name: value for name, value in fields.items() if name != "state"}}))
    Case.objects.bulk_create(cases)
    _move(cases, [str(fields.get("state", CaseState.RECEIVED)) for fields in given])
    return cases


def _move(cases: Sequence[Case], targets: Sequence[str]) -> None:
    by: dict[str, list[int]] = {}
    for case, target in zip(cases, targets, strict=True):
        by.setdefault(target, []).append(case.pk)
        case.state = target
    for target, keys in by.items():
        for step in ways()[target]:
            Case.objects.filter(pk__in=keys).update(state=step)


def mixed(count: int, today: date = TODAY) -> list[Case]:
    """That many cases over all states, with dates from late to none at all."""
    states = [state.value for state in CaseState]
    return made(
        *(
            {
                "state": states[n % len(states)],
                "priority": "expedited" if n % 11 == 0 else "regular",
                "opened_on": today - (n % 90) * DAY,
                "next_due_on": None if n % 13 == 0 else today + (n % 40 - 8) * DAY,
                "next_due_label": "" if n % 13 == 0 else "Determination",
                "closed_on": today if states[n % len(states)] in {"CLOSED", "TERMINATED"} else None,
            }
            for n in range(count)
        ),
        today=today,
    )


def filed(cases: Sequence[Case], *items: str) -> None:
    """One application a case, received when the case was opened, with items in these states."""
    Application.objects.bulk_create(
        Application(
            case=case,
            received_on=case.opened_on,
            entered_on=case.opened_on,
            claim_number=f"CL-{case.pk}",
            employee_key="0" * 64,
            ur_decided_on=case.opened_on - 20 * DAY,
            form={},
            request_for_authorization={},
            ur_decision={},
        )
        for case in cases
    )
    for number, state in enumerate(items or ("DISPUTED",), 1):
        DisputedItem.objects.bulk_create(
            DisputedItem(case=c, number=number, ur_item=number, text="item") for c in cases
        )
        rows = DisputedItem.objects.filter(case__in=cases, number=number)
        rows.filter(state="DISPUTED").exclude(state=state).update(state=state)


def history(count: int, today: date = TODAY) -> list[Case]:
    """Closed cases whose letters went out over the last year, with their applications; every twelfth filed before."""
    given = []
    for n in range(count):
        issued = today - (n * 331 % 360) * DAY
        assigned, complete = issued - (20 + n % 17) * DAY, issued - (5 + n % 9) * DAY
        dates = {"eligible_on": assigned - DAY, "assigned_on": assigned, "records_complete_on": complete}
        given.append(
            {"state": "CLOSED", "opened_on": assigned - 6 * DAY, "issued_on": issued, "closed_on": issued, **dates}
        )
    cases = made(*given, today=today)
    filed([case for n, case in enumerate(cases) if n % 12], "ELIGIBLE")
    filed(cases[::12], "DUPLICATE", "DUPLICATE")
    return cases
