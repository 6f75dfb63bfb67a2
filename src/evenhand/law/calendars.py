"""Holiday lists as data: which days are business days."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import islice

from evenhand.law.refusals import Refused
from evenhand.law.schema import Holiday, HolidayList, Weekday

DAY = timedelta(days=1)


@dataclass(frozen=True, eq=False)
class Calendar:
    """One list of holidays, by its name in the pack. Days are local days of the programme's time zone."""

    name: str
    law: HolidayList
    only_listed: bool = False
    """Whether a holiday whose date nobody has listed for a year is left out of it, and not a reason to refuse."""

    def as_listed(self) -> Calendar:
        """This list without the holidays whose date is not known yet: the earliest that a day can be a business day."""
        return _as_listed(self)

    def unlisted(self, year: int) -> tuple[Holiday, ...]:
        """The holidays of the list that are kept in `year`, but on a day that the list does not tell."""
        return _unlisted_in(self, year)

    def holidays(self, year: int) -> dict[date, str]:
        """Every holiday of the list that is kept in `year`, with its name, observed days included."""
        return _holidays(self, year)

    def why_closed(self, day: date) -> str | None:
        """The name of the holiday or weekday for which `day` is no business day; None on a business day."""
        named = self.holidays(day.year).get(day)
        if named:
            return named
        return self._weekend.get(day.weekday())

    @cached_property
    def _weekend(self) -> dict[int, str]:
        """The weekend's days by their number."""
        return {weekday.number: weekday.title() for weekday in self.law.weekend}

    def is_business_day(self, day: date) -> bool:
        """Whether `day` is neither a weekend day nor a holiday of this list."""
        return self.why_closed(day) is None

    def on_or_after(self, day: date) -> date:
        """The first business day that is not before `day`."""
        while not self.is_business_day(day):
            day += DAY
        return day

    def business_days_after(self, day: date) -> Iterator[date]:
        """The business days after `day`, one by one."""
        while True:
            day = self.on_or_after(day + DAY)
            yield day

    def no_later_than(self, first: date, last: date) -> tuple[date, tuple[Holiday, ...]]:
        """How late a count over the days `first` to `last`, made `as_listed`, can end with the holidays that are not
        listed, and which they are: each of them could be one of the days that were counted."""
        end = last
        while True:
            years = range(first.year, end.year + 1)
            unlisted = tuple(holiday for year in years for holiday in self.unlisted(year))
            later = next(islice(self.business_days_after(last), len(unlisted) - 1, None)) if unlisted else last
            if later.year == end.year:
                return later, unlisted
            end = later  # moved into another year, whose holidays may move it further


@cache
def _as_listed(calendar: Calendar) -> Calendar:
    return replace(calendar, only_listed=True)


@cache
def _unlisted_in(calendar: Calendar, year: int) -> tuple[Holiday, ...]:
    return tuple(holiday for holiday in calendar.law.holidays if _unlisted(holiday, year))


@cache
def _holidays(calendar: Calendar, year: int) -> dict[date, str]:
    kept: dict[date, str] = {}
    for holiday in calendar.law.holidays:
        # The observed day of a neighbouring year's holiday can fall into this one (1 January on a Saturday).
        for candidate in (year - 1, year, year + 1):
            actual = _day_in(holiday, candidate, strict=candidate == year and not calendar.only_listed)
            if actual is None:
                continue
            for day, name in _observed(holiday, actual):
                if day.year == year:
                    kept[day] = f"{kept[day]} and {name}" if day in kept else name
    return kept


def _day_in(holiday: Holiday, year: int, *, strict: bool) -> date | None:
    day = _listed(holiday, year, strict=strict) if holiday.dates else _by_rule(holiday, year)
    if day is None or day < holiday.valid_from or (holiday.valid_to is not None and day > holiday.valid_to):
        return None
    return day


def _unlisted(holiday: Holiday, year: int) -> bool:
    ended = holiday.valid_to is not None and year > holiday.valid_to.year
    return bool(holiday.dates) and not ended and year > max(holiday.dates).year


def _listed(holiday: Holiday, year: int, *, strict: bool) -> date | None:
    if strict and _unlisted(holiday, year):
        raise Refused(
            f"The pack lists the dates of {holiday.name} only to {max(holiday.dates).year}, so it cannot say which "
            f"days of {year} are business days: {holiday.unknown} Add the year's date to the calendar's file, or choose "
            "another calendar."
        )
    return next((day for day in holiday.dates if day.year == year), None)


def _by_rule(holiday: Holiday, year: int) -> date:
    assert holiday.month is not None
    if holiday.day is not None:
        return date(year, holiday.month, holiday.day)
    assert holiday.weekday is not None and holiday.nth is not None
    if holiday.nth > 0:
        first = date(year, holiday.month, 1)
        day = first + timedelta(days=(holiday.weekday.number - first.weekday()) % 7 + 7 * (holiday.nth - 1))
    else:
        last = date(year, holiday.month, months.monthrange(year, holiday.month)[1])
        day = last - timedelta(days=(last.weekday() - holiday.weekday.number) % 7)
    return day + timedelta(days=holiday.days_after)


def _observed(holiday: Holiday, actual: date) -> Iterator[tuple[date, str]]:
    yield actual, holiday.name
    kept_on = holiday.observed.get(list(Weekday)[actual.weekday()])
    if kept_on is None:
        return
    ahead = (kept_on.number - actual.weekday()) % 7
    # The nearer way round: Sunday to Monday goes forward, Saturday to Friday back.
    yield actual + timedelta(days=ahead if ahead <= 3 else ahead - 7), f"{holiday.name} (observed)"
