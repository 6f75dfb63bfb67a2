"""Blocks as the plain data that the typst template reads."""

from __future__ import annotations

import re
from typing import Any

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
    runs_of,
)

# A longer word (a web address, a run of characters out of a bad scan) may be broken; a shorter one never is, so that
# a line end in the text that somebody takes out of the PDF always stands for a space.
LONGEST_UNBROKEN = 40
_BREAK_EVERY = 20
ZERO_WIDTH_SPACE = "\u200b"


def plain_document(document: Document) -> dict[str, Any]:
    """`document` as plain data: strings, numbers, lists and mappings only."""
    return {
        "title": clean(document.title),
        "author": clean(document.author),
        "language": document.language,
        "running": clean(document.running),
        "page_number": clean(document.page_number),
        "banner": _runs(document.banner),
        "blocks": [plain_block(block) for block in document.blocks],
    }


def plain_block(block: Block) -> dict[str, Any]:
    """One block; `kind` says which."""
    match block:
        case Letterhead():
            return {
                "kind": "letterhead",
                "organisation": _line(block.organisation),
                "tagline": _line(block.tagline),
                "lines": _lines(block.lines),
            }
        case AddressBlock():
            return {
                "kind": "address",
                "note": _line(block.note),
                "lines": _lines(block.lines),
                "window": block.window,
            }
        case Title():
            return {"kind": "title", "overline": _line(block.overline), "text": _line(block.text)}
        case Heading():
            return {"kind": "heading", "level": block.level, "text": _line(block.text)}
        case Paragraph():
            return {"kind": "paragraph", "paragraphs": _paragraphs(block.text)}
        case Labelled():
            return {
                "kind": "labelled",
                "label": _line(block.label),
                "paragraphs": _paragraphs(block.text),
                "inline": block.inline,
            }
        case Facts():
            return {"kind": "facts", "rows": [_lines(row) for row in block.rows]}
        case BulletList():
            return {"kind": "bullets", "entries": [_runs(entry) for entry in block.entries]}
        case NumberedList():
            return {"kind": "numbers", "entries": [_runs(entry) for entry in block.entries]}
        case Table():
            return _table(block)
        case Callout():
            return {
                "kind": "callout",
                "tone": block.tone.value,
                "title": _line(block.title),
                "paragraphs": _paragraphs(block.text),
            }
        case Signature():
            return {
                "kind": "signature",
                **{part: _line(getattr(block, part)) for part in ("closing", "name", "title", "organisation")},
            }
        case FinePrint():
            return {"kind": "fineprint", "paragraphs": _paragraphs(block.text)}
        case PageBreak():
            return {"kind": "pagebreak"}
        case Rule():
            return {"kind": "rule"}


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "header": _lines(table.header),
        "rows": [[_runs(cell) for cell in row] for row in table.rows],
        "caption": _line(table.caption),
        "show_caption": table.show_caption,
        "repeat_header": table.repeat_header,
        "widths": list(table.widths or (1,) * len(table.header)),
    }


def _paragraphs(text: Text) -> list[list[dict[str, Any]]]:
    return [_plain_runs(paragraph) for paragraph in paragraphs_of(text)]


def _runs(text: Text) -> list[dict[str, Any]]:
    return _plain_runs(runs_of(text))


def _plain_runs(runs: tuple[Run, ...]) -> list[dict[str, Any]]:
    return [
        {"text": breakable(run.text), "strong": run.strong, "emphasis": run.emphasis, "language": run.language}
        for run in runs
        if run.text
    ]


def _lines(lines: tuple[str, ...]) -> list[str]:
    return [_line(line) for line in lines]


def _line(text: str) -> str:
    return breakable(clean(text).strip())


def breakable(text: str) -> str:
    """`text` with zero-width spaces in words that no line could hold."""
    return re.sub(rf"\S{{{LONGEST_UNBROKEN + 1},}}", _broken, text)


def _broken(found: re.Match[str]) -> str:
    word = found.group()
    return ZERO_WIDTH_SPACE.join(word[i : i + _BREAK_EVERY] for i in range(0, len(word), _BREAK_EVERY))
