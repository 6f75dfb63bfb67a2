"""The grounds that are planted in made-up applications, each by a change of what the papers say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from evenhand.law import Means
from evenhand.synthetic import filings

if TYPE_CHECKING:
    from evenhand.synthetic.applications import Draft

DAY = timedelta(days=1)


def plant(draft: Draft) -> None:
    """Puts in what this application has: mostly nothing, or something harmless that looks like a ground."""
    chance = draft.chance
    if chance.random() < filings.DUPLICATES:
        _whole(draft, "DUPLICATE")
    elif chance.random() < filings.TOO_EARLY and _pre_program(draft):
        draft.planted = ["PRE_PROGRAM"] * len(draft.planted)
    elif chance.random() < filings.YEARS[draft.decided.year][1]:
        _whole(draft, chance.choices(tuple(filings.OF_APPLICATIONS), tuple(filings.OF_APPLICATIONS.values()))[0])
    elif len(draft.planted) > 1 and chance.random() < 0.06:
        _one(draft, chance.choices(tuple(filings.OF_ITEMS), tuple(filings.OF_ITEMS.values()))[0])
    elif chance.random() < 0.12:
        chance.choice(HARMLESS)(draft)


def _whole(draft: Draft, ground: str) -> None:
    if OF_APPLICATIONS[ground](draft):
        draft.planted = [ground] * len(draft.planted)


def _one(draft: Draft, ground: str) -> None:
    place = draft.chance.randrange(len(draft.planted))
    if OF_ITEMS[ground](draft, place):
        draft.planted[place] = ground


def _late(draft: Draft) -> bool:
    if draft.late_after == date.max:  # nobody knows when it would be late
        return False
    draft.receive(draft.late_after + int(1 + 80 * draft.chance.random() ** 3) * DAY)
    return True


def _unsigned(draft: Draft) -> bool:
    signature = draft.application["signature"]
    match draft.chance.randrange(4):
        case 0:
            signature["requests_review"] = False
        case 1:
            signature["signed_by"] = "requesting_physician"
        case _:
            draft.application["signature"] = None
    return True


def _no_ur_decision(draft: Draft) -> bool:
    draft.application["filing"]["ur_decision_attached"] = False
    if draft.chance.random() < 0.5:  # nor is it there from elsewhere, so nobody knows what it says
        draft.plain["ur_decision"] = draft.plain["request_for_authorization"] = None
    return True


def _duplicate(draft: Draft) -> bool:
    case = f"CM{draft.decided.year % 100:02}-{draft.chance.randrange(10**7):07}"
    draft.plain["already_filed"] = [
        {"item": item["ur_item"], "case_number": case} for item in draft.application["disputed"]["items"]
    ]
    return True


def _liability(draft: Draft) -> bool:
    draft.application["disputed"]["liability_dispute"] = {
        "raised_on": draft.decided - draft.chance.randrange(60) * DAY,
        "ground": draft.chance.choice(("The body part is not accepted.", "The injury is denied.")),
    }
    return True


def _incomplete(draft: Draft) -> bool:
    application, kind = draft.application, draft.chance.randrange(5)
    if kind == 0 and "attorney" in application:
        application["attorney"]["proof_of_representation_on"] = None
    elif kind == 1:
        application["signature"]["consents_to_records"] = False
    elif kind == 2:
        application["disputed"]["ur_determination_date"] = draft.decided - DAY
    elif kind == 3:
        application["employee"]["last_name"] = ""
    else:
        application["employee"]["claim_number"] = " "
    return True


def _bad_designation(draft: Draft) -> bool:
    application = draft.application
    application["filing"]["filed_by"] = application["signature"]["signed_by"] = "representative"
    if draft.chance.random() < 0.5:
        application["designation"] = None
    else:
        signed = draft.decided - draft.chance.randrange(1, 400) * DAY
        told = {"employee_signed_on": signed, "representative_signed_on": signed}
        application["designation"] = {"name": filings.name(draft.chance), "relation": "friend", **told}
    return True


def _wrong_party(draft: Draft) -> bool:
    filing = draft.application["filing"]
    draft.application["signature"]["signed_by"] = "employee"
    filing["filed_by"] = draft.chance.choice(
        ("employer", "claims_administrator", "requesting_physician", "requesting_physician", "emergency_provider")
    )
    filing["threat_certified_by_physician"] = False
    return True


def _pre_program(draft: Draft) -> bool:
    """Injury and decision before the programme; only its first months had such applications."""
    before = draft.pack.value("programme_start_communicated", draft.decided).value
    injured = draft.pack.value("programme_start_injury", draft.decided).value
    assert isinstance(before, date) and isinstance(injured, date)
    if draft.served >= before:
        return False
    draft.application["employee"]["date_of_injury"] = injured - draft.chance.randrange(1, 2000) * DAY
    return True


def _ur_invalid(draft: Draft) -> bool:
    draft.decision["found_untimely_by_judge"] = True
    return True


def _carve_out(draft: Draft) -> bool:
    draft.application["collectively_bargained_programme"] = True
    return True


def _not_ur(draft: Draft, place: int) -> bool:
    item = draft.decision["items"][place]
    if draft.chance.random() < 0.3:
        item["basis"] = "other"
    else:
        item["outcome"] = "approved"
    return True


def _cnc(draft: Draft, place: int) -> bool:
    draft.decision["items"][place]["basis"] = "missing_information"
    draft.decision["information_requested_on"] = draft.decided - 2 * DAY
    return True


def _prior_review(draft: Draft, place: int) -> bool:
    """The same treatment for the same physician was decided, and that still had effect when it was asked for again."""
    _review(draft, place, draft.chance.randrange(40, 330))
    return True


def _duplicate_item(draft: Draft, place: int) -> bool:
    entry = draft.application["disputed"]["items"][place]
    draft.plain["already_filed"] = [{"item": entry["text"], "case_number": "CM00-0000001"}]
    return True


def _liability_item(draft: Draft, place: int) -> bool:
    """Liability is disputed for one item only."""
    _liability(draft)
    draft.application["disputed"]["liability_dispute"]["items"] = [place + 1]
    return True


def _late_item(draft: Draft, place: int) -> bool:
    """The item with the shorter time is late, in an application that is in time for the others."""
    shortest, others = draft.safe_of[place], [day for n, day in enumerate(draft.safe_of) if n != place]
    if _unsettled(draft) or shortest >= min(others):
        return False
    draft.receive(min(shortest + draft.chance.randrange(1, 12) * DAY, min(others)))
    return True


def _unsettled(draft: Draft) -> bool:
    return draft.late_after != max(draft.safe_of)


def _review(draft: Draft, place: int, days_before: int) -> None:
    physician = draft.application["requesting_physician"]
    draft.plain["earlier_reviews"] = [
        {
            "case_number": "CM00-0000002",
            "treatment": draft.application["disputed"]["items"][place]["text"],
            "decided_on": draft.plain["request_for_authorization"]["received_on"] - days_before * DAY,
            "requesting_physician": f"{physician['first_name']} {physician['last_name']}",
            "practice_name": physician["practice_name"],
        }
    ]


def _old_review(draft: Draft) -> None:
    _review(draft, 0, draft.chance.randrange(400, 900))


def _changed_facts(draft: Draft) -> None:
    _review(draft, 0, draft.chance.randrange(40, 330))
    draft.plain["earlier_reviews"][0]["changed_facts_documented"] = True


def _raised_too_late(draft: Draft) -> None:
    _liability(draft)
    draft.application["disputed"]["liability_dispute"]["raised_on"] = draft.decided + DAY


def _agreed(draft: Draft) -> None:
    """Liability is disputed, but the claims administrator agrees to the review."""
    _liability(draft)
    agreed = draft.application["filing"]["received_on"]
    draft.application["disputed"]["liability_dispute"]["review_agreed_on"] = agreed


def _without_form(draft: Draft) -> None:
    """The time to apply never began, so an application is in time long after."""
    draft.decision["imr_form_enclosed"] = False
    draft.receive(draft.safe + draft.chance.randrange(200) * DAY)


def _resolved(draft: Draft) -> None:
    """The dispute about liability was resolved, and the application came in the time that began anew."""
    _liability(draft)
    noticed = draft.served + draft.chance.randrange(30, 400) * DAY
    service = {**draft.decision["service"], "served_on": noticed, "means": "personal"}
    draft.application["disputed"]["liability_dispute"]["resolved_notice"] = service
    region = draft.pack.programme.regions[0].name
    again = draft.pack.due(
        "application_after_deferral", noticed, means=Means.PERSONAL, region=region, governed_on=draft.decided
    ).safe_until
    draft.receive(noticed + draft.chance.randint(1, (again - noticed).days) * DAY)  # type: ignore[operator]


OF_APPLICATIONS: dict[str, Callable[[Draft], bool]] = {
    "LATE": _late,
    "UNSIGNED": _unsigned,
    "NO_UR_DECISION": _no_ur_decision,
    "DUPLICATE": _duplicate,
    "LIABILITY": _liability,
    "INCOMPLETE": _incomplete,
    "BAD_DESIGNATION": _bad_designation,
    "WRONG_PARTY": _wrong_party,
    "UR_INVALID": _ur_invalid,
    "CARVE_OUT": _carve_out,
}
OF_ITEMS: dict[str, Callable[[Draft, int], bool]] = {
    "NOT_UR": _not_ur,
    "CNC": _cnc,
    "PRIOR_REVIEW": _prior_review,
    "DUPLICATE": _duplicate_item,
    "LATE": _late_item,
    "LIABILITY": _liability_item,
}
HARMLESS: tuple[Callable[[Draft], None], ...] = (
    _old_review,
    _changed_facts,
    _raised_too_late,
    _agreed,
    _without_form,
    _resolved,
)
