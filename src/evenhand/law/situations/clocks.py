"""Situations about time: last days, business days, regions of addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from evenhand.law.facts import Address, Means
from evenhand.law.pack import Pack
from evenhand.law.schema import RuleKind
from evenhand.law.situations.base import Situation, differs

SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class TimeLimit(Situation):
    """When a time limit ends."""

    rule: str
    start: date | datetime
    served: Means = Means.PERSONAL
    address: str | None = None
    """The region of the address served: ca, us, abroad."""
    governed: date | None = None
    """The day whose law holds; without it, the start."""
    calendar: str | None = None
    last_day: date | datetime | None = None
    before_rolling: date | None = None
    safe_until: date | None = None
    """Where the law is not settled: the last day under the shortest reading, and under the longest."""
    late_after: date | None = None
    not_known: bool = False
    """The pack has a question and no last day."""
    what: RuleKind | None = None
    """Whether something is owed by then, or may be done, or only reckoned."""
    list_used: str | None = None
    """The list of holidays that the result names."""
    tells: tuple[str, ...] = ()
    """Words that the arithmetic tells, step by step."""
    cites: str | None = None
    """Words of the citation."""

    def __post_init__(self) -> None:
        """Refuses a situation that expects nothing, or a day and no day at once."""
        if [self.last_day is not None, self.not_known, self.refused is not None].count(True) != 1:
            raise ValueError("needs exactly one of last_day, not_known and refused")

    @property
    def provisions(self) -> tuple[str, ...]:
        """The rule."""
        return (f"rules.{self.rule}",)

    def differences(self, pack: Pack) -> Iterator[str]:
        """Computes the time limit and compares whatever is said of it."""
        found = pack.due(
            self.rule,
            self.start,
            means=self.served,
            region=self.address,
            governed_on=self.governed,
            calendar=self.calendar,
        )
        yield from differs("the question is open", self.not_known, found.unknown is not None)
        yield from differs("last day", self.last_day, found.due)
        for name, said, there in (
            ("last day before rolling", self.before_rolling, found.target),
            ("safe until", self.safe_until, found.safe_until),
            ("late after", self.late_after, found.late_after),
            ("what it is", self.what, pack.rule(self.rule).kind),
            ("list of holidays", self.list_used, found.calendar),
        ):
            if said is not None:
                yield from differs(name, said, there)
        if self.cites is not None and self.cites not in found.citation:
            yield f"citation: said {self.cites}, found {found.citation}"
        steps = " ".join(found.steps)
        yield from (f"steps: {words!r} is not told" for words in self.tells if words not in steps)


@dataclass(frozen=True, kw_only=True)
class CalendarDay(Situation):
    """Whether a day is a business day."""

    day: date
    calendar: str | None = None
    open: bool = False
    closed_for: str | None = None

    def __post_init__(self) -> None:
        """Refuses a situation that says neither that the day is open nor why it is closed."""
        if [self.open, self.closed_for is not None, self.refused is not None].count(True) != 1:
            raise ValueError("needs exactly one of open: true, closed_for and refused")

    @property
    def provisions(self) -> tuple[str, ...]:
        """The list of holidays."""
        return (f"calendars.{self.calendar}",) if self.calendar else ("calendars",)

    def differences(self, pack: Pack) -> Iterator[str]:
        """Looks the day up."""
        yield from differs(
            "closed for", None if self.open else self.closed_for, pack.calendar(self.calendar).why_closed(self.day)
        )


@dataclass(frozen=True, kw_only=True)
class CalendarYear(Situation):
    """On which weekdays of a year, Monday to Friday, a list of holidays is closed."""

    year: int
    calendar: str
    closed: tuple[date, ...]

    @property
    def provisions(self) -> tuple[str, ...]:
        """The list of holidays."""
        return (f"calendars.{self.calendar}",)

    def differences(self, pack: Pack) -> Iterator[str]:
        """Goes through the year day by day."""
        calendar, first = pack.calendar(self.calendar), date(self.year, 1, 1)
        days = (first + timedelta(days=n) for n in range((date(self.year + 1, 1, 1) - first).days))
        closed = tuple(day for day in days if day.weekday() < SATURDAY and calendar.why_closed(day))
        yield from differs("closed on", self.closed, closed)


@dataclass(frozen=True, kw_only=True)
class AddressRegion(Situation):
    """In which region for extensions of time an address lies."""

    state: str
    country: str
    region: str

    @property
    def provisions(self) -> tuple[str, ...]:
        """The regions of pack.yaml."""
        return ("programme.regions",)

    def differences(self, pack: Pack) -> Iterator[str]:
        """Looks an address of that state and country up."""
        address = Address(
            street="1 Elm Street", city="Springfield", state=self.state, zip="00000", country=self.country
        )
        yield from differs("region", self.region, pack.region(address))


@dataclass(frozen=True, kw_only=True)
class ProgrammeIs(Situation):
    """Whose law it is, and since when."""

    home_state: str
    begins: date

    @property
    def provisions(self) -> tuple[str, ...]:
        """The fields of pack.yaml."""
        return ("programme.home_state", "programme.begins")

    def differences(self, pack: Pack) -> Iterator[str]:
        """Compares the fields."""
        yield from differs("home state", self.home_state, pack.programme.home_state)
        yield from differs("begins", self.begins, pack.programme.begins)
