"""Parts that the letters of 2013-14 have in common: sections, paragraphs, decisions as phrases, facts in prose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from evenhand.letters.days import read_day
from evenhand.letters.determination import Citation, Decision, Guideline, Header, ReviewerCredentials
from evenhand.letters.extract import Line, unwrap
from evenhand.letters.guidelines import cited_freely, find
from evenhand.letters.header import read_header, split_list
from evenhand.letters.older_wording import OlderWording, any_of
from evenhand.letters.wording import Wording

Parts = dict[str, tuple[Line, ...]]
_DATE = r"(\d{1,2}/\d{1,2}/\d{2,4}|[A-Z][a-z]+ \d{1,2}, \d{4})"
_BULLET = re.compile(r"^(?:[•●▪·*\-–]\s*|\(?\d{1,3}[.)]\s+)")
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$")


def split_at(lines: tuple[Line, ...], order: Mapping[str, tuple[str, ...]], *, alone: bool) -> Parts:
    """Parts the lines at headings, the first of each. What stands before the first is under `head`.

    `alone`: a heading fills its line. Else its text may follow on the same line, and it may itself wrap over two lines.
    """
    parts: dict[str, list[Line]] = {"head": []}
    current, skip = "head", 0
    for place, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        name, rest, taken = _heading_at(lines, place, {n: s for n, s in order.items() if n not in parts}, alone)
        if name:
            current, skip = name, taken - 1
            parts[name] = [Line(rest, line.page, False, line.bold)] if rest else []
        else:
            parts[current].append(line)
    return {name: tuple(found) for name, found in parts.items()}


def _heading_at(
    lines: tuple[Line, ...], place: int, order: Mapping[str, tuple[str, ...]], alone: bool
) -> tuple[str | None, str, int]:
    """The heading that begins at a line, the text after it, and how many lines it takes."""
    for name, spellings in order.items():
        for taken in (1, 2, 3):
            text = " ".join(line.text for line in lines[place : place + taken])
            match = re.match(any_of(spellings) + (r"\s*:?$" if alone else r"\s*"), text, re.IGNORECASE)
            if match:
                return name, text[match.end() :], taken
    return None, "", 0


def paragraphs(lines: tuple[Line, ...], starts: re.Pattern[str]) -> list[tuple[Line, ...]]:
    """The lines parted where a space stands, a number opens a line, or `starts` does.

    Over a page's end a paragraph goes on unless the page ends with a sentence.
    """
    found: list[list[Line]] = []
    before: Line | None = None
    for line in lines:
        turned = before is not None and before.page != line.page and bool(_SENTENCE_END.search(before.text))
        numbered = bool(re.match(r"^\(?\d{1,3}[.)]\s+\S", line.text))
        if before is None or line.gap or turned or numbered or starts.match(line.text):
            found.append([])
        found[-1].append(line)
        before = line
    return [tuple(each) for each in found]


@cache
def _phrases(older: OlderWording) -> re.Pattern[str]:
    phrases = any_of(older.decision_phrases)
    return re.compile(
        rf"^(?P<item>.+?)\s+(?:is|are|was|were)\s+(?P<no>{re.escape(older.negation)}[\s-]*)?{phrases}\W*$",
        re.IGNORECASE | re.DOTALL,
    )


def decided(text: str, older: OlderWording) -> tuple[str, Decision] | None:
    """What a sentence decides and how: "... is not medically necessary" or the word itself; `None` where it decides nothing.

    "notmedically" run together counts as "not medically".
    """
    word = re.search(r"^(.+?)[\s:]*\b(Upheld|Overturned)\W*$", text, re.IGNORECASE | re.DOTALL)
    if word:
        return word.group(1).strip(" :"), Decision(word.group(2).capitalize())
    phrase = _phrases(older).match(text)
    if phrase:
        return phrase["item"].strip(), Decision.UPHELD if phrase["no"] else Decision.OVERTURNED
    return None


def unframed(text: str, older: OlderWording) -> str:
    """The item without its number and without the words of the sentence around it."""
    text = re.sub(r"^\(?\d{1,3}[.)]\s+", "", text).strip()
    for frame in older.heading_frames:
        before = frame.partition("{item}")[0].strip()
        match = re.match(any_of((before,)) + r"\s*", text, re.IGNORECASE)
        if match:
            return text[match.end() :].strip()
    return text


def header(lines: tuple[Line, ...], wording: Wording, older: OlderWording) -> tuple[Header, list[str]]:
    """The facts of the header wherever they stand, in a label or in a sentence; the first place counts."""
    text, words = unwrap(lines), older.header
    dates = {}
    for name in ("date_assigned", "date_of_injury", "decision_date", "ur_denial_date", "application_received"):
        match = re.search(rf"{any_of(getattr(words, name))}\s*{_DATE}", text, re.IGNORECASE)
        dates[name] = read_day(match.group(1)) if match else None
    number = re.search(rf"{any_of(words.case_number)}\s*([A-Z]{{2}}\s?\d{{2}}-\d{{4,}})", text, re.IGNORECASE)
    priority = re.search(rf"{any_of(words.priority)}\s*(\w+)", text, re.IGNORECASE)
    facts = Header(
        case_number=number.group(1) if number else None, priority=priority.group(1) if priority else None, **dates
    )
    table, _ = read_header(lines, wording)  # where the labels of later years stand, their values may stand apart
    absent = {name: getattr(table, name) for name in Header.__dataclass_fields__ if getattr(facts, name) is None}
    facts = replace(facts, **absent)
    wanting = [name for name in Header.__dataclass_fields__ if getattr(facts, name) is None]
    return facts, [f"header: not found: {', '.join(name.replace('_', ' ') for name in wanting)}"] if wanting else []


def credentials(text: str, older: OlderWording) -> tuple[ReviewerCredentials, list[str]]:
    """Specialties and states, from labels or from a sentence."""
    words = older.credentials
    kinds: list[str] = []
    states: tuple[str, ...] = ()
    specialties, licensure = any_of((words.labelled_specialties,)), any_of((words.labelled_licensure,))
    labelled = re.search(rf"{licensure}(.*?)(?:{specialties}(.*))?$", text, re.IGNORECASE)
    if labelled:
        states, kinds = split_list(labelled.group(1)), list(split_list(labelled.group(2) or ""))
    else:
        for lead in (words.certified, words.subspecialty):
            end = rf"(?=\s*,?\s+(?:and\s+)?(?:is\s+)?(?:{any_of((words.subspecialty, words.licensed))})|\.|$)"
            match = re.search(rf"{any_of((lead,))}\s+(.+?){end}", text, re.IGNORECASE)
            kinds += split_list(match.group(1)) if match else ()
        match = re.search(rf"{any_of((words.licensed,))}\s+(.+?)(?:\.\s|\.?$)", text, re.IGNORECASE)
        states = split_list(re.sub(r",?\s+and\s+", ", ", match.group(1))) if match else ()
    about = ReviewerCredentials(licensure=states, specialties=tuple(kinds))
    wanting = (("licensure is", about.licensure), ("specialties are", about.specialties))
    return about, [f"the reviewer's {what} not found" for what, found in wanting if not found]


def entries(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """A list's entries without their bullets; a line that begins with no bullet goes on with the entry before.

    A list without bullets has an entry a line.
    """
    if not any(_BULLET.match(line.text) for line in lines):
        return tuple(line.text for line in lines)
    found: list[list[Line]] = []
    for line in lines:
        if _BULLET.match(line.text) or not found:
            found.append([])
        found[-1].append(line)
    return tuple(_BULLET.sub("", unwrap(each)) for each in found)


def sides(text: str, older: OlderWording) -> tuple[str, str]:
    """The claims administrator's sentences and the reviewer's, where one text holds both."""
    reviewer = re.search(any_of(older.reviewer_sentences), text, re.IGNORECASE)
    claims = re.search(any_of(older.claims_sentences), text, re.IGNORECASE)
    if reviewer and (claims is None or claims.start() < reviewer.start()):
        return (text[: reviewer.start()].strip(), text[reviewer.start() :].strip()) if claims else ("", text.strip())
    return (text.strip(), "") if claims else ("", text.strip())


def source(text: str, words: Wording, older: OlderWording) -> Guideline:
    """One side's guideline: in the grammar of later letters, or in the prose of 2013."""
    guideline = find(text, words)
    if guideline.citations or guideline.none_cited or not text:
        return guideline
    lead = re.search(any_of(older.sources) + r"\s*", text, re.IGNORECASE)
    found: list[Citation] = cited_freely(text[lead.end() :] if lead else text, words)
    return Guideline(
        text=guideline.text,
        none_cited=guideline.none_cited,
        outside_mtus=guideline.outside_mtus,
        citations=tuple(found),
    )
