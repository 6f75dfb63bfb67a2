"""The evidence ladder: in which order a reviewer looks for what decides, and whether a reviewer did.

The order changed twice (LAW: strictly ranked until 2017; by the schedule's own search sequence from 2018), so it is
data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from evenhand.law.pack import Pack
from evenhand.law.schema import Confidence, caution_words
from evenhand.law.versions import known, version_on

ADDRESSES = "addresses"


@dataclass(frozen=True, kw_only=True)
class LadderStep:
    """One step: when it may be left for the next (in words, and as findings), and what the reviewer records on it."""

    code: str
    title: str
    may_leave_when: str
    leave_findings: tuple[str, ...]
    record: str
    citation: str
    confidence: Confidence


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """The standards of medical necessity in their order on a day."""

    steps: tuple[LadderStep, ...]
    strictly_ordered: bool
    citation: str
    confidence: Confidence
    reasoning: str | None
    caution: str | None


@dataclass(frozen=True, kw_only=True)
class WalkStep:
    """What the reviewer did on one step. `finding`: addresses, not_addressed or rebutted."""

    step: str
    finding: str
    reason: str


def ladder(pack: Pack, on: date) -> Ladder:
    """The ladder for treatment requested on `on` (Lab. Code 4610.5(c)(2); 8 CCR 9792.21.1)."""
    law = known(pack.ladders, "medical_necessity", "evidence ladder")
    version = version_on(law.versions, on, law.title)
    return Ladder(
        steps=tuple(
            LadderStep(
                code=step.code,
                title=step.title,
                may_leave_when=step.may_leave_when,
                leave_findings=step.leave_findings,
                record=step.record,
                citation=step.citation,
                confidence=step.confidence,
            )
            for step in version.steps
        ),
        strictly_ordered=version.strictly_ordered,
        citation=version.citation,
        confidence=version.confidence,
        reasoning=version.reasoning,
        caution=caution_words(version.confidence, version.caution),
    )


def check_walk(ladder: Ladder, walk: Sequence[WalkStep]) -> tuple[str, ...]:
    """What is wrong with a walk up the ladder, in words; empty if nothing is.

    A walk starts at the first step, skips none, gives a reason wherever it leaves a step and for the step that
    decides, leaves a step only as the step allows, and ends at the one step that addresses the item.
    """
    if not walk:
        return (f"No step was taken; the walk begins with {ladder.steps[0].code} ({ladder.steps[0].title}).",)
    codes = [step.code for step in ladder.steps]
    faults = list(_order_faults(codes, [taken.step for taken in walk]))
    by_code = {step.code: step for step in ladder.steps}
    for place, taken in enumerate(walk):
        faults.extend(_step_faults(taken, by_code.get(taken.step), last=place == len(walk) - 1))
    return tuple(faults)


def _order_faults(codes: list[str], taken: list[str]) -> list[str]:
    faults = [
        f"{code!r} is no step of the ladder; its steps are: {', '.join(codes)}." for code in taken if code not in codes
    ]
    if faults:
        return faults
    if taken[0] != codes[0]:
        faults.append(f"The walk begins with {taken[0]}; it must begin with {codes[0]}.")
    for before, after in pairwise(taken):
        move = codes.index(after) - codes.index(before)
        if move > 1:
            skipped = ", ".join(codes[codes.index(before) + 1 : codes.index(after)])
            faults.append(f"Between {before} and {after} the walk skips: {skipped}.")
        elif move <= 0:
            faults.append(
                f"After {before} the walk goes back to {after}; a step is taken once, in the order of the ladder."
            )
    return faults


def _step_faults(taken: WalkStep, step: LadderStep | None, *, last: bool) -> list[str]:
    faults = []
    if not taken.reason.strip():
        asked = f" To record: {step.record}" if step else ""
        faults.append(f"{taken.step}: no reason is given.{asked}")
    if last:
        if taken.finding != ADDRESSES:
            faults.append(
                f"{taken.step}: the walk ends here although the step was found {taken.finding}; the last step must "
                "address the item."
            )
    elif taken.finding == ADDRESSES:
        faults.append(f"{taken.step}: this step addresses the item and so decides; nothing may come after it.")
    elif step is not None and taken.finding not in step.leave_findings:
        allowed = " or ".join(step.leave_findings) or "nothing"
        faults.append(f"{taken.step}: may not be left as {taken.finding}, only as {allowed}. {step.may_leave_when}")
    return faults
