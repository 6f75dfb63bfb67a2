"""A document to one self-contained web page: no script, no picture, nothing fetched; readable on a phone and
printable as it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files

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


def to_html(document: Document) -> str:
    """The page: `lang`, a title, one `main`, headings in order, tables with scoped headers. All text is escaped."""
    heads = [block for block in document.blocks if isinstance(block, Letterhead)]
    body = "\n".join(line for block in document.blocks if not isinstance(block, Letterhead) for line in _block(block))
    header = "\n".join(line for block in heads for line in _block(block))
    if document.banner:
        header = f'<p class="banner">{_marked(runs_of(document.banner))}</p>\n{header}'
    footer = f"<footer><p>{_words(document.running)}</p></footer>\n" if document.running else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="author" content="{_words(document.author)}">\n'
        f"<title>{_words(document.title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
        f"{header}\n<main>\n{body}\n</main>\n{footer}</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return files("evenhand.typesetting").joinpath("document.css").read_text(encoding="utf-8")


def _block(block: Block) -> Iterator[str]:
    match block:
        case Letterhead():
            yield from _letterhead(block)
        case AddressBlock():
            note = f'<p class="note">{_words(block.note)}</p>' if block.note else ""
            yield f'<div class="address">{note}<p>{_broken(block.lines)}</p></div>'
        case Title():
            overline = f'<p class="overline">{_words(block.overline)}</p>' if block.overline else ""
            yield f"{overline}<h1>{_words(block.text)}</h1>"
        case Heading():
            yield f"<h{block.level}>{_words(block.text)}</h{block.level}>"
        case Paragraph():
            yield from _paragraphs(block.text)
        case Labelled():
            yield from _labelled(block)
        case Facts():
            pairs = "".join(f"<div><dt>{_words(a)}</dt> <dd>{_words(b)}</dd></div>" for a, b in block.rows)
            yield f'<dl class="facts">{pairs}</dl>'
        case BulletList():
            yield f"<ul>{''.join(f'<li>{_runs(entry)}</li>' for entry in block.entries)}</ul>"
        case NumberedList():
            yield f"<ol>{''.join(f'<li>{_runs(entry)}</li>' for entry in block.entries)}</ol>"
        case Table():
            yield from _table(block)
        case Callout():
            yield f'<div class="callout {block.tone.value}"><p class="callout-title">{_words(block.title)}</p>'
            yield from _paragraphs(block.text)
            yield "</div>"
        case Signature():
            closing = f"<p>{_words(block.closing)}</p>" if block.closing else ""
            lines = tuple(line for line in (block.name, block.title, block.organisation) if line)
            yield f'<div class="signature">{closing}<p>{_broken(lines)}</p></div>'
        case FinePrint():
            yield '<div class="fineprint">'
            yield from _paragraphs(block.text)
            yield "</div>"
        case PageBreak():
            yield '<div class="page-break"></div>'
        case Rule():
            yield "<hr>"


def _letterhead(block: Letterhead) -> Iterator[str]:
    tagline = f'<span class="tagline">{_words(block.tagline)}</span>' if block.tagline else ""
    yield f'<header><p class="organisation">{_words(block.organisation)}{tagline}</p>'
    yield f'<p class="reach">{_broken(block.lines)}</p></header>'


def _labelled(block: Labelled) -> Iterator[str]:
    label = f'<span class="label">{_words(block.label)}</span>'
    if block.inline:
        yield f"<p>{label} {_runs(block.text)}</p>"
        return
    first, *rest = paragraphs_of(block.text)
    yield f'<p class="labelled">{label} <span class="labelled-text">{_marked(first)}</span></p>'
    for paragraph in rest:
        yield f"<p>{_marked(paragraph)}</p>"


def _table(table: Table) -> Iterator[str]:
    caption = "" if table.show_caption else ' class="unseen"'
    head = "".join(f'<th scope="col">{_words(cell)}</th>' for cell in table.header)
    # A wide table scrolls by itself on a narrow screen; whoever uses a keyboard must be able to reach it.
    yield f'<div class="table" role="region" tabindex="0" aria-label="{_words(table.caption)}"><table>'
    yield f"<caption{caption}>{_words(table.caption)}</caption><thead><tr>{head}</tr></thead><tbody>"
    for row in table.rows:
        yield "<tr>" + "".join(f"<td>{_runs(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody></table></div>"


def _paragraphs(text: Text) -> Iterator[str]:
    for paragraph in paragraphs_of(text):
        yield f"<p>{_marked(paragraph)}</p>"


def _runs(text: Text) -> str:
    return _marked(runs_of(text))


def _marked(runs: tuple[Run, ...]) -> str:
    words = ""
    for run in runs:
        part = escape(run.text)
        part = f"<strong>{part}</strong>" if run.strong else part
        part = f"<em>{part}</em>" if run.emphasis else part
        words += f'<span lang="{escape(run.language)}">{part}</span>' if run.language else part
    return words


def _words(text: str) -> str:
    return escape(clean(text).strip())


def _broken(lines: tuple[str, ...]) -> str:
    return "<br>".join(_words(line) for line in lines)
