"""The shape of the treatment schedule's table of contents: its chapters, and the edition of each by date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.law.schema.common import Version


@dataclass(frozen=True, kw_only=True)
class ChapterVersion(Version):
    """The edition of a chapter that the schedule held from a day on; or the question which one it held.

    Without body parts and treatments it speaks to all. `edition` is the name under which the vocabulary of citations
    knows it. `edition_date` is as exact as anybody knows: "2016-05-27", "2015-09", "2004". `publisher_chapters` are the
    publisher's own numbers of the chapters adopted.
    """

    edition: str | None = None
    title: str | None = None
    edition_date: str | None = None
    publisher: str | None = None
    publisher_chapters: tuple[int, ...] = ()
    body_parts: tuple[str, ...] = ()
    treatments: tuple[str, ...] = ()

    def faults(self) -> Iterator[str]:
        """An edition that is half known, or known and asked for."""
        given = (self.edition, self.title, self.edition_date, self.publisher)
        if self.unknown is not None and any(given):
            yield "has an edition and an unknown; keep one"
        if self.unknown is None and not all(given):
            yield "needs edition, title, edition_date and publisher, or the open question as `unknown`"


@dataclass(frozen=True, kw_only=True)
class ChapterLaw:
    """A chapter of the schedule through the years. `regulation`: the section that adopts it, where it is known."""

    title: str
    governed_by: str
    versions: tuple[ChapterVersion, ...]
    regulation: str | None = None
