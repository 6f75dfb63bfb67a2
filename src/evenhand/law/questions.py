"""The questions of fact that the grounds of a programme may ask about one disputed item.

Each is a function with its question in words; an answer is a plain value, or None where the papers do not say. What
follows from the answers is in the programme's pack: a ground is a set of conditions over these names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.law.disputes import DisputedItem
from evenhand.law.facts import Designation, EarlierReview, FiledBy, Signature, UrBasis

Answer = bool | int | date | str | None
SMALL_WORDS = {"a", "an", "and", "for", "of", "the", "to", "with"}


@dataclass(frozen=True)
class Question:
    """A question of fact by its name in the pack's conditions."""

    name: str
    words: str
    ask: Callable[[DisputedItem], Answer]


QUESTIONS: dict[str, Question] = {}


def question(ask: Callable[[DisputedItem], Answer]) -> Callable[[DisputedItem], Answer]:
    """Makes a function on a disputed item a question that packs may ask, by the function's name; its docstring is the
    question in words."""
    QUESTIONS[ask.__name__] = Question(ask.__name__, ask.__doc__ or "", ask)
    return ask


# --- Who asks, and how -------------------------------------------------------------------------------------------------


@question
def application_received_on(item: DisputedItem) -> Answer:
    """When was the application received?"""
    return item.dispute.application.filing.received_on


@question
def filed_by(item: DisputedItem) -> Answer:
    """Who filed the application?"""
    return item.dispute.application.filing.filed_by.value


@question
def threat_certified(item: DisputedItem) -> Answer:
    """Has the treating physician certified an imminent and serious threat?"""
    return item.dispute.application.filing.threat_certified_by_physician


@question
def signed_by(item: DisputedItem) -> Answer:
    """Who signed the application?"""
    return _of_signature(item, lambda signature: signature.signed_by.value)


@question
def signed_on(item: DisputedItem) -> Answer:
    """On which day was it signed?"""
    return _of_signature(item, lambda signature: signature.signed_on)


@question
def signature_requests_review(item: DisputedItem) -> Answer:
    """Does what is signed request a review?"""
    return _of_signature(item, lambda signature: signature.requests_review)


@question
def signature_consents_to_records(item: DisputedItem) -> Answer:
    """Does what is signed consent to the obtaining of medical records?"""
    return _of_signature(item, lambda signature: signature.consents_to_records)


@question
def representative_acts(item: DisputedItem) -> Answer:
    """Does a representative file or sign for the employee?"""
    return _acts(item, FiledBy.REPRESENTATIVE)


@question
def designation_signed_on(item: DisputedItem) -> Answer:
    """On which day did the employee sign the designation of the representative?"""
    designation: Designation | None = item.dispute.application.designation
    return None if designation is None else designation.employee_signed_on


@question
def attorney_acts(item: DisputedItem) -> Answer:
    """Does an attorney file or sign for the employee?"""
    return _acts(item, FiledBy.ATTORNEY)


@question
def representation_proven_on(item: DisputedItem) -> Answer:
    """Of which day is the attorney's proof of representation?"""
    attorney = item.dispute.application.attorney
    return None if attorney is None else attorney.proof_of_representation_on


@question
def collectively_bargained(item: DisputedItem) -> Answer:
    """Does the claim come under a collectively bargained program?"""
    return item.dispute.application.collectively_bargained_programme


# --- What identifies the dispute ---------------------------------------------------------------------------------------


@question
def employee_name(item: DisputedItem) -> Answer:
    """What is the employee's last name?"""
    return _said(item.dispute.application.employee.last_name)


@question
def claim_number(item: DisputedItem) -> Answer:
    """What is the claim number?"""
    return _said(item.dispute.application.employee.claim_number)


@question
def date_of_injury(item: DisputedItem) -> Answer:
    """On which day was the injury?"""
    return item.dispute.application.employee.date_of_injury


@question
def claims_administrator(item: DisputedItem) -> Answer:
    """Who is the claims administrator?"""
    return _said(item.dispute.application.claims_administrator.company)


@question
def requesting_physician(item: DisputedItem) -> Answer:
    """What is the requesting physician's last name?"""
    return _said(item.dispute.application.requesting_physician.last_name)


@question
def disputed_treatment(item: DisputedItem) -> Answer:
    """Which treatment does the application name as this item?"""
    return _said(item.entry.text)


@question
def decision_named(item: DisputedItem) -> Answer:
    """Of which day is the utilization review decision that the application names?"""
    return item.dispute.application.disputed.ur_determination_date


@question
def says_information_missing(item: DisputedItem) -> Answer:
    """Does the application say that the request was denied because information was missing?"""
    return item.dispute.application.disputed.denied_for_missing_information


# --- The utilization review decision -----------------------------------------------------------------------------------


@question
def decision_attached(item: DisputedItem) -> Answer:
    """Did the written utilization review decision come with the application?"""
    return item.dispute.application.filing.ur_decision_attached


@question
def decision_known(item: DisputedItem) -> Answer:
    """Is the utilization review decision there to be read?"""
    return item.dispute.ur_decision is not None


@question
def decided_on(item: DisputedItem) -> Answer:
    """On which day was the utilization review decision made?"""
    return None if item.dispute.ur_decision is None else item.dispute.ur_decision.decided_on


@question
def decision_communicated_on(item: DisputedItem) -> Answer:
    """On which day was the decision served on the employee?"""
    return None if item.dispute.ur_decision is None else item.dispute.ur_decision.service.served_on


@question
def decision_item(item: DisputedItem) -> Answer:
    """Which number has the item in the decision, as the application says?"""
    return item.entry.ur_item


@question
def outcome(item: DisputedItem) -> Answer:
    """What did utilization review do with the item?"""
    return None if item.ur_item is None else item.ur_item.outcome.value


@question
def basis(item: DisputedItem) -> Answer:
    """On which basis did it do so?"""
    return None if item.ur_item is None else item.ur_item.basis.value


@question
def decision_lacked_information(item: DisputedItem) -> Answer:
    """Does the decision refuse any item because information was missing?"""
    decision = item.dispute.ur_decision
    if decision is None:
        return None
    return any(entry.basis is UrBasis.MISSING_INFORMATION for entry in decision.items)


@question
def information_requested_on(item: DisputedItem) -> Answer:
    """On which day did utilization review ask the physician for information?"""
    return None if item.dispute.ur_decision is None else item.dispute.ur_decision.information_requested_on


@question
def found_untimely(item: DisputedItem) -> Answer:
    """Has a judge found the decision untimely?"""
    return None if item.dispute.ur_decision is None else item.dispute.ur_decision.found_untimely_by_judge


# --- Liability ---------------------------------------------------------------------------------------------------------


@question
def liability_disputed(item: DisputedItem) -> Answer:
    """Was liability for the item disputed when utilization review decided?"""
    return item.liability is not None


@question
def liability_open(item: DisputedItem) -> Answer:
    """Is a dispute about liability that existed then still open?"""
    return item.liability_open


@question
def liability_raised_on(item: DisputedItem) -> Answer:
    """On which day was liability disputed?"""
    return None if item.liability is None else item.liability.raised_on


@question
def liability_ground(item: DisputedItem) -> Answer:
    """On which ground is liability disputed?"""
    return None if item.liability is None else item.liability.ground


@question
def review_agreed(item: DisputedItem) -> Answer:
    """Does the claims administrator agree to the review although liability is disputed?"""
    liability = item.liability
    return liability is not None and liability.review_agreed_on is not None and liability.review_agreed_on <= item.on


# --- Time --------------------------------------------------------------------------------------------------------------


@question
def time_runs(item: DisputedItem) -> Answer:
    """Does the time to apply for the item run: has it begun, and does no open dispute about liability stop it?"""
    return item.deadline is not None and not item.tolled and not item.liability_open


@question
def safe_last_day(item: DisputedItem) -> Answer:
    """Which is the last day to apply under the shortest reading of the law?"""
    return None if item.deadline is None else _day(item.deadline.safe_until)


@question
def latest_last_day(item: DisputedItem) -> Answer:
    """Which is the last day to apply under the longest reading of the law?"""
    return _day(item.deadline.late_after) if item.deadline is not None and item.deadline.bounded else None


@question
def time_question(item: DisputedItem) -> Answer:
    """What is not settled about the time to apply?"""
    return None if item.deadline is None else item.deadline.unknown


# --- What came before --------------------------------------------------------------------------------------------------


@question
def filed_before_as(item: DisputedItem) -> Answer:
    """In which case was the same item of the same decision filed before?"""
    for filed in item.dispute.already_filed:
        same = filed.item == item.entry.ur_item if isinstance(filed.item, int) else _same_treatment(item, filed.item)
        if same:
            return filed.case_number
    return None


@question
def reviewed_before_as(item: DisputedItem) -> Answer:
    """In which case was the same decision reviewed on this treatment?"""
    for review in item.dispute.earlier_reviews:
        if review.same_ur_decision and _same_treatment(item, review.treatment):
            return review.case_number
    return None


@question
def repeats_item(item: DisputedItem) -> Answer:
    """Which item of this application does it repeat?"""
    for number, entry in enumerate(item.dispute.application.disputed.items[: item.number - 1], start=1):
        if entry.ur_item == item.entry.ur_item and _words(entry.text) == _words(item.entry.text):
            return number
    return None


@question
def asked_for_on(item: DisputedItem) -> Answer:
    """When was the treatment asked for this time?"""
    request = item.dispute.request_for_authorization
    return None if request is None else request.received_on


@question
def earlier_case(item: DisputedItem) -> Answer:
    """In which case was the same treatment, for the same physician or practice, decided without changed facts since?"""
    earlier = _latest_earlier(item)
    return None if earlier is None else earlier.case_number


@question
def earlier_decided_on(item: DisputedItem) -> Answer:
    """On which day was it decided there?"""
    earlier = _latest_earlier(item)
    return None if earlier is None else earlier.decided_on


@question
def earlier_effect_until(item: DisputedItem) -> Answer:
    """To which day does that decision have effect?"""
    earlier = _latest_earlier(item)
    if earlier is None:
        return None
    governing = max(earlier.decided_on, item.pack.programme.begins)
    until = item.pack.due("ur_effect", earlier.decided_on, governed_on=governing)
    return _day(until.late_after) if until.bounded else None


def _latest_earlier(item: DisputedItem) -> EarlierReview | None:
    """The latest determination on the same treatment for the same physician or practice, on another decision."""
    same = (review for review in item.dispute.earlier_reviews if _stands_against(item, review))
    return max(same, key=lambda review: review.decided_on, default=None)


def _stands_against(item: DisputedItem, review: EarlierReview) -> bool:
    if review.same_ur_decision or review.changed_facts_documented:
        return False
    return _same_treatment(item, review.treatment) and _same_group(item, review)


def _same_treatment(item: DisputedItem, words: str) -> bool:
    """The same words, whatever their order, case and punctuation. Likeness beyond that is for a person to judge."""
    return any(_words(text) == _words(words) for text in _texts(item))


def _texts(item: DisputedItem) -> Iterator[str]:
    yield item.entry.text
    if item.ur_item is not None:
        yield item.ur_item.request


def _same_group(item: DisputedItem, review: EarlierReview) -> bool:
    physician = item.dispute.application.requesting_physician
    names = {frozenset(_words(physician.name)), frozenset(_words(f"{physician.first_name} {physician.last_name}"))}
    practice = _words(review.practice_name)
    same_practice = bool(practice) and practice == _words(physician.practice_name)
    return same_practice or frozenset(_words(review.requesting_physician)) in names


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower())) - SMALL_WORDS


def _of_signature(item: DisputedItem, ask: Callable[[Signature], Answer]) -> Answer:
    signature = item.dispute.application.signature
    return None if signature is None else ask(signature)


def _acts(item: DisputedItem, who: FiledBy) -> bool:
    application = item.dispute.application
    return who in {application.filing.filed_by, application.signature.signed_by if application.signature else None}


def _said(text: str) -> str | None:
    """The text, or None where the form was left blank."""
    return text.strip() or None


def _day(moment: date) -> date:
    """The time to apply is a day; no rule for it counts hours."""
    return moment
