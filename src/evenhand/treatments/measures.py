"""How much, how often, for how long: the numbers of a request.

Each measure is taken out of the text before the next is looked for, so that no number counts twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from evenhand.treatments.vocabulary import TreatmentWords

_UP_TO_TWENTY = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_NUMBERS = dict(zip(_UP_TO_TWENTY, range(1, 21), strict=True)) | {"thirty": 30, "sixty": 60, "ninety": 90}
_NUM = rf"(?:\d+(?:\.\d+)?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_RANGE = rf"{_NUM}(?:\s*(?:-|to|or)\s*{_NUM})?"
_PERIOD = r"(?:day|week|wk|month|year)"

_DATE = re.compile(r"\b(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2}))\b")
_SERVICE_DATE = re.compile(r"(?:\bDOS\b|dates?\s+of\s+service)", re.I)
_STRENGTH = r"\d+(?:\.\d+)?\s?(?:mg|mcg|iu|meq|%)"
_DOSE = re.compile(
    rf"\b(?:\d+(?:\.\d+)?\s?(?:mg|mcg)?\s?[/-]\s?)?{_STRENGTH}(?:\s?/\s?(?:\d+\s?)?(?:ml|hr|h)\b)?", re.I
)
_REFILLS = re.compile(
    rf"\brefills?\s*(?:x|:|times|of|#)?\s*(?P<after>\d+)\b|\b(?P<before>{_NUM}|no|zero)\s*(?:\(\d+\)\s*)?refills?\b",
    re.I,
)
_FREQUENCIES = (
    rf"\b{_RANGE}\s*(?:times|time|x|visits?|sessions?|hours?|hrs?|tablets?|tabs?|capsules?)?\s*(?:an?|per|each|every|/)\s*{_PERIOD}s?\b",
    rf"\b(?:once|twice|thrice)\s*(?:an?|per|each)?\s*(?:daily|weekly|monthly|{_PERIOD})\b",
    rf"\bevery\s+{_RANGE}\s*(?:hours?|hrs?|days?|weeks?|months?)\b",
    r"\bevery\s+(?:other\s+)?(?:day|night|hour|week|month)\b",
    rf"\b{_RANGE}\s*(?:times|x)\s*(?:daily|weekly|monthly)\b",
    r"\b(?:b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|q\.?h\.?s|q\.?d|prn)\b\.?",
    r"\b(?:daily|nightly|weekly|monthly|at bedtime|as needed)\b",
)
_DURATIONS = (
    rf"\b(?:for|over|x|times)\s+(?:the\s+next\s+)?(?:a\s+total\s+of\s+)?{_RANGE}\s*-?\s*{_PERIOD}s?\b",
    rf"\b{_RANGE}\s*-?\s*{_PERIOD}s?\s+(?:supply|trial|use|rental|coverage|course)\b",
    rf"\b{_RANGE}\s*-?\s*{_PERIOD}s?\b",
)


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
    left = _Left(re.sub(rf"\b({'|'.join(_NUMBERS)})\s*\((\d+)\)", r"\2", text, flags=re.I))
    dates = tuple(day for match in left.take_all(_DATE) if (day := _day(match)) is not None)
    dose = ", ".join(re.sub(r"\s+", "", match.group()) for match in left.take_all(_DOSE)) or None
    refills = _refills(left)
    frequency = (
        ", ".join(
            _tidy(match.group()) for pattern in _FREQUENCIES for match in left.take_all(re.compile(pattern, re.I))
        )
        or None
    )
    duration = next(
        (_length(match.group()) for pattern in _DURATIONS if (match := left.take(re.compile(pattern, re.I)))), None
    )
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


def _number(word: str) -> float:
    return float(_NUMBERS.get(word.lower(), 0) or word)


def _tidy(text: str) -> str:
    """`2x/week`, `2 times per week` and `two times a week` are one frequency: `2 times a week`."""
    words = re.sub(rf"\b({'|'.join(_NUMBERS)})\b", lambda m: str(_NUMBERS[m.group().lower()]), text.strip().lower())
    words = re.sub(r"(?<=\d)\s*x\s*(?=/|per|a\b|an\b|each|every|daily|weekly|monthly|\s)", " times ", words)
    words = re.sub(r"\s*/\s*|\s+(?:per|each|every|an)\s+(?=(?:day|week|wk|month|year))", " a ", words)
    words = re.sub(r"\bwk\b", "week", words)
    return re.sub(r"\s+", " ", words).strip(" .")


def _length(text: str) -> str:
    words = re.sub(r"^(?:for|over|x|times)\s+(?:the\s+next\s+)?(?:a\s+total\s+of\s+)?", "", _tidy(text))
    words = (
        re.sub(r"\s+(?:supply|trial|use|rental|coverage|course)$", "", words)
        .replace("-week", " week")
        .replace("-day", " day")
    )
    number = re.match(r"(\d+)", words)
    plural = number is not None and number.group(1) != "1"
    return re.sub(r"\b(day|week|month|year)s?$", r"\1s" if plural else r"\1", words)


def _refills(left: _Left) -> int | None:
    match = left.take(_REFILLS)
    if match is None:
        return None
    word = (match["after"] or match["before"]).lower()
    return 0 if word in {"no", "zero"} else int(_number(word))


def _day(match: re.Match[str]) -> date | None:
    iso_year, iso_month, iso_day, month, day, year = match.groups()
    try:
        if iso_year:
            return date(int(iso_year), int(iso_month), int(iso_day))
        return date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
    except ValueError:
        return None


def _quantity(left: _Left, words: TreatmentWords) -> tuple[float | None, str | None]:
    """The quantity and what it counts; the more plainly marked stands first."""
    names = {name: unit for unit, listed in words.units.items() for name in listed}
    unit = rf"(?P<unit>{'|'.join(sorted(names, key=len, reverse=True))})\b"
    for pattern in (
        rf"#\s?(?P<number>\d+(?:\.\d+)?)(?:\s*{unit})?",
        rf"\b(?:qty|quantity|count)\b[\s.:#]*(?P<number>\d+(?:\.\d+)?)(?:\s*{unit})?",
        rf"\b(?P<number>{_NUM})\s+(?:[a-z-]+\s+){{0,4}}?(?P<unit>visits?|sessions?|treatments|injections?|units?|boxe?s?|patches|tubes?|pairs?)\b",
        rf"(?<![\w.])(?P<number>{_NUM})\s*{unit}",
        rf"\b{unit}\s*[,:x]\s*(?:quantity\s*)?(?P<number>\d+)\b",
        r"\bx\s?(?P<number>\d+)\b",
        r",\s*(?P<number>\d+)\s*$",
    ):
        match = left.take(re.compile(pattern, re.I))
        if match:
            found = match.groupdict().get("unit")
            return _number(match["number"]), names.get(found.lower()) if found else _mentioned(left.text, names)
    return None, None


def _mentioned(text: str, names: dict[str, str]) -> str | None:
    """`Acupuncture sessions lumbar spine #6` counts sessions: the only countable unit elsewhere in the text."""
    countable = {
        unit
        for name, unit in names.items()
        if unit not in {"hour", "day", "month"} and re.search(rf"\b{name}\b", text, re.I)
    }
    return countable.pop() if len(countable) == 1 else None
