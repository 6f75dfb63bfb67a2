"""The treatment schedule in force on a day: its chapters, each in the edition of that day (LAW: MTUS by date).

for chapter in in_force(load_pack(), date(2014, 12, 16), body_part="cervical_spine"):
    chapter.title, chapter.edition_date, chapter.regulation, chapter.valid_to
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.law.pack import Pack
from evenhand.law.refusals import Refused
from evenhand.law.schema import Confidence, caution_words
from evenhand.law.schema.mtus import ChapterLaw, ChapterVersion
from evenhand.law.versions import in_force as version_in_force

OTHER = "other"
"""A part of the body, or a treatment, to which no chapter is particular."""


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter of the schedule in one edition, from its first day to its last (None: it still holds).

    Where `unknown` asks which edition was in force, `edition`, `edition_date` and `publisher` are None.
    """

    name: str
    title: str
    edition: str | None
    edition_date: str | None
    publisher: str | None
    regulation: str | None
    publisher_chapters: tuple[int, ...]
    body_parts: tuple[str, ...]
    treatments: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    citation: str
    source: tuple[str, ...]
    confidence: Confidence
    unknown: str | None
    caution: str | None

    @property
    def year(self) -> int | None:
        """The year of the edition."""
        return int(self.edition_date[:4]) if self.edition_date else None

    @property
    def speaks_to_all(self) -> bool:
        """Whether it is particular to no part of the body and no treatment."""
        return not self.body_parts and not self.treatments

    def __str__(self) -> str:
        if self.unknown is not None:
            return f"{self.title}: not known. {self.unknown}"
        until = f" to {self.valid_to}" if self.valid_to else ""
        return f"{self.title} ({self.publisher}, {self.edition_date}), in force from {self.valid_from}{until}"


def in_force(
    pack: Pack, on: date, *, body_part: str | None = None, treatment: str | None = None
) -> tuple[Chapter, ...]:
    """The chapters in force on `on`; with a part of the body or a treatment, without those that are particular to others.

    For what no chapter is particular to, say `other`. Raises Refused for a word that no chapter knows, and for a day
    before the first chapter.
    """
    chapters = [chapter for law in _chapters(pack) for chapter in law]
    _known(body_part, {part for chapter in chapters for part in chapter.body_parts}, "part of the body")
    _known(treatment, {kind for chapter in chapters for kind in chapter.treatments}, "treatment")
    first = min(chapter.valid_from for chapter in chapters)
    if on < first:
        raise Refused(f"The pack's first chapter of the schedule holds from {first}; {on} is before that.")
    return tuple(
        _chapter(name, law, version)
        for name, law in pack.law.chapters.items()
        if (version := version_in_force(law.versions, on)) is not None
        and _speaks(version.body_parts, body_part)
        and _speaks(version.treatments, treatment)
    )


def editions(pack: Pack) -> tuple[Chapter, ...]:
    """Every edition that the schedule ever held, chapter by chapter."""
    return tuple(chapter for law in _chapters(pack) for chapter in law if chapter.edition is not None)


def _chapters(pack: Pack) -> Iterator[tuple[Chapter, ...]]:
    for name, law in pack.law.chapters.items():
        yield tuple(_chapter(name, law, version) for version in law.versions)


def _chapter(name: str, law: ChapterLaw, version: ChapterVersion) -> Chapter:
    later = [other.valid_from for other in law.versions if other.valid_from > version.valid_from]
    return Chapter(
        name=name,
        title=version.title or law.title,
        edition=version.edition,
        edition_date=version.edition_date,
        publisher=version.publisher,
        regulation=law.regulation,
        publisher_chapters=version.publisher_chapters,
        body_parts=version.body_parts,
        treatments=version.treatments,
        valid_from=version.valid_from,
        valid_to=version.valid_to or (min(later) - timedelta(days=1) if later else None),
        citation=version.citation,
        source=version.source,
        confidence=version.confidence,
        unknown=version.unknown,
        caution=caution_words(version.confidence, version.caution),
    )


def _speaks(particular_to: tuple[str, ...], asked: str | None) -> bool:
    return asked is None or not particular_to or asked in particular_to


def _known(word: str | None, words: set[str], kind: str) -> None:
    if word is None or word == OTHER or word in words:
        return
    near = difflib.get_close_matches(word, words, n=3) or sorted(words)
    raise Refused(
        f"No chapter of the schedule is particular to the {kind} {word!r}. Did you mean: {', '.join(near)}? For any other "
        f"{kind} say {OTHER!r}."
    )
