"""A case bundle: a folder with everything that people brought to one case and did in it.

    case.yaml        the application, the request for authorization, the utilization review decision, whom else to screen
    records.yaml     who sent which papers, when and how; the papers lie beside it          (may be absent)
    reviewers.yaml   the register of reviewers                                              (may be absent)
    review.yaml      the reviewer's work: summary, evidence steps, decisions, rationales    (may be absent)
    course.yaml      who in the office did what on which day

Where a part is absent the case stops, lawfully, at the stage that needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from evenhand.casefile.facts import DocumentKind
from evenhand.law.facts import (
    Application,
    EarlierReview,
    Means,
    OtherParty,
    PartyRole,
    RequestForAuthorization,
    UrDecision,
)
from evenhand.letters.determination import Citation, Decision
from evenhand.matching.facts import Reviewer


class StaffRole(StrEnum):
    """Roles of people in the office of the review organisation, and of the Administrative Director."""

    INTAKE = "intake"
    CASE_MANAGER = "case_manager"
    REVIEWER = "reviewer"
    CREDENTIALING = "credentialing"
    MEDICAL_DIRECTOR = "medical_director"
    FINANCE = "finance"
    ADMINISTRATIVE_DIRECTOR = "administrative_director"
    AUDITOR = "auditor"
    SYSTEM_ADMINISTRATOR = "system_administrator"


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """case.yaml"""

    title: str
    application: Application
    request_for_authorization: RequestForAuthorization
    ur_decision: UrDecision
    other_parties: tuple[OtherParty, ...] = ()
    earlier_reviews: tuple[EarlierReview, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecordFile:
    """One paper of a receipt."""

    id: str
    path: str
    kind: DocumentKind
    dated: date
    author: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Papers that came together."""

    sender: PartyRole
    received_on: date
    means: Means
    files: tuple[RecordFile, ...]
    answers_request: bool = False
    """Whether these papers answer the reviewer's request for more."""


@dataclass(frozen=True, kw_only=True)
class Records:
    """records.yaml"""

    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, kw_only=True)
class RegisterEntry:
    """A reviewer with the name that only credentialing may see."""

    name: str
    email: str
    npi: str
    licence_numbers: tuple[str, ...]
    reviewer: Reviewer


@dataclass(frozen=True, kw_only=True)
class Register:
    """reviewers.yaml"""

    reviewers: tuple[RegisterEntry, ...]


@dataclass(frozen=True, kw_only=True)
class PageReference:
    """A page of the case file: a document's id and the page within it, from 1."""

    document: str
    page: int


@dataclass(frozen=True, kw_only=True)
class SummarySentence:
    """A sentence of the clinical case summary and the pages it rests on."""

    text: str
    pages: tuple[PageReference, ...]


class StepFinding(StrEnum):
    """What the reviewer found on one step of the evidence ladder."""

    ADDRESSES = "addresses"
    """The source speaks to this item for this worker: it decides, and the walk ends."""
    NOT_ADDRESSED = "not_addressed"
    """The step's sources do not address the condition or the item: the walk goes on."""
    REBUTTED = "rebutted"
    """The source speaks to the item, but better evidence rebuts it: the walk goes on."""


@dataclass(frozen=True, kw_only=True)
class EvidenceStep:
    """One step of the walk: which step, what was consulted, what was found, why it was left or why it decides."""

    step: str
    finding: StepFinding
    reason: str
    citations: tuple[Citation, ...] = ()
    pages: tuple[PageReference, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ItemReview:
    """The reviewer's work on one disputed item."""

    item: int
    steps: tuple[EvidenceStep, ...]
    decision: Decision
    rationale: str
    pages: tuple[PageReference, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewWork:
    """review.yaml"""

    summary: tuple[SummarySentence, ...]
    items: tuple[ItemReview, ...]
    attested: bool
    """Whether the reviewer attests to having read the file and to having no conflict."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """An account in the office."""

    username: str
    name: str
    roles: tuple[StaffRole, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A request for information and its answer. `of` says to whom the question is put; the others get a copy."""

    asked_on: date
    received_on: date
    question: str
    of: PartyRole | None = None
    """Absent: before eligibility the claims administrator, in the review the requesting physician."""
    answered_on: date | None = None
    answer: str | None = None


@dataclass(frozen=True, kw_only=True)
class PartialAuthorisation:
    """The claims administrator authorises an item, or part of it, after the application and before the decision."""

    item: int
    notified_on: date
    authorized: str
    remaining: str | None = None
    """What is left in dispute; absent means nothing, and the item ends."""


@dataclass(frozen=True, kw_only=True)
class QualityReview:
    """The medical director's look before the letter goes out."""

    reviewed_on: date
    approved: bool
    remarks: str


@dataclass(frozen=True, kw_only=True)
class Mailing:
    """The letter's way out."""

    served_on: date
    means: Means
    received_on: date
    received_at: datetime | None = None
    """The instant, where hours count: the notice of assignment in an expedited review. Without an offset in local time."""


@dataclass(frozen=True, kw_only=True)
class Course:
    """course.yaml: the office's acts in order. An act that is absent is where the case stops."""

    people: tuple[Person, ...]
    application_entered_on: date
    eligibility_question: Question | None = None
    eligibility_approved_on: date | None = None
    assignment_notice: Mailing | None = None
    authorisations: tuple[PartialAuthorisation, ...] = ()
    records_complete_on: date | None = None
    additional_information: Question | None = None
    reviewer_selected_on: date | None = None
    force_reviewer: str | None = None
    """Insist on this reviewer. Whoever may not review is refused all the same."""
    review_completed_on: date | None = None
    quality_review: QualityReview | None = None
    determination: Mailing | None = None
    published_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A whole bundle, read and checked. `files` holds the papers' bytes by their path in the folder."""

    name: str
    digest: str
    case: CaseFacts
    course: Course
    records: Records | None
    register: Register | None
    review: ReviewWork | None
    files: dict[str, bytes]
