"""The tests of fact behind the grounds of ineligibility: one function a ground, in words what was found, or None.

What follows from a ground (effect, remedy, provision, since when) is in the programme's pack; here is only whether it
holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from evenhand.law.disputes import DisputedItem
from evenhand.law.facts import EarlierReview, FiledBy, UrBasis

MAY_SIGN = {FiledBy.EMPLOYEE, FiledBy.ATTORNEY, FiledBy.REPRESENTATIVE, FiledBy.EMERGENCY_PROVIDER}
MAY_NOT_FILE = {FiledBy.EMPLOYER, FiledBy.CLAIMS_ADMINISTRATOR, FiledBy.REQUESTING_PHYSICIAN}
SMALL_WORDS = {"a", "an", "and", "for", "of", "the", "to", "with"}


@dataclass(frozen=True)
class Fact:
    """A ground holds, and why. `unsettled`: the facts or the law leave it open, and a person must decide."""

    words: str
    unsettled: bool = False


def duplicate(item: DisputedItem) -> Fact | None:
    """The same item of the same decision was filed before, in another application or twice in this one."""
    for filed in item.dispute.already_filed:
        same = filed.item == item.entry.ur_item if isinstance(filed.item, int) else _same_treatment(item, filed.item)
        if same:
            return Fact(f"It was filed before as case {filed.case_number}.")
    for review in item.dispute.earlier_reviews:
        if review.same_ur_decision and _same_treatment(item, review.treatment):
            return Fact(f"The same decision was reviewed on it in case {review.case_number}.")
    for number, entry in enumerate(item.dispute.application.disputed.items[: item.number - 1], start=1):
        if entry.ur_item == item.entry.ur_item and _words(entry.text) == _words(item.entry.text):
            return Fact(f"It repeats item {number} of this application.")
    return None


def pre_program(item: DisputedItem) -> Fact | None:
    """Injury and decision both lie before the programme applied to them."""
    injured = item.dispute.application.employee.date_of_injury
    communicated = item.dispute.ur_decision.service.served_on
    first_injury = item.pack.value("programme_start_injury", item.governing).value
    first_decision = item.pack.value("programme_start_communicated", item.governing).value
    assert isinstance(first_injury, date) and isinstance(first_decision, date)
    if injured < first_injury and communicated < first_decision:
        return Fact(
            f"Injury {injured}, decision communicated {communicated}: before {first_injury} and {first_decision}."
        )
    return None


def carve_out(item: DisputedItem) -> Fact | None:
    """The claim belongs to a collectively bargained programme."""
    return Fact("The application says so.") if item.dispute.application.collectively_bargained_programme else None


def wrong_party(item: DisputedItem) -> Fact | None:
    """Filed by somebody who has no right to."""
    filing = item.dispute.application.filing
    who = filing.filed_by.value.replace("_", " ")
    if filing.filed_by in MAY_NOT_FILE:
        return Fact(f"It was filed by the {who}.")
    if filing.filed_by is FiledBy.EMERGENCY_PROVIDER and not filing.threat_certified_by_physician:
        return Fact(
            "A provider filed it as an emergency, but no imminent and serious threat is certified.", unsettled=True
        )
    return None


def unsigned(item: DisputedItem) -> Fact | None:
    """No signed request for review by the employee or somebody who may stand for the employee."""
    signature = item.dispute.application.signature
    if signature is None:
        return Fact("There is no signature.")
    if not signature.requests_review:
        return Fact("What is signed does not request a review.")
    if signature.signed_by not in MAY_SIGN:
        return Fact(f"It was signed by the {signature.signed_by.value.replace('_', ' ')}.")
    return None


def bad_designation(item: DisputedItem) -> Fact | None:
    """A representative acts without a designation signed on or after the day of the decision."""
    application, decided = item.dispute.application, item.dispute.ur_decision.decided_on
    signed_by = application.signature.signed_by if application.signature else None
    if FiledBy.REPRESENTATIVE not in {application.filing.filed_by, signed_by}:
        return None
    if application.designation is None:
        return Fact("A representative acts, but there is no designation.")
    signed = application.designation.employee_signed_on
    if signed < decided:
        return Fact(f"The designation predates the utilization review decision ({signed}, decided {decided}).")
    return None


def no_ur_decision(item: DisputedItem) -> Fact | None:
    """The written decision did not come with the application."""
    return (
        None
        if item.dispute.application.filing.ur_decision_attached
        else Fact("No utilization review decision was attached.")
    )


def not_ur(item: DisputedItem) -> Fact | None:
    """Nothing in the decision refuses the item on medical necessity."""
    if item.ur_item is None:
        return Fact(f"The decision has no item {item.entry.ur_item}.")
    outcomes = item.pack.value("disputable_outcomes", item.governing).value
    assert isinstance(outcomes, tuple)
    if item.ur_item.outcome.value not in outcomes:
        return Fact(
            f"Utilization review {item.ur_item.outcome.value} it; reviewable is what was {' or '.join(outcomes)}."
        )
    if item.ur_item.basis is UrBasis.OTHER:
        return Fact("It was refused on a ground that is neither medical necessity nor liability.")
    if item.ur_item.basis is UrBasis.LIABILITY and item.liability is not None and not item.liability_open:
        return Fact(
            "It was refused on liability alone; now that liability is resolved, utilization review has yet to "
            "decide on necessity."
        )
    return None


def cnc(item: DisputedItem) -> Fact | None:
    """Denied only for missing information (conditional non-certification)."""
    if item.ur_item is None or item.ur_item.basis is not UrBasis.MISSING_INFORMATION:
        return None
    asked = item.dispute.ur_decision.information_requested_on
    return Fact(
        f"Information was asked for on {asked}."
        if asked
        else "The decision records no date on which the information was asked for."
    )


def ur_invalid(item: DisputedItem) -> Fact | None:
    """A judge found the decision untimely."""
    return Fact("A judge found it untimely.") if item.dispute.ur_decision.found_untimely_by_judge else None


def prior_review(item: DisputedItem) -> Fact | None:
    """The same treatment for the same physician or practice was decided, without changed facts, and that still has
    effect."""
    asked_on = item.dispute.request_for_authorization.received_on
    for review in item.dispute.earlier_reviews:
        if review.same_ur_decision or review.changed_facts_documented:
            continue
        if not (_same_treatment(item, review.treatment) and _same_group(item, review)):
            continue
        governing = max(review.decided_on, item.pack.programme.begins)
        until = item.pack.due("ur_effect", review.decided_on, governed_on=governing).safe_until
        if asked_on <= until:
            return Fact(
                f"Case {review.case_number} decided it on {review.decided_on}, with effect to {until}; it was asked "
                f"for on {asked_on}."
            )
    return None


def late(item: DisputedItem) -> Fact | None:
    """Received after the last day to apply, or in the days about which the law is not settled."""
    if item.deadline is None or item.tolled or item.liability_open:
        return None
    received = item.dispute.application.filing.received_on
    if received > item.deadline.late_after:
        reading = "under every reading of the law " if item.deadline.unknown else ""
        return Fact(f"It was received on {received}; the last day was {reading}{item.deadline.late_after}.")
    if received > item.deadline.safe_until:
        days = f"after {item.deadline.safe_until} and not after {item.deadline.late_after}"
        return Fact(
            f"It was received on {received}, {days}; whether that is in time is not settled: {item.deadline.unknown}",
            unsettled=True,
        )
    return None


def liability(item: DisputedItem) -> Fact | None:
    """Liability was disputed when utilization review decided, and still is."""
    if item.liability_open and item.liability is not None:
        return Fact(f"Raised on {item.liability.raised_on}: {item.liability.ground}")
    if item.ur_item is not None and item.ur_item.basis is UrBasis.LIABILITY and item.liability is None:
        return Fact("The decision itself refuses the item on liability.")
    return None


def incomplete(item: DisputedItem) -> Fact | None:
    """What identifies claim, parties or item is missing or contradicts itself."""
    gaps = [*_blank(item), *_unproven(item), *_contradictions(item)]
    return Fact(" ".join(gaps)) if gaps else None


# In the order in which a reader looks: is it ours at all, by whom, about what, in time, now?
TESTS: dict[str, Callable[[DisputedItem], Fact | None]] = {
    "DUPLICATE": duplicate,
    "PRE_PROGRAM": pre_program,
    "CARVE_OUT": carve_out,
    "WRONG_PARTY": wrong_party,
    "UNSIGNED": unsigned,
    "BAD_DESIGNATION": bad_designation,
    "NO_UR_DECISION": no_ur_decision,
    "NOT_UR": not_ur,
    "CNC": cnc,
    "UR_INVALID": ur_invalid,
    "PRIOR_REVIEW": prior_review,
    "LATE": late,
    "LIABILITY": liability,
    "INCOMPLETE": incomplete,
}


def _blank(item: DisputedItem) -> list[str]:
    application = item.dispute.application
    needed = {
        "the employee's name": application.employee.last_name,
        "the claim number": application.employee.claim_number,
        "the claims administrator": application.claims_administrator.company,
        "the requesting physician's name": application.requesting_physician.last_name,
        "the disputed item": item.entry.text,
    }
    missing = [name for name, text in needed.items() if not text.strip()]
    return [f"Missing: {', '.join(missing)}."] if missing else []


def _unproven(item: DisputedItem) -> list[str]:
    application = item.dispute.application
    signature, gaps = application.signature, []
    signed_by = signature.signed_by if signature else None
    if FiledBy.ATTORNEY in {application.filing.filed_by, signed_by}:
        proof = application.attorney.proof_of_representation_on if application.attorney else None
        if proof is None:
            gaps.append("An attorney acts, but there is no proof of representation.")
    if signature is not None and not signature.consents_to_records:
        gaps.append("The consent to obtain medical records is not given.")
    return gaps


def _contradictions(item: DisputedItem) -> list[str]:
    application, decision = item.dispute.application, item.dispute.ur_decision
    found = []
    if application.signature is not None and application.signature.signed_on > application.filing.received_on:
        found.append(
            f"It is signed on {application.signature.signed_on}, after it was received on "
            f"{application.filing.received_on}."
        )
    named = application.disputed.ur_determination_date
    if named != decision.decided_on:
        found.append(f"It names a decision of {named}; the decision that is there is of {decision.decided_on}.")
    missing_information = any(entry.basis is UrBasis.MISSING_INFORMATION for entry in decision.items)
    if application.disputed.denied_for_missing_information and not missing_information:
        found.append("The form says that information was missing; the decision itself says nothing of it.")
    return found


def _same_treatment(item: DisputedItem, words: str) -> bool:
    """The same words, whatever their order, case and punctuation. Likeness beyond that is for a person to judge."""
    texts = [item.entry.text, *([item.ur_item.request] if item.ur_item else [])]
    return any(_words(text) == _words(words) for text in texts)


def _same_group(item: DisputedItem, review: EarlierReview) -> bool:
    physician = item.dispute.application.requesting_physician
    names = {frozenset(_words(physician.name)), frozenset(_words(f"{physician.first_name} {physician.last_name}"))}
    same_practice = bool(_words(review.practice_name)) and _words(review.practice_name) == _words(
        physician.practice_name
    )
    return same_practice or frozenset(_words(review.requesting_physician)) in names


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower())) - SMALL_WORDS
