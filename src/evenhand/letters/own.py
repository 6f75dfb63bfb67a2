"""Everything that our own Final Determination Letter says: the determination, and what surrounds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.letters.determination import Determination
from evenhand.typesetting.parties import Organisation, Recipient


@dataclass(frozen=True, kw_only=True)
class Parties:
    """Who the case is between, as the head of the letter names them."""

    employee: str
    claim_number: str
    employer: str
    claims_administrator: str
    requesting_physician: str


@dataclass(frozen=True, kw_only=True)
class ReviewerStanding:
    """What may be said of the reviewer beside licences and specialties. Only what was checked is said; never a name."""

    no_affiliation: bool = False
    """Whether every tie that the law excludes was screened and none found."""
    years: int | None = None
    """The years of active practice that the law asks for, where the reviewer has more."""
    hours: int | None = None
    """The weekly hours of active practice that the law asks for, where the reviewer has as many."""
    same_field: bool = False
    """Whether the reviewer's field evaluates or treats the condition and the treatment in dispute."""


@dataclass(frozen=True, kw_only=True)
class EvidenceLine:
    """One step of the search for evidence: the step's name, what was consulted, what was found, and why."""

    step: str
    finding: str
    reason: str
    citation: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemEvidence:
    """The search for evidence on one item, step by step."""

    item: int
    steps: tuple[EvidenceLine, ...]


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What may or must follow: who does it, by when, where that comes from, and what to be careful about.

    `period` says by when in words ("within 5 business days of receipt") where the day is not known yet.
    """

    who: str
    what: str
    due: date | None
    citation: str
    caution: str = ""
    period: str = ""
    rule: str = ""
    """The rule of the law pack that the day comes from, by which fixed phrases in another language name it."""


@dataclass(frozen=True, kw_only=True)
class OwnLetter:
    """A Final Determination Letter before it is typeset."""

    determination: Determination
    organisation: Organisation
    parties: Parties
    recipients: tuple[Recipient, ...]
    served_on: date
    condition: str
    """The employee's medical condition, which the determination must state."""
    evidence: tuple[ItemEvidence, ...]
    next_steps: tuple[NextStep, ...]
    standing: ReviewerStanding = ReviewerStanding()
    taper_notice: bool = False
    """Whether an opioid was found not medically necessary, so that the letter warns against stopping at once."""
    unverified: tuple[str, ...] = ()
    """What nobody verified among the rules and dates of the letter, a line each."""
