"""The registry, arranged for looking things up: compiled once a programme, because letters come by the hundred thousand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from evenhand.citations.editions import Edition, Registry, Source, registry
from evenhand.treatments.vocabulary import plain

_AROUND = ("2nd edition", "second edition", "chapter", "chapters", "guideline", "guidelines")
RANGE = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")


@dataclass(frozen=True)
class Titles:
    """Plain titles of one source's editions, with a pattern that finds any of them, the longest first."""

    editions: dict[str, tuple[Edition, ...]]
    within: re.Pattern[str]

    def editions_in_order(self) -> tuple[Edition, ...]:
        """Every edition once."""
        return tuple(dict.fromkeys(edition for many in self.editions.values() for edition in many))

    def longest_in(self, flat: str) -> tuple[Edition, ...]:
        """The editions of the longest title that stands within the plain text; a chapter before what stands in many."""
        found = [self.editions[match.group()] for match in self.within.finditer(flat)]
        sizes = [match.end() - match.start() for match in self.within.finditer(flat)]
        ranked = sorted(zip(found, sizes, strict=True), key=lambda each: (each[0][0].recurring, -each[1]))
        return ranked[0][0] if ranked else ()


@dataclass(frozen=True)
class Index:
    """What resolving needs of the registry of one programme."""

    book: Registry
    titles: dict[Source, Titles]
    works: dict[str, Titles]
    """Titles of each body's works."""
    whole: dict[str, Edition]
    """Works as such: by source, and other bodies by their code."""
    by_number: dict[int, tuple[Edition, ...]]
    by_section: dict[str, tuple[Edition, ...]]
    """Editions by the section of the regulation, as bare digits."""
    sources: dict[Source, re.Pattern[str]]
    bodies: tuple[tuple[re.Pattern[str], str], ...]
    schedule_years: frozenset[int | None]
    """Years in which the schedule took an edition."""
    around: re.Pattern[str]
    """Words around a title that say nothing of which one it is."""


@cache
def index(programme: str) -> Index:
    """The index of the programme's registry. Raises BadFile where its files are damaged."""
    book = registry(programme)
    by_number: dict[int, list[Edition]] = defaultdict(list)
    by_section: dict[str, list[Edition]] = defaultdict(list)
    for edition in book.editions:
        for number in edition.publisher_chapters:
            by_number[number].append(edition)
        if edition.regulation:
            by_section[regulation_section(edition.regulation) or ""].append(edition)
    return Index(
        book=book,
        titles={source: _titles(e for e in book.editions if e.source is source and not e.whole) for source in Source},
        works={
            body.code: _titles(e for e in book.editions if e.publisher == body.code and not e.whole)
            for body in book.bodies
        },
        whole={edition.publisher or edition.source.value: edition for edition in book.editions if edition.whole},
        by_number={number: tuple(found) for number, found in by_number.items()},
        by_section={section: tuple(found) for section, found in by_section.items()},
        sources={Source(code): _any(names) for code, names in book.organisations.items()},
        bodies=tuple((_any((b.name, *b.also, *b.short, *b.weak)), b.code) for b in book.bodies),
        schedule_years=frozenset(e.valid_from.year for e in book.editions if e.valid_from),
        around=_any((*(name for names in book.organisations.values() for name in names), *_AROUND)),
    )


def regulation_section(text: str) -> str | None:
    """The section of the regulation that a text names, as digits: "8 CCR 9792.24.2" gives 9792.24.2."""
    found = re.search(r"\b\d{4}\.\d{1,2}(?:\.\d{1,2})?", text)
    return found.group() if found else None


def within_pages(cited: Iterable[str], known: Iterable[str]) -> bool:
    """Whether a cited page lies in the known pages; both may be ranges."""
    spans = [_span(match) for page in known for match in RANGE.finditer(page)]
    return any(
        low <= last and first <= high
        for page in cited
        for low, high in map(_span, RANGE.finditer(page))
        for first, last in spans
    )


def _span(match: re.Match[str]) -> tuple[int, int]:
    first = int(match[1])
    last = int(match[2] or first)
    return (first, last) if last >= first else (first, first)


def _titles(editions: Iterable[Edition]) -> Titles:
    found: dict[str, list[Edition]] = defaultdict(list)
    for edition in editions:
        for title in dict.fromkeys(plain(name) for name in (edition.title, *edition.also)):
            found[title].append(edition)
    return Titles({title: tuple(them) for title, them in found.items()}, _any(found))


def _any(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the names in a plain text, the longest first; nothing where there is no name."""
    words = sorted({plain(name) for name in names}, key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b" if words else r"(?!)")
