"""A letter with its findings at their place: every part in paragraphs, cut where a finding begins or ends.

    numbered = number(letter, check_letter(letter))
    shown = mark(letter, numbered)

Nothing is left out and nothing moves: the stretches of a part, one after the other, are its text. Findings are numbered in the
order in which a reader meets them, before anybody chooses some of them, so a number means the same whatever is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from evenhand.letters.determination import Determination, ItemDetermination
from evenhand.letters.second_reader.finding import Finding, Part, Place, Profile
from evenhand.letters.second_reader.reading import Passage, Reading
from evenhand.programmes import DEFAULT

# How much of a part names it on paper, and how much before a quotation tells it from the same words elsewhere.
OPENING, BEFORE = 80, 60

# What no page can show, or what would turn the words after it round. Each stands as one sign, so that places keep.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A finding with its number and the place that was found for it: `start` and `end` in the part's text, or the whole part.

    `quote` are the words at the place (of a whole part its beginning), `before` what stands before them: for finding them on paper.
    """

    number: int
    finding: Finding
    passage: int
    start: int | None = None
    end: int | None = None
    quote: str = ""
    before: str = ""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Words with the findings that cover them, and those of them that begin here."""

    text: str
    findings: tuple[Numbered, ...] = ()
    begins: tuple[Numbered, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A part of the letter. `whole` are the findings that stand at the part as such; `findings` all, by number."""

    part: Part
    paragraphs: tuple[tuple[Stretch, ...], ...] = ()
    whole: tuple[Numbered, ...] = ()
    findings: tuple[Numbered, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MarkedItem:
    """A disputed item, part by part."""

    item: ItemDetermination
    heading: Marked
    claims_guideline: Marked
    reviewer_guideline: Marked
    rationale: Marked


@dataclass(frozen=True, kw_only=True)
class MarkedLetter:
    """The letter, part by part, in the order in which it is shown."""

    letter: Determination
    header: Marked
    reviewer: Marked
    items: tuple[MarkedItem, ...]
    summary: Marked
    documents: Marked


def number(letter: Determination, findings: Iterable[Finding]) -> tuple[Numbered, ...]:
    """The findings in the order of the letter as `mark` shows it, numbered from 1.

    A place that does not fit the letter (an item that is not there, words that stand otherwise) becomes the whole part.
    """
    passages = _passages(letter)
    placed = [(*_placed(finding.place, passages), finding) for finding in findings]
    placed.sort(key=lambda one: (one[0], -1 if one[1] is None else one[1], one[2] or 0, one[3].code, one[3].what))
    return tuple(
        _numbered(number, finding, at, start, end, passages[at].text)
        for number, (at, start, end, finding) in enumerate(placed, 1)
    )


def mark(letter: Determination, numbered: Iterable[Numbered]) -> MarkedLetter:
    """The letter with these findings. Each stands exactly once: where its words begin, or at its part."""
    by_passage: dict[int, list[Numbered]] = {}
    for one in numbered:
        by_passage.setdefault(one.passage, []).append(one)
    parts = [_marked(passage, by_passage.get(at, [])) for at, passage in enumerate(_passages(letter))]
    items = parts[2:-2]
    return MarkedLetter(
        letter=letter,
        header=parts[0],
        reviewer=parts[1],
        items=tuple(
            MarkedItem(
                item=item,
                heading=items[4 * at],
                claims_guideline=items[4 * at + 1],
                reviewer_guideline=items[4 * at + 2],
                rationale=items[4 * at + 3],
            )
            for at, item in enumerate(letter.items)
        ),
        summary=parts[-2],
        documents=parts[-1],
    )


def showable(text: str) -> str:
    """The text with a sign in place of each character that a page cannot show: half a pair, a control, a turn of direction."""
    return _UNSHOWN.sub("\ufffd", text)


def _passages(letter: Determination) -> tuple[Passage, ...]:
    """The parts as the checks read them, so that their places fit; no law is asked, so the day does not count."""
    reading = Reading(letter, on=date.max, profile=Profile.PUBLISHED, programme=DEFAULT)
    items = (
        part
        for item in reading.items
        for part in (item.heading, item.claims_guideline, item.reviewer_guideline, item.rationale)
    )
    return (reading.header, reading.reviewer, *items, reading.summary, reading.documents)


def _placed(place: Place, passages: tuple[Passage, ...]) -> tuple[int, int | None, int | None]:
    """Which passage is meant, and from where to where in it."""
    found = [at for at, passage in enumerate(passages) if (passage.part, passage.item) == (place.part, place.item)]
    start, end = place.start, place.end
    if start is not None and end is not None and 0 <= start < end:
        for at in found:
            if end <= len(passages[at].text) and passages[at].text[start:end] == place.quote:
                return at, start, end
    return (found[0] if found else 0), None, None


def _numbered(number: int, finding: Finding, at: int, start: int | None, end: int | None, text: str) -> Numbered:
    if start is None or end is None:
        return Numbered(number=number, finding=finding, passage=at, quote=text.strip()[:OPENING])
    before = text[max(0, start - BEFORE) : start]
    return Numbered(
        number=number, finding=finding, passage=at, start=start, end=end, quote=text[start:end], before=before
    )


def _marked(passage: Passage, findings: list[Numbered]) -> Marked:
    text = passage.text
    # Cut as it is shown: some controls count as white space, and as signs they do not.
    pieces = _pieces(showable(text), every_line=passage.part is Part.DOCUMENTS)
    spans = [(one.start, one.end, one) for one in findings if one.start is not None and one.end is not None]
    seen: set[int] = set()
    paragraphs = tuple(tuple(_stretches(text, start, end, spans, seen)) for start, end in pieces)
    return Marked(
        part=passage.part,
        paragraphs=paragraphs,
        # Words that are only white space cannot be seen, so the finding stands at the part.
        whole=tuple(one for one in findings if one.number not in seen),
        findings=tuple(sorted(findings, key=lambda one: one.number)),
    )


def _pieces(text: str, *, every_line: bool) -> Iterator[tuple[int, int]]:
    """Where each paragraph begins and ends: between blank lines, or every line one; without the white space at its edges."""
    begun: int | None = None
    ended = at = 0
    for line in text.split("\n"):
        bare = line.strip()
        if begun is not None and (every_line or not bare):
            yield begun, ended
            begun = None
        if bare:
            first = at + line.index(bare[0])
            begun = first if begun is None else begun
            ended = first + len(bare)
        at += len(line) + 1
    if begun is not None:
        yield begun, ended


def _stretches(
    text: str, start: int, end: int, spans: list[tuple[int, int, Numbered]], seen: set[int]
) -> Iterator[Stretch]:
    """The paragraph from `start` to `end`, cut at every edge of a finding. `seen` are the findings that have begun."""
    here = [span for span in spans if span[0] < end and span[1] > start]
    edges = {start, end, *(edge for first, last, _ in here for edge in (first, last) if start < edge < end)}
    for first, last in pairwise(sorted(edges)):
        covering = tuple(one for begin, stop, one in here if begin < last and stop > first)
        begins = tuple(one for one in covering if one.number not in seen)
        seen.update(one.number for one in begins)
        yield Stretch(text=showable(text[first:last]), findings=covering, begins=begins)
