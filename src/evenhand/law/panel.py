"""How many reviewers decide, and how several decide together (Lab. Code 4610.6(e)-(f))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.law.pack import Pack, Value
from evenhand.law.refusals import Refused
from evenhand.law.schema import Confidence
from evenhand.law.tables import Answer, answer


class Vote(StrEnum):
    """What one reviewer finds of one treatment. Not called upheld or overturned: those are said of the denial."""

    NECESSARY = "necessary"
    NOT_NECESSARY = "not_necessary"


EVENLY_SPLIT = "evenly_split"
MORE_ALLOWED = "allowed"


@dataclass(frozen=True, kw_only=True)
class Seats:
    """Whether so many reviewers may decide, and why. `allowed` is None where nobody knows; `unknown` is the question."""

    allowed: bool | None
    reason: str
    citation: str
    confidence: Confidence
    unknown: str | None
    caution: str | None


@dataclass(frozen=True, kw_only=True)
class PanelDecision:
    """What the reviewers find together (its outcome is a `Vote`), how it comes about, and whose opinions are delivered."""

    finding: Answer
    delivered: Answer
    steps: tuple[str, ...]


def may_sit(pack: Pack, count: int, on: date, *, too_complex: bool, approved_in_writing: bool) -> Seats:
    """Whether `count` reviewers selected on `on` may decide. More than by default need approval in writing, for what is too
    complex for one."""
    if count < 1:
        raise Refused(f"{count} reviewers decide nothing; give 1 or more.")
    default = pack.value("reviewers_by_default", on)
    if isinstance(default.value, int) and count <= default.value:
        return _seats(default, allowed=True, reason=f"By default so many decide: {default.value}.")
    more = answer(pack, "more_reviewers", on, too_complex=too_complex, approved_in_writing=approved_in_writing)
    if default.unknown is not None and more.outcome != MORE_ALLOWED:
        return _seats(default, allowed=None, reason=f"Not known, so no answer is given: {default.unknown}")
    return _seats(more, allowed=more.outcome == MORE_ALLOWED, reason=more.explanation)


def _seats(basis: Value | Answer, *, allowed: bool | None, reason: str) -> Seats:
    return Seats(
        allowed=allowed,
        reason=reason,
        citation=basis.citation,
        confidence=basis.confidence,
        unknown=basis.unknown,
        caution=basis.caution,
    )


def decide(pack: Pack, votes: Sequence[Vote], on: date) -> PanelDecision:
    """What reviewers who found these on one treatment decide together, in a determination of `on`."""
    if not votes:
        raise Refused("Nobody has voted; give the finding of one reviewer or more.")
    tally = {vote: sum(one is vote for one in votes) for vote in Vote}
    most = max(tally.values())
    leading = [vote.value for vote, count in tally.items() if count == most]
    finding = answer(pack, "panel_decision", on, votes=leading[0] if len(leading) == 1 else EVENLY_SPLIT)
    delivered = answer(pack, "opinions_delivered", on, reviewers_differ=len(set(votes)) > 1)
    counted = ", ".join(f"{vote.value.replace('_', ' ')}: {count}" for vote, count in tally.items())
    return PanelDecision(
        finding=finding,
        delivered=delivered,
        steps=(f"{counted}.", finding.explanation, delivered.explanation),
    )
