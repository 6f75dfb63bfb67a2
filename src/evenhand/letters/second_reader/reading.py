"""The letter as the checks read it: its parts with their places, its items as facts, the law of the day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from evenhand.citations import Resolution, resolve
from evenhand.law import Pack, Refused, load_pack
from evenhand.law.letter import contents
from evenhand.law.requirements import Requirement
from evenhand.law.standards import ladder
from evenhand.letters.determination import Citation, Determination, ItemDetermination
from evenhand.letters.second_reader.finding import Part, Place, Profile, Severity
from evenhand.letters.second_reader.prose import Span, sentences
from evenhand.treatments import Treatment, describe

_DATE = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")


class NeedsDate(ValueError):
    """The letter names no date, and none was given."""


@dataclass(frozen=True)
class Passage:
    """One part of the letter as text."""

    part: Part
    text: str
    item: int | None = None

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """A place in this part; without arguments the whole of it."""
        if start is None or end is None:
            return Place(part=self.part, item=self.item)
        return Place(part=self.part, item=self.item, start=start, end=end, quote=self.text[start:end])

    @property
    def sentences(self) -> tuple[Span, ...]:
        """Its sentences."""
        return sentences(self.text)


@dataclass(frozen=True)
class Fault:
    """What a check found, in words, and where. `weaker` where this one weighs less than the check's others."""

    what: str
    at: Place
    weaker: Severity | None = None


class ItemReading:
    """An item with what its words say."""

    def __init__(self, item: ItemDetermination, letter: Reading) -> None:
        self.item = item
        self.number = item.number
        self._letter = letter

    @cached_property
    def treatment(self) -> Treatment:
        """What is disputed, as facts."""
        return describe(self.item.item, self._letter.programme)

    @property
    def heading(self) -> Passage:
        """The item's own words."""
        return Passage(Part.ITEM, self.item.item, self.number)

    @property
    def rationale(self) -> Passage:
        """The reasons for the decision."""
        return Passage(Part.RATIONALE, self.item.rationale, self.number)

    @property
    def claims_guideline(self) -> Passage:
        """What utilization review relied on, as the letter says it."""
        return Passage(Part.CLAIMS_GUIDELINE, self.item.claims_administrator_guideline.text, self.number)

    @property
    def reviewer_guideline(self) -> Passage:
        """What the reviewer relied on, as the letter says it."""
        return Passage(Part.REVIEWER_GUIDELINE, self.item.imr_guideline.text, self.number)

    @cached_property
    def cited(self) -> tuple[tuple[Citation, Resolution], ...]:
        """The reviewer's citations, each with what it means on the day."""
        return self._resolved(self.item.imr_guideline.citations)

    @cached_property
    def cited_by_claims(self) -> tuple[tuple[Citation, Resolution], ...]:
        """Utilization review's citations, each with what it means on the day."""
        return self._resolved(self.item.claims_administrator_guideline.citations)

    def _resolved(self, citations: tuple[Citation, ...]) -> tuple[tuple[Citation, Resolution], ...]:
        parts, letter = self.treatment.body_parts, self._letter
        return tuple((c, resolve(c, letter.on, body_parts=parts, programme=letter.programme)) for c in citations)


class Reading:
    """A letter, the day whose law counts, for which profile it is read. Raises NeedsDate where there is no such day."""

    def __init__(self, letter: Determination, *, on: date | None, profile: Profile, programme: str) -> None:
        self.letter = letter
        self.profile = profile
        self.programme = programme
        self.on = on or governing_date(letter)
        self.items = tuple(ItemReading(item, self) for item in letter.items)

    @cached_property
    def pack(self) -> Pack:
        """The programme's law."""
        return load_pack(self.programme)

    @cached_property
    def required(self) -> dict[str, Requirement]:
        """What the law of the day requires of a letter, by code; empty where it is not known."""
        try:
            return {entry.code: entry for entry in contents(self.pack, self.on)}
        except Refused:
            return {}

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The codes of the evidence ladder's steps on the day; none where the law of the day knows no ladder."""
        try:
            return tuple(step.code for step in ladder(self.pack, self.on).steps)
        except Refused:
            return ()

    @property
    def header(self) -> Passage:
        """The head of the letter; its facts have no running text."""
        return Passage(Part.HEADER, "")

    @property
    def reviewer(self) -> Passage:
        """What the letter says of the reviewer."""
        held = self.letter.reviewer
        return Passage(Part.REVIEWER, "; ".join([*held.licensure, *held.specialties]))

    @cached_property
    def documents(self) -> Passage:
        """The list of documents, a line each."""
        return Passage(Part.DOCUMENTS, "\n".join(self.letter.documents_reviewed))

    @property
    def summary(self) -> Passage:
        """The clinical case summary."""
        return Passage(Part.SUMMARY, self.letter.clinical_case_summary)

    @property
    def passages(self) -> Iterator[Passage]:
        """Every part that has text, in the order of the letter."""
        yield from (passage for passage in (self.reviewer, self.documents, self.summary) if passage.text)
        for item in self.items:
            parts = (item.heading, item.claims_guideline, item.reviewer_guideline, item.rationale)
            yield from (passage for passage in parts if passage.text)


def governing_date(letter: Determination) -> date:
    """The day of the utilization review decision, or the next best that the letter names. Raises NeedsDate."""
    head = letter.header
    steps = [head.ur_denial_date, head.application_received, head.date_assigned, head.decision_date]
    known = [day for day in steps if day is not None]
    if known:
        # A slip of the pen ("1016") governs nothing: the first that lies within ten years of the middle one.
        middle = sorted(known)[len(known) // 2].year
        return next(day for day in known if abs(day.year - middle) <= 10)
    text = " ".join([letter.clinical_case_summary, *(item.rationale for item in letter.items)])
    days = [day for day in (day_of(match) for match in _DATE.finditer(text)) if day]
    latest = max(days, default=head.date_of_injury)
    if latest is None:
        raise NeedsDate("the letter names no date, so nobody can tell which law governs; give the date of the request")
    return latest


def shifted(day: date, days: int) -> date:
    """The day so many days later (or, below nought, earlier); a letter may name any year, so the calendar's own end is the end."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def day_of(match: re.Match[str]) -> date | None:
    """The day that a match of month, day and year names; None where there is no such day."""
    try:
        return date(int(match[3]), int(match[1]), int(match[2]))
    except ValueError:
        return None
