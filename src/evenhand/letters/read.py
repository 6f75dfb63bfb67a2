"""Reads a Final Determination Letter, published or our own, into a `Determination`.

    letter = read_letter(Path("CM16-0000001.pdf"))
    print(as_json(letter))

Nothing is dropped and nothing is corrected: "12 times per week" stays, though it may be a slip. What is uncertain
is named in
`problems`. What is no letter is refused with NotALetter, which says why.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from evenhand.letters import own_text
from evenhand.letters.determination import Citation, CitationKind, Determination, Guideline, Header, outcome_of
from evenhand.letters.extract import Line, NotALetter, lines_of, unwrap
from evenhand.letters.furniture import without_furniture
from evenhand.letters.header import read_credentials, read_header
from evenhand.letters.items import read_items
from evenhand.letters.older import older_layout, read_older
from evenhand.letters.older_wording import older_wording
from evenhand.letters.sections import HEAD, Sections, published
from evenhand.letters.wording import Wording, loosely, wording
from evenhand.programmes import DEFAULT
from evenhand.reading import to_plain

__all__ = ["NotALetter", "as_json", "read_letter"]

_CITATION_FIELDS = {
    CitationKind.MTUS: ("kind", "chapter", "year", "sections", "pages"),
    CitationKind.GUIDELINE: ("kind", "organisation", "title", "section", "year"),
    CitationKind.STUDY: ("kind", "authors", "title", "journal", "year", "locator"),
}


def read_letter(given: Path | str | bytes, source: str | None = None, *, programme: str = DEFAULT) -> Determination:
    """The determination in a letter: a path (PDF or text), a PDF's bytes, or the letter's text itself.

    `source` is what the result calls the letter (the path as given, unless told). Layouts: A (2016-17), B (2015),
    C to E (2013-14) and our own.
    Raises NotALetter for anything else, with the reason.
    """
    words = wording(programme)
    lines, number = without_furniture(lines_of(given), words)
    called = source or (str(given) if isinstance(given, Path) else "")
    if own_text.is_own(lines):
        return own_text.read_own(lines, words, called)
    try:
        sections = published(lines, words)
    except NotALetter:
        layout = older_layout(lines, words)
        if layout is None:
            raise
        return _numbered(read_older(lines, layout, words, older_wording(programme), called), number)
    return _numbered(_read_published(sections, words, called), number)


def _numbered(letter: Determination, number: str | None) -> Determination:
    """The letter with the case number of its running line, where its head names none."""
    if letter.header.case_number or number is None:
        return letter
    return replace(letter, header=replace(letter.header, case_number=number))


def _read_published(sections: Sections, words: Wording, source: str) -> Determination:
    header, problems = Header(), ["header: the letter has no header block"]
    if re.search(loosely(words.header.case_number), unwrap(sections.get(HEAD)), re.IGNORECASE):
        header, problems = read_header(sections.get(HEAD), words)
    reviewer, unsure = read_credentials(sections.get("made"), words)
    items, unclear = read_items(sections.get("items"), words)
    summary = _summary(sections.get("summary"), words)
    if not summary:
        unsure.append("the clinical case summary was not found")
    return Determination(
        source=source,
        layout=_layout(header, words),
        header=header,
        reviewer=reviewer,
        documents_reviewed=tuple(line.text for line in sections.get("documents")),
        clinical_case_summary=summary,
        outcome=outcome_of(tuple(item.decision for item in items)),
        items=items,
        problems=(*problems, *unsure, *unclear),
    )


def _layout(header: Header, words: Wording) -> str:
    decided = header.decision_date
    return "B" if header == Header() or (decided and decided <= words.layout_b_until) else "A"


def _summary(lines: tuple[Line, ...], words: Wording) -> str:
    """The summary without the fixed sentence that opens the section."""
    text = unwrap(lines)
    opening = re.search(rf"{loosely(words.summary_opening)}\s*:\s*", text, re.IGNORECASE)
    return text[opening.end() :].strip() if opening and opening.start() < 200 else text.strip()


def as_json(determination: Determination) -> dict[str, Any]:
    """The stable shape of `evenhand letters read`:

    dates ISO, absent = null, each citation with the fields of its kind.
    """
    document: dict[str, Any] = to_plain(determination)
    if not determination.opinions:
        del document["opinions"]  # only where several reviewers differ
    for item, plain in zip(determination.items, document["items"], strict=True):
        for side in ("claims_administrator_guideline", "imr_guideline"):
            guideline: Guideline = getattr(item, side)
            plain[side]["citations"] = [_citation(citation) for citation in guideline.citations]
    return document


def _citation(citation: Citation) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(citation)
    shown = {name: plain[name] for name in _CITATION_FIELDS[citation.kind]}
    if citation.kind is CitationKind.MTUS and citation.organisation:
        shown["organisation"] = citation.organisation  # the older grammar names the publisher of the chapter
    return shown


def called(determination: Determination, source: str) -> Determination:
    """The same determination under another source name."""
    return replace(determination, source=source)
