"""A document to plain text, for a person with a terminal, a diff, or a reader of another make. Same words as the PDF,
wrapped."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from evenhand.typesetting.document import (
    AddressBlock,
    Block,
    BulletList,
    Callout,
    Document,
    Facts,
    FinePrint,
    Heading,
    Labelled,
    Letterhead,
    NumberedList,
    PageBreak,
    Paragraph,
    Rule,
    Run,
    Signature,
    Table,
    Text,
    Title,
    clean,
    paragraphs_of,
    plain,
)

WIDTH = 100
_LIKE_AN_ENTRY = re.compile(r"\d+\.(?:\s|$)")


def to_text(document: Document) -> str:
    """The text of `document`: section headings in capitals, one blank line between blocks, lines of at most 100
    characters."""
    banner = " ".join(clean(run.text).strip() for run in document.banner if run.text.strip())
    blocks = ("\n".join(line for line in _lines(block) if line.strip()) for block in document.blocks)
    chunks = [banner, *blocks]
    return "\n\n".join(chunk for chunk in chunks if chunk) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Letterhead():
            yield from map(_one, (block.organisation, block.tagline, *block.lines))
        case AddressBlock():
            yield from map(_one, (block.note, *block.lines))
        case Title():
            yield from map(_one, (block.overline, block.text))
        case Heading():
            yield from _wrapped(block.text.upper() if block.level == 2 else block.text)
        case Paragraph() | FinePrint():
            yield from _paragraphs(block.text)
        case Labelled():
            yield from _labelled(block)
        case Facts():
            for label, value in block.rows:
                yield from _wrapped(f"{label} {value}")
        case BulletList():
            for entry in block.entries:
                yield from _wrapped(f"- {plain(entry)}")
        case NumberedList():
            for number, entry in enumerate(block.entries, 1):
                yield from _wrapped(f"{number}. {plain(entry)}")
        case Table():
            yield from _table(block)
        case Callout():
            yield _one(block.title)
            yield from _paragraphs(block.text)
        case Signature():
            yield from map(_one, (block.closing, block.name, block.title, block.organisation))
        case PageBreak() | Rule():
            return


def _labelled(block: Labelled) -> Iterator[str]:
    first, *rest = paragraphs_of(block.text)
    yield from _wrapped(f"{block.label} {_joined(first)}")
    for paragraph in rest:
        yield ""
        yield from _wrapped(_joined(paragraph))


def _table(table: Table) -> Iterator[str]:
    if table.show_caption:
        yield _one(table.caption)
    yield " | ".join(map(_one, table.header))
    numbered = len(table.header) == 2 and all(plain(row[0]).rstrip(".").isdigit() for row in table.rows)
    for row in table.rows:
        yield from _wrapped((" " if numbered else " | ").join(plain(cell).strip() for cell in row))


def _paragraphs(text: Text) -> Iterator[str]:
    for paragraph in paragraphs_of(text):
        yield from _wrapped(_joined(paragraph))


def _joined(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def _one(text: str) -> str:
    return clean(text).strip()


def _wrapped(text: str) -> list[str]:
    lines = textwrap.wrap(_one(text), WIDTH, break_long_words=False, break_on_hyphens=False)
    for place in range(1, len(lines)):
        # No line goes on with "2." as if a new entry began there: the word before comes down with it.
        before, _, word = lines[place - 1].rpartition(" ")
        if before and _LIKE_AN_ENTRY.match(lines[place]):
            lines[place - 1], lines[place] = before, f"{word} {lines[place]}"
    return lines
