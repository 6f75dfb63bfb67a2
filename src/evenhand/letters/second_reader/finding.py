"""What the second reader finds: how grave it is, where it stands, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """Something that the law requires is absent, or the letter contradicts itself."""
    WARNING = "warning"
    """A person must look: the reasons may not carry the decision."""
    NOTE = "note"
    """Worth mending."""


class Profile(StrEnum):
    """Which letter is read."""

    PUBLISHED = "published"
    """A letter as it was published: de-identified, perhaps without its list of documents. It can no longer be mended."""
    ISSUE = "issue"
    """A letter about to go out: it must have all that the law requires, and its errors are mended first."""


class Ground(StrEnum):
    """What a check stands on."""

    LAW = "law"
    CRAFT = "craft"


class Part(StrEnum):
    """A part of the letter in which a finding can stand."""

    HEADER = "header"
    REVIEWER = "reviewer"
    DOCUMENTS = "documents"
    SUMMARY = "summary"
    ITEM = "item"
    CLAIMS_GUIDELINE = "claims_administrator_guideline"
    REVIEWER_GUIDELINE = "imr_guideline"
    RATIONALE = "rationale"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in the letter: the part, the item it belongs to, and from which to which character of the part's text.

    `start` and `end` are absent where the whole part is meant (or the part is missing); `quote` is the text between them.
    """

    part: Part
    item: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One finding. `where` is the part of the letter in words ("letter", "item 2"), `place` the exact place; `why` ends with
    the provision where `ground` is the law; `page` is the check's page in the documentation."""

    code: str
    name: str
    severity: Severity
    ground: Ground
    where: str
    what: str
    why: str
    what_to_do: str
    place: Place
    page: str
