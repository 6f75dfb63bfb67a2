"""A document as data: what a letter, a notice or a time line says, without a thought for how it looks.

A document is a title, a language, the organisation that answers for it and a tuple of blocks. `pdf`, `html` and
`text` each render the same blocks, so the three say the same. All text is plain data: no renderer ever reads markup
from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a callout asks to be read."""

    RESULT = "result"
    ACTION = "action"
    CAUTION = "caution"


@dataclass(frozen=True)
class Run:
    """A stretch of text; `strong` and `emphasis` are meaning, not looks. `language` is named where it is not the
    document's own, so that a screen reader speaks it rightly."""

    text: str
    strong: bool = False
    emphasis: bool = False
    language: str = ""


Text = str | tuple[Run, ...]
"""Plain text, or runs in a row. A blank line in a plain text begins a new paragraph where the block allows several."""


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who writes: the organisation, what it is, and where it can be reached."""

    organisation: str
    tagline: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AddressBlock:
    """To whom a letter goes. `note` stands above the lines: the date and the means of service. With `window` the lines
    stand where the window of an envelope shows them."""

    lines: tuple[str, ...]
    note: str = ""
    window: bool = False


@dataclass(frozen=True, kw_only=True)
class Title:
    """The document's heading of the first level; `overline` says what family it belongs to."""

    text: str
    overline: str = ""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading: level 2 a section, 3 an entry of the section (a disputed item), 4 a part of the entry."""

    text: str
    level: int = 2


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Running text."""

    text: Text


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A label and what it labels, which may be several paragraphs. `inline` sets both on one line."""

    label: str
    text: Text
    inline: bool = False


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Labels and values, one pair a line."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class BulletList:
    """Entries without an order."""

    entries: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class NumberedList:
    """Entries in an order that matters; numbered from 1."""

    entries: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under a header. `caption` says what the table shows; `widths` are the columns' shares, 0 for as narrow as
    the text allows."""

    header: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str
    widths: tuple[float, ...] = ()
    show_caption: bool = True
    repeat_header: bool = True
    """Whether the header comes again on each page; a plain list under a plain header need not."""


@dataclass(frozen=True, kw_only=True)
class Callout:
    """What must not be missed: the result, or what somebody has to do by when."""

    tone: Tone
    title: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who answers for the document. `name` only where the organisation chose to give one; never a reviewer's."""

    closing: str
    title: str
    organisation: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class FinePrint:
    """Small type at the end: citations, what is configuration, how to complain."""

    text: Text


@dataclass(frozen=True, kw_only=True)
class PageBreak:
    """What follows begins a new page in print."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A line that separates."""


Block = (
    Letterhead
    | AddressBlock
    | Title
    | Heading
    | Paragraph
    | Labelled
    | Facts
    | BulletList
    | NumberedList
    | Table
    | Callout
    | Signature
    | FinePrint
    | PageBreak
    | Rule
)


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole document. `author` is the organisation's name and nobody else's; `running` stands at the foot of every
    page.

    Raises DocumentError where the structure would be lost on somebody who hears the document instead of seeing it.
    """

    title: str
    author: str
    blocks: tuple[Block, ...]
    running: str = ""
    language: str = "en"
    page_number: str = "Page {page} of {pages}"
    banner: tuple[Run, ...] = ()
    """What stands at the head of every page, a line each: that a translation was not reviewed."""

    def __post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise DocumentError("; ".join(faults))


class DocumentError(ValueError):
    """A document that no renderer could make accessible, in words."""


def runs_of(text: Text) -> tuple[Run, ...]:
    """`text` as runs, white space folded and control characters gone."""
    runs = (Run(text),) if isinstance(text, str) else text
    return tuple(Run(clean(run.text), run.strong, run.emphasis, run.language) for run in runs)


def paragraphs_of(text: Text) -> tuple[tuple[Run, ...], ...]:
    """`text` as paragraphs of runs. Only plain text is split, at blank lines."""
    if not isinstance(text, str):
        return (runs_of(text),)
    parts = [part for part in re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n")) if part.strip()]
    return tuple(runs_of(part.strip()) for part in parts) or ((Run(""),),)


def plain(text: Text) -> str:
    """The words of `text`, without the runs' marks."""
    return "".join(run.text for run in runs_of(text))


# Control characters, byte order marks, noncharacters, and the marks that turn the direction of a line: text that came
# out of a scan or a form carries them; nobody can see them, and some of them can make a page say what its text does
# not.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff0-\ufffb\ufffe\uffff]"
)


def clean(text: str) -> str:
    """`text` on one line: white space folded, characters that nobody can see removed. Ends keep one space, so runs
    join as given."""
    return re.sub(r"\s+", " ", _UNSEEN.sub("", re.sub(r"[\x85\u2028\u2029]", " ", text)))


def _faults(document: Document) -> Iterator[str]:
    if not document.title.strip():
        yield "the document has no title; give it one, a screen reader announces it"
    if not document.author.strip():
        yield "the document has no author; give the organisation's name"
    level = 0
    for block in document.blocks:
        if isinstance(block, Title | Heading):
            deeper = 1 if isinstance(block, Title) else block.level
            if deeper > level + 1:
                yield f"the heading {block.text!r} of level {deeper} follows one of level {level}; skip no level"
            level = deeper
        if isinstance(block, Table):
            if any(len(row) != len(block.header) for row in block.rows):
                yield f"the table {block.caption!r} has a row with another number of cells than its header"
            if block.widths and len(block.widths) != len(block.header):
                yield f"the table {block.caption!r} has another number of widths than columns"
