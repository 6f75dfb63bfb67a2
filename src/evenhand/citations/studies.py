"""Studies in free text: references with volume and pages, numbers (PMID, DOI), and the short "(Name, 2009)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evenhand.citations.mention import Mention

_YEAR = r"(?:19|20)\d\d"
_NUMBER = re.compile(
    r"(?P<pmid>\bPMID\b\W*\d{5,9})|(?P<doi>\b(?:doi\W*|https?://(?:dx\.)?doi\.org/)10\.\d{4,9}/[^\s;,\])]+)",
    re.IGNORECASE,
)
# "2011 Mar;12(3):45-51", "2011; 12: 45", "2011, vol. 12, no. 3, pp. 45-51", "12 (2011) 45-51".
_PLACE = re.compile(
    rf"\b(?P<year>{_YEAR})\b[^.;:]{{0,16}};\s*(?P<vol>\d{{1,4}})\s*(?P<issue>\([^)]{{1,14}}\))?\s*:\s*"
    r"(?P<page>[A-Za-z]?\d{1,6}(?:\s*[-–]\s*[A-Za-z]?\d{1,6})?)"
    rf"|\b(?P<year2>{_YEAR})\b[,;.]?\s*vol(?:ume|\.)?\s*(?P<vol2>\d{{1,4}})(?:[,\s]*(?:no\.?|issue)\s*(?P<issue2>\d+))?"
    r"[,\s]*(?:pp?\.|pages?)\s*(?P<page2>\d+(?:\s*[-–]\s*\d+)?)",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w'’-]*[a-z][\w'’-]*"
_SHORT = re.compile(
    rf"\((?P<names>{_NAME}(?:-{_NAME})?(?:,?\s+(?:and|&)\s+{_NAME}|,?\s+et\s+al\.?)?),?\s+(?P<year>{_YEAR})[a-z]?\)"
    rf"|\b(?P<names2>{_NAME}(?:,?\s+et\s+al\.?))(?:,?\s*\(?(?P<year2>{_YEAR})\)?)?"
)
_AUTHOR = rf"(?:(?:(?:van|von|de|der|la|le)\s)*{_NAME}\s+[A-Z]{{1,3}}\b|{_NAME},\s+(?:[A-Z]\.\s?){{1,3}})"
_AUTHORS = re.compile(rf"{_AUTHOR}(?:(?:,?\s+(?:and|&)\s+|,\s*|;\s*){_AUTHOR})*(?:,?\s*et\s+al)?\s*[.,:]")
_BACK = 420
"""So far back a reference may begin before its place in the journal."""


def find_studies(text: str) -> tuple[Mention, ...]:
    """The studies that the text cites, in order, none within another."""
    found = sorted([*_references(text), *_short(text)], key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def _references(text: str) -> Iterator[Mention]:
    numbers = list(_NUMBER.finditer(text))
    used: set[int] = set()
    last = 0
    for place in _PLACE.finditer(text):
        after = next((n for n in numbers if place.end() <= n.start() <= place.end() + 40), None)
        end = after.end() if after else place.end()
        if after:
            used.add(after.start())
        reference = _reference(text, max(last, place.start() - _BACK), place, end)
        yield replace(reference, locator=f"{reference.locator}; {after.group()}") if after else reference
        last = end
    for number in numbers:
        if number.start() not in used:
            yield Mention(
                start=number.start(), end=number.end(), text=number.group(), kind="study", locator=number.group()
            )


def _reference(text: str, begin: int, place: re.Match[str], end: int) -> Mention:
    """A reference, read backwards from its place in the journal: journal, title, authors."""
    before = text[begin : place.start()]
    authors = next(reversed(list(_AUTHORS.finditer(before))), None)
    start = begin + authors.start() if authors else _journal_start(text, begin, place.start())
    middle = text[begin + authors.end() if authors else start : place.start()].strip(" .,")
    title, _, journal = middle.rpartition(". ")
    if not title:
        title, journal = ("", middle) if not authors else (middle, "")
    volume, page = place["vol"] or place["vol2"], place["page"] or place["page2"]
    issue = place["issue"] or (f"({place['issue2']})" if place["issue2"] else "")
    return Mention(
        start=start,
        end=end,
        text=text[start:end],
        kind="study",
        authors=authors.group().strip(" .,:") if authors else None,
        title=title.strip(" .,") or None,
        journal=journal.strip(" .,") or None,
        year=int(place["year"] or place["year2"]),
        locator=f"{volume}{issue}:{page}".replace(" ", ""),
    )


def _journal_start(text: str, begin: int, end: int) -> int:
    """Where the capitalized words of a journal's name begin, straight before its year."""
    journal = re.search(r"(?:[A-Z][\w&]*\.?\s+(?:(?:of|the|and|in)\s+)*)+[,.]?\s*$", text[begin:end])
    return begin + journal.start() if journal else end


def _short(text: str) -> Iterator[Mention]:
    for match in _SHORT.finditer(text):
        year = match["year"] or match["year2"]
        yield Mention(
            start=match.start(),
            end=match.end(),
            text=match.group(),
            kind="study",
            authors=match["names"] or match["names2"],
            year=int(year) if year else None,
        )
