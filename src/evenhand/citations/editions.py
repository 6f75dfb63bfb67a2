"""The editions that the programme's registry knows, as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import evenhand.programmes
from evenhand.law import load_pack, mtus
from evenhand.programmes import DEFAULT
from evenhand.reading import BadFile, Fault
from evenhand.treatments.vocabulary import vocabulary

FILE = "editions.yaml"
BODIES = "bodies.yaml"
SCHEDULE = "mtus"
"""The id of the schedule as such, cited without a chapter."""


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
    """A section of a chapter: its title and other names, the phases to which it speaks (none: any), pages where
    known."""

    title: str
    also: tuple[str, ...] = ()
    phases: tuple[Phase, ...] = ()
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One edition of a chapter or guideline. Without `valid_from` it belongs to no schedule and is kept current.

    An edition of the schedule is what the law pack says of it, with the names and passages of the vocabulary. `chapter`
    is the law's name of the chapter; `whole` is a work as such, cited without a chapter; `recurring` a passage that stands
    in several chapters under one name; `publisher` the code of the body that publishes another guideline.
    """

    id: str
    source: Source
    title: str
    body_parts: tuple[str, ...]
    citation: str
    confidence: str
    also: tuple[str, ...] = ()
    year: int | None = None
    publisher: str | None = None
    whole: bool = False
    recurring: bool = False
    publisher_chapters: tuple[int, ...] = ()
    chapter: str | None = None
    regulation: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    phases: tuple[Phase, ...] = ()
    sections: tuple[Section, ...] = ()
    page_range: str | None = None

    def held_on(self, on: date) -> bool:
        """Whether it was in force (or kept current) on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    @property
    def called(self) -> str:
        """Title and year, as people say it."""
        return f"{self.title} {self.year}" if self.year else self.title


@dataclass(frozen=True, kw_only=True)
class Named:
    """How an edition of the schedule is cited: `id` is the law pack's name of the edition."""

    id: str
    also: tuple[str, ...] = ()
    phases: tuple[Phase, ...] = ()
    sections: tuple[Section, ...] = ()
    sections_of: str | None = None
    """The name of sections that several chapters have alike."""
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Pages by the title of the section, where they are known."""
    page_range: str | None = None
    """First and last page of the chapter, where they are known."""


@dataclass(frozen=True, kw_only=True)
class AsSuch:
    """The schedule as a whole, as people cite it who name no chapter."""

    title: str
    citation: str
    confidence: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EditionWords:
    """editions.yaml"""

    organisations: dict[str, tuple[str, ...]]
    sections: dict[str, tuple[Section, ...]]
    schedule: tuple[Named, ...]
    editions: tuple[Edition, ...]
    schedule_as_such: AsSuch | None = None


@dataclass(frozen=True, kw_only=True)
class Work:
    """A guideline of a body: its title and year; nothing of its text."""

    title: str
    also: tuple[str, ...] = ()
    year: int | None = None
    body_parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Body:
    """Who publishes guidelines or other sources: names, short names as they are written, and known works.

    `weak` are short names that mean something else as well; they count only beside a word like "guideline".
    """

    code: str
    name: str
    also: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    works: tuple[Work, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BodyWords:
    """bodies.yaml"""

    confidence: str
    citation: str
    guideline_words: tuple[str, ...]
    not_cited: tuple[str, ...]
    bodies: tuple[Body, ...]


@dataclass(frozen=True, kw_only=True)
class Registry:
    """Every edition that the programme knows, and who publishes guidelines under which names."""

    organisations: dict[str, tuple[str, ...]]
    editions: tuple[Edition, ...]
    bodies: tuple[Body, ...] = ()
    guideline_words: tuple[str, ...] = ()
    not_cited: tuple[str, ...] = ()


@cache
def registry(programme: str) -> Registry:
    """The programme's registry: the schedule of its law pack, under the names of its vocabulary. Raises BadFile."""
    joined = join(vocabulary(EditionWords, FILE, programme), mtus.editions(load_pack(programme)))
    if not (Path(evenhand.programmes.__path__[0]) / programme / "vocabulary" / BODIES).exists():
        return joined
    words = vocabulary(BodyWords, BODIES, programme)
    return replace(
        joined,
        editions=(*joined.editions, *_works(words)),
        bodies=words.bodies,
        guideline_words=words.guideline_words,
        not_cited=words.not_cited,
    )


def join(words: EditionWords, schedule: tuple[mtus.Chapter, ...]) -> Registry:
    """The schedule's editions under the names that people cite. An edition without names goes by its title. Raises
    BadFile for names of what is no edition."""
    faults = list(_faults(words, {chapter.edition for chapter in schedule}))
    if faults:
        raise BadFile([Fault(file=FILE, where=id, what=what) for id, what in faults])
    named = {entry.id: entry for entry in words.schedule}
    held = (_joined(chapter, named.get(str(chapter.edition)), words) for chapter in schedule)
    return Registry(
        organisations=words.organisations,
        editions=(*held, *_as_such(words.schedule_as_such, schedule), *words.editions),
    )


def editions(programme: str = DEFAULT) -> tuple[Edition, ...]:
    """Every edition that the programme knows."""
    return registry(programme).editions


def _joined(chapter: mtus.Chapter, named: Named | None, words: EditionWords) -> Edition:
    """What the law says of an edition, with how people cite it."""
    named = named or Named(id=str(chapter.edition))
    sections = (*named.sections, *words.sections.get(named.sections_of or "", ()))
    return Edition(
        id=named.id,
        source=Source.MTUS,
        title=chapter.title,
        also=named.also,
        year=chapter.year,
        publisher_chapters=chapter.publisher_chapters,
        chapter=chapter.name,
        regulation=chapter.regulation,
        body_parts=chapter.body_parts,
        valid_from=chapter.valid_from,
        valid_to=chapter.valid_to,
        phases=named.phases,
        sections=tuple(replace(part, pages=named.pages.get(part.title, part.pages)) for part in sections),
        page_range=named.page_range,
        citation=chapter.citation,
        confidence=chapter.confidence.value,
    )


def _as_such(named: AsSuch | None, schedule: tuple[mtus.Chapter, ...]) -> Iterator[Edition]:
    """The schedule as a whole; it holds from the first day of its first chapter."""
    if named is not None and schedule:
        yield Edition(
            id=SCHEDULE,
            source=Source.MTUS,
            title=named.title,
            also=named.also,
            whole=True,
            body_parts=(),
            valid_from=min(chapter.valid_from for chapter in schedule),
            citation=named.citation,
            confidence=named.confidence,
        )


def _works(words: BodyWords) -> Iterator[Edition]:
    """Each body as such, and each of its works."""
    for body in words.bodies:
        shared = {"source": Source.OTHER, "publisher": body.code, "confidence": words.confidence}
        yield Edition(
            id=body.code,
            title=body.name,
            also=(*body.also, *body.short),
            whole=True,
            body_parts=(),
            citation=words.citation,
            **shared,  # type: ignore[arg-type]
        )
        for number, work in enumerate(body.works, start=1):
            yield Edition(
                id=f"{body.code}-{work.year or number}-{number}",
                title=work.title,
                also=work.also,
                year=work.year,
                body_parts=work.body_parts,
                citation=words.citation,
                **shared,  # type: ignore[arg-type]
            )


def _faults(words: EditionWords, held: set[str | None]) -> Iterator[tuple[str, str]]:
    ids = [*(entry.id for entry in words.schedule), *(edition.id for edition in words.editions)]
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        yield id, "stands twice; give each edition its own id"
    for entry in words.schedule:
        if entry.id not in held:
            yield entry.id, "is no edition of the law pack; name one of law/mtus.yaml"
        if entry.sections_of is not None and entry.sections_of not in words.sections:
            yield entry.id, f"names the sections {entry.sections_of!r}; there are: {', '.join(words.sections)}"
