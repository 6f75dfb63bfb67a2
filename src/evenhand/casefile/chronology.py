"""What happened when: one dated entry a document, with the sentence that says most and the page it stands on."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date

from evenhand.casefile.facts import CaseFile, Document, DocumentKind, Page
from evenhand.casefile.kinds import UNDATED

# Where each kind of paper says what it found, best first. The heading stands on a line of its own or before a colon.
_CONCLUSIONS: dict[DocumentKind, tuple[str, ...]] = {
    DocumentKind.IMAGING: ("impression", "conclusion", "findings"),
    DocumentKind.ELECTRODIAGNOSTICS: ("impression", "conclusion", "summary", "findings"),
    DocumentKind.OPERATIVE_REPORT: (
        "operation performed",
        "procedure performed",
        "procedures performed",
        "procedure",
        "findings",
    ),
    DocumentKind.LABORATORY: ("interpretation", "results", "findings"),
    DocumentKind.THERAPY: ("assessment", "progress", "summary", "findings"),
    DocumentKind.UR_DECISION: ("decision", "determination", "rationale"),
    DocumentKind.RFA: ("service or good", "requested treatment", "treatment requested", "request"),
    DocumentKind.PERMANENT_REPORT: ("impairment rating", "conclusion", "conclusions", "diagnosis", "assessment"),
}
_USUAL = (
    "assessment",
    "impression",
    "discussion",
    "diagnosis",
    "diagnoses",
    "findings",
    "objective findings",
    "physical examination",
    "examination",
    "conclusion",
    "summary",
    "answer",
    "request",
)

MOST_QUOTED = 300
FEWEST_WORDS = 4
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\"’”][.!?])\s+(?=[A-Z0-9\"“(])")
# A full stop after these ends no sentence.
_ABBREVIATION = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|No|vs|approx|Inc|Co|e\.g|i\.e)\.$")
# Where a list goes on with its next point, or labelled lines with the next label: no sentence runs over that.
_NEXT_ENTRY = re.compile(r"\n\s*(?:[•*]\s|\d{1,2}[.)]\s|[A-Z][A-Za-z /]{2,35}:\s)")
_SALUTATION = re.compile(r"\s*(?:dear\b|to whom it may concern)", re.IGNORECASE)
PROSE_LINE = 60
# A cell that begins like a formula would be run by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

COLUMNS = ("date", "kind", "title", "author", "document", "first_page", "last_page", "quote", "quote_page")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One document in time. `dated` is None where no date is known. `quote` stands word for word on page
    `quote_page`."""

    dated: date | None
    kind: DocumentKind
    title: str
    author: str
    document: str
    first_page: int
    last_page: int
    quote: str
    quote_page: int


def chronology(file: CaseFile) -> tuple[Entry, ...]:
    """The file's documents by date, the oldest first; undated ones come last. Same day: in page order."""
    pages: dict[str, list[Page]] = {}
    for page in file.pages:
        pages.setdefault(page.document, []).append(page)
    entries = [_entry(document, pages.get(document.id, [])) for document in file.documents]
    return tuple(sorted(entries, key=lambda entry: (entry.dated is None, entry.dated or date.max, entry.first_page)))


def to_csv(entries: tuple[Entry, ...]) -> str:
    """The entries as CSV with a header line, safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        row = (
            entry.dated.isoformat() if entry.dated else "",
            entry.kind.value,
            entry.title,
            entry.author,
            entry.document,
            entry.first_page,
            entry.last_page,
            entry.quote,
            entry.quote_page,
        )
        writer.writerow(_safe(cell) for cell in row)
    return out.getvalue()


def _entry(document: Document, pages: list[Page]) -> Entry:
    quote, page = _quotation(document, pages)
    return Entry(
        dated=None if document.dated == UNDATED else document.dated,
        kind=document.kind,
        title=document.title,
        author=document.author,
        document=document.id,
        first_page=document.first_page,
        last_page=document.last_page,
        quote=quote,
        quote_page=page,
    )


def _quotation(document: Document, pages: list[Page]) -> tuple[str, int]:
    """The first sentence under the heading where this kind of paper concludes; else the paper's first whole
    sentence."""
    for heading in (*_CONCLUSIONS.get(document.kind, ()), *_USUAL):
        for page in pages:
            sentence = _after_heading(page.text, heading)
            if sentence:
                return sentence, page.number
    for page in pages:
        sentence = _first_sentence(_prose(page.text))
        if sentence.endswith((".", "!", "?")):
            return sentence, page.number
    return "", document.first_page


def _after_heading(text: str, heading: str) -> str:
    pattern = rf"^[ \t]*(?:\d+[.)]\s*)?{re.escape(heading)}[ \t]*(?::[ \t]*|\n)(?P<body>.+)"
    match = re.search(pattern, text, re.IGNORECASE | re.MULTILINE | re.DOTALL)
    return _first_sentence(match["body"]) if match else ""


def _prose(text: str) -> str:
    """The page from its salutation on, or from its first line that is long enough to be prose: not letterhead, not
    labels."""
    lines = text.splitlines()
    greeted = next((place for place, line in enumerate(lines) if _SALUTATION.match(line)), None)
    if greeted is not None:
        return "\n".join(lines[greeted + 1 :])
    prose = (
        place for place, line in enumerate(lines) if len(line) >= PROSE_LINE and not _NEXT_ENTRY.match("\n" + line)
    )
    first = next(prose, None)
    return "" if first is None else "\n".join(lines[first:])


def _first_sentence(text: str) -> str:
    """The first sentence of `text` in one line; empty where there are too few words to say anything."""
    body = _NEXT_ENTRY.split(re.sub(r"^[•*\-–\s]+", "", text), maxsplit=1)[0]
    words = " ".join(body.split())
    sentence = ""
    for part in _SENTENCE_END.split(words):
        sentence = f"{sentence} {part}".strip()
        if not _ABBREVIATION.search(sentence):
            break
    if len(sentence.split()) < FEWEST_WORDS:
        return ""
    return sentence if len(sentence) <= MOST_QUOTED else sentence[: MOST_QUOTED - 1].rsplit(" ", 1)[0] + " …"


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
