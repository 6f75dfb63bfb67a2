"""What a citation means on a day, with what speaks against it in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from evenhand.citations.cited import Reference
from evenhand.citations.editions import Edition, Phase, Section, Source
from evenhand.citations.index import Index, index, within_pages
from evenhand.citations.lookup import find_edition, source_of
from evenhand.law import load_pack
from evenhand.law.citing import missing_fields, required_fields, step_of_source
from evenhand.programmes import DEFAULT
from evenhand.treatments.vocabulary import plain

_REMEMBERED = 50_000
"""Letters cite the same few passages again and again."""


class Level(StrEnum):
    """How far a citation leads: to a known passage, to a chapter or titled work, to the work as such, to a study that can
    be looked up by its place in a journal or its number, or nowhere."""

    PASSAGE = "passage"
    CHAPTER = "chapter"
    WORK = "work"
    STUDY = "study"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """What a citation means on a day.

    `edition` is None where the registry knows none. `in_force` and `covers_body_part` are None where the question does
    not arise (a study, a guideline outside the schedule, a chapter for no particular part). `phases` are those of the cited
    passages; none means any. `identity` is one word for what is cited: the edition's id, or a study's number or place.
    """

    source: Source
    level: Level
    identity: str | None
    edition: Edition | None
    passages: tuple[str, ...]
    in_force: bool | None
    covers_body_part: bool | None
    phases: tuple[Phase, ...]
    step: str | None
    problems: tuple[str, ...]

    @property
    def phase(self) -> Phase | None:
        """The one phase to which the passages speak, if it is one."""
        return self.phases[0] if len(self.phases) == 1 else None

    @property
    def resolved(self) -> bool:
        """Whether it is known what is cited."""
        return self.identity is not None


def resolve(citation: Reference, on: date, *, body_parts: Iterable[str] = (), programme: str = DEFAULT) -> Resolution:
    """Resolves a citation for a request of the day `on`, on parts of the body as `treatments` codes them."""
    return _resolve(citation.bare(), on, frozenset(body_parts), programme)


def in_force(on: date, body_part: str | None = None, *, programme: str = DEFAULT) -> tuple[Edition, ...]:
    """The schedule's editions in force on a day; with a part of the body, those that speak to it."""
    return tuple(
        edition
        for edition in index(programme).book.editions
        if edition.source is Source.MTUS
        and not edition.whole
        and edition.held_on(on)
        and (body_part is None or not edition.body_parts or body_part in edition.body_parts)
    )


def step_of(citation: Reference, on: date, *, programme: str = DEFAULT) -> str | None:
    """The code of the evidence ladder's step on which the source stands that day; None before the ladder began."""
    return _step(source_of(citation, index(programme)), on, programme)


@lru_cache(_REMEMBERED)
def _resolve(citation: Reference, on: date, wanted: frozenset[str], programme: str) -> Resolution:
    book = index(programme)
    source = source_of(citation, book)
    edition, problems = find_edition(citation, source, on, book)
    scheduled = edition is not None and edition.source is Source.MTUS and edition.held_on(on)
    covers = bool(wanted & set(edition.body_parts)) if edition and edition.body_parts and wanted else None
    problems = [*problems, *_missing_fields(citation, on, programme)]
    held = edition.held_on(on) if edition and edition.source is not Source.OTHER else None
    if edition and held is False:
        problems.append(_not_in_force(edition, on, book))
    if edition and covers is False:
        problems.append(f"{edition.called} covers {_list(edition.body_parts)}, not {_list(sorted(wanted))}.")
    passages = _passages(citation, edition) if edition else ()
    identity = edition.id if edition else _study_identity(citation) if source is Source.STUDY else None
    return Resolution(
        source=source,
        level=_level(edition, passages, identity),
        identity=identity,
        edition=edition,
        passages=tuple(part.title for part in passages),
        in_force=held,
        covers_body_part=covers,
        phases=_phases(citation, edition, passages) if edition else (),
        step=_step(Source.MTUS if scheduled else source, on, programme),
        problems=tuple(problems),
    )


@lru_cache(_REMEMBERED)
def _step(source: Source, on: date, programme: str) -> str | None:
    return step_of_source(load_pack(programme), source.value, on)


def _level(edition: Edition | None, passages: tuple[Section, ...], identity: str | None) -> Level:
    if edition is None:
        return Level.STUDY if identity else Level.NONE
    if edition.whole:
        return Level.WORK
    return Level.PASSAGE if passages else Level.CHAPTER


def _study_identity(citation: Reference) -> str | None:
    """The number by which a study can be looked up, else its journal, year, volume and first page."""
    place = citation.locator or ""
    numbered = re.search(r"\b(pmid|pmcid|doi)\W*(\d{4,9}|10\.\d{4,9}/\S+|PMC\d+)", place, re.IGNORECASE)
    if numbered:
        return f"{numbered[1].lower()}:{numbered[2].rstrip('.').lower()}"
    pages = re.search(r"(\d{1,4})\D.*?:\s*(\w?\d+)", place)
    if not (pages and citation.journal and citation.year):
        return None
    return f"study:{plain(citation.journal)}:{citation.year}:{pages[1]}:{pages[2].lower()}".replace(" ", "-")


def _cited_titles(citation: Reference) -> set[str]:
    return {plain(title) for title in (*citation.sections, citation.section or "") if title}


def _passages(citation: Reference, edition: Edition) -> tuple[Section, ...]:
    """The known sections that the citation names by title or by page."""
    cited = _cited_titles(citation)
    return tuple(
        part
        for part in edition.sections
        if cited & {plain(name) for name in (part.title, *part.also)}
        or (part.pages and citation.pages and within_pages(citation.pages, part.pages))
    )


def _phases(citation: Reference, edition: Edition, parts: tuple[Section, ...]) -> tuple[Phase, ...]:
    """The phases of the cited sections and pages; those of the whole edition where a cited part is not narrower."""
    known_titles = {plain(name) for part in edition.sections for name in (part.title, *part.also)}
    known_pages = [page for part in edition.sections for page in part.pages]
    if (
        not parts
        or not all(part.phases for part in parts)
        or _cited_titles(citation) - known_titles
        or not all(within_pages((page,), known_pages) for page in citation.pages)
    ):
        return edition.phases
    named = {phase for part in parts for phase in part.phases}
    return tuple(phase for phase in Phase if phase in named)


def _not_in_force(edition: Edition, on: date, book: Index) -> str:
    until = f" to {edition.valid_to}" if edition.valid_to else ""
    words = f"{edition.called} held from {edition.valid_from}{until}, not on {on}."
    instead = [
        other.called
        for other in book.book.editions
        if other.chapter == edition.chapter and other.chapter and other.held_on(on)
    ]
    return f"{words} In force that day: {_list(instead)}." if instead else words


def _missing_fields(citation: Reference, on: date, programme: str) -> list[str]:
    pack = load_pack(programme)
    required = required_fields(pack, citation.kind, on)
    missing = missing_fields(pack, citation, on)
    return [f"The citation lacks its {_list(missing)} ({required.citation})."] if required and missing else []


def _list(words: Iterable[str]) -> str:
    named = [word.replace("_", " ") for word in words]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
