"""The days, months and years that prose names, with their places; those that no calendar has, too."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = (
    r"(?P<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)"
)
# A date may follow another behind a hyphen ("10/01/2016-11/10/2016"); a spinal level, a ratio or a section number is none.
_ALONE = r"(?:(?<![\w/.\-])|(?<=\d{4}-))"
_OVER = r"(?![\w%]|[/.]\d|-\d(?!\d?[/-]\d))"
# "At 12-18-24 months": three numbers, no date.
_COUNTED = r"(?!\s*(?:months|weeks|days|hours|years|visits|sessions|repetitions|degrees|mg)\b)"
_ORDINAL = r"(?:st|nd|rd|th)?"
_NAMED = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_ALONE}(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_OVER}",
        rf"{_ALONE}(?P<month>\d{{1,2}})\s?/\s?(?P<day>\d{{1,2}})\s?/\s?(?P<year>\d{{2,5}}){_OVER}{_COUNTED}",
        rf"{_ALONE}(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})-(?P<year>\d{{4}}|\d\d){_OVER}{_COUNTED}",
        rf"{_ALONE}(?P<month>\d{{1,2}})\.(?P<day>\d{{1,2}})\.(?P<year>(?:19|20)\d\d){_OVER}",
        rf"\b{_NAME}\.?\s+(?P<day>\d{{1,2}}){_ORDINAL}\s*,?\s+(?P<year>\d{{4,5}})\b",
        rf"\b(?P<day>\d{{1,2}}){_ORDINAL}\s+(?:of\s+)?{_NAME}\.?,?\s+(?P<year>\d{{4,5}})\b",
        rf"\b{_NAME}\.?,?\s+(?:of\s+)?(?P<year>\d{{4,5}})\b(?!\s*(?:mg|ml|units))",
        rf"(?:\b[Oo]n|\b[Dd]ated|\b[Ss]ince)\s+{_NAME}\.?\s+(?P<day>\d{{1,2}}){_ORDINAL}\b(?!,?\s*\d|[%/])",
        rf"{_ALONE}(?P<month>0?[1-9]|1[0-2])[/-](?P<year>(?:19|20)\d\d)(?![\w/%]|-\d)",
        r"\b(?:[Ii]n|[Ss]ince|[Yy]ear|[Uu]ntil|[Oo]f|[Ff]rom)\s+(?P<year>(?:19|20)\d\d)(?![\w/%.-]\d|\d|,\d)\b",
        r"\b(?:[Ii]n|[Ss]ince|[Yy]ear)\s+(?P<year>(?:10|11|21|22|30)\d\d)(?=[.,;)]?\s*$|[.;)]\s|,\s\D)",
    )
)
# Two figures for the year and a day that does not exist: with hyphens a date only where a word before it, or a bracket, says so.
_SAYS_DATE = re.compile(
    r"(?:\b(?:on|dated?|since|received|performed|DOS|DOI|from|service|review|notes?|reports?|visits?|exam\w*)(?:\s+(?:of|is|was))?[:\s]+\(?|\()$",
    re.IGNORECASE,
)
# Such a year lies near the letter's; "30/60/90" is no date.
_NEAR_YEARS = range(-20, 2)


@dataclass(frozen=True)
class Moment:
    """A day, a month or a year that a text names, and where. Absent parts are `None`."""

    start: int
    end: int
    text: str
    year: int | None
    month: int | None
    day: int | None

    @property
    def impossible(self) -> str | None:
        """Why no calendar has it, in words; `None` where one does."""
        if self.year is not None and not 1000 <= self.year <= 9999:
            return f"the year {self.year} has not four figures"
        if self.month is not None and not 1 <= self.month <= 12:
            return f"there is no month {self.month}"
        if self.day is not None and self.month is not None:
            last = monthrange(self.year or 2000, self.month)[1]
            if not 1 <= self.day <= last:
                return f"the month has {last} days"
        return None

    @property
    def first(self) -> date | None:
        """The first day it can mean."""
        if self.impossible or self.year is None:
            return None
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date | None:
        """The last day it can mean."""
        first = self.first
        if first is None or self.day is not None:
            return first
        month = self.month or 12
        return date(first.year, month, monthrange(first.year, month)[1])

    @property
    def exact(self) -> bool:
        """Whether it names a day."""
        return self.day is not None

    def means(self, day: date) -> bool:
        """Whether it can mean that day."""
        return self.first is not None and self.last is not None and self.first <= day <= self.last


@lru_cache(maxsize=1024)
def moments(text: str, year: int) -> tuple[Moment, ...]:
    """The moments of a text in their order. `year` is the letter's: a year of two figures lies at most ten years after it."""
    found: list[Moment] = []
    named = _NAMED.search(text) is not None
    for pattern in _PATTERNS:
        for match in pattern.finditer(text) if named or "name" not in pattern.groupindex else ():
            moment = _moment(match, text, year)
            if moment and not any(moment.start < other.end and other.start < moment.end for other in found):
                found.append(moment)
    return tuple(sorted(found, key=lambda moment: moment.start))


def _moment(match: re.Match[str], text: str, letter_year: int) -> Moment | None:
    held = match.groupdict()
    end = match.end()
    start = min(match.start(k) for k, value in held.items() if value)
    month = _NAMES.index(held["name"][:3].lower()) + 1 if held.get("name") else _number(held.get("month"))
    written = held.get("year")
    year = _number(written)
    if year is not None and len(written or "") == 2:
        year += 2000 if year <= letter_year % 100 + 10 else 1900
    moment = Moment(start, end, text[start:end], year, month, _number(held.get("day")))
    if moment.impossible is None:
        return moment
    if held.get("year") is None:
        return None if held["name"].lower() == "may" else moment
    if len(written or "") > 2 or held.get("name"):
        return moment
    near = year is not None and year - letter_year in _NEAR_YEARS
    slashes = "/" in moment.text or _SAYS_DATE.search(text[max(0, start - 25) : start]) is not None
    return moment if near and slashes else None


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def years_before(day: date, years: int) -> date:
    """The day so many years before another; of 29 February the first of March."""
    year = max(1, day.year - years)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def days_between(first: date, last: date) -> int:
    """The days from one day to another."""
    return (last - first) // timedelta(days=1)


def within(found: tuple[Moment, ...], start: int, end: int) -> Iterator[Moment]:
    """The moments that stand between two places."""
    return (moment for moment in found if start <= moment.start and moment.end <= end)
