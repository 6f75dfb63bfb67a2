"""The papers: what the claims administrator owes, when a reviewer may decide without them, what lateness costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.law.deadlines import Deadline
from evenhand.law.pack import Pack, Value
from evenhand.law.refusals import Refused
from evenhand.law.requirements import Requirement, requirements
from evenhand.law.schema import Confidence, least_sure
from evenhand.law.tables import Answer, answer

ALLOWED = "may_decide"


@dataclass(frozen=True, kw_only=True)
class Penalty:
    """What late records cost, in U.S. dollars. `amount` is None where nobody could verify it; `unknown` is then the question
    to ask."""

    amount: int | None
    days_late: int
    steps: tuple[str, ...]
    citation: str
    confidence: Confidence
    unknown: str | None
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
) -> Answer:
    """Whether a reviewer may decide on the papers there are; the outcome is ALLOWED where it may be done.

    `from_administrator`: the claims administrator sent records; `ur_summary`: the utilization review decision, with
    its summary of the records, is there; `from_employee_or_physician`: the employee or the requesting physician sent
    papers.
    """
    return answer(
        pack,
        "decide_on_papers",
        on,
        from_administrator=from_administrator,
        ur_summary=ur_summary,
        from_employee_or_physician=from_employee_or_physician,
    )


def penalty_terms(pack: Pack, on: date) -> tuple[Value, Value]:
    """What each day costs on which records that were due on `on` are late, and the most that they cost. Raises Refused
    before the rule."""
    return pack.value("late_records_per_day", on), pack.value("late_records_cap", on)


def penalty(pack: Pack, days_late: int, on: date) -> Penalty:
    """What records cost that come `days_late` calendar days after the day `on` on which they were due. Raises Refused
    before the rule; where nobody knows the amount, the answer has none and asks."""
    if days_late < 0:
        raise Refused(f"{days_late} days late is less than none; give 0 for records that came in time.")
    per_day, cap = penalty_terms(pack, on)
    unknown = per_day.unknown or cap.unknown
    amount: int | None = None
    steps: tuple[str, ...] = (f"What late records cost is not known, so no amount is given: {unknown}",)
    if isinstance(per_day.value, int) and isinstance(cap.value, int):
        amount, steps = _capped(days_late, per_day.value, cap.value)
    return Penalty(
        amount=amount,
        days_late=days_late,
        steps=steps,
        citation="; ".join(dict.fromkeys((per_day.citation, cap.citation))),
        confidence=least_sure(per_day.confidence, cap.confidence),
        unknown=unknown,
        caution=per_day.caution or cap.caution,
    )


def penalty_until(pack: Pack, due: date, on: date) -> Penalty:
    """What records that were due on `due` cost if they come on `on`: the day after `due` is the first late one. Raises
    Refused where they are not late, and before the rule."""
    return penalty(pack, (on - due).days, due)


def _capped(days: int, per_day: int, cap: int) -> tuple[int, tuple[str, ...]]:
    amount = min(days * per_day, cap)
    return amount, (
        f"{days} x ${per_day:,} a day = ${days * per_day:,}.",
        f"At most ${cap:,} in one case: ${amount:,}.",
    )
