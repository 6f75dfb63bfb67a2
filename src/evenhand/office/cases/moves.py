"""Moving a case or an item along its table. Called inside acts only; the act writes the event."""

from __future__ import annotations

from datetime import date

from evenhand.office.cases.models import Case, DisputedItem
from evenhand.office.cases.states import CASE_TRANSITIONS, ITEM_TRANSITIONS, CaseState, ItemState, lawful
from evenhand.office.events.chain import Actor
from evenhand.office.refusals import Refused


class NotLawful(Refused):
    """The table of transitions has no such way."""


def move_case(case: Case, target: CaseState, actor: Actor) -> dict[str, str]:
    """Moves the case and returns what the event says of it. Raises NotLawful."""
    way = lawful(CASE_TRANSITIONS, case.state, target, actor.role)
    if way is None:
        open_ways = sorted({f"{t.target} by {t.by}" for t in CASE_TRANSITIONS if t.source == case.state})
        raise NotLawful(
            what=f"case {case.number} cannot go from {case.state} to {target.value} by {actor.role}",
            why="the table of transitions (cases/states.py) has no such way",
            next=f"from {case.state} a case can go to: {', '.join(open_ways) or 'nowhere'}",
        )
    before, case.state = case.state, target.value
    case.save(update_fields=["state"])
    return {"from": before, "to": target.value, "citation": way.citation}


def end_case(case: Case, target: CaseState, actor: Actor, *, reason: str, on: date) -> dict[str, str]:
    """Closes or terminates the case for a reason. Returns what the event says of the move. Raises NotLawful."""
    moved = move_case(case, target, actor)
    case.closed_reason, case.closed_on = reason, on
    case.save(update_fields=["closed_reason", "closed_on"])
    return moved


def require_state(case: Case, *states: CaseState, to: str) -> None:
    """Raises NotLawful unless the case is in one of the states."""
    if case.state not in states:
        raise NotLawful(
            what=f"case {case.number} is {case.state}: it is not the time to {to}",
            why=f"this is done while a case is {' or '.join(states)}",
            next="look at the case's time line for what comes next",
        )


def move_item(item: DisputedItem, target: ItemState, actor: Actor) -> dict[str, str | int]:
    """Moves the item; the caller has set what goes with the state. Raises NotLawful."""
    way = lawful(ITEM_TRANSITIONS, item.state, target, actor.role)
    if way is None:
        raise NotLawful(
            what=f"item {item.number} of {item.case.number} cannot go from {item.state} to {target.value} by {actor.role}",
            why="the table of transitions (cases/states.py) has no such way",
            next="see the states of the item in the case's time line",
        )
    before, item.state = item.state, target.value
    item.save()
    return {"item": item.number, "from": before, "to": target.value, "citation": way.citation}
