"""A review, or the review of some of its items, ends without a determination (8 CCR 9792.10.6(a), Lab. Code 4610.5(g))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from evenhand.law import Refused as LawRefused
from evenhand.law.facts import Means, PartyRole
from evenhand.law.requirements import Requirement, requirements
from evenhand.law.versions import in_force
from evenhand.office.cases.clocks import pack_of, said, set_date
from evenhand.office.cases.models import Case, DisputedItem
from evenhand.office.cases.moves import end_case, move_item, require_state
from evenhand.office.cases.queries import items, notified, party
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.correspondence.compose import Content, Value
from evenhand.office.correspondence.dispatch import dispatch
from evenhand.office.events.chain import Actor, append
from evenhand.office.people.acts import act
from evenhand.office.refusals import Refused

BEFORE_ISSUE = tuple(s for s in CaseState if s not in {CaseState.ISSUED, CaseState.CLOSED, CaseState.TERMINATED})
# What can end: every item that is still in dispute, deferred ones too.
OPEN = (ItemState.DISPUTED, ItemState.ELIGIBLE, ItemState.DEFERRED, ItemState.DECIDED)
# A deferred item keeps a case open only until it is assigned; later it takes a new application (Lab. Code 4610.5(h)(2)).
BEFORE_ASSIGNMENT = (CaseState.RECEIVED, CaseState.SCREENING, CaseState.INFORMATION_REQUESTED)
ENDED = (ItemState.AUTHORISED, ItemState.WITHDRAWN)


class TerminationReason(StrEnum):
    """Why a review ends; the law pack says since when and under which provision."""

    AUTHORISED = "authorised"
    SETTLED = "settled"
    PHYSICIAN_WITHDREW = "physician_withdrew"
    EMPLOYEE_WITHDREW = "employee_withdrew"


@act("terminate_review")
def terminate_review(
    *,
    actor: Actor,
    case: Case,
    reason: TerminationReason,
    ended_on: date,
    told_on: date,
    means: Means,
    item_numbers: Sequence[int] = (),
) -> list[dict[str, Any]]:
    """Ends the review of the items named, of all where none is named, and tells every party. The case ends when no item is left.

    `ended_on` is the day on which the dispute ended, `told_on` the day on which the office learned of it and sends the notice.
    """
    require_state(case, *BEFORE_ISSUE, to="end the review")
    if told_on < ended_on:
        raise Refused(
            what=f"the office was told on {told_on}, before the dispute ended on {ended_on}",
            why="an end is told after it came",
            next="correct one of the two days",
        )
    ground = ground_of(case, reason, ended_on)
    to = ItemState.AUTHORISED if reason is TerminationReason.AUTHORISED else ItemState.WITHDRAWN
    moves = [end_item(item, to, actor) for item in open_items(case, item_numbers)]
    due = _duty_to_tell(case, reason, ended_on, told_on)
    moved = None
    if not left(case):
        words = ground.text.rstrip(".")
        moved = end_case(case, CaseState.TERMINATED, actor, reason=words[0].lower() + words[1:], on=told_on)
    numbers = {move["item"] for move in moves}
    ended = [item for item in items(case, *ENDED) if item.number in numbers]
    sent = notices_of_end(case=case, actor=actor, ended=ended, ground=ground, on=told_on, means=means)
    append(
        actor=actor,
        chain=case.chain,
        kind="review_terminated",
        effective=told_on,
        data={
            "reason": reason.value,
            "citation": ground.citation,
            "ended_on": ended_on.isoformat(),
            "items": moves,
            "move": moved,
            "due": due,
            "notices": sent,
        },
    )
    return sent


@act("send_termination_notices")
def send_termination_notices(*, actor: Actor, case: Case, on: date, means: Means) -> list[dict[str, Any]]:
    """Tells every party of items that the claims administrator authorized and of whose end nobody was told yet."""
    owed = termination_notices_owed(case)
    if not owed:
        raise Refused(
            what=f"nobody has to be told of an end in case {case.number}",
            why="every item that ended was told of, or none has",
            next="go on with the case",
        )
    ground = ground_of(case, TerminationReason.AUTHORISED, on)
    sent = notices_of_end(case=case, actor=actor, ended=owed, ground=ground, on=on, means=means)
    append(
        actor=actor,
        chain=case.chain,
        kind="termination_notices_sent",
        effective=on,
        data={"items": [item.number for item in owed], "notices": sent},
    )
    return sent


def termination_notices_owed(case: Case) -> list[DisputedItem]:
    """Items that ended and of whose end no notice was sent: something to do."""
    told = {number for notice in case.notices.filter(kind="termination") for number in notice.items}
    return [item for item in items(case, *ENDED) if item.number not in told]


def ground_of(case: Case, reason: TerminationReason, on: date) -> Requirement:
    """What the law of the day says of the reason. Raises Refused where it did not know the reason yet."""
    try:
        known = {ground.code: ground for ground in requirements(pack_of(case), "termination_reasons", on)}
    except LawRefused:
        known = {}
    if reason.value not in known:
        raise Refused(
            what=f"on {on} a review did not end because of this: {reason.value.replace('_', ' ')}",
            why="the law pack of the programme lists it from a later day on",
            next="name another reason, or let the employee withdraw the application",
        )
    return known[reason.value]


def left(case: Case) -> list[DisputedItem]:
    """The items that keep the case open."""
    return [i for i in items(case, *OPEN) if i.state != ItemState.DEFERRED or case.state in BEFORE_ASSIGNMENT]


def open_items(case: Case, numbers: Sequence[int]) -> list[DisputedItem]:
    """The items of these numbers, all that can end where none is named. Raises Refused for one that cannot."""
    there = items(case, *OPEN)
    wanted = set(numbers) or {item.number for item in there}
    found = [item for item in there if item.number in wanted]
    if not found or len(found) < len(wanted):
        wrong = sorted(wanted - {item.number for item in found})
        raise Refused(
            what=f"case {case.number} has no open item {', '.join(map(str, wrong)) or 'at all'}",
            why="only what is still in dispute can end",
            next=f"name items among: {', '.join(str(item.number) for item in there) or 'none'}",
        )
    return found


def end_item(item: DisputedItem, to: ItemState, actor: Actor) -> dict[str, str | int]:
    """Ends one item. A decision that was drafted and not issued falls."""
    item.decision = None
    return move_item(item, to, actor)


def notices_of_end(
    *, case: Case, actor: Actor, ended: Sequence[DisputedItem], ground: Requirement, on: date, means: Means
) -> list[dict[str, Any]]:
    """The termination notice to every party."""
    others = [str(item.number) for item in left(case)]
    values: dict[str, Value] = {"items_left": ", ".join(others)} if others else {"whole": "yes"}
    content = Content(
        kind="termination", items=ended, reason=f"{ground.text.rstrip('.')} ({ground.citation}).", values=values
    )
    return dispatch(case=case, content=content, parties=notified(case), means=means, on=on, actor=actor)


def _duty_to_tell(case: Case, reason: TerminationReason, ended_on: date, told_on: date) -> dict[str, Any] | None:
    """By when the claims administrator had to tell; the employee's own withdrawal it need not tell."""
    rule = "terminate_notice"
    if reason is TerminationReason.EMPLOYEE_WITHDREW or in_force(pack_of(case).rule(rule).versions, ended_on) is None:
        return None
    label = "The claims administrator tells that the dispute has ended"
    to = party(case, PartyRole.CLAIMS_ADMINISTRATOR)
    return said(set_date(case=case, label=label, rule=rule, start=ended_on, party=to, met_on=told_on))
