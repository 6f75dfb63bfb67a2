"""What follows a determination, and what lateness, errors and earlier decisions do. Each answer is a line of a table of the
pack, with its provision and mark; facts are named as the table asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.law.deadlines import Deadline
from evenhand.law.pack import Pack
from evenhand.law.requirements import Requirement, requirements
from evenhand.law.tables import Answer, answer


class Verification(StrEnum):
    """How a petition stands with its verification."""

    FILED_VERIFIED = "filed_verified"
    CURED_IN_TIME = "cured_in_time"
    TIME_TO_CURE_RUNS = "time_to_cure_runs"
    MISSING = "missing"


class Fault(StrEnum):
    """What is wrong with a utilization review decision."""

    UNTIMELY = "untimely"
    OTHER_THAN_TIME = "other_than_time"
    NONE = "none"


class Ended(StrEnum):
    """How a case ended."""

    DETERMINED = "determined"
    WITHDRAWN = "withdrawn"
    INELIGIBLE = "ineligible"
    TERMINATED = "terminated"


@dataclass(frozen=True, kw_only=True)
class CarryingOut:
    """What the claims administrator does with a determination, and by when, where something is due."""

    answer: Answer
    deadline: Deadline | None


def carrying_out(
    pack: Pack,
    received_on: date,
    *,
    found_necessary: bool,
    already_given: bool,
    appeal_filed: bool,
    liability_disputed: bool,
) -> CarryingOut:
    """What is to be done with a determination received on `received_on` on one treatment."""
    found = answer(
        pack,
        "carrying_out",
        received_on,
        found_necessary=found_necessary,
        already_given=already_given,
        appeal_filed=appeal_filed,
        liability_disputed=liability_disputed,
    )
    return CarryingOut(answer=found, deadline=pack.due(found.rule, received_on) if found.rule else None)


def suspended(pack: Pack, received_on: date, *, appeal_filed: bool, liability_disputed: bool) -> bool:
    """Whether carrying out what was found necessary is suspended; `carrying_out` says why."""
    running = carrying_out(
        pack,
        received_on,
        found_necessary=True,
        already_given=False,
        appeal_filed=appeal_filed,
        liability_disputed=liability_disputed,
    )
    return running.deadline is None


def duties(pack: Pack, on: date) -> tuple[Requirement, ...]:
    """How a determination received on `on` is carried out."""
    return requirements(pack, "carrying_out_duties", on)


def may_petition(pack: Pack, on: date) -> tuple[Requirement, ...]:
    """Who may petition against a determination served on `on`; the codes are the roles."""
    return requirements(pack, "may_petition", on)


def petition_needs(pack: Pack, on: date) -> tuple[Requirement, ...]:
    """What a petition against a determination served on `on` needs."""
    return requirements(pack, "petition_needs", on)


def petition_grounds(pack: Pack, on: date) -> tuple[Requirement, ...]:
    """On which grounds a determination served on `on` is set aside."""
    return requirements(pack, "petition_grounds", on)


def petition(pack: Pack, on: date, *, in_time: bool, verification: Verification, form_kept: bool) -> Answer:
    """Whether a petition against a determination served on `on` is heard, may be cured or is dismissed."""
    facts = {"in_time": in_time, "verification": Verification(verification).value, "form_kept": form_kept}
    return answer(pack, "petition_standing", on, **facts)


def setting_aside(pack: Pack, on: date, *, ground_shown: bool, burden_met: bool) -> Answer:
    """Whether a determination served on `on` is set aside."""
    return answer(pack, "setting_aside", on, ground_shown=ground_shown, burden_met=burden_met)


def remand(pack: Pack, on: date, *, other_organization: bool, other_reviewer: bool) -> Answer:
    """Who reviews after a determination was set aside on `on`, by who else is available."""
    return answer(pack, "remand", on, other_organization=other_organization, other_reviewer=other_reviewer)


def correction(pack: Pack, on: date, *, outcome_changes: bool) -> Answer:
    """How an issued determination is corrected on `on`."""
    return answer(pack, "correction", on, outcome_changes=outcome_changes)


def late_determination(pack: Pack, on: date, *, late: bool) -> Answer:
    """What lateness does to a determination of `on`."""
    return answer(pack, "late_determination", on, late=late)


def faulty_ur_decision(pack: Pack, on: date, *, fault: Fault) -> Answer:
    """Who decides medical necessity where a utilization review decision of `on` has the fault."""
    return answer(pack, "faulty_ur_decision", on, fault=Fault(fault).value)


def repeated_request(
    pack: Pack, on: date, *, in_effect: bool, same_physician_or_group: bool, documented_change: bool
) -> Answer:
    """Whether a request for the treatment that a utilization review decision of `on` refused needs a new decision."""
    return answer(
        pack,
        "repeated_request",
        on,
        in_effect=in_effect,
        same_physician_or_group=same_physician_or_group,
        documented_change=documented_change,
    )


def eligibility_reopened(pack: Pack, on: date, *, appeal_filed: bool) -> Answer:
    """Whether an assigned dispute may still be found ineligible on `on`."""
    return answer(pack, "eligibility_reopened", on, appeal_filed=appeal_filed)


def termination(pack: Pack, on: date, *, every_item_ended: bool) -> Answer:
    """Whether the review ends or only some items, where items ended on `on`."""
    return answer(pack, "termination_extent", on, every_item_ended=every_item_ended)


def publication(pack: Pack, on: date, *, ended: Ended) -> Answer:
    """Whether a case that ended on `on` is published."""
    return answer(pack, "published", on, ended=Ended(ended).value)
