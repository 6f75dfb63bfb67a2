"""Who could review: the register's facts, and the case that needs a reviewer.

A reviewer here is a pseudonymous identifier with credentials and ties. Names live in the office's separate identity
store and never enter this package (Lab. Code 4610.6(f)).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.law.facts import PartyRole, UrType


class LicenceStatus(StrEnum):
    """Status of a licence with its board."""

    ACTIVE = "active"
    RESTRICTED = "restricted"
    LAPSED = "lapsed"
    SURRENDERED = "surrendered"


class TieKind(StrEnum):
    """Kind of affiliation between a reviewer and a party."""

    PROFESSIONAL = "professional"
    FAMILIAL = "familial"
    FINANCIAL = "financial"


@dataclass(frozen=True, kw_only=True)
class Licence:
    """One licence to practise. `kind` is the profession's letters: MD, DO, DC, DPM, PsyD, ..."""

    state: str
    kind: str
    status: LicenceStatus
    valid_from: date
    valid_to: date
    verified_on: date
    source: str


@dataclass(frozen=True, kw_only=True)
class Certification:
    """One certification by a recognised board, in a specialty by the board's or the DWC's name."""

    board: str
    specialty: str
    valid_from: date
    verified_on: date
    source: str
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class Practice:
    """Active clinical practice: since when, and how many hours a week now, as last attested."""

    since: date
    hours_a_week: float
    attested_on: date


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A dated affiliation with somebody: ownership, employment, kinship, earlier involvement."""

    kind: TieKind
    party: str
    nature: str
    valid_from: date
    valid_to: date | None = None
    percent_of_income: float | None = None
    identifier: str | None = None


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Days on which a reviewer takes no case (both included)."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Reviewer:
    """A reviewer of the register, without a name."""

    id: str
    licences: tuple[Licence, ...]
    certifications: tuple[Certification, ...]
    practice: Practice
    capacity: int
    """How many cases at a time."""
    open_cases: int = 0
    qualified_medical_evaluator: bool = False
    disciplinary_history: bool = False
    ties: tuple[Tie, ...] = ()
    absences: tuple[Absence, ...] = ()
    languages: tuple[str, ...] = ("English",)


@dataclass(frozen=True, kw_only=True)
class ScreenedParty:
    """Somebody of the case whose ties to a reviewer matter."""

    role: PartyRole
    name: str
    identifier: str | None = None
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Several reviewers for one case: how many, and what the law asks for more than by default."""

    reviewers: int
    too_complex: bool = False
    """Whether condition and treatment are too complex for one reviewer."""
    approved_on: date | None = None
    """The day of the written approval; empty where there is none."""


@dataclass(frozen=True, kw_only=True)
class CaseToReview:
    """A case that waits for a reviewer: what is asked for, whom to screen, by when it must be decided."""

    id: str
    items: tuple[str, ...]
    """The disputed items as they are worded; `treatments` reads them."""
    condition: str
    parties: tuple[ScreenedParty, ...]
    priority: UrType
    due: date
    earlier_reviewers: tuple[str, ...] = ()
    """Reviewers who may not see the dispute again (after a remand another must)."""
    panel: Panel | None = None
    """Set where more than the usual number of reviewers decide."""
