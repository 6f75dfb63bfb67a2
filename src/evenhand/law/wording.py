"""The arithmetic of a time limit in words, a sentence a step.

A screening of a hundred thousand applications counts as many deadlines and shows few of them, so the sentences are put
together when somebody reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from itertools import islice
from typing import overload

from evenhand.law.calendars import Calendar
from evenhand.law.facts import Means
from evenhand.law.schema import Cited, Grant, Period, Rule, RuleVersion, Unit

DAY = timedelta(days=1)
UNITS = {
    Unit.CALENDAR_DAYS: ("calendar day", "calendar days"),
    Unit.BUSINESS_DAYS: ("business day", "business days"),
    Unit.HOURS: ("hour", "hours"),
    Unit.MONTHS: ("month", "months"),
}
SERVED = {Means.MAIL: "by mail", Means.FAX: "by fax", Means.ELECTRONIC: "electronically", Means.PERSONAL: "in person"}

Step = partial[str]


class Steps(Sequence[str]):
    """Sentences that are put together on first reading, each by one of the functions below."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps

    @cached_property
    def _said(self) -> tuple[str, ...]:
        return tuple(step() for step in self._steps)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        return self._said[index]

    def __len__(self) -> int:
        return len(self._steps)

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __eq__(self, other: object) -> bool:
        return self._said == tuple(other) if isinstance(other, Steps | tuple | list) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._said)

    def __repr__(self) -> str:
        return repr(self._said)


def starts(day: date, rule: Rule, first_day: Cited) -> str:
    """What starts the clock, on a day that is not counted."""
    return f"{day_words(day)}: {rule.starts}. {first_day.text}"


def starts_at(instant: datetime, rule: Rule) -> str:
    """What starts a clock that counts hours."""
    return f"{_instant(instant)}: {rule.starts}."


def governed(on: date, rule: Rule) -> str:
    """Under which law it is computed, where the caller named the date."""
    return f"By the law of {on}; what governs this time limit is {rule.governed_by}."


def hours(period: Period, end: datetime) -> str:
    """A period by the clock was added."""
    return f"Add {length(period)} by the clock, weekends and holidays included: {_instant(end)}."


def added(period: Period, end: date) -> str:
    """A period of days or months was added, or gone back."""
    verb = "Go back" if period.back else "Add"
    return f"{verb} {length(period)}{_because(period)}: {day_words(end)}."


def counted(period: Period, start: date, end: date, calendar: Calendar) -> str:
    """Business days were counted one by one, and which days were passed over."""
    days = ", ".join(day_words(day) for day in islice(calendar.business_days_after(start), period.count))
    between = (start + n * DAY for n in range(1, (end - start).days))
    skipped = [
        f"{day_words(day)} ({why})" if why not in f"{day:%A}" else day_words(day)
        for day in between
        if (why := calendar.why_closed(day))
    ]
    passed = f" Not counted: {', '.join(skipped)}." if skipped else ""
    return f"Count {length(period)}{_because(period)}: {days}.{passed}"


def never_extended(means: Means, version: RuleVersion) -> str:
    """The time limit has no extension for service."""
    why = version.no_extension or "This time limit has no extension for service."
    return f"Nothing is added for service {SERVED[means]}: {why}"


def not_extended(means: Means) -> str:
    """The extension for this means of service is none."""
    return f"Served {SERVED[means]}: nothing is added."


def extended(means: Means, region: str, period: Period, end: date, grant: Grant) -> str:
    """The extension for service was added."""
    return f"Served {SERVED[means]} at an address {region}: add {length(period)}: {day_words(end)} ({grant.citation})."


def rolled(target: date, last: date, calendar: Calendar, rolling: Cited) -> str:
    """The last day moved to a business day, and why."""
    days = (target + n * DAY for n in range((last - target).days))
    closed = "; ".join(f"{day_words(day)}: {calendar.why_closed(day)}" for day in days)
    mark = "" if rolling.confidence.verified else "; unverified"
    return f"No business day ({closed}). {rolling.text} ({rolling.citation}{mark}): {day_words(last)}."


def last_day(last: date, rule: Rule, *, back: bool) -> str:
    """The result, and what must have happened by then."""
    return f"{'First' if back else 'Last'} day: {day_words(last)}. {rule.last_day}"


def nobody_knows(version: RuleVersion) -> str:
    """There is no length, only a question."""
    return (
        f"How long the time is, from {version.valid_from} on, is not known, so no last day is given: {version.unknown}"
    )


def reading(period: Period, last: date) -> str:
    """One of the readings that are possible."""
    return f"If {length(period)} are added{_because(period)}, the last day is {day_words(last)}."


def not_settled(means: Means, region: str, grant: Grant) -> str:
    """That it is open which reading holds."""
    return f"Which of these holds for service {SERVED[means]} at an address {region} is not settled: {grant.unknown}"


def whichever_holds(earliest: date, latest: date) -> str:
    """What is in time and what is late under every reading."""
    return (
        f"Whichever holds, {day_words(earliest)} is in time (the earliest safe last day) and what comes after "
        f"{day_words(latest)} is late."
    )


def holidays_unlisted(calendar: Calendar, latest: date, later: date, question: str) -> str:
    """Holidays whose date nobody has listed may make the last day later."""
    return (
        f"The list {calendar.name} does not tell every holiday of {later.year}. Without those that it does not tell, "
        f"the last day is {day_words(latest)}; with them it is not after {day_words(later)}: {question}"
    )


def length(period: Period) -> str:
    """A period in words."""
    one, many = UNITS[period.unit]
    return f"{period.count} {one if period.count == 1 else many}"


def day_words(day: date) -> str:
    """A day with its weekday."""
    return f"{day:%A} {day.isoformat()}"


def _because(period: Period) -> str:
    return f" ({period.because})" if period.because else ""


def _instant(instant: datetime) -> str:
    return f"{instant:%A} {instant:%Y-%m-%d %H:%M} ({instant:%Z})"
