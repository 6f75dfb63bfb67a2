"""From the words of a citation to the edition that they mean. `resolve` says what that edition is worth on a day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from evenhand.citations.cited import Reference
from evenhand.citations.editions import Edition, Source
from evenhand.citations.index import Index, regulation_section, within_pages
from evenhand.treatments.vocabulary import plain

Found = tuple[Edition | None, list[str]]
"""An edition, and what is to be said of the way to it."""

_CHAPTER = re.compile(r"\bch(?:apter)?\.?\s*(\d{1,2})\b", re.I)
_SECOND = re.compile(r"\b(?:2nd|second) ed(?:ition)?\b")
_THIRD = re.compile(r"\b(?:3rd|third) ed(?:ition)?\b")
_NOTHING = re.compile(r"(?:and|the|of|in|per|practice|\W|\d)*")


def source_of(citation: Reference, book: Index) -> Source:
    """What sort of source is cited: the schedule, ACOEM, the ODG, a study or another guideline."""
    if citation.kind == "mtus":
        return Source.MTUS
    if citation.kind == "study":
        return Source.STUDY
    for said in (citation.organisation, citation.title, citation.section):
        named = plain(said or "")
        hits = ((match.start(), source) for source, names in book.sources.items() if (match := names.search(named)))
        first = min(hits, default=None)
        if first is not None:
            return first[1]
    return Source.OTHER


def find_edition(citation: Reference, source: Source, on: date, book: Index) -> Found:
    """The edition that the citation means, with remarks in words; None where the registry knows none."""
    match source:
        case Source.MTUS:
            return _schedule(citation, on, book)
        case Source.ACOEM:
            return _acoem(citation, on, book)
        case Source.ODG:
            return _odg(citation, book)
        case Source.OTHER:
            return _other(citation, book)
        case Source.STUDY:
            return None, []


def _schedule(citation: Reference, on: date, book: Index) -> Found:
    said = citation.chapter or citation.title or ""
    named = _named(said, book, Source.MTUS) or _numbered(said, book)
    section = regulation_section(said)
    named = named or (book.by_section.get(section, ()) if section else ())
    named = named or _of_passage((said, *citation.sections), on, book)
    if not named and (citation.organisation or book.sources[Source.ACOEM].search(plain(said))):
        named = _paged(citation.pages, book)
    if named:
        return _dated(citation.year, on, named, book)
    return _as_such(said, book, Source.MTUS)


def _acoem(citation: Reference, on: date, book: Index) -> Found:
    """ACOEM's guidelines that the schedule adopted stand in the registry as the schedule's; the others as its own."""
    said = _said(citation.title, citation.section)
    adopted = _named(citation.title or "", book, Source.MTUS) or _named(said, book, Source.MTUS)
    own = _named(citation.title or "", book, Source.ACOEM) or _named(said, book, Source.ACOEM)
    numbered = _numbered(said, book)
    paged = () if adopted or own or numbered else _paged(_pages_of(citation), book)
    second = bool(numbered or paged) or bool(_SECOND.search(plain(said))) or _of_the_book(citation, book)
    edition = None
    if adopted or numbered or paged:
        edition, _ = _dated(citation.year, on, numbered or paged or adopted, book)
    if edition and edition.source is Source.MTUS and edition.held_on(on) and not _newer(said, citation.year, edition):
        return edition, [
            f"{edition.called} is part of the schedule itself ({edition.citation}); cite it as {_short(Source.MTUS, book)} "
            "with its year."
        ]
    if edition and (second or _exact(said, edition)):
        return edition, []
    if own:
        return own[0], []
    return edition or book.whole.get(Source.ACOEM), []


def _of_the_book(citation: Reference, book: Index) -> bool:
    """Whether the citation's year is one of the book with numbered chapters."""
    years = {edition.year for found in book.by_number.values() for edition in found}
    return citation.year is not None and citation.year in years


def _newer(said: str, year: int | None, edition: Edition) -> bool:
    """Whether another edition is meant than the schedule's of that day."""
    return bool(_THIRD.search(plain(said)) and edition.publisher_chapters) or (
        year is not None and year not in _years(edition)
    )


def _exact(said: str, edition: Edition) -> bool:
    return bool(edition.publisher_chapters) and plain(edition.title) in plain(said)


def _odg(citation: Reference, book: Index) -> Found:
    for said in (citation.title or "", _said(citation.title, citation.section)):
        if named := _named(said, book, Source.ODG):
            return named[0], []
    return _as_such(citation.title or citation.section or "", book, Source.ODG)


def _as_such(said: str, book: Index, source: Source) -> Found:
    """The work as such where nothing else is said of it; else what is not known, in words."""
    name = _short(source, book)
    if not _CHAPTER.search(said) and _NOTHING.fullmatch(book.around.sub(" ", plain(said))):
        return book.whole.get(source), [f"The citation names no chapter of the {name}; name the chapter."]
    titles = {plain(edition.title): edition.title for edition in book.book.editions if edition.source is source}
    near = get_close_matches(plain(said), titles, n=1, cutoff=0.6)
    hint = f" Is {titles[near[0]]} meant?" if near else ""
    return None, [f"The registry knows no chapter of the {name} called {said!r}.{hint}"]


def _short(source: Source, book: Index) -> str:
    """What people call the source: the first of its names."""
    return book.book.organisations[source.value][0]


def _other(citation: Reference, book: Index) -> Found:
    said = plain(_said(citation.organisation, citation.title, citation.section, citation.authors, citation.journal))
    hits = sorted((m.start(), -(m.end() - m.start()), code) for names, code in book.bodies if (m := names.search(said)))
    if not hits:
        called = citation.organisation or citation.title
        return None, [f"The registry knows no publisher of {called!r}."] if called else []
    code = hits[0][2]
    works = [w for w in book.works[code].longest_in(said) if citation.year is None or w.year in {None, citation.year}]
    return (works[0] if works else book.whole.get(code)), []


def _said(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _pages_of(citation: Reference) -> tuple[str, ...]:
    """Pages, from their own field or from words such as "pg. 303-305"."""
    words = _said(citation.title, citation.section)
    return citation.pages or tuple(re.findall(r"\b(?:pages?|pgs?\.?|pp?\.)\s*(\d{1,4}(?:\s*[-–]\s*\d{1,4})?)", words))


def _named(said: str, book: Index, source: Source) -> tuple[Edition, ...]:
    """Editions of that title; else of the longest known title that stands within it."""
    titles = book.titles[source]
    flat = " ".join(book.around.sub(" ", plain(_CHAPTER.sub(" ", said))).split())
    return titles.editions.get(flat) or titles.editions.get(plain(said)) or titles.longest_in(flat)


def _numbered(said: str, book: Index) -> tuple[Edition, ...]:
    """Editions of the publisher's chapter number."""
    number = _CHAPTER.search(said)
    return book.by_number.get(int(number.group(1)), ()) if number else ()


def _paged(pages: tuple[str, ...], book: Index) -> tuple[Edition, ...]:
    """The chapter of the publisher's book in which the cited pages lie; pages run on from chapter to chapter."""
    return tuple(e for e in book.book.editions if e.page_range and within_pages(pages, (e.page_range,)))[:1]


def _of_passage(said: Iterable[str], on: date, book: Index) -> tuple[Edition, ...]:
    """The chapter in force that alone has a passage of that title."""
    for title in filter(None, map(plain, said)):
        found = [
            edition
            for edition in book.book.editions
            if edition.source is Source.MTUS and edition.held_on(on) and title in passage_names(edition)
        ]
        if len(found) == 1:
            return (found[0],)
    return ()


def passage_names(edition: Edition) -> set[str]:
    """The plain titles and other names of an edition's passages."""
    return {plain(name) for part in edition.sections for name in (part.title, *part.also)}


def _years(edition: Edition) -> set[int | None]:
    """The year of the edition and the effective year of the schedule that took it: both are in use."""
    return {edition.year, edition.valid_from.year if edition.valid_from else None}


def _dated(year: int | None, on: date, named: tuple[Edition, ...], book: Index) -> Found:
    exact = [edition for edition in named if year is None or edition.year in {None, year}]
    dated = exact or [edition for edition in named if year in _years(edition)]
    if not dated and year in book.schedule_years:
        # The year in which the schedule as such was last changed, as people cite it: the edition that it then held.
        dated = [edition for edition in named if edition.held_on(date(int(year or 0), 12, 31))]
    if not dated:
        years = ", ".join(str(edition.year) for edition in named)
        return None, [f"The registry knows no edition of {named[0].title} of {year}; it knows: {years}."]
    return max(dated, key=lambda entry: (entry.held_on(on), entry.valid_from or date.min)), []
