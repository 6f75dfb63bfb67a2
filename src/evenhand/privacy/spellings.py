"""The spellings under which an identity turns up: patterns over folded text.

A name turns up in upper case, as "LAST, FIRST", with a title, with initials, alone, in the possessive, split over a
line end. A number turns up
with other separators. Each pattern says why it matched, so that a person can judge it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from evenhand.privacy.identity import Identity, IdentityKind, PersonName, fold, parse_name, seen
from evenhand.privacy.profiles import PrivacyData

_TITLES = r"(?:Dr|Drs|Mr|Mrs|Ms|Miss|Prof|Professor|Doctor|Judge|Nurse|Attorney)\b\.?\s+"
_GAP = r"[\s,]+"
_STREET = {
    "street": "st", "avenue": "ave", "boulevard": "blvd", "road": "rd", "drive": "dr", "lane": "ln", "court": "ct",
    "circle": "cir", "place": "pl", "parkway": "pkwy", "highway": "hwy", "suite": "ste", "apartment": "apt",
    "north": "n", "south": "s", "east": "e", "west": "w",
}  # fmt: skip
# Between the letters of a word that is spaced out for show ("T e s s a l b y").
_BETWEEN = r"[ \t.·-]{1,3}"
# A name with fewer letters is too short to be told from a misspelt everyday word.
_LONG_ENOUGH_FOR_TYPOS = 6


@dataclass(frozen=True)
class Spelling:
    """One pattern. `reason` is what a person reads; `alone` marks a single word, which may be part of a clinical
    term.
    """

    pattern: re.Pattern[str]
    reason: str
    alone: bool = False


def spellings(identity: Identity, data: PrivacyData) -> Iterator[Spelling]:
    """All spellings of all values of an identity."""
    for value in identity.values:
        value = seen(value)[0]
        if not value.strip():
            continue
        if identity.kind is IdentityKind.PERSON:
            yield from _person(parse_name(value), data)
        elif identity.kind is IdentityKind.ORGANISATION:
            yield from _organisation(value, data)
        elif identity.kind is IdentityKind.ADDRESS:
            yield from _address(value, data)
        elif identity.kind is IdentityKind.PHONE:
            yield from _phone(value)
        elif identity.kind is IdentityKind.DATE_OF_BIRTH:
            yield from _birth_date(value)
        elif identity.kind is IdentityKind.EMAIL:
            yield Spelling(re.compile(re.escape(fold(value.strip())), re.IGNORECASE), "known e-mail address")
        else:
            yield from _number(value)


def typo_targets(identity: Identity, data: PrivacyData) -> tuple[str, ...]:
    """Names long and rare enough that a capitalised word one letter away from them is taken for them."""
    if identity.kind is not IdentityKind.PERSON:
        return ()
    words = (word for value in identity.values for word in _parts(parse_name(value)))
    return tuple(
        {w.casefold() for w in words if len(w) >= _LONG_ENOUGH_FOR_TYPOS and w.casefold() not in data.everyday}
    )


def _parts(name: PersonName) -> list[str]:
    """Each word of a name that may stand alone: "Garcia-Lopez" also as its halves; particles and initials do not."""
    words = [w for w in (*name.first, *name.last) if len(w) > 2]
    halves = [half for w in words if "-" in w for half in w.split("-") if len(half) > 3]
    return [w for w in (*words, *halves) if w.casefold() not in {"del", "las", "los", "van", "von", "der", "den"}]


def word_pattern(word: str) -> str:
    """A word of a name; it may be split at a line end ("Villa-" / "senor"), its apostrophe or hyphen may be
    missing or a space.
    """
    letters = [r"['\s]?" if sign == "'" else r"[-\s]{0,2}" if sign == "-" else re.escape(sign) for sign in fold(word)]
    return r"(?:-[ \t]*\n\s*)?".join(letters)


def _sequence(words: tuple[str, ...] | list[str]) -> str:
    return r"[\s.]+".join(word_pattern(word) for word in words)


def _whole(pattern: str, *, case: bool = False) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)", 0 if case else re.IGNORECASE)


def _person(name: PersonName, data: PrivacyData) -> Iterator[Spelling]:
    last = _sequence(name.last)
    if name.first:
        given = word_pattern(name.first[0])
        known = rf"{_sequence(name.first[1:])}|" if len(name.first) > 1 else ""
        middle = rf"(?:[\s.]+(?:{known}\w[\w'-]*\.?))?"
        after = rf"(?:\s+(?:{known}(?-i:[A-Z])\b\.?))?"
        yield Spelling(_whole(rf"{given}{middle}[\s.]+{last}"), "known name")
        yield Spelling(_whole(rf"{last}\s*,\s*{given}{after}"), "known name, last name first")
        letter = re.escape(name.first[0][0])
        yield Spelling(_whole(rf"{letter}\.?\s*(?:[A-Z]\.?\s*)?{last}", case=True), "initial and known last name")
        yield Spelling(_whole(rf"{last}\s*,\s*{letter}\.?(?:\s*[A-Z]\.)?"), "known last name and initial")
    known_last = "|".join([last, *(word_pattern(w) for w in _parts(PersonName((), name.last)))])
    yield Spelling(_whole(rf"(?:{_TITLES})(?:[A-Z]\.\s*)*(?:{known_last})"), "title and known last name")
    if name.first and len(name.first[0]) > 2:
        yield Spelling(_whole(rf"(?:{_TITLES}){word_pattern(name.first[0])}"), "title and known first name")
    if len(name.last) > 1:
        yield Spelling(_whole(last), "known last name")
    for word in _parts(name):
        if len(word) >= _LONG_ENOUGH_FOR_TYPOS:
            yield Spelling(_whole(_BETWEEN.join(re.escape(sign) for sign in word)), "known name, spaced out")
        if word.casefold() in data.everyday:
            continue
        capital = f"(?:{word_pattern(_capitalised(word))}|{word_pattern(word.upper())}|{word_pattern(word)})"
        yield Spelling(_whole(capital, case=True), "known name alone", alone=True)
        if len(word) >= _LONG_ENOUGH_FOR_TYPOS:
            yield Spelling(_whole(word_pattern(word)), "known name alone", alone=True)


def _capitalised(word: str) -> str:
    return re.sub(r"(^|[-'])(\w)", lambda m: m.group(1) + m.group(2).upper(), word.lower())


def _organisation(value: str, data: PrivacyData) -> Iterator[Spelling]:
    words = [w for w in re.split(r"[\s,]+", fold(value)) if w.strip(".")]
    core = [
        w for w in words if w.casefold().strip(".") not in {"inc", "llc", "llp", "ltd", "corp", "co", "pc", "lp", "the"}
    ]
    joined = _GAP.join(
        r"(?:and|&)" if w.casefold() in {"and", "&"} else word_pattern(w.strip(".")) + r"\.?" for w in core
    )
    ending = r"(?:,?\s+(?:Inc|LLC|LLP|Ltd|Corp|Co|P\.?C|L\.?P)\b\.?)?"
    yield Spelling(_whole(joined + ending), "known organisation")
    short: list[str] = []
    for word in core:
        if word.casefold().strip(".") in data.generic or word == "&":
            break
        short.append(word)
    if 2 <= len(short) < len(core):
        yield Spelling(
            _whole(_GAP.join(word_pattern(_capitalised(w)) for w in short), case=True),
            "short name of a known organisation",
        )
        yield Spelling(
            _whole(_GAP.join(word_pattern(w.upper()) for w in short), case=True), "short name of a known organisation"
        )
    elif len(short) == 1 and len(short[0]) >= _LONG_ENOUGH_FOR_TYPOS and short[0].casefold() not in data.everyday:
        yield Spelling(_whole(word_pattern(short[0]), case=True), "short name of a known organisation", alone=True)


def _address(value: str, data: PrivacyData) -> Iterator[Spelling]:
    """Street, city and ZIP code, together and each alone; a state alone stays."""
    parts = [part.strip() for part in re.split(r"[,\n]", fold(value)) if part.strip()]
    for place, part in enumerate(parts):
        tail = re.fullmatch(r"([A-Za-z]{2}|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)?\s*(\d{5})(?:-\d{4})?", part)
        if tail:
            yield Spelling(_whole(re.escape(tail.group(2)) + r"(?:-\d{4})?"), "ZIP code of a known address")
        elif re.match(r"\d", part) or place == 0:
            yield Spelling(_whole(_street(part)), "known street address")
        elif re.fullmatch(r"[A-Z]{2}|USA?|United States", part) is None:
            word = part.casefold()
            if word not in data.everyday:
                yield Spelling(
                    _whole(_GAP.join(word_pattern(w) for w in part.split())), "town of a known address", alone=True
                )


def _street(part: str) -> str:
    long_form = {short: full for full, short in _STREET.items()}
    words = []
    for word in part.split():
        plain = word.casefold().strip(".#")
        other = _STREET.get(plain) or long_form.get(plain)
        words.append(rf"(?:{re.escape(plain)}|{other})\.?" if other else word_pattern(word))
    return _GAP.join(words)


def _phone(value: str) -> Iterator[Spelling]:
    digits = re.sub(r"\D", "", value)[-10:]
    if len(digits) >= 7:
        yield Spelling(re.compile(rf"(?<!\d)(?:\+?1[\s.-]*)?\(?{_spaced(digits)}(?!\d)"), "known phone number")


def _spaced(signs: str) -> str:
    return r"[\s().\-–/]*".join(re.escape(sign) for sign in signs)


def _number(value: str) -> Iterator[Spelling]:
    signs = re.sub(r"[\W_]", "", fold(value))
    if len(signs) >= 3:
        pattern = r"[\s.\-/]?".join(re.escape(sign) for sign in signs)
        yield Spelling(_whole(pattern), "known number")


def _birth_date(value: str) -> Iterator[Spelling]:
    day = _day(value)
    if day is None:
        yield from _number(value)
        return
    month, short = day.strftime("%B"), day.strftime("%b")
    d, m, y = rf"0?{day.day}(?:st|nd|rd|th)?", rf"0?{day.month}", rf"(?:{day.year}|'?{day.year % 100:02d})"
    yield Spelling(_whole(rf"{m}[/.\-]{d}[/.\-]{y}"), "known date of birth")
    yield Spelling(_whole(rf"{day.year}[/.\-]{day.month:02d}[/.\-]{day.day:02d}"), "known date of birth")
    yield Spelling(_whole(rf"(?:{month}|{short}\.?)\s+{d}\s*,?\s+{day.year}"), "known date of birth")
    yield Spelling(_whole(rf"{d}\s+(?:{month}|{short}\.?)\s*,?\s+{day.year}"), "known date of birth")


def _day(value: str) -> date | None:
    for pattern in ("%Y-%m-%d", "%m/%d/%Y", "%B %d, %Y"):
        try:
            return datetime.strptime(value.strip(), pattern).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None
