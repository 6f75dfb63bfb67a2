"""The papers: what the claims administrator owes, when a reviewer may decide without them, what lateness costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.law.deadlines import Deadline
from evenhand.law.pack import Pack
from evenhand.law.refusals import Refused
from evenhand.law.requirements import Requirement, requirements
from evenhand.law.schema import Confidence, least_sure


@dataclass(frozen=True, kw_only=True)
class MayDecide:
    """Whether a reviewer may decide on what there is, and why."""

    allowed: bool
    reason: str
    citation: str
    confidence: Confidence


@dataclass(frozen=True, kw_only=True)
class Penalty:
    """What late records cost, in U.S. dollars."""

    amount: int
    days_late: int
    steps: tuple[str, ...]
    citation: str
    confidence: Confidence
    caution: str | None


def owed(pack: Pack, on: date) -> tuple[Requirement, ...]:
    """What the claims administrator sends after a notice of assignment of `on`: the regulation's (A) to (F) and the
    statute's duty."""
    return requirements(pack, "records_owed", on)


def copies(pack: Pack, on: date) -> tuple[Requirement, ...]:
    """Who else receives what, and what the employee and the physician may send."""
    return requirements(pack, "records_copies", on)


def window(pack: Pack, request_dated: date) -> Deadline:
    """The first day of the physician's reports that are owed: counted back from the request for authorization, not
    from the application."""
    return pack.due("records_window", request_dated)


def may_decide(
    pack: Pack, on: date, *, from_administrator: bool, ur_summary: bool, from_employee_or_physician: bool
) -> MayDecide:
    """Whether a reviewer may decide on the papers there are.

    `from_administrator`: the claims administrator sent records; `ur_summary`: the utilization review decision, with
    its summary of the records, is there; `from_employee_or_physician`: the employee or the requesting physician sent
    papers.
    """
    law = pack.value("decide_without_records", on)
    if from_administrator:
        allowed, reason = True, "The claims administrator's records are there."
    elif ur_summary and from_employee_or_physician:
        allowed, reason = (
            True,
            "The claims administrator sent nothing, but the decision's summary and papers of the other side are there.",
        )
    else:
        there = (
            "the utilization review decision"
            if ur_summary
            else "papers of the employee or physician"
            if from_employee_or_physician
            else "nothing"
        )
        allowed, reason = (
            False,
            f"The claims administrator sent nothing, and there is only {there}. A reviewer may decide: {law.value}",
        )
    return MayDecide(allowed=allowed, reason=reason, citation=law.citation, confidence=law.confidence)


def penalty(pack: Pack, days_late: int, on: date) -> Penalty:
    """What records cost that come `days_late` calendar days after the day `on` on which they were due. Raises Refused
    before the rule."""
    if days_late < 0:
        raise Refused(f"{days_late} days late is less than none; give 0 for records that came in time.")
    per_day, cap = pack.value("late_records_per_day", on), pack.value("late_records_cap", on)
    if not isinstance(per_day.value, int) or not isinstance(cap.value, int):
        raise Refused(f"The penalty for late records is not known for {on}: {per_day.unknown or cap.unknown}")
    amount = min(days_late * per_day.value, cap.value)
    return Penalty(
        amount=amount,
        days_late=days_late,
        steps=(
            f"{days_late} x ${per_day.value:,} a day = ${days_late * per_day.value:,}.",
            f"At most ${cap.value:,} in one case: ${amount:,}.",
        ),
        citation="; ".join(dict.fromkeys((per_day.citation, cap.citation))),
        confidence=least_sure(per_day.confidence, cap.confidence),
        caution=per_day.caution or cap.caution,
    )
