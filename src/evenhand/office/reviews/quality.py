"""Whose look quality review is: another person's than the reviewer's."""

from __future__ import annotations

from datetime import date

from evenhand.law.requirements import Requirement, requirements
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.models import Case
from evenhand.office.events.chain import Actor
from evenhand.office.refusals import Refused

ANOTHER_LOOK = "quality review is another person's look"


def monitoring(case: Case, on: date) -> Requirement:
    """That reviews are monitored, as the law of the day asks it of the review organization."""
    return next(entry for entry in requirements(pack_of(case), "quality_assurance", on) if entry.code == "reviews")


def require_another(actor: Actor, case: Case, on: date, *, what: str, next: str) -> None:
    """Raises Refused where the actor is the reviewer of the case."""
    if actor.username == case.selected_reviewer:
        raise Refused(
            what=f"{actor.username} cannot {what} of case {case.number}",
            why=f"{ANOTHER_LOOK} ({monitoring(case, on).citation})",
            next=next,
        )
