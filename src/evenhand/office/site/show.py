"""Published decisions and search results as the pages show them, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenhand.corpus.decision import Origin, PublishedDecision
from evenhand.corpus.index import Highlight, Hit
from evenhand.letters.determination import Decision, Determination, Guideline, ItemDetermination, Outcome
from evenhand.letters.read import as_json
from evenhand.reading import to_plain

MOST_EXCERPTS = 2

Segments = tuple[tuple[str, bool], ...]
"""Stretches of a text; `True` where the words that were searched for stand."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """A decision in the letter's word and in plain words."""

    letter: str
    plain: str
    meaning: str
    look: str


WORDS = {
    Decision.UPHELD: Word(
        letter="Upheld",
        plain="The denial stands",
        meaning="The reviewer found the treatment not medically necessary as it was requested.",
        look="upheld",
    ),
    Decision.OVERTURNED: Word(
        letter="Overturned",
        plain="The denial is set aside",
        meaning="The reviewer found the treatment medically necessary.",
        look="overturned",
    ),
}
UNDECIDED = Word(
    letter="Undecided",
    plain="The letter does not decide this item",
    meaning="The letter carries no decision on this item; none is guessed.",
    look="undecided",
)
ORIGINS = {
    Origin.REPLAY: (
        "Example",
        "Played by a script (example). The people and the events are invented; no reviewer made this decision.",
    ),
    Origin.IMPORT: ("Imported", "Imported from a letter that another office published; shown as its text was read."),
    Origin.OFFICE: None,
}


@dataclass(frozen=True, kw_only=True)
class ShownItem:
    """One disputed item, decided."""

    number: int
    heading: str
    word: Word
    category: str | None
    parts: tuple[tuple[str, str], ...]
    """What was requested, authorized, and so in dispute, where the letter says it."""
    guidelines: tuple[tuple[str, str], ...]
    rationale: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ShownDecision:
    """One published decision, ready to be read."""

    address: str
    title: str
    result: str
    explanation: str
    items: tuple[ShownItem, ...]
    facts: tuple[tuple[str, tuple[str, ...] | date], ...]
    summary: tuple[str, ...]
    documents: tuple[str, ...]
    problems: tuple[str, ...]
    origin: tuple[str, str] | None
    decided_on: date | None
    published_on: date | None
    version: int


@dataclass(frozen=True, kw_only=True)
class ShownHit:
    """One disputed item that a search found."""

    address: str
    case: str
    number: int
    heading: Segments
    word: Word
    excerpts: tuple[tuple[str, Segments], ...]
    decided_on: date | None
    specialties: tuple[str, ...]
    origin: tuple[str, str] | None


def decision(published: PublishedDecision) -> ShownDecision:
    """A standing decision for its page. A withdrawn one has nothing to show and is a mistake of the caller."""
    letter = published.determination
    assert letter is not None, "a tombstone has its own page"
    result, explanation = _result(letter)
    return ShownDecision(
        address=published.id,
        title=case_name(published),
        result=result,
        explanation=explanation,
        items=tuple(_item(item, published, place) for place, item in enumerate(letter.items)),
        facts=tuple(_facts(letter)),
        summary=paragraphs(letter.clinical_case_summary),
        documents=letter.documents_reviewed,
        problems=letter.problems,
        origin=ORIGINS[published.source],
        decided_on=letter.header.decision_date,
        published_on=published.published_on,
        version=published.version,
    )


def hit(found: Hit, published: PublishedDecision) -> ShownHit:
    """One search result; `published` is the decision it stands in."""
    letter = published.determination
    decided = next((item for item in letter.items if item.number == found.number), None) if letter else None
    # Where a part was authorized before, only the rest was decided: the heading must not say that all of it was denied.
    disputed = decided.eligible_portion if decided else None
    heading: Segments = ((disputed or found.item, False),)
    excerpts: list[tuple[str, Segments]] = []
    for highlight in found.highlights:
        if highlight.field == "item" and highlight.text == found.item and not disputed:
            heading = segments(highlight)
        elif len(excerpts) < MOST_EXCERPTS:
            excerpts.append((_FIELDS[highlight.field], segments(highlight)))
    return ShownHit(
        address=found.decision_id,
        case=case_name(published),
        number=found.number,
        heading=heading,
        word=WORDS[Decision(found.decision)] if found.decision else UNDECIDED,
        excerpts=tuple(excerpts),
        decided_on=letter.header.decision_date if letter else None,
        specialties=letter.reviewer.specialties if letter else (),
        origin=ORIGINS[published.source],
    )


_FIELDS = {"item": "Item", "summary": "Case summary", "rationale": "Reasons", "guidelines": "Guidelines"}


def segments(highlight: Highlight) -> Segments:
    """The stretch of text cut at the words that were found."""
    parts: list[tuple[str, bool]] = []
    reached = 0
    for start, end in highlight.words:
        parts += [(highlight.text[reached:start], False), (highlight.text[start:end], True)]
        reached = end
    parts.append((highlight.text[reached:], False))
    return tuple((text, marked) for text, marked in parts if text)


def data(published: PublishedDecision) -> dict[str, Any]:
    """The decision as data; its determination in the stable shape of `evenhand letters read`."""
    plain: dict[str, Any] = to_plain(published)
    if published.determination is not None:
        plain["determination"] = as_json(published.determination)
    return plain


def case_name(published: PublishedDecision) -> str:
    """How the pages call the case."""
    return f"Case {published.case_number}" if published.case_number else "Case without a number"


def paragraphs(text: str) -> tuple[str, ...]:
    """Paragraphs of a text, as its blank lines part them."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text) if part.strip())


def _result(letter: Determination) -> tuple[str, str]:
    """The result of the case as a headline, and what it means."""
    count = len(letter.items)
    overturned = sum(item.decision is Decision.OVERTURNED for item in letter.items)
    match letter.outcome:
        case Outcome.UPHOLD:
            none = "it was not" if count == 1 else f"none of the {count} disputed items was"
            return "The denial stands", f"The reviewer found that {none} medically necessary as requested."
        case Outcome.OVERTURN:
            every = "it is" if count == 1 else f"all {count} disputed items are"
            return "The denial is set aside", f"The reviewer found that {every} medically necessary."
        case Outcome.PARTIALLY_OVERTURN:
            verb = "is" if overturned == 1 else "are"
            return (
                f"The denial is set aside for {overturned} of {count} items",
                f"The reviewer found that {overturned} of the {count} disputed items {verb} medically necessary. "
                "For the rest the denial stands.",
            )
    return "The letter states no result", "No decision on an item could be read in it."


def _item(item: ItemDetermination, published: PublishedDecision, place: int) -> ShownItem:
    known = published.categories[place] if place < len(published.categories) else None
    parts = (
        ("Requested", item.original_request),
        ("Authorized by the claims administrator", item.authorized),
        ("In dispute", item.eligible_portion),
    )
    sides = (
        ("The claims administrator relied on", item.claims_administrator_guideline),
        ("The reviewer relied on", item.imr_guideline),
    )
    return ShownItem(
        number=item.number,
        heading=item.eligible_portion or item.item,
        word=WORDS[item.decision] if item.decision else UNDECIDED,
        category=known.category if known else None,
        parts=tuple((label, text) for label, text in parts if text),
        guidelines=tuple((label, _guideline(side)) for label, side in sides),
        rationale=paragraphs(item.rationale),
    )


def _guideline(guideline: Guideline) -> str:
    return guideline.text or "The letter names no guideline."


def _facts(letter: Determination) -> Iterator[tuple[str, tuple[str, ...] | date]]:
    """The header of the letter, without what it does not say."""
    header = letter.header
    for label, day in (
        ("Decided on", header.decision_date),
        ("Application received", header.application_received),
        ("Assigned", header.date_assigned),
        ("Utilization review denial", header.ur_denial_date),
        ("Date of injury", header.date_of_injury),
    ):
        if day is not None:
            yield label, day
    if header.priority:
        yield "Priority", (header.priority,)
    if letter.reviewer.specialties:
        yield "Reviewer’s specialty", letter.reviewer.specialties
    if letter.reviewer.licensure:
        yield "Reviewer licensed in", letter.reviewer.licensure
