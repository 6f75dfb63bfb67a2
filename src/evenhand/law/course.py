"""How cases are joined, hastened and ended in part, and by when a mixed application had to come (8 CCR 9792.10.4, 9792.10.6(a)).

Each answer is a line of a table of the pack, on facts that are taken from the disputes themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evenhand.law.deadlines import Deadline
from evenhand.law.disputes import Dispute
from evenhand.law.eligibility import ItemFinding
from evenhand.law.facts import Employee, RequestingPhysician, UrType
from evenhand.law.pack import Pack
from evenhand.law.refusals import Refused
from evenhand.law.schema import Outcome
from evenhand.law.tables import Answer, answer


def consolidation(pack: Pack, applications: Sequence[tuple[Dispute, Sequence[ItemFinding]]], on: date) -> Answer:
    """Whether applications, each with the findings of its screening, may be joined on `on`."""
    if len(applications) < 2:
        raise Refused(f"{len(applications)} application cannot be joined with another; give two or more.")
    forms = [dispute.application for dispute, _ in applications]
    return answer(
        pack,
        "consolidation",
        on,
        same_employee=len({_employee(form.employee) for form in forms}) == 1,
        same_requesting_physician=len({_physician(form.requesting_physician) for form in forms}) == 1,
        same_date_of_injury=len({form.employee.date_of_injury for form in forms}) == 1
        and forms[0].employee.date_of_injury is not None,
        all_eligible=all(any(one.status is Outcome.ELIGIBLE for one in findings) for _, findings in applications),
    )


def conversion(pack: Pack, on: date, *, certified: bool, documented: bool, drafted: bool) -> Answer:
    """Whether a regular review becomes expedited by the treating physician's certification received on `on`."""
    return answer(
        pack,
        "conversion",
        on,
        certified_by_treating_physician=certified,
        supporting_documentation=documented,
        drafted=drafted,
    )


def expedited(pack: Pack, dispute: Dispute) -> Answer | None:
    """Whether an application that asks for expedited review is treated so; None where it does not ask."""
    if dispute.application.ur_type is not UrType.EXPEDITED:
        return None
    filing, decision = dispute.application.filing, dispute.ur_decision
    return answer(
        pack,
        "expedited_application",
        filing.received_on,
        utilization_review_expedited=decision is not None and decision.type is UrType.EXPEDITED,
        certified_by_treating_physician=filing.threat_certified_by_physician,
    )


def ended(pack: Pack, items: Sequence[int], *, ended_items: Sequence[int], on: date) -> Answer:
    """How far a review ends where some of its disputed items (by number) end on `on`."""
    strangers = sorted(set(ended_items) - set(items))
    if strangers or not ended_items:
        raise Refused(f"The review has the items {_listed(items)}; ended are {_listed(strangers) or 'none'}.")
    return answer(pack, "termination_extent", on, every_item_ended=set(ended_items) == set(items))


def file_by(findings: Sequence[ItemFinding]) -> Deadline | None:
    """Until when an application had to come for all of its items to be in time: each item has a clock of its own, so it
    is the earliest. None where no item's clock runs."""
    clocks = [finding.deadline for finding in findings if finding.deadline is not None]
    return min(clocks, key=lambda clock: clock.safe_until, default=None)


def _employee(employee: Employee) -> tuple[object, ...]:
    return employee.last_name.casefold(), employee.first_name.casefold(), employee.date_of_birth


def _physician(physician: RequestingPhysician) -> tuple[str, str]:
    return physician.last_name.casefold(), physician.first_name.casefold()


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)
