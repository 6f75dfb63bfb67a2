"""The editions that the programme's registry knows, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from evenhand.reading import BadFile, Fault
from evenhand.treatments.vocabulary import vocabulary

FILE = "editions.yaml"


class Phase(StrEnum):
    """A phase of care to which a passage speaks."""

    ACUTE = "acute"
    SUBACUTE = "subacute"
    CHRONIC = "chronic"
    POSTSURGICAL = "postsurgical"


class Source(StrEnum):
    """What sort of source an edition is; it decides its step on the evidence ladder."""

    MTUS = "mtus"
    ACOEM = "acoem"
    ODG = "odg"
    OTHER = "other"
    STUDY = "study"


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section of a chapter: its title, the phases to which it speaks (none: any), pages where known."""

    title: str
    phases: tuple[Phase, ...] = ()
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One edition of a chapter or guideline. Without `valid_from` it belongs to no schedule and is kept current."""

    id: str
    source: Source
    title: str
    body_parts: tuple[str, ...]
    citation: str
    confidence: str
    also: tuple[str, ...] = ()
    year: int | None = None
    acoem_chapter: int | None = None
    regulation: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    phases: tuple[Phase, ...] = ()
    sections: tuple[Section, ...] = ()
    note: str | None = None

    def held_on(self, on: date) -> bool:
        """Whether it was in force (or kept current) on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    @property
    def called(self) -> str:
        """Title and year, as people say it."""
        return f"{self.title} {self.year}" if self.year else self.title


@dataclass(frozen=True, kw_only=True)
class Steps:
    """On which step of the evidence ladder each sort of source stands, from a day on."""

    valid_from: date
    mtus: str
    acoem: str
    odg: str
    other: str
    study: str
    citation: str
    confidence: str


@dataclass(frozen=True, kw_only=True)
class RequiredFields:
    """What a citation of a kind must carry from a day on."""

    kind: str
    valid_from: date
    fields: tuple[str, ...]
    citation: str
    confidence: str


@dataclass(frozen=True, kw_only=True)
class Registry:
    """editions.yaml"""

    governed_by: str
    steps: tuple[Steps, ...]
    required_fields: tuple[RequiredFields, ...]
    organisations: dict[str, tuple[str, ...]]
    editions: tuple[Edition, ...]


@cache
def registry(programme: str) -> Registry:
    """The programme's registry. Raises BadFile, also where two editions share an id."""
    found = vocabulary(Registry, FILE, programme)
    ids = [edition.id for edition in found.editions]
    doubled = sorted({id for id in ids if ids.count(id) > 1})
    if doubled:
        raise BadFile([Fault(file=FILE, where=id, what="stands twice; give each edition its own id") for id in doubled])
    return found


def editions(programme: str = "ca_dwc") -> tuple[Edition, ...]:
    """Every edition that the programme knows."""
    return registry(programme).editions
