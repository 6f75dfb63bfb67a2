"""Screening: may each disputed item be reviewed, on the facts of the application and the law of its dates?

Eligibility belongs to the item: one application can hold an eligible item beside an ineligible one. The tests of fact
are in `grounds`; what follows from them is in the programme's pack.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.law.deadlines import Deadline
from evenhand.law.disputes import AlreadyFiled, Dispute, DisputedItem, item_of
from evenhand.law.grounds import TESTS, Fact
from evenhand.law.pack import Pack
from evenhand.law.refusals import Refused
from evenhand.law.schema import Confidence, Effect, GroundDate, caution_words
from evenhand.law.versions import in_force, known

__all__ = ["AlreadyFiled", "Dispute", "Ground", "ItemFinding", "screen"]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One ground that holds against an item, with what it does and what helps. `appeal` names the clock of the
    petition against it."""

    code: str
    effect: Effect
    explanation: str
    citation: str
    confidence: Confidence
    remedy: str
    appeal: str | None
    caution: str | None


@dataclass(frozen=True, kw_only=True)
class ItemFinding:
    """What screening found for one disputed item. `number` counts the items of the application from 1."""

    number: int
    item: str
    status: Effect
    grounds: tuple[Ground, ...]
    deadline: Deadline | None
    """The time limit to apply; None where the programme did not exist when the decision was served."""
    explanation: str


def screen(pack: Pack, dispute: Dispute, on: date) -> tuple[ItemFinding, ...]:
    """The finding for each disputed item of an application that is screened on `on` (8 CCR 9792.10.3; Lab. Code
    4610.5).

    Raises Refused where the application was received after `on` or before the programme began.
    """
    received = dispute.application.filing.received_on
    if received > on:
        raise Refused(
            f"The application was received on {received}, after {on}, the day of the screening. Screen it on "
            f"{received} or later."
        )
    if received < pack.programme.begins:
        raise Refused(f"The application was received on {received}; the programme begins on {pack.programme.begins}.")
    count = len(dispute.application.disputed.items)
    return tuple(_finding(item_of(pack, dispute, number, on)) for number in range(1, count + 1))


def _finding(item: DisputedItem) -> ItemFinding:
    facts = ((code, test(item)) for code, test in TESTS.items())
    held = tuple(_ground(item, code, fact) for code, fact in facts if fact is not None)
    status = next((effect for effect in Effect if any(ground.effect is effect for ground in held)), Effect.ELIGIBLE)
    return ItemFinding(
        number=item.number,
        item=item.entry.text,
        status=status,
        grounds=held,
        deadline=item.deadline,
        explanation=_explanation(item, status, held),
    )


def _ground(item: DisputedItem, code: str, fact: Fact) -> Ground:
    law = known(item.pack.grounds, code, "ground")
    by_application = law.governed_by is GroundDate.APPLICATION_RECEIVED
    governing = item.dispute.application.filing.received_on if by_application else item.governing
    version = in_force(law.versions, governing)
    if version is None:
        raise Refused(f"The ground {code} ({law.title}) has no version for {governing} in the law pack; add one.")
    effect = version.unsettled if fact.unsettled and version.unsettled else version.effect
    own = version.explanation if effect is version.effect else "A person must decide."
    return Ground(
        code=code,
        effect=effect,
        explanation=f"{own} {fact.words}",
        citation=version.citation,
        confidence=version.confidence,
        remedy=version.remedy,
        appeal=version.appeal if effect is Effect.INELIGIBLE else None,
        caution=caution_words(version.confidence, version.caution),
    )


def _explanation(item: DisputedItem, status: Effect, held: tuple[Ground, ...]) -> str:
    said = [f"{item.entry.text}: {status.value.replace('_', ' ')}."]
    said += [f"{ground.explanation} ({ground.citation})" for ground in held if ground.effect is status]
    if status is Effect.ELIGIBLE:
        said += _why_eligible(item)
    return " ".join(said)


def _why_eligible(item: DisputedItem) -> list[str]:
    """Why an eligible item is in time and not deferred, where somebody could ask."""
    received, said = item.dispute.application.filing.received_on, []
    if item.tolled:
        said.append("The time to apply has not begun: the application form was not given with the decision.")
    elif item.deadline is not None:
        readings = " (under the shortest reading of the law)" if item.deadline.unknown else ""
        said.append(f"Received on {received}; the last day was {item.deadline.safe_until}{readings}.")
    raised = item.dispute.application.disputed.liability_dispute
    if raised is not None and item.liability is None:
        said.append(f"Liability was disputed only on {raised.raised_on}, after the decision; that defers nothing.")
    return said
