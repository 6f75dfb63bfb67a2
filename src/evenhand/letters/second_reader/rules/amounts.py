"""Numbers of a treatment in prose, with their places: quantities, strengths, frequencies, durations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from evenhand.letters.second_reader.rules.mentions import drugs, levels
from evenhand.treatments.frequency import read_frequency
from evenhand.treatments.numbers import NUM, RANGE, number
from evenhand.treatments.vocabulary import treatment_words

_DATE = re.compile(r"\b\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?\b(?=[\s,.;)]|$)|\b(?:19|20)\d\d\b")
# Two strengths of a combination stand with a stroke between them, or a space ("7.5 325 mg").
_STRENGTH = re.compile(
    r"(?<![\w.#])(?P<numbers>\d+(?:,\d{3})*(?:\.\d+)?(?:(?:\s?(?:mg|mcg)?\s?[/-]\s?|\s(?=3\d\d\s?mg))\d+(?:\.\d+)?){0,3})\s?(?P<unit>mg|mcg|milligrams?|micrograms?|iu|meq|%)"
    r"(?P<hour>\s?/\s?(?:\d+\s?)?(?:ml|hour|hr|h)\b)?",
    re.I,
)
# "Norco 10/325" is told without a unit.
_BARE_STRENGTH = re.compile(r"\)?\s*\(?\s*(?P<numbers>\d+(?:\.\d+)?\s?[/-]\s?\d{3})\b(?![/-]\d)")
# The parts of a combination, or a brand and its drug: "hydrocodone-acetaminophen", "Norco (hydrocodone)".
_JOINED = re.compile(r"\s*[-/(]\s*")
_PERIOD = r"(?:days?|weeks?|wks?|months?|years?|yrs?)"
_DURATION = re.compile(rf"(?<![\w./#-])(?P<length>{RANGE})\s*-?\s*(?P<period>{_PERIOD})\b", re.I)
_NO_DURATION = re.compile(r"(?:\bin|within|after|every|each|per|past|last|of age|old)\s*$", re.I)
_DAYS = {"day": 1.0, "week": 7.0, "wk": 7.0, "month": 30.0, "year": 365.0, "yr": 365.0}
_SAID_TWICE = re.compile(rf"\b(?:{NUM})(?=\s*\(\d+\))", re.I)
_DAILY_LIFE = re.compile(r"\bdaily\s+(?:living|life|activit|routine|basis)", re.I)
_TIMES = re.compile(rf"\b(?P<one>{NUM})\s*(?:x|times)\s*(?P<two>{NUM})\b(?!\s*(?:mg|ml|per|a\s))", re.I)
_REFILLS = re.compile(
    rf"\b(?P<before>{NUM})\s*(?:\(\d+\)\s*)?(?:additional\s+)?refills?\b|\brefills?\s*(?:x|:|of|#)?\s*(?P<after>\d+)",
    re.I,
)
# Units by what they count; what one group counts is not compared with another's.
_GROUPS = {"visit": "visit", "session": "visit", "injection": "injection", "hour": "hour", "gram": "gram"}
_NOT_COUNTED = frozenset({"day", "month", "millilitre", "unit"})


@dataclass(frozen=True)
class Amount:
    """How many, of what (`visit`, `injection`, `piece`; None where it is not said), and where."""

    value: float
    unit: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Strength:
    """A drug's strength: its numbers, its unit, where it stands."""

    numbers: tuple[float, ...]
    unit: str
    start: int
    end: int

    def fits(self, other: Strength) -> bool:
        """Whether both may be the same: one tells all numbers of the other, in one unit."""
        if self.unit != other.unit:
            return {self.unit, other.unit} != {"mg", "%"} and "%" in {self.unit, other.unit}
        short, long = sorted((self.numbers, other.numbers), key=len)
        return set(short) <= set(long) and (len(short) == len(long) or short[0] == long[0] or len(short) > 1)


@dataclass(frozen=True)
class Rate:
    """How often: `what` times a day (`time`, `hour`, `tablet`), from least to most."""

    what: str
    least: float
    most: float

    def fits(self, other: Rate) -> bool:
        """Whether both may be the same; what differs in kind is not compared."""
        return self.what != other.what or (self.least <= other.most * 1.1 and other.least <= self.most * 1.1)


@lru_cache(maxsize=4096)
def amounts(text: str, programme: str) -> tuple[Amount, ...]:
    """The quantities of a phrase: not its dates, levels, strengths, frequencies, durations and refills."""
    left = _blanked(text, programme)
    found: dict[int, Amount] = {}
    names = _units(programme)
    for pattern in _patterns(programme):
        for match in pattern.finditer(left):
            start, end = match.span("number")
            if start not in found:
                unit = match.groupdict().get("unit")
                found[start] = Amount(number(match["number"]), names[unit.lower()] if unit else None, start, end)
    return tuple(found[start] for start in sorted(found))


def _blanked(text: str, programme: str) -> str:
    """The text, of the same length, without the numbers that are no quantities."""
    taken = [(level.start, level.end) for level in levels(text, programme)]
    taken += [match.span() for pattern in (_SAID_TWICE, _STRENGTH, _DATE, _REFILLS) for match in pattern.finditer(text)]
    left = read_frequency(_without(text, taken))[1]
    return _without(left, [match.span() for match in _DURATION.finditer(left)])


def _without(text: str, taken: Iterable[tuple[int, int]]) -> str:
    signs = list(text)
    for start, end in taken:
        signs[start:end] = [";"] * (end - start)
    return "".join(signs)


@cache
def _units(programme: str) -> dict[str, str]:
    listed = treatment_words(programme).units
    return {
        name: _GROUPS.get(unit, "piece") for unit, names in listed.items() if unit not in _NOT_COUNTED for name in names
    }


@cache
def _patterns(programme: str) -> tuple[re.Pattern[str], ...]:
    unit = rf"(?P<unit>{'|'.join(sorted(_units(programme), key=len, reverse=True))})\b"
    return tuple(
        re.compile(pattern, re.I)
        for pattern in (
            rf"#\s?(?P<number>\d+(?:\.\d+)?)(?:\s*{unit})?",
            rf"\b(?:qty|quantity|count)\b(?:\s+of)?[\s.:#]*(?P<number>\d+(?:\.\d+)?)(?:\s*{unit})?",
            rf"(?<![\w.-])(?P<number>{NUM})\)?\s+(?:[a-z-]+\s+){{0,4}}?{unit}",
            rf"(?<![\w.-])(?P<number>{NUM})\)?[\s-]*{unit}",
            rf"\b{unit}\s*[,:x(]\s*(?:quantity\s*)?(?P<number>\d+)\b",
            r"(?<![\d.])(?<![\d.] )\bx\s?(?P<number>\d+)\b",
            rf"(?<![\w.-])(?P<number>{NUM})\s+in\s+number\b",
            rf",\s*(?P<number>{NUM})\s*$",
        )
    )


@lru_cache(maxsize=4096)
def requested_amounts(text: str, programme: str) -> frozenset[float]:
    """Every number that a request's words may rightly be told by: what is counted, times a week for so many weeks, with refills."""
    counted = {amount.value for amount in amounts(text, programme)}
    counted |= {number(m["one"]) * number(m["two"]) for m in _TIMES.finditer(text)}
    counted |= {
        float(round(rate.most * days))
        for rate in rates(text)
        for _, days, _, _ in durations(text)
        if rate.what == "time"
    }
    for match in _REFILLS.finditer(text):
        fills = number(match["before"] or match["after"])
        counted |= {value * times for value in set(counted) for times in (fills, fills + 1)} | {fills, fills + 1}
    return frozenset(counted)


@lru_cache(maxsize=4096)
def strengths(text: str, programme: str) -> tuple[tuple[str, Strength], ...]:
    """The drugs of a phrase with the strength that stands behind each, before the next drug."""
    named = drugs(text, programme)
    found = []
    for at, drug in enumerate(named):
        last = at
        while last + 1 < len(named) and _JOINED.fullmatch(text, named[last].end, named[last + 1].start):
            last += 1
        begin, until = named[last].end, named[last + 1].start if last + 1 < len(named) else len(text)
        match = _STRENGTH.search(text, begin, until) or _BARE_STRENGTH.match(text, begin, until)
        if match is None and (before := _STRENGTH.search(text[max(0, drug.start - 14) : drug.start])):
            match = _STRENGTH.search(text, max(0, drug.start - 14) + before.start())
        if match and not re.match(r"\s*(?:/|per|a)\s?day|\s*(?:total|of\s+morphine|med\b)", text[match.end() :], re.I):
            found.append((drug.what[0], _strength(match)))
    return tuple(found)


def _strength(match: re.Match[str]) -> Strength:
    unit = (match.groupdict().get("unit") or "mg").lower()
    values = tuple(float(part) for part in re.findall(r"\d+(?:\.\d+)?", match["numbers"].replace(",", "")))
    if unit.startswith(("mcg", "microgram")) and not match.groupdict().get("hour"):
        values, unit = tuple(value / 1000 for value in values), "mg"
    elif unit.startswith("milligram"):
        unit = "mg"
    return Strength(values, unit, match.start(), match.end())


@lru_cache(maxsize=4096)
def rates(text: str) -> tuple[Rate, ...]:
    """The frequencies of a phrase, told for a day; "as needed" is none."""
    said, _ = read_frequency(_DAILY_LIFE.sub(" ", _SAID_TWICE.sub(" ", text)).replace("(", " ").replace(")", " "))
    return tuple(_rates(said or ""))


_RATE = re.compile(
    r"(?P<least>[\d.]+)(?: (?:to|or) (?P<most>[\d.]+))? (?P<what>[a-z]+) a (?P<period>day|night|week|month|year)"
)
_EVERY = re.compile(
    r"every (?P<count>[\d.]+)?(?: (?:to|or) (?P<to>[\d.]+))? ?(?P<other>other )?(?P<period>hour|day|week|month)s?"
)
_PER_DAY = {"hour": 24.0, "day": 1.0, "night": 1.0, "week": 1 / 7, "month": 1 / 30, "year": 1 / 365}


def _rates(said: str) -> Iterator[Rate]:
    for match in _RATE.finditer(said):
        per = _PER_DAY[match["period"]]
        yield Rate(
            match["what"].removesuffix("s"), float(match["least"]) * per, float(match["most"] or match["least"]) * per
        )
    for match in _EVERY.finditer(said):
        count = float(match["count"] or (2 if match["other"] else 1))
        per = _PER_DAY[match["period"]]
        yield Rate("time", per / float(match["to"] or count), per / count)


def days_by_stroke(text: str) -> tuple[float, ...]:
    """The lengths in days that "3x6" may tell: three a week for six weeks, or the other way about."""
    return tuple(number(match[name]) * _DAYS["week"] for match in _TIMES.finditer(text) for name in ("one", "two"))


def durations(text: str) -> tuple[tuple[float, float, int, int], ...]:
    """For how long: (least, most) days and where; not "in six weeks", not an age."""
    found = []
    for match in _DURATION.finditer(text):
        if _NO_DURATION.search(text[: match.start()]) or re.match(
            r"[\s-]*(?:old|ago|of age|post|after|follow)", text[match.end() :], re.I
        ):
            continue
        counts = [number(each) for each in re.findall(NUM, match["length"], re.I)]
        days = _DAYS[match["period"].lower().removesuffix("s")]
        found.append((min(counts) * days, max(counts) * days, match.start(), match.end()))
    return tuple(found)
