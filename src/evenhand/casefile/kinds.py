"""What a paper is and when it was written, where its sender did not say: rules that read its words.

    guess_kind(text)  -> Guess(kind, words, sure)
    guess_date(text)  -> the day of the visit, the examination, the decision; never of birth, of injury, of a fax

A guess carries the words that led to it, so that a person can see why and correct it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from evenhand.casefile.facts import DocumentKind

UNDATED = date.min
"""Stands for "no date could be found" where a document must have one; it sorts first and is shown as undated."""

# A title stands at the head of the first page; words further down only mention other papers.
HEAD_LINES = 25
EARLIEST_YEAR = 1900

_Kind = DocumentKind
# The first rule that fits a line of the head wins; a rule that fits a line in capitals wins over one that fits prose.
_RULES: tuple[tuple[str, DocumentKind], ...] = (
    (r"^(letter|answer|reply) (of|in|to)\b", _Kind.CORRESPONDENCE),
    (r"proof of service|declaration of service", _Kind.PROOF_OF_SERVICE),
    (r"application for independent medical review|dwc form imr", _Kind.APPLICATION),
    (r"request for authorization|dwc form rfa", _Kind.RFA),
    (
        r"utilization review (decision|determination|denial|modification)|notice of (non-?cert|utilization review)",
        _Kind.UR_DECISION,
    ),
    (r"qualified medical evaluat|agreed medical evaluat|medical[- ]legal (report|evaluation)", _Kind.MEDICAL_LEGAL),
    (r"doctor'?s first report|first report of (occupational )?injury", _Kind.FIRST_REPORT),
    (r"permanent and stationary|pr-?[34]\b|maximum medical improvement report", _Kind.PERMANENT_REPORT),
    (r"operative (report|note)|report of operation|procedure (report|note)", _Kind.OPERATIVE_REPORT),
    (r"electrodiagnostic|nerve conduction|electromyograph|\bemg\b", _Kind.ELECTRODIAGNOSTICS),
    (
        r"(physical|occupational|aquatic) therapy|chiropractic|acupuncture (note|report)|therapy (note|discharge)",
        _Kind.THERAPY,
    ),
    (
        r"\b(mri|ct)\b|magnetic resonance|computed tomography|cat scan|x-?ray|radiograph|radiology|imaging|ultrasound",
        _Kind.IMAGING,
    ),
    (r"laborator(y|ies)|urine drug|toxicology|blood count|pathology report", _Kind.LABORATORY),
    (r"prescription\b|\brx\b|pharmacy", _Kind.PRESCRIPTION),
    (
        r"progress report|pr-?2\b|progress note|follow-?up (visit|note|report|examination)|office visit",
        _Kind.PROGRESS_REPORT,
    ),
    (r"consultation|consultative|initial (orthop|neuro|pain|evaluation)", _Kind.CONSULTATION),
    (r"^dear\b|^re:|^to whom it may concern|correspondence", _Kind.CORRESPONDENCE),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE | re.MULTILINE), kind) for pattern, kind in _RULES)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![\d/-])(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
    rf"|(?P<us>\d{{1,2}}[/-]\d{{1,2}}[/-](?:\d{{4}}|\d{{2}}))"
    rf"|(?P<mdy>(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})"
    rf"|(?P<dmy>\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTH})\.?,?\s+\d{{4}}))(?![\d/-])",
    re.IGNORECASE,
)
# Labels in the order of their worth: the day on which something was done or seen, then the day of writing.
_LABELS = (
    r"date of (service|visit|exam\w*|study|procedure|operation|surgery|evaluation|treatment|decision|determination)"
    r"|exam date|visit date",
    r"date of (this )?(report|request|letter|notice)|report date|dated|date signed",
    r"\bdate\b",
)
_OTHER_DAYS = re.compile(
    r"birth|\bdob\b|injur|\bdoi\b|received|printed|faxed|expires|mailed|hire|onset|referr", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Guess:
    """A guessed kind, the words that led to it, and whether they stood as a title (in capitals)."""

    kind: DocumentKind
    words: str
    as_title: bool


def guess_kind(text: str) -> Guess:
    """The kind of the paper that begins with `text`. OTHER, with no words, where nothing fits."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:HEAD_LINES]
    for titles_only in (True, False):
        for line in lines:
            if titles_only and not _is_title(line):
                continue
            for pattern, kind in _COMPILED:
                match = pattern.search(line)
                if match:
                    return Guess(kind=kind, words=match.group(), as_title=titles_only)
    return Guess(kind=DocumentKind.OTHER, words="", as_title=False)


def guess_title(text: str) -> str:
    """The paper's own heading: the first line in capitals of more than one word, else its first line; at most 120
    characters."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()][:HEAD_LINES]
    known = (line for line in lines if _is_title(line) and any(p.search(line) for p, _ in _COMPILED))
    title = next(known, None) or next((line for line in lines if _is_title(line) and " " in line), None)
    return (title or (lines[0] if lines else "Untitled"))[:120]


def guess_date(text: str, *, not_after: date | None = None) -> date | None:
    """The day that the paper is about. `not_after` rejects days in the future of its receipt. None where no line
    says."""
    lines = text.splitlines()
    for label in _LABELS:
        for place, line in enumerate(lines):
            match = re.search(rf"(?:{label})", line, re.IGNORECASE)
            if match is None or _OTHER_DAYS.search(line[: match.end() + 12]):
                continue
            following = lines[place + 1] if place + 1 < len(lines) else ""
            found = _first(line[match.end() :], not_after) or _first(following, not_after, whole_line=True)
            if found:
                return found
    for line in lines[:HEAD_LINES]:
        if not _OTHER_DAYS.search(line):
            found = _first(line, not_after)
            if found:
                return found
    return None


def dates_in(text: str) -> tuple[date, ...]:
    """Every calendar day written in `text`, in order; what is no real day (2014-02-30) is left out."""
    return tuple(day for day in (_day(match) for match in _DATE.finditer(text)) if day is not None)


def _first(text: str, not_after: date | None, *, whole_line: bool = False) -> date | None:
    if whole_line and not _DATE.fullmatch(text.strip()):
        return None
    return next((day for day in dates_in(text) if not_after is None or day <= not_after), None)


def _day(match: re.Match[str]) -> date | None:
    try:
        day = _parse(match)
    except (ValueError, KeyError):
        return None
    return day if day.year >= EARLIEST_YEAR else None


def _parse(match: re.Match[str]) -> date:
    if match["iso"]:
        return date.fromisoformat(match["iso"])
    if match["us"]:
        month, day, year = (int(part) for part in re.split(r"[/-]", match["us"]))
        return date(_century(year), month, day)
    words = re.findall(r"[A-Za-z]+|\d+", re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", match.group()))
    if match["mdy"]:
        return date(int(words[2]), _MONTHS[words[0].lower()], int(words[1]))
    return date(int(words[2]), _MONTHS[words[1].lower()], int(words[0]))


def _century(year: int) -> int:
    """Two figures are a year of the programme's own time: 00 to 68 is 20xx, as the field writes it."""
    if year >= 100:
        return year
    return 2000 + year if year < 69 else 1900 + year


def _is_title(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return len(letters) >= 4 and sum(character.isupper() for character in letters) / len(letters) > 0.8
