"""Situations about medical necessity: the standards, the search, the schedule's chapters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.law.mtus import in_force
from evenhand.law.pack import Pack
from evenhand.law.schema.standards import Ranking
from evenhand.law.search import WalkStep, begin
from evenhand.law.situations.base import Situation, differs
from evenhand.law.standards import NAME, necessity_standards


@dataclass(frozen=True, kw_only=True)
class StandardsOn(Situation):
    """Which standards of medical necessity there are on a day, and how they rank."""

    day: date
    standards: tuple[str, ...] | None = None
    """Their letters, the first first."""
    ranking: Ranking | None = None

    def __post_init__(self) -> None:
        """Refuses a situation that expects nothing."""
        if (self.standards is None or self.ranking is None) == (self.refused is None):
            raise ValueError("needs either standards and ranking, or refused")

    @property
    def provisions(self) -> tuple[str, ...]:
        """The standards."""
        return (f"standards.{NAME}",)

    def differences(self, pack: Pack) -> Iterator[str]:
        """Asks for the standards and compares."""
        found = necessity_standards(pack, self.day)
        yield from differs("standards", self.standards, tuple(found.standards))
        yield from differs("ranking", self.ranking, found.ranking)


@dataclass(frozen=True, kw_only=True)
class SearchOn(Situation):
    """Where a reviewer's search stands after some steps, and how it may go on."""

    day: date
    walked: tuple[str, ...] = ()
    """Each step with its finding: "mtus not_addressed"."""
    at: str | None = None
    """The step at which the search stands; none where it has decided."""
    of_standard: str | None = None
    """The letter of the standard to which that step belongs."""
    ways: tuple[str, ...] = ()
    """How it may go on: "addresses", "rebutted to acoem_or_odg"."""

    @property
    def provisions(self) -> tuple[str, ...]:
        """The ladder."""
        return (f"ladders.{NAME}",)

    def differences(self, pack: Pack) -> Iterator[str]:
        """Walks and compares."""
        search = begin(pack, self.day)
        for taken in self.walked:
            code, _, finding = taken.partition(" ")
            search = search.take(WalkStep(step=code, finding=finding, reason="As found in the search."))
        yield from differs("at", self.at, search.at.code if search.at else None)
        yield from differs("of standard", self.of_standard, search.at.standard if search.at else None)
        ways = tuple(f"{way.finding} to {way.to.code}" if way.to else way.finding for way in search.moves())
        yield from differs("ways", self.ways, ways)


@dataclass(frozen=True, kw_only=True)
class ChapterOn(Situation):
    """In which edition a chapter of the schedule was in force on a day. What is not said is not there."""

    chapter: str
    day: date
    edition: str | None = None
    dated: str | None = None
    publisher: str | None = None
    regulation: str | None = None
    publisher_chapters: tuple[int, ...] = ()
    body_parts: tuple[str, ...] = ()
    treatments: tuple[str, ...] = ()
    since: date
    until: date | None = None
    not_known: bool = False

    @property
    def provisions(self) -> tuple[str, ...]:
        """The chapter."""
        return (f"chapters.{self.chapter}",)

    def differences(self, pack: Pack) -> Iterator[str]:
        """Looks the chapter up among those in force."""
        found = next((chapter for chapter in in_force(pack, self.day) if chapter.name == self.chapter), None)
        if found is None:
            yield f"{self.chapter} is not in force"
            return
        for name, said, there in (
            ("the question is open", self.not_known, found.unknown is not None),
            ("edition", self.edition, found.edition),
            ("dated", self.dated, found.edition_date),
            ("publisher", self.publisher, found.publisher),
            ("regulation", self.regulation, found.regulation),
            ("the publisher's chapters", self.publisher_chapters, found.publisher_chapters),
            ("parts of the body", self.body_parts, found.body_parts),
            ("treatments", self.treatments, found.treatments),
            ("since", self.since, found.valid_from),
            ("until", self.until, found.valid_to),
        ):
            yield from differs(name, said, there)


@dataclass(frozen=True, kw_only=True)
class ScheduleOn(Situation):
    """Which chapters of the schedule speak to a part of the body and a treatment on a day."""

    day: date
    body_part: str | None = None
    treatment: str | None = None
    chapters: tuple[str, ...] = ()

    @property
    def provisions(self) -> tuple[str, ...]:
        """The chapters."""
        return tuple(f"chapters.{name}" for name in self.chapters)

    def differences(self, pack: Pack) -> Iterator[str]:
        """Asks for the chapters in force and compares their names."""
        found = in_force(pack, self.day, body_part=self.body_part, treatment=self.treatment)
        yield from differs("chapters", self.chapters, tuple(chapter.name for chapter in found))
