"""EH7: what must not stand in a letter that everybody may read.

The issued letter goes to the parties and bears their names; these checks read a letter as it was, or is to be, published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from evenhand.letters.second_reader.catalogue import Law, check
from evenhand.letters.second_reader.finding import Part, Profile, Severity
from evenhand.letters.second_reader.names import folded, is_ordinary, persons
from evenhand.letters.second_reader.reading import Fault, Passage, Reading
from evenhand.letters.second_reader.words import words
from evenhand.letters.wording import wording
from evenhand.privacy.profiles import privacy_data

_PUBLISHED = (Profile.PUBLISHED,)
_GUIDELINES = (Part.CLAIMS_GUIDELINE, Part.REVIEWER_GUIDELINE)


@dataclass(frozen=True, kw_only=True)
class Form:
    """What identifies by its form."""

    name: str
    pattern: str


@dataclass(frozen=True, kw_only=True)
class PrivacyWords:
    """privacy.yaml"""

    profile: str
    not_searched: tuple[str, ...]
    patterns: tuple[Form, ...]
    personal_addresses: tuple[str, ...]
    months: tuple[str, ...]
    kinds: tuple[str, ...]
    openings: tuple[str, ...]
    known: tuple[str, ...]
    public: tuple[str, ...]
    common: tuple[str, ...]


@check(
    "EH701",
    Severity.ERROR,
    because=Law("published_without_names"),
    to_do="Take the value out before anybody else reads the letter, and look for other copies of it.",
    profiles=_PUBLISHED,
)
def identifying_number(letter: Reading) -> Iterator[Fault]:
    """A published letter holds a value that identifies somebody: a number of a person, a claim, an account or a licence, a
    phone or fax number, an address, a birth date.

    It looks for the forms of the programme's de-identification profile and for labelled numbers, and names the kind, not the
    value. The letter's own case number, dates of injury and service, ages, and the web addresses of guidelines stay, as in the
    letters that the state publishes.
    """
    for passage in letter.passages:
        flat = folded(passage.text)
        taken: list[tuple[int, int]] = []
        for name, start, end in sorted(_identifying(flat, letter.programme), key=lambda found: (found[1], -found[2])):
            if not any(begin < end and start < stop for begin, stop in taken):
                taken.append((start, end))
                yield Fault(f"The letter holds what looks like a {name}.", passage.place(start, end))


_WEB = re.compile(r"\b(?:https?://|www\.)[^\s<>()]+", re.IGNORECASE)
_STREET_ENDS_SHORT = re.compile(r"\b(?:Dr|St|Ct|Way|Pl|Place)\.?$")
_TOWN = re.compile(r",?\s+(?:[A-Z][a-z]+\s?){1,3},?\s+[A-Z]{2}\b|\s*[,.;)]|\s*$")


def _identifying(text: str, programme: str) -> Iterator[tuple[str, int, int]]:
    said = words(PrivacyWords, "privacy", programme)
    for name, pattern in _forms(programme):
        for match in pattern.finditer(text):
            start = match.end("keep") if "keep" in pattern.groupindex else match.start()
            if name != "street address" or _is_address(text, match, said):
                yield name, start, match.end()
    for match in _WEB.finditer(text):
        if any(sign in match.group().casefold() for sign in said.personal_addresses):
            yield "web address of a person", match.start(), match.end()


def _is_address(text: str, match: re.Match[str], said: PrivacyWords) -> bool:
    """Whether a number with words that end in "Dr", "St" or "Way" is a street: not a date before "Dr. Lee", not "6 PT"."""
    before = re.search(r"(\w+)\.?\s*$", text[: match.start()])
    if before and before[1] in said.months:
        return False
    return _STREET_ENDS_SHORT.search(match.group()) is None or _TOWN.match(text, match.end()) is not None


@cache
def _forms(programme: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    said, data = words(PrivacyWords, "privacy", programme), privacy_data(programme)
    known = [
        (pattern.name.replace("_", " "), compiled)
        for pattern, compiled in data.compiled(data.profile(said.profile))
        if pattern.name not in said.not_searched
    ]
    return (*known, *((form.name, re.compile(form.pattern)) for form in said.patterns))


@check(
    "EH702",
    Severity.WARNING,
    because=Law("published_without_names"),
    to_do="Name the person by the part played: the treating physician, the evaluator, the worker.",
    profiles=_PUBLISHED,
)
def person_named(letter: Reading) -> Iterator[Fault]:
    """A published letter names a person: the worker, a physician, an evaluator, an adjuster.

    A name is known by a title before it, a degree behind it, a part played ("the patient, ..."), or a frequent given name with
    a surname. Eponyms ("Spurling's test"), drugs, scales and guidelines are left alone, placeholders ("Dr. X") too, and the
    authors that a guideline line cites. Each name is told once for each part of the letter.
    """
    for passage in letter.passages:
        if passage.part in _GUIDELINES:
            continue
        told: set[str] = set()
        for span in persons(passage.text, letter.programme):
            if span.text.casefold() not in told:
                told.add(span.text.casefold())
                yield Fault("The letter names a person.", passage.place(span.start, span.end))


@check(
    "EH703",
    Severity.WARNING,
    because=Law("published_without_names"),
    to_do="Name the organization by the part played: the employer, the claims administrator, the clinic.",
    profiles=_PUBLISHED,
)
def organisation_named(letter: Reading) -> Iterator[Fault]:
    """A published letter names an organization of the case: the employer, the insurer, a clinic, a law firm.

    A name is known by how it ends ("... Medical Group", "... Inc.") or begins ("Law Offices of ..."), or is one of the large
    insurers and networks. Publishers of guidelines, journals, authorities and the review organization are left alone, and names
    of a kind without a word of their own ("the Surgery Center").
    """
    for passage in letter.passages:
        if passage.part in _GUIDELINES:
            continue
        told: set[str] = set()
        for start, end in _organisations(passage, letter.programme):
            name = passage.text[start:end].casefold()
            if name not in told:
                told.add(name)
                yield Fault("The letter names an organization.", passage.place(start, end))


_WORD = r"[A-Z][\w'&-]*\.?"


def _organisations(passage: Passage, programme: str) -> list[tuple[int, int]]:
    said, flat = words(PrivacyWords, "privacy", programme), folded(passage.text)
    opened, ended, known, public = _organisation_patterns(programme)
    common = frozenset(said.common)

    def tells(word: str) -> bool:
        return word.casefold().strip(".,") not in common

    found = [match.span() for match in known.finditer(flat)]
    for match in (*opened.finditer(flat), *ended.finditer(flat)):
        start, own = match.start(), list(re.finditer(r"\S+", match["own"]))
        if match.re is ended:  # "The Redwood Medical Group" begins with its own word
            start = next((match.start("own") + word.start() for word in own if tells(word.group())), start)
        telling = any(tells(word.group()) and not is_ordinary(word.group(), programme) for word in own)
        if telling and not public.search(flat[max(0, match.start() - 25) : match.end()]):
            found.append((start, match.end()))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


@cache
def _organisation_patterns(programme: str) -> tuple[re.Pattern[str], ...]:
    """A name by its beginning, by its end, names known, and words of those that may be named."""
    said = words(PrivacyWords, "privacy", programme)
    publishers = [re.escape(name) for each in wording(programme).organisations for name in (each.name, *each.spellings)]
    kinds, openings, public = "|".join(said.kinds), "|".join(said.openings), "|".join([*said.public, *publishers])
    names = rf"{_WORD}(?:(?:\s+(?:of|and|&|the|for)\s+|,?\s+){_WORD}){{0,4}}?"
    opened = rf"(?<![\w/])(?:{openings})\s+(?P<own>{_WORD}(?:(?:\s+(?:&|and)\s+|\s+){_WORD}){{0,3}})"
    ended = rf"(?<![\w/])(?P<own>{names}),?\s+(?:{kinds})(?!\w)"
    known, may_be_named = rf"\b(?:{'|'.join(said.known)})(?!\w)", rf"(?<!\w)(?:{public})"
    return re.compile(opened), re.compile(ended), re.compile(known), re.compile(may_be_named)
