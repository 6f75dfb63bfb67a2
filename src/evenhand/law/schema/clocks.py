"""The shape of time limits: periods, extensions for service, holiday lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from evenhand.law.facts import Means
from evenhand.law.schema.common import Confidence, Version


class Unit(StrEnum):
    """What a period counts."""

    CALENDAR_DAYS = "calendar_days"
    BUSINESS_DAYS = "business_days"
    HOURS = "hours"
    MONTHS = "months"


# A longer period is a slip of the pen, and might leave the days that a computer's calendar has.
LONGEST = 10_000


class Weekday(StrEnum):
    """Days of the week, Monday first, as `date.weekday` counts them."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """0 for Monday to 6 for Sunday."""
        return list(Weekday).index(self)


@dataclass(frozen=True, kw_only=True)
class Period:
    """A length of time. `back` counts towards the past."""

    count: int
    unit: Unit
    back: bool = False
    because: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.count <= LONGEST:
            raise ValueError(f"counts {self.count}; a period counts 0 to {LONGEST:,} (`back: true` counts to the past)")


@dataclass(frozen=True, kw_only=True)
class RuleVersion(Version):
    """A time limit as it stood from a day on."""

    period: Period | None = None
    further: Period | None = None
    """A second period that follows the first from the same start (an approved extension)."""
    extension: str | None = None
    """The table of extensions for service that applies; without it the means of service changes nothing."""
    no_extension: str | None = None
    """Why no extension is added, for the person who expects one."""
    rolls: bool = True
    """Whether a last day that is no business day moves to the next one."""
    calendar: str | None = None


class RuleKind(StrEnum):
    """What the last day of a time limit means."""

    DUTY = "duty"
    """Something is owed by then; late is late."""
    RIGHT = "right"
    """Somebody may do something until then, and need not."""
    MARK = "mark"
    """A day from or to which something else is reckoned; nothing is due on it."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A time limit through the years."""

    title: str
    governed_by: str
    starts: str
    last_day: str
    versions: tuple[RuleVersion, ...]
    kind: RuleKind = RuleKind.DUTY


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What service by some means, at an address in some region, adds to a period."""

    means: tuple[Means, ...]
    regions: tuple[str, ...]
    citation: str
    confidence: Confidence
    source: tuple[str, ...] = ()
    period: Period | None = None
    unknown: str | None = None
    candidates: tuple[Period, ...] = ()
    """Where it is not settled: every extension that may apply, none (a count of 0) included."""


@dataclass(frozen=True, kw_only=True)
class ExtensionVersion(Version):
    """The extensions for service as they stood from a day on; every means and region occurs in exactly one grant."""

    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Extension:
    """A table of extensions for service."""

    title: str
    governed_by: str
    versions: tuple[ExtensionVersion, ...]


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """One holiday: a fixed day, the nth or last weekday of a month (with days after it), or listed dates."""

    name: str
    citation: str
    confidence: Confidence
    valid_from: date
    valid_to: date | None = None
    source: tuple[str, ...] = ()
    month: int | None = None
    day: int | None = None
    weekday: Weekday | None = None
    nth: int | None = None
    """1 to 4 from the month's beginning; -1 is the last."""
    days_after: int = 0
    dates: tuple[date, ...] = ()
    unknown: str | None = None
    """Where dates are listed: the question to ask about the years after the last of them."""
    observed: dict[Weekday, Weekday] = field(default_factory=dict)
    """Where the day falls on the first weekday, it is kept on the nearest second one."""


@dataclass(frozen=True, kw_only=True)
class HolidayList:
    """A list of days that are no business days."""

    title: str
    weekend: tuple[Weekday, ...]
    citation: str
    confidence: Confidence
    holidays: tuple[Holiday, ...]
    source: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if set(self.weekend) == set(Weekday):
            raise ValueError(
                "has every day of the week as its weekend, so that no day is a business day; leave one out"
            )
