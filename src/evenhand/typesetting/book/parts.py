"""Parts that many pages have: a mark of confidence, a citation with its sources, an open question, a table."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence

from evenhand.law.schema import Confidence, Version, caution_words
from evenhand.typesetting.book.elements import Child, Element, element, together
from evenhand.typesetting.book.model import Book
from evenhand.typesetting.book.words import MARKS, OPEN, label, said, words_of

ADDRESS = re.compile(r"https?://[^\s;…]+(?![^\s;]*…)")
"""An address that is written in full; many sources give only a part of theirs."""

# A mark is drawn too, so that it is not told by color alone: the fuller, the surer.
DRAWN = {
    Confidence.READ: "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
    Confidence.SECONDARY: "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10zm0 1.4v7.2a3.6 3.6 0 0 1 0-7.2z",
    Confidence.PARTLY_READ: "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10zm0 1.4v3.6h3.6a3.6 3.6 0 1 1-3.6-3.6z",
    Confidence.DEDUCED: "M6 1l5.5 10h-11zm0 2.9l-3.2 5.8h6.4z",
    Confidence.GENERAL_KNOWLEDGE: "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10zm0 1.4a3.6 3.6 0 1 1 0 7.2a3.6 3.6 0 0 1 0-7.2z",
}
ASKED = "M6 .5l5.5 5.5l-5.5 5.5l-5.5-5.5zm-.7 3v3.2h1.4v-3.2zm0 4.2v1.3h1.4v-1.3z"


def mark(confidence: Confidence, *, unknown: bool = False) -> Element:
    """How sure it is, as a sign and a word."""
    word = OPEN[0] if unknown else MARKS[confidence][0]
    kind = "open" if unknown else "sure" if confidence.verified else "unsure"
    return element("span", _sign(ASKED if unknown else DRAWN[confidence]), word, class_=f"mark {kind}")


def mark_of(version: Version) -> Element:
    """The mark of a version: an open question before anything else."""
    return mark(version.confidence, unknown=version.unknown is not None)


def _sign(path: str) -> Element:
    return element("svg", element("path", d=path, fill_rule="evenodd"), viewBox="0 0 12 12", aria_hidden="true")


def link(words: Child, to: str, **more: str) -> Element:
    """A link inside the book."""
    return element("a", words, href=to, **more)


def citation(book: Book, cited: str, source: Sequence[str]) -> Element:
    """The citation, linked to the address at which it was read where there is one, and the keys of its sources."""
    address = next((found for key in source if (found := address_of(book, key))), None)
    words = element("a", cited, href=address, rel="noreferrer") if address else cited
    keys = together(*([" ", link(key, f"sources.html#{key}")] for key in source))
    return together(element("cite", words), element("span", keys, class_="sources") if source else None)


def address_of(book: Book, key: str) -> str | None:
    """The first full address of a source."""
    entry = book.pack.sources.get(key)
    found = ADDRESS.search(entry.address) if entry else None
    return found.group() if found else None


def linked(words: str) -> Element:
    """Words with every full address in them as a link."""
    parts: list[Child] = []
    end = 0
    for found in ADDRESS.finditer(words):
        parts += [words[end : found.start()], element("a", found.group(), href=found.group(), rel="noreferrer")]
        end = found.end()
    return together(*parts, words[end:])


def question(words: str) -> Element:
    """An open question, set off from the text."""
    return element("p", element("strong", "Open question: "), words, class_="question")


def caution(version: Version) -> str | None:
    """What a person is told about a version that is not sure, or that has a caution of its own."""
    return version.caution if version.unknown is not None else caution_words(version.confidence, version.caution)


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[Child]], *, shown: bool = False) -> Element:
    """A table that scrolls by itself where the page is narrow, and can then be reached by keyboard. A column in which
    nothing stands is left out."""
    rows = [tuple(cells) for cells in rows]
    filled = [at for at in range(len(heads)) if any(at < len(cells) and cells[at] for cells in rows)] or [0]
    heads = [heads[at] for at in filled]
    rows = [tuple(cells[at] for at in filled) for cells in rows]
    named = "caption" if shown else "unseen"
    head = element("tr", [element("th", words, scope="col") for words in heads])
    body = [element("tr", [element("td", cell) for cell in cells]) for cells in rows]
    whole = element("table", element("caption", caption, class_=named), element("thead", head), element("tbody", body))
    return element("div", whole, class_="table", role="group", tabindex="0", aria_label=caption)


def facts(pairs: Iterable[tuple[str, Child]]) -> Element:
    """A list of names with what they are."""
    return element(
        "dl", [element("div", element("dt", name), element("dd", value)) for name, value in pairs], class_="facts"
    )


def table_of(book: Book, caption: str, lines: Sequence[object], *, without: Sequence[str] = ()) -> Element:
    """Any lines of one kind as a table: a column for each field that says something, then the authority."""
    told = [dict(said(line)) for line in lines]
    names = [field.name for field in dataclasses.fields(lines[0])]  # type: ignore[arg-type]
    columns = [name for name in names if name not in without and any(name in line for line in told)]
    cited = any(getattr(line, "citation", None) for line in lines)
    marked = any(getattr(line, "confidence", None) or getattr(line, "unknown", None) for line in lines)
    heads = [label(name) for name in columns] + ["Provision"] * cited + ["How sure"] * marked
    rows = []
    for line, fields in zip(lines, told, strict=True):
        asked = getattr(line, "unknown", None)
        cells: list[Child] = [words_of(fields[name]) if name in fields else "" for name in columns]
        if cited:
            own = getattr(line, "citation", None)
            cells.append(citation(book, own, getattr(line, "source", ())) if own else "")
        if marked:
            sure = getattr(line, "confidence", None)
            cells.append(
                together(mark(sure or Confidence.READ, unknown=bool(asked)) if sure or asked else None, " ", asked)
            )
        rows.append(cells)
    return table(caption, heads, rows)
