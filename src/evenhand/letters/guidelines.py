"""The guideline lines of a letter: what a side relied on, as citations.

find("Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies.", wording())
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from functools import cache

from evenhand.letters.determination import Citation, CitationKind, Guideline
from evenhand.letters.wording import Wording, loosely

_YEAR = r"(?:19|20)\d\d"
_STUDY = re.compile(
    r"\bet\s+al\b|\b\d{1,4}\s*\(\d{1,3}\)\s*:\s*\d+|\b(?:19|20)\d\d[^.]{0,20};\s*\d+\b|\bPMID\b|\bdoi\b", re.IGNORECASE
)


def find(text: str, words: Wording) -> Guideline:
    """One guideline line as it stands, and what it cites.

    Text that fits no grammar gives no citation: the caller names it.
    """
    text = re.sub(r"\s+", " ", text).strip()
    return Guideline(
        text=text,
        none_cited=bool(re.search(loosely(words.guideline.none_cited), text, re.IGNORECASE)),
        outside_mtus=any(re.search(loosely(phrase), text, re.IGNORECASE) for phrase in words.guideline.outside),
        citations=tuple(_citations(text, words)),
    )


def _citations(text: str, words: Wording) -> list[Citation]:
    opening = _openings(words)
    found: list[Citation] = []
    marks = list(opening.finditer(text))
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        body = text[mark.end() : following.start() if following else len(text)].strip()
        if mark.lastgroup == "other":
            found += _others(body, words)
        else:
            found += _chapters(body, words)
    return found


@cache
def _openings(words: Wording) -> re.Pattern[str]:
    other = "|".join(loosely(phrase) for phrase in words.guideline.other)
    return re.compile(rf"(?P<other>(?:{other})\b)|(?P<primary>{loosely(words.guideline.primary)}\b)", re.IGNORECASE)


# --- the programme's own schedule ------------------------------------------------------------------------------------


@cache
def _known_chapter(words: Wording) -> re.Pattern[str]:
    names = "|".join(loosely(name) for name in sorted(words.chapters, key=len, reverse=True))
    return re.compile(rf"(?:{names})(?=\W|$)", re.IGNORECASE)


def _chapters(body: str, words: Wording) -> list[Citation]:
    """ "Chapter year, Section(s): a, b, and Chapter year" as one citation a chapter."""
    body = body.rstrip(". ")
    starts = _starts(body, words)
    ends = [*starts[1:], len(body)]
    parts = [re.sub(r",?\s+and$|[,;]$", "", body[a:b].strip()).strip() for a, b in zip(starts, ends, strict=True)]
    return [_chapter(part, words) for part in parts if part]


def _starts(body: str, words: Wording) -> list[int]:
    """Where each cited chapter begins.

    A new one needs ", and" (or a comma before a known title) after a chapter that is complete.
    """
    pages = re.escape(words.guideline.pages)
    complete = re.compile(rf"{_YEAR}\b|{pages}")
    ends_well = re.compile(rf"\s*(?:{_YEAR}\b|.{{0,60}}?{pages})")
    known = _known_chapter(words)
    starts = [0]
    for joint in re.finditer(r"(?:[,;]\s+and\s+|[,;]\s+|\s+and\s+)(?=[A-Z])", body):
        so_far, rest = body[starts[-1] : joint.start()], body[joint.end() :]
        if not complete.search(so_far):
            continue
        title = known.match(rest)
        if (title and ends_well.match(rest, title.end())) or ("and" in joint.group() and _unknown_title(rest, known)):
            starts.append(joint.end())
    return starts


def _unknown_title(rest: str, known: re.Pattern[str]) -> bool:
    """Whether a title nobody listed begins here: words up to a year, of which no listed title is the last part.

    Where one is, what stands before it is the end of the section's name.
    """
    if not re.match(rf"[A-Z][^:;.()\d]{{3,60}}?\s{_YEAR}(?=[,.]|\s*$|\sGuideline)", rest):
        return False
    joints = re.finditer(r",\s+(?:and\s+)?|\s+and\s+", rest.split(":")[0])
    return not any(known.match(rest, joint.end()) for joint in joints)


def _chapter(part: str, words: Wording) -> Citation:
    head, sections, pages = _head_sections_pages(part, words)
    year = re.search(rf"\b({_YEAR})\b", head)
    known = _known_chapter(words).search(head)
    organisation = next((o.name for o in words.organisations if re.search(rf"\b{re.escape(o.name)}\b", head)), None)
    if known and organisation:
        # The older grammar: publisher, chapter number, title, then the section in plain words before the pages.
        title = known.group()
        tail = re.sub(rf"\b{_YEAR}\b|^\W+|\W+$", "", head[known.end() :]).strip(" ,")
        sections = sections or ((tail,) if tail else ())
    elif year:
        title = head[: year.start()].strip(" ,")
    elif known:
        title = known.group()
        tail = re.sub(
            r"^\s*(?:Medical\s+Treatment\s+)?Guidelines?\b", "", head[known.end() :], flags=re.IGNORECASE
        ).strip(" ,")
        sections = sections or ((tail,) if tail else ())
    else:
        title = head.strip(" ,")
    return Citation(
        kind=CitationKind.MTUS,
        chapter=re.sub(r"\s+", " ", title) or None,
        year=int(year.group()) if year else None,
        sections=sections,
        pages=pages,
        organisation=organisation,
    )


def _head_sections_pages(part: str, words: Wording) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    head, _, page_text = part.partition(words.guideline.pages)
    head, _, section_text = head.partition(words.guideline.sections)
    pages = tuple(
        p
        for p in (
            re.sub(r"^\s*(?:pages?|pg?s?\.)\s*", "", s, flags=re.IGNORECASE).strip(" .") for s in page_text.split(",")
        )
        if p
    )
    return head.strip(" ,"), split_sections(section_text, words), pages


def split_sections(text: str, words: Wording) -> tuple[str, ...]:
    """Section titles, parted at commas outside brackets; a piece in small letters belongs to the one before it."""
    pieces: list[str] = []
    for piece in _at_open_commas(text.strip(" .")):
        joined = f"{pieces[-1]}, {piece}" if pieces else piece
        if pieces and (piece[0].islower() or _is_one_title(joined, words)):
            pieces[-1] = joined
        else:
            pieces.append(piece)
    return tuple(pieces)


def _at_open_commas(text: str) -> list[str]:
    """The text parted at commas that stand outside all brackets."""
    pieces, depth, begin = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth <= 0:
            pieces.append(text[begin:place])
            begin = place + 1
    return [piece.strip() for piece in [*pieces, text[begin:]] if piece.strip()]


def _is_one_title(text: str, words: Wording) -> bool:
    """Whether the text is a known title that holds a comma, or how such a title begins."""
    return any(title.casefold().startswith(text.casefold()) for title in words.sections_with_commas)


# --- other guidelines and studies ------------------------------------------------------------------------------------


@cache
def _publishers(words: Wording) -> re.Pattern[str]:
    spellings = sorted((s for o in words.organisations for s in o.spellings), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){loosely(s)}(?!\w)" for s in spellings), re.IGNORECASE)


def _others(body: str, words: Wording) -> list[Citation]:
    """Free text to citations:

    parted at semicolons, at the fixed joint, and where a publisher is named anew after a comma.
    """
    if not body.strip(" ."):
        return []
    if _STUDY.search(body):
        return [_study(body.strip())]
    pieces = re.split(rf";\s+(?=[A-Z])|\s+{loosely(words.guideline.other_joined)}\s+", body)
    found: list[Citation] = []
    for piece in pieces:
        cuts = [
            0,
            *(m.start() for m in _publishers(words).finditer(piece) if re.search(r"[,.;]\s*$", piece[: m.start()])),
            len(piece),
        ]
        stretches = [piece[a:b].strip(" ,;.") for a, b in itertools.pairwise(cuts)]
        if len(stretches) > 1 and not _publishers(words).search(stretches[0]):
            stretches = [
                piece.strip(" ,;.")
            ]  # the publisher stands last ("Neck, Physical therapy, ODG Preface"): one source
        found += [_guideline(stretch, words) for stretch in stretches if stretch]
    return _same_publisher(found, pieces)


def cited_freely(text: str, words: Wording) -> list[Citation]:
    """Sources named in a sentence without the fixed grammar, as the letters of 2013 do: known chapters, else free text.

    Parted at semicolons and sentences. A piece that names neither a chapter, a publisher nor a study gives nothing.
    """
    found: list[Citation] = []
    for piece in re.split(r";\s+|(?<=[a-z\d)])\.\s+(?=[A-Z])", text.strip(" .")):
        bare = re.sub(
            rf"^(?:the\s+)?(?:California\s+|CA\s+)?(?:{loosely(words.guideline.primary_source)}\b[\s,:-]*)?", "", piece
        )
        if _known_chapter(words).match(bare):
            found += _chapters(bare, words)
        elif _publishers(words).search(piece) or _STUDY.search(piece):
            found += _others(re.sub(r"^the\s+", "", piece), words)
    return found


def _same_publisher(found: list[Citation], pieces: list[str]) -> list[Citation]:
    """ "ODG, Neck; Low Back": after a semicolon a chapter without a publisher is the same publisher's."""
    if len(pieces) < 2 or any(re.search(r"www\.|http", piece) for piece in pieces):
        return found
    whole: list[Citation] = []
    for citation in found:
        known = citation.organisation or (whole[-1].organisation if whole else None)
        whole.append(replace(citation, organisation=known))
    return whole


def _guideline(text: str, words: Wording) -> Citation:
    """One guideline: publisher, title (its chapter), section, year. What cannot be told apart stays in the title."""
    publisher = _publishers(words).search(text)
    name = None
    rest = text
    if publisher:
        said = re.sub(r"\s+", " ", publisher.group()).casefold()
        name = next(o.name for o in words.organisations if said in (s.casefold() for s in o.spellings))
        if publisher.start() == 0:
            rest = text[publisher.end() :].strip(" ,.:;-/")
    year = re.search(rf"\b({_YEAR})\b", rest)
    updated = re.search(r"updated\s+\d{1,2}/\d{1,2}/(\d{2})\b", rest)
    number = int(year.group()) if year else 2000 + int(updated.group(1)) if updated else None
    title, section = _title_and_section(re.sub(rf"^{_YEAR}\W+", "", rest))
    return Citation(
        kind=CitationKind.GUIDELINE, organisation=name, title=title or None, section=section or None, year=number
    )


def _title_and_section(text: str) -> tuple[str, str]:
    """The first stretch up to "Chapter", or to a comma, dash or colon outside brackets, is the title; what
    follows is the section.
    """
    edition = re.match(r"\d+(?:st|nd|rd|th)\s+ed(?:ition|\.)?,?\s*", text, re.IGNORECASE)
    if edition and edition.end() < len(text):
        title, section = _title_and_section(text[edition.end() :])
        return edition.group() + title, section
    outside = r"(?![^(]*\))"
    cut = re.search(rf"\b(?:chapter|section)\b{outside}", text, re.IGNORECASE)
    if cut and cut.start() > 0:
        return text[: cut.start()].strip(" ,-/:"), text[cut.end() :].strip(" ,.-/:")
    cut = re.search(
        rf",\s+(?!(?:and|wrist|hand)\b){outside}|\s[-–]\s{outside}|:\s{outside}|/(?=\w){outside}", text, re.IGNORECASE
    )
    return (text[: cut.start()].strip(), text[cut.end() :].strip(" .")) if cut else (text.strip(" ."), "")


def _study(text: str) -> Citation:
    """A study, as far as its reference follows "Authors.

    Title. Journal year;locator"; what cannot be told is absent.
    """
    year = re.search(rf"\b({_YEAR})\b", text)
    parts = [p.strip() for p in re.split(r"\.\s+", text.strip(" .")) if p.strip()]
    locator = re.search(r"\d{1,4}\s*(?:\(\d{1,3}[^)]*\))?\s*:\s*\w?\d+(?:\s*-\s*\w?\d+)?", text)
    authors, title, journal = ([*parts, "", "", ""])[:3] if len(parts) >= 3 else ("", text, "")
    journal = re.split(rf"[,;]?\s*\b{_YEAR}\b", journal)[0].strip(" ,;")
    return Citation(
        kind=CitationKind.STUDY,
        authors=authors or None,
        title=title or None,
        journal=journal or None,
        year=int(year.group()) if year else None,
        locator=locator.group() if locator else None,
    )
