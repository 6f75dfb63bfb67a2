"""What the page of a letter shows: its parts with the findings marked, how many there are, and the pages of its paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from evenhand.letters.determination import Determination, ItemDetermination
from evenhand.letters.mark import Marked, MarkedItem, Numbered, mark, number
from evenhand.letters.second_reader import Finding, Severity
from evenhand.letters.sheets import Sheet, Sheets
from evenhand.office.site.show import UNDECIDED, WORDS, Word
from evenhand.office.words import counted

# Where the numbers of findings stand on a page of paper, in points: in its margin, side by side where they meet.
MARGIN, NUMBER_WIDE, NUMBER_HIGH = 14.0, 13.0, 9.0


@dataclass(frozen=True, kw_only=True)
class Card:
    """A finding on the page: its number, and the page of the paper on which its words were found."""

    number: int
    finding: Finding
    page: int | None

    @property
    def back(self) -> str:
        """Where the finding stands on the page."""
        return f"#mark-{self.number}"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of the severities to choose: how many findings it has."""

    severity: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class ShownSheet:
    """A page of the paper. `labels` are the findings' numbers in its margin: number, severity, across and down."""

    sheet: Sheet
    labels: tuple[tuple[int, str, float, float], ...]


@dataclass(frozen=True, kw_only=True)
class ShownPart:
    """A part with its heading, its marked text and the cards of its findings. `absent` is said where it has no text."""

    title: str
    marked: Marked
    cards: tuple[Card, ...]
    absent: str = ""


@dataclass(frozen=True, kw_only=True)
class ShownItem:
    """A disputed item."""

    at: int
    item: ItemDetermination
    word: Word
    heading: ShownPart
    facts: tuple[tuple[str, str], ...]
    parts: tuple[ShownPart, ...]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The letter's paper as it is offered beside: where it can be fetched, what it is, and what to know of it."""

    title: str
    words: str = ""
    url: str = ""
    link: str = ""
    has_pages: bool = True
    """Whether there is a paper whose pages belong here; where they cannot be drawn, that is said."""


@dataclass(frozen=True, kw_only=True)
class ShownLetter:
    """Everything that the page of a letter shows."""

    letter: Determination
    facts: tuple[tuple[str, str | date | None], ...]
    header: ShownPart
    reviewer: ShownPart
    items: tuple[ShownItem, ...]
    summary: ShownPart
    documents: ShownPart
    cards: tuple[Card, ...]
    choices: tuple[Choice, ...]
    total: int
    unchecked: str
    sheets: tuple[ShownSheet, ...]
    pages: int
    paper: Paper


def chosen_severity(asked: str) -> Severity | None:
    """The severity that a query asks for; None for all, and for words that are none."""
    return next((severity for severity in Severity if severity.value == asked), None)


def shown(
    letter: Determination,
    findings: tuple[Finding, ...],
    sheets: Sheets,
    paper: Paper,
    *,
    only: Severity | None = None,
    unchecked: str = "",
) -> ShownLetter:
    """The letter as its page shows it. Where only some findings are asked for, each keeps its number among all."""
    numbered = number(letter, findings)
    wanted = tuple(one for one in numbered if only is None or one.finding.severity is only)
    cards = {one.number: _card(one, sheets) for one in wanted}
    marked = mark(letter, wanted)

    part = _Part(cards)
    return ShownLetter(
        letter=letter,
        facts=_facts(letter),
        header=part("At the head of the letter", marked.header),
        reviewer=part("The reviewer", marked.reviewer, "The letter states no qualifications."),
        items=tuple(_item(at, item, part) for at, item in enumerate(marked.items, 1)),
        summary=part("Clinical case summary", marked.summary, "The letter has no clinical case summary."),
        documents=part("Documents that the reviewer read", marked.documents, "The letter lists no documents."),
        cards=tuple(cards.values()),
        choices=_choices(findings, only),
        total=len(findings),
        unchecked=unchecked,
        sheets=tuple(_with_boxes(sheet, cards) for sheet in sheets.shown),
        pages=sheets.of,
        paper=paper,
    )


class _Part:
    """Makes parts of the page out of marked parts, each with the cards of its findings."""

    def __init__(self, cards: dict[int, Card]) -> None:
        self._cards = cards

    def __call__(self, title: str, of: Marked, absent: str = "") -> ShownPart:
        cards = tuple(self._cards[one.number] for one in of.findings)
        return ShownPart(title=title, marked=of, cards=cards, absent=absent)


def _card(one: Numbered, sheets: Sheets) -> Card:
    return Card(number=one.number, finding=one.finding, page=sheets.page_of(one.number))


def _with_boxes(sheet: Sheet, cards: dict[int, Card]) -> ShownSheet:
    """The page with the boxes of the findings that are shown, each numbered in the margin beside its first line."""
    boxes = tuple(box for box in sheet.boxes if box.number in cards)
    labels: list[tuple[int, str, float, float]] = []
    for box in boxes:
        down = box.y + box.height - 2
        if box.number not in [label[0] for label in labels]:
            beside = sum(abs(down - other) < NUMBER_HIGH for *_, other in labels)
            labels.append((box.number, box.severity, MARGIN + NUMBER_WIDE * beside, down))
    return ShownSheet(sheet=replace(sheet, boxes=boxes), labels=tuple(labels))


def _facts(letter: Determination) -> tuple[tuple[str, str | date | None], ...]:
    """The head of the letter; None where it does not say."""
    header = letter.header
    return (
        ("Case number", header.case_number),
        ("Outcome", letter.outcome.value if letter.outcome else None),
        ("Decision date", header.decision_date),
        ("Date of injury", header.date_of_injury),
        ("Utilization review denial", header.ur_denial_date),
        ("Application received", header.application_received),
        ("Date assigned", header.date_assigned),
        ("Priority", header.priority),
    )


def _item(at: int, marked: MarkedItem, part: _Part) -> ShownItem:
    item = marked.item
    facts = (
        ("Requested", item.original_request),
        ("Authorized by the claims administrator", item.authorized),
        ("In dispute", item.eligible_portion),
    )
    none = "The letter names no guideline."
    return ShownItem(
        at=at,
        item=item,
        word=WORDS[item.decision] if item.decision else UNDECIDED,
        heading=part(f"Item {item.number}", marked.heading, "The letter does not say what is disputed."),
        facts=tuple((label, text) for label, text in facts if text),
        parts=(
            part("The claims administrator relied on", marked.claims_guideline, none),
            part("The reviewer relied on", marked.reviewer_guideline, none),
            part("Reasons", marked.rationale, "The letter gives no reasons."),
        ),
    )


def _choices(findings: tuple[Finding, ...], only: Severity | None) -> tuple[Choice, ...]:
    """All, then each severity, the gravest first."""
    of = {severity: sum(one.severity is severity for one in findings) for severity in Severity}
    each = (
        Choice(severity=severity.value, words=counted(count, severity.value), count=count, chosen=only is severity)
        for severity, count in of.items()
    )
    everything = Choice(severity="", words=f"All {len(findings)}", count=len(findings), chosen=only is None)
    return (everything, *each)
