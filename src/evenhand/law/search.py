"""The search for the source that decides: which step comes next, with which finding, and what must be recorded.

search = begin(load_pack(), date(2014, 12, 23))
search = search.take(WalkStep(step="mtus", finding="not_addressed", reason="Chapter 8 is silent on the device."))
search.at.code, search.missing()                # "peer_reviewed", what is to be recorded there
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from evenhand.law.pack import Pack
from evenhand.law.refusals import Refused
from evenhand.law.schema import StepLaw
from evenhand.law.standards import Ladder, ladder

ADDRESSES = "addresses"


@dataclass(frozen=True, kw_only=True)
class WalkStep:
    """What the reviewer did on one step. `finding`: addresses, not_addressed or rebutted."""

    step: str
    finding: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Move:
    """A way on from the step at which a search stands. Without `to` the search ends there: the step decides."""

    finding: str
    to: StepLaw | None
    when: str
    record: str


@dataclass(frozen=True, kw_only=True)
class Search:
    """A search as far as it has come. Immutable: `take` gives the search one step on."""

    ladder: Ladder
    taken: tuple[WalkStep, ...] = ()

    @property
    def decided_by(self) -> WalkStep | None:
        """The step that addresses the item, once one does."""
        return self.taken[-1] if self.taken and self.taken[-1].finding == ADDRESSES else None

    @property
    def at(self) -> StepLaw | None:
        """The step at which the search stands; None once a step has decided."""
        return None if self.decided_by else self.ladder.steps[len(self.taken)]

    def moves(self) -> tuple[Move, ...]:
        """The ways on: the finding that decides here, and those with which the step may be left for the next."""
        here = self.at
        if here is None:
            return ()
        following = self.ladder.steps[len(self.taken) + 1 :]
        decides = Move(finding=ADDRESSES, to=None, when=f"{here.title}: addresses the item.", record=here.record)
        leaves = (
            Move(finding=finding, to=following[0], when=here.may_leave_when, record=here.record)
            for finding in here.leave_findings
        )
        return (decides, *leaves)

    def missing(self) -> tuple[str, ...]:
        """What the search still lacks before it decides; empty once a step has decided."""
        here = self.at
        if here is None:
            return ()
        findings = ", ".join(move.finding for move in self.moves())
        return (f"{here.code}: the finding, one of {findings}.", f"{here.code}: to record: {here.record}")

    def faults(self, step: WalkStep) -> tuple[str, ...]:
        """What speaks against taking `step` now, in words; empty if nothing does."""
        faults = list(self._place_faults(step.step))
        codes = [entry.code for entry in self.ladder.steps]
        here = self.ladder.steps[codes.index(step.step)] if step.step in codes else None
        if not step.reason.strip():
            asked = f" To record: {here.record}" if here else ""
            faults.append(f"{step.step}: no reason is given.{asked}")
        if here is not None and step.finding not in {ADDRESSES, *here.leave_findings}:
            allowed = f", only as {' or '.join(here.leave_findings)}" if here.leave_findings else ""
            faults.append(f"{step.step}: may not be left as {step.finding}{allowed}. {here.may_leave_when}")
        return tuple(faults)

    def take(self, step: WalkStep) -> Search:
        """The search after `step`. Raises Refused with everything that speaks against it."""
        faults = self.faults(step)
        if faults:
            raise Refused(" ".join(faults))
        return replace(self, taken=(*self.taken, step))

    def _place_faults(self, code: str) -> list[str]:
        """Why the search does not stand at the step `code`."""
        codes = [entry.code for entry in self.ladder.steps]
        if code not in codes:
            return [f"{code!r} is no step of the ladder; its steps are: {', '.join(codes)}."]
        if self.decided_by is not None:
            decided = self.decided_by.step
            return [f"{decided}: this step addresses the item and so decides; nothing may come after it."]
        if not self.taken:
            return [] if code == codes[0] else [f"The walk begins with {code}; it must begin with {codes[0]}."]
        before = self.taken[-1].step
        if before not in codes:
            return []
        move = codes.index(code) - codes.index(before)
        if move > 1:
            skipped = ", ".join(codes[codes.index(before) + 1 : codes.index(code)])
            return [f"Between {before} and {code} the walk skips: {skipped}."]
        if move <= 0:
            return [f"After {before} the walk goes back to {code}; a step is taken once, in the order of the ladder."]
        return []


def begin(pack: Pack, on: date) -> Search:
    """A search for the item requested on `on`, before its first step. Raises Refused before there was a ladder."""
    return Search(ladder=ladder(pack, on))


def check_walk(ladder: Ladder, walk: Sequence[WalkStep]) -> tuple[str, ...]:
    """What is wrong with a walk up the ladder, in words; empty if nothing is.

    A walk starts at the first step, skips none, gives a reason wherever it leaves a step and for the step that
    decides, leaves a step only as the step allows, and ends at the one step that addresses the item.
    """
    first = ladder.steps[0]
    if not walk:
        return (f"No step was taken; the walk begins with {first.code} ({first.title}).",)
    search = Search(ladder=ladder)
    faults: list[str] = []
    for step in walk:
        faults.extend(search.faults(step))
        # Faulty steps are walked too, so that everything is told at once.
        search = replace(search, taken=(*search.taken, step))
    last = walk[-1]
    if last.finding != ADDRESSES:
        faults.append(
            f"{last.step}: the walk ends here although the step was found {last.finding}; the last step must address "
            "the item."
        )
    return tuple(faults)
