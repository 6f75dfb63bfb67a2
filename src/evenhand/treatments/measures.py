"""How much, how often, for how long: the numbers of a request.

Each measure is taken out of the text before the next is looked for, so that no number counts twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from evenhand.treatments.frequency import read_frequency
from evenhand.treatments.numbers import NUM, RANGE, digits, number, said_once
from evenhand.treatments.vocabulary import TreatmentWords

_PERIOD = r"(?:days?|weeks?|wks?|months?|mos?|years?|yrs?)"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_DATE = re.compile(
    r"\b(?:(?P<iso>\d{4}-\d{2}-\d{2})|(?P<month>\d{1,2})[/-](?P<day>\d{1,2})[/-](?P<year>\d{4}|\d{2})"
    rf"|(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?\s+(?P<of>\d{{1,2}}),?\s+(?P<in>\d{{4}}))\b",
    re.I,
)
_SERVICE_DATE = re.compile(
    r"(?:\bDOS\b|dates?\s+of\s+service|\bdispensed\b|\bprovided\s+on\b|\bperformed\s+on\b)", re.I
)
_STRENGTH = r"\d+(?:,\d{3})*(?:\.\d+)?\s?(?:mg|mcg|milligrams?|micrograms?|iu|meq|%)"
_DOSE = re.compile(
    rf"(?<![\w.])(?:\d+(?:\.\d+)?\s?(?:mg|mcg)?\s?[/-]\s?){{0,3}}{_STRENGTH}(?:\s?/\s?(?:\d+(?:\.\d+)?\s?)?(?:ml|hour|hr|h)\b)?",
    re.I,
)
_REFILLS = re.compile(
    rf"\b(?:refills?|RF)\s*(?:x|:|times|of|#)?\s*(?P<after>\d+)\b|\b(?P<before>{NUM}|no|zero)\s*(?:additional\s+)?refills?\b(?!\s*[:x#]\s*\d)",
    re.I,
)
# "Follow-up in 6 weeks" says when, not for how long.
_DURATION = re.compile(
    rf"(?<!\bin )(?<!within )(?<!after )(?<![\w./#-])(?:(?:for|over|x|times|of)\s*(?:the\s+next\s+)?(?:a\s+total\s+of\s+)?)?"
    rf"(?P<length>{RANGE})\s*-?\s*(?P<period>{_PERIOD})\b(?!\s*(?:post|after|follow|supply\s*:))",
    re.I,
)
_WHEN = re.compile(rf"\b(?:in|within|after)\s+{RANGE}\s*-?\s*{_PERIOD}\b", re.I)
_DAYS_SUPPLIED = re.compile(r"\bdays?\s+supply\s*:?\s*(?P<length>\d+)\b", re.I)
_PERIODS = {"wk": "week", "mo": "month", "yr": "year"}


@dataclass(frozen=True, kw_only=True)
class Measures:
    """The numbers of one request."""

    quantity: float | None
    unit: str | None
    dose: str | None
    frequency: str | None
    duration: str | None
    refills: int | None
    dates: tuple[date, ...]
    dates_are_of_service: bool


def read_measures(text: str, words: TreatmentWords) -> Measures:
    """Reads the numbers of `text`, whose spinal levels were taken out."""
    numbered = rf"\b({'|'.join(words.numbered)})\s*#\s?\d\b"
    left = _Left(re.sub(numbered, r"\1", said_once(text), flags=re.I))
    dates = tuple(day for match in left.take_all(_DATE) if (day := _day(match)) is not None)
    dose = ", ".join(_strength(match.group()) for match in left.take_all(_DOSE)) or None
    refills = _refills(left)
    frequency, left.text = read_frequency(left.text)
    if supplied := left.take(_DAYS_SUPPLIED):
        duration: str | None = _length(supplied["length"], "day")
    else:
        duration = _length(match["length"], match["period"]) if (match := left.take(_DURATION)) else None
    left.take_all(_WHEN)
    quantity, unit = _quantity(left, words)
    return Measures(
        quantity=quantity,
        unit=unit,
        dose=dose,
        frequency=frequency,
        duration=duration,
        refills=refills,
        dates=dates,
        dates_are_of_service=_SERVICE_DATE.search(text) is not None,
    )


class _Left:
    """The text that no measure has taken yet."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.search(self.text)
        if match:
            self.text = f"{self.text[: match.start()]} ; {self.text[match.end() :]}"
        return match

    def take_all(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        matches = list(pattern.finditer(self.text))
        self.text = pattern.sub(" ; ", self.text)
        return matches


def _strength(text: str) -> str:
    words = re.sub(r"\s+|,", "", text.lower())
    return re.sub(
        r"hour|hr|h$", "hr", words.replace("milligrams", "mg").replace("milligram", "mg").replace("micrograms", "mcg")
    )


def _length(length: str, period: str) -> str:
    length, period = digits(length), period.lower().removesuffix("s")
    period = _PERIODS.get(period, period)
    return f"{length} {period}" if length == "1" else f"{length} {period}s"


def _refills(left: _Left) -> int | None:
    match = left.take(_REFILLS)
    if match is None:
        return None
    word = (match["after"] or match["before"]).lower()
    return 0 if word in {"no", "zero"} else int(number(word))


def _day(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["name"]:
            return date(int(match["in"]), _MONTHS.index(match["name"].lower()) + 1, int(match["of"]))
        year = match["year"]
        return date(int(year) if len(year) == 4 else 2000 + int(year), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _quantity(left: _Left, words: TreatmentWords) -> tuple[float | None, str | None]:
    """The quantity and what it counts; the more plainly marked stands first."""
    names = {name: unit for unit, listed in words.units.items() for name in listed}
    unit = rf"(?P<unit>{'|'.join(sorted(names, key=len, reverse=True))})\b"
    for pattern in (
        rf"#\s?(?P<number>\d+(?:\.\d+)?)(?:\s*{unit})?",
        rf"\b(?:qty|quantity|count)\b[\s.:#]*(?P<number>\d+(?:\.\d+)?)(?:\s*{unit})?",
        rf"(?<![\w.-])(?P<number>{NUM})\s+(?:[a-z-]+\s+){{0,4}}?(?P<unit>visits?|sessions?|treatments|injections?|units?|boxe?s?|patches|tubes?|pairs?)\b",
        rf"(?<![\w.-])(?P<number>{NUM})\s*{unit}",
        rf"\b{unit}\s*[,:x]\s*(?:quantity\s*)?(?P<number>\d+)\b",
        rf"\b(?P<number>{NUM})\s*(?:count|ct)\b(?!\s*(?:scan|myelogram))",
        # "2 x 6" does not say what it counts.
        r"(?<![\d.])(?<![\d.] )\bx\s?(?P<number>\d+)\b",
        rf",\s*(?P<number>{NUM})\s*$",
    ):
        match = left.take(re.compile(pattern, re.I))
        if match:
            found = match.groupdict().get("unit")
            return number(match["number"]), names.get(found.lower()) if found else _mentioned(left.text, names)
    return None, None


def _mentioned(text: str, names: dict[str, str]) -> str | None:
    """`Acupuncture sessions lumbar spine #6` counts sessions: the only countable unit elsewhere in the text."""
    # A "TENS unit" counts no units.
    countable = {
        unit
        for name, unit in names.items()
        if unit not in {"hour", "day", "month"} and name != "unit" and re.search(rf"\b{name}\b", text, re.I)
    }
    return countable.pop() if len(countable) == 1 else None
