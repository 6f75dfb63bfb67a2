"""The determination as a structure: one shape for letters that we write and letters that anybody published.

The field names are the stable shape of `evenhand letters read` (docs/schemas/determination.json). Dates are ISO in JSON; what a
letter does not have is `null`, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from evenhand.citations import Reference


class Decision(StrEnum):
    """The word for one item. Upheld means that the utilization review decision stands: the item is *not* medically necessary."""

    UPHELD = "Upheld"
    OVERTURNED = "Overturned"


class Outcome(StrEnum):
    """The word for the case: the sum of its items."""

    UPHOLD = "Uphold"
    OVERTURN = "Overturn"
    PARTIALLY_OVERTURN = "Partially Overturn"


class CitationKind(StrEnum):
    """What sort of source is cited; it decides which fields the citation must carry."""

    MTUS = "mtus"
    GUIDELINE = "guideline"
    STUDY = "study"


@dataclass(frozen=True, kw_only=True)
class Citation(Reference):
    """One cited source. `mtus`: chapter, year, sections, pages. `guideline`: organisation, title, section, year;
    `study`: the rest."""

    kind: CitationKind


@dataclass(frozen=True, kw_only=True)
class Guideline:
    """What one side relied on: the sentence as it stands in the letter, and what it cites."""

    text: str
    none_cited: bool = False
    outside_mtus: bool = False
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ItemDetermination:
    """One disputed item, decided."""

    number: int
    item: str
    """The heading, unwrapped, without the decision word."""
    decision: Decision | None
    """`None` where the letter leaves the item undecided; none is guessed."""
    claims_administrator_guideline: Guideline
    imr_guideline: Guideline
    rationale: str
    original_request: str | None = None
    authorized: str | None = None
    eligible_portion: str | None = None

    @property
    def word(self) -> str:
        """The decision's word; nothing where the item is undecided."""
        return self.decision.value if self.decision else ""


@dataclass(frozen=True, kw_only=True)
class Header:
    """The facts at the head of the letter."""

    case_number: str | None = None
    date_assigned: date | None = None
    date_of_injury: date | None = None
    decision_date: date | None = None
    ur_denial_date: date | None = None
    priority: str | None = None
    application_received: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewerCredentials:
    """What the letter says of the reviewer. Never a name (Lab. Code 4610.6(f))."""

    licensure: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OpinionOnItem:
    """What one of several reviewers decided on an item, and why."""

    item: int
    decision: Decision
    rationale: str


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """One reviewer's own opinion, where several reviewed a case and differ (Lab. Code 4610.6(f)). Never a name."""

    reviewer: ReviewerCredentials
    items: tuple[OpinionOnItem, ...]


@dataclass(frozen=True, kw_only=True)
class Determination:
    """A Final Determination Letter as data."""

    source: str
    layout: str
    header: Header
    reviewer: ReviewerCredentials
    clinical_case_summary: str
    outcome: Outcome | None
    items: tuple[ItemDetermination, ...]
    documents_reviewed: tuple[str, ...] = ()
    problems: tuple[str, ...] = field(default=())
    opinions: tuple[Opinion, ...] = ()
    """Every reviewer's opinion where several differ; the items hold what was decided in the end."""


def outcome_of(decisions: tuple[Decision | None, ...]) -> Outcome | None:
    """The case's word from its items' words; `None` where there is no item, or one is undecided."""
    if not decisions or None in decisions:
        return None
    overturned = sum(d is Decision.OVERTURNED for d in decisions)
    if overturned == 0:
        return Outcome.UPHOLD
    return Outcome.OVERTURN if overturned == len(decisions) else Outcome.PARTIALLY_OVERTURN
