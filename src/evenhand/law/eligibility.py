"""Screening: may each disputed item be reviewed, on the facts of the application and the law of its dates?

Eligibility belongs to the item: one application can hold an eligible item beside an ineligible one. Which grounds there
are, when they hold and what they do is in the programme's pack; `grounds` tries them on the facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from evenhand.law.deadlines import Deadline
from evenhand.law.disputes import AlreadyFiled, Dispute, DisputedItem, SettledGround, item_of
from evenhand.law.facts import Means
from evenhand.law.grounds import Found, Trial, trial
from evenhand.law.pack import Pack
from evenhand.law.refusals import Refused
from evenhand.law.schema import Confidence, EffectVersion, GroundDate, GroundLaw, GroundVersion, Outcome, caution_words
from evenhand.law.versions import in_force, version_on

__all__ = ["AlreadyFiled", "Dispute", "Ground", "ItemFinding", "petition_by", "screen"]

# For so many packs at a time the grounds are kept ready.
PACKS = 16
# So many pairs of days (received, decided): the items of an application share one, and so do many applications.
DAYS = 1024


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One ground that holds against an item, with what it does and what helps.

    `effect` is a name of the pack's effects, `outcome` what it comes to; `appeal` names the clock of the petition
    against it, `cure` that of curing it.
    """

    code: str
    effect: str
    outcome: Outcome
    explanation: str
    citation: str
    confidence: Confidence
    remedy: str
    appeal: str | None
    cure: str | None
    caution: str | None
    open: bool = False
    """Whether facts or law leave it open, so that a person must decide (`Dispute.settled`)."""


@dataclass(frozen=True, kw_only=True)
class ItemFinding:
    """What screening found for one disputed item. `number` counts the items of the application from 1."""

    number: int
    item: str
    status: Outcome
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


def petition_by(
    pack: Pack, finding: ItemFinding, served_on: date, *, means: Means, region: str | None = None
) -> Deadline | None:
    """By when a petition against the finding must be filed that is served on `served_on`; None where there is nothing
    to petition against."""
    clocks = [ground.appeal for ground in finding.grounds if ground.outcome is finding.status and ground.appeal]
    return pack.due(clocks[0], served_on, means=means, region=region) if clocks else None


@lru_cache(maxsize=PACKS)
def _trials(pack: Pack) -> tuple[tuple[str, GroundLaw, dict[date, Trial]], ...]:
    """Every ground of the pack in their order, with each version ready to be tried, by its first day."""
    return tuple(
        (code, law, {version.valid_from: trial(version) for version in law.versions})
        for code, law in pack.grounds.items()
    )


@lru_cache(maxsize=DAYS)
def _trials_in_force(pack: Pack, received: date, decided: date) -> tuple[tuple[str, GroundLaw, Trial], ...]:
    """The grounds of the pack that there are for an application received and a decision made on these days."""
    found = []
    for code, law, trials in _trials(pack):
        day = received if law.governed_by is GroundDate.APPLICATION_RECEIVED else decided
        version = in_force(law.versions, day)
        if version is not None:
            found.append((code, law, trials[version.valid_from]))
    return tuple(found)


def _finding(item: DisputedItem) -> ItemFinding:
    held, set_aside = [], []
    received = item.dispute.application.filing.received_on
    for code, law, trial_in_force in _trials_in_force(item.pack, received, item.governing):
        found = trial_in_force.of(item)
        if found is None:
            continue
        settled = item.settled(code) if found.unsettled else None
        if settled is not None and not settled.holds:
            set_aside.append(
                f"{law.title}: {found.words} On {settled.decided_on} it was decided that this does not hold: {settled.reason}"
            )
        else:
            held.append(_ground(item, code, trial_in_force.version, found, settled))
    ranked = sorted(held, key=lambda pair: pair[0])
    status = ranked[0][1].outcome if ranked else Outcome.ELIGIBLE
    grounds = tuple(ground for _, ground in held)
    return ItemFinding(
        number=item.number,
        item=item.entry.text,
        status=status,
        grounds=grounds,
        deadline=item.deadline,
        explanation=" ".join([_explanation(item, status, grounds), *set_aside]),
    )


def _governing(item: DisputedItem, date_of: GroundDate) -> date:
    received = item.dispute.application.filing.received_on
    return received if date_of is GroundDate.APPLICATION_RECEIVED else item.governing


def _ground(
    item: DisputedItem, code: str, version: GroundVersion, found: Found, settled: SettledGround | None
) -> tuple[int, Ground]:
    """The ground as it holds, with the rank of its effect."""
    unsettled = version.unsettled if found.unsettled and settled is None else None
    name = unsettled or version.effect
    effect = _effect(item, name)
    said = ["A person must decide." if unsettled else version.explanation, found.words]
    if settled is not None:
        said.append(f"On {settled.decided_on} it was decided that this holds: {settled.reason}")
    return effect.rank, Ground(
        code=code,
        effect=name,
        outcome=effect.outcome,
        explanation=" ".join(said),
        open=unsettled is not None,
        citation=version.citation,
        confidence=version.confidence,
        remedy=version.remedy,
        appeal=version.appeal if effect.outcome is Outcome.INELIGIBLE else None,
        cure=version.cure if effect.outcome is Outcome.INFORMATION_REQUESTED else None,
        caution=caution_words(version.confidence, version.caution),
    )


def _effect(item: DisputedItem, name: str) -> EffectVersion:
    law = item.pack.effects[name]
    return version_on(law.versions, _governing(item, law.governed_by), law.title)


def _explanation(item: DisputedItem, status: Outcome, held: tuple[Ground, ...]) -> str:
    said = [f"{item.entry.text}: {status.value.replace('_', ' ')}."]
    said += [f"{ground.explanation} ({ground.citation})" for ground in held if ground.outcome is status]
    if status is Outcome.ELIGIBLE:
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
    decision = item.dispute.ur_decision
    if raised is not None and decision is not None and raised.raised_on > decision.decided_on:
        said.append(f"Liability was disputed only on {raised.raised_on}, after the decision; that defers nothing.")
    return said
