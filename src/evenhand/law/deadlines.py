"""The arithmetic of legal time: from the event that starts a clock to its last day, every step in words.

The first day is excluded; the period is added; the extension for service is added to the period; then, if the rule
rolls, the last day moves once to the next business day. Rolling first and extending afterwards gives a wrong, later
day.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from evenhand.law.calendars import Calendar
from evenhand.law.facts import Means
from evenhand.law.refusals import Refused
from evenhand.law.schema import Confidence, Grant, Period, Rule, RuleVersion, Unit, caution_words, least_sure
from evenhand.law.versions import known, version_on

if TYPE_CHECKING:
    from evenhand.law.pack import Pack

DAY = timedelta(days=1)
# Beyond it a period could run past the last day that a computer's calendar has.
LAST_YEAR = 9000
WORDS = {
    Unit.CALENDAR_DAYS: ("calendar day", "calendar days"),
    Unit.BUSINESS_DAYS: ("business day", "business days"),
    Unit.HOURS: ("hour", "hours"),
    Unit.MONTHS: ("month", "months"),
}
SERVED = {Means.MAIL: "by mail", Means.FAX: "by fax", Means.ELECTRONIC: "electronically", Means.PERSONAL: "in person"}


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """One computed time limit. `due` is the last day (for rules that count hours, the last instant); `target` the day
    before rolling.

    Where the law is not settled, `unknown` is the question, and `due` and `target` are None; `safe_until` and
    `late_after` are then the last days under the shortest and the longest reading. Otherwise both equal `due`.
    """

    rule: str
    title: str
    start: date | datetime
    due: date | datetime | None
    target: date | datetime | None
    safe_until: date | datetime
    late_after: date | datetime
    steps: tuple[str, ...]
    citation: str
    confidence: Confidence
    calendar: str
    unknown: str | None
    caution: str | None

    def as_json(self) -> dict[str, Any]:
        """The document that `evenhand law due --json` prints."""
        return {
            "rule": self.rule,
            "title": self.title,
            "from": self.start.isoformat(),
            "due": self.due.isoformat() if self.due else None,
            "target": self.target.isoformat() if self.target else None,
            "steps": list(self.steps),
            "citation": self.citation,
            "confidence": self.confidence.value,
            "calendar": self.calendar,
            "unknown": self.unknown,
            "caution": self.caution,
        }


def due(
    pack: Pack,
    name: str,
    start: date | datetime,
    *,
    means: Means,
    region: str,
    governed_on: date | None,
    calendar: str | None,
) -> Deadline:
    """See `Pack.due`."""
    rule = pack.rule(name)
    region_title = known({r.name: r.title for r in pack.programme.regions}, region, "region")
    day = _local(start, pack).date() if isinstance(start, datetime) else start
    if day.year > LAST_YEAR:
        raise Refused(f"{day} lies too far in the future to count from; check the year.")
    version = version_on(rule.versions, governed_on or day, f"{name} ({rule.title})")
    chosen = pack.calendar(calendar or version.calendar)
    count = _Count(pack, name, rule, version, chosen, governed_on)
    if version.period is None:
        raise Refused(
            f"{name} ({rule.title}) cannot be computed for {governed_on or day}: {version.unknown} ({version.citation})"
        )
    if version.period.unit is Unit.HOURS:
        return count.hours(start, version.period)
    grant = _grant(pack, version, governed_on or day, means, region)
    return count.days(day, version.period, grant, means, region_title)


def _local(instant: datetime, pack: Pack) -> datetime:
    """The instant in the programme's time zone; a naive one is local already."""
    return instant.replace(tzinfo=pack.time_zone) if instant.tzinfo is None else instant.astimezone(pack.time_zone)


def _grant(pack: Pack, version: RuleVersion, on: date, means: Means, region: str) -> Grant | None:
    """The extension for service that applies, or None where the rule has none."""
    if version.extension is None:
        return None
    table = pack.extensions[version.extension]
    grants = version_on(table.versions, on, table.title).grants
    return next(grant for grant in grants if means in grant.means and region in grant.regions)


@dataclass(frozen=True)
class _Count:
    """One computation: what it is about, and how each kind of period is counted."""

    pack: Pack
    name: str
    rule: Rule
    version: RuleVersion
    calendar: Calendar
    governed_on: date | None

    def hours(self, start: date | datetime, period: Period) -> Deadline:
        if not isinstance(start, datetime):
            raise Refused(
                f"{self.name} counts hours, so the day alone ({start}) is not enough: give the time too, "
                f"for example {start}T10:00 (local time of the programme)."
            )
        begin = _local(start, self.pack)
        sign = -1 if period.back else 1
        # Clock hours are counted in universal time, so that a change to or from daylight saving neither adds nor takes
        # an hour.
        end = (begin.astimezone(UTC) + sign * timedelta(hours=period.count)).astimezone(self.pack.time_zone)
        steps = [
            f"{_moment(begin)}: {self.rule.starts}.",
            *self._governed(),
            f"Add {length(period)} by the clock, weekends and holidays included: {_moment(end)}.",
        ]
        return self._deadline(begin, end, end, tuple(steps), ())

    def days(self, start: date, period: Period, grant: Grant | None, means: Means, region: str) -> Deadline:
        steps = [f"{_day(start)}: {self.rule.starts}. {self.pack.programme.first_day.text}", *self._governed()]
        end = self._add(start, period, steps)
        if self.version.further is not None:
            end = self._add(end, self.version.further, steps)
        if grant is not None and grant.unknown is not None:
            return self._unsettled(start, end, grant, steps, means, region)
        target = self._extended(end, grant, steps, means, region)
        last = self._rolled(target, steps)
        word = "First day" if self.version.period is not None and self.version.period.back else "Last day"
        steps.append(f"{word}: {_day(last)}. {self.rule.last_day}")
        added = (grant,) if grant and grant.period and grant.period.count else ()
        return self._deadline(start, last, target, tuple(steps), added)

    def _governed(self) -> list[str]:
        """Under which law it is computed, where the caller named the date."""
        if self.governed_on is None:
            return []
        return [f"By the law of {self.governed_on}; what governs this time limit is {self.rule.governed_by}."]

    def _add(self, start: date, period: Period, steps: list[str]) -> date:
        end, skipped = _moved(start, period, self.calendar)
        verb = "Go back" if period.back else "Add"
        because = f" ({period.because})" if period.because else ""
        passed = f" Not counted: {', '.join(skipped)}." if skipped else ""
        if period.unit is Unit.BUSINESS_DAYS:
            counted = ", ".join(_day(day) for day in islice(self.calendar.business_days_after(start), period.count))
            steps.append(f"Count {length(period)}{because}: {counted}.{passed}")
        else:
            steps.append(f"{verb} {length(period)}{because}: {_day(end)}.")
        return end

    def _extended(self, end: date, grant: Grant | None, steps: list[str], means: Means, region: str) -> date:
        if grant is None or grant.period is None:
            if means is not Means.PERSONAL:
                why = self.version.no_extension or "This time limit has no extension for service."
                steps.append(f"Nothing is added for service {SERVED[means]}: {why}")
            return end
        if grant.period.count == 0:
            steps.append(f"Served {SERVED[means]}: nothing is added.")
            return end
        extended, _ = _moved(end, grant.period, self.calendar)
        steps.append(
            f"Served {SERVED[means]} at an address {region}: add {length(grant.period)}: {_day(extended)} "
            f"({grant.citation})."
        )
        return extended

    def _rolled(self, target: date, steps: list[str]) -> date:
        if not self.version.rolls:
            return target
        last = self.calendar.on_or_after(target)
        if last != target:
            rolling = self.pack.programme.rolling
            closed = "; ".join(
                f"{_day(target + n * DAY)}: {self.calendar.why_closed(target + n * DAY)}"
                for n in range((last - target).days)
            )
            mark = "" if rolling.confidence.verified else "; unverified"
            steps.append(f"No business day ({closed}). {rolling.text} ({rolling.citation}{mark}): {_day(last)}.")
        return last

    def _unsettled(self, start: date, end: date, grant: Grant, steps: list[str], means: Means, region: str) -> Deadline:
        readings = []
        for period in grant.candidates:
            extended, _ = _moved(end, period, self.calendar)
            last = self.calendar.on_or_after(extended) if self.version.rolls else extended
            readings.append(last)
            because = f" ({period.because})" if period.because else ""
            steps.append(f"If {length(period)} are added{because}, the last day is {_day(last)}.")
        steps.append(
            f"Which of these holds for service {SERVED[means]} at an address {region} is not settled: {grant.unknown}"
        )
        steps.append(
            f"Whichever holds, {_day(min(readings))} is in time (the earliest safe last day) and what comes after "
            f"{_day(max(readings))} is late."
        )
        return self._deadline(
            start,
            None,
            None,
            tuple(steps),
            (grant,),
            unknown=grant.unknown,
            between=(min(readings), max(readings)),
        )

    def _deadline(
        self,
        start: date | datetime,
        last: date | datetime | None,
        target: date | datetime | None,
        steps: tuple[str, ...],
        grants: Sequence[Grant],
        *,
        unknown: str | None = None,
        between: tuple[date, date] | None = None,
    ) -> Deadline:
        confidence = least_sure(self.version.confidence, *(grant.confidence for grant in grants))
        safe, late = between or (last, last)
        assert safe is not None and late is not None
        return Deadline(
            rule=self.name,
            title=self.rule.title,
            start=start,
            due=last,
            target=target,
            safe_until=safe,
            late_after=late,
            steps=steps,
            citation="; ".join(dict.fromkeys([self.version.citation, *(grant.citation for grant in grants)])),
            confidence=confidence,
            calendar=self.calendar.name,
            unknown=unknown,
            caution=caution_words(confidence, self.version.caution),
        )


def _moved(start: date, period: Period, calendar: Calendar) -> tuple[date, list[str]]:
    """`start` moved by the period, and (for business days) the days that did not count, in words."""
    sign = -1 if period.back else 1
    if period.unit is Unit.CALENDAR_DAYS:
        return start + sign * period.count * DAY, []
    if period.unit is Unit.MONTHS:
        return _months_from(start, sign * period.count), []
    end = start
    for day in islice(calendar.business_days_after(start), period.count):
        end = day
    between = (start + n * DAY for n in range(1, (end - start).days))
    return end, [
        f"{_day(day)} ({why})" if why not in f"{day:%A}" else _day(day)
        for day in between
        if (why := calendar.why_closed(day))
    ]


def _months_from(start: date, count: int) -> date:
    """The same day of the month `count` months on, or that month's last day if it is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def length(period: Period) -> str:
    """A period in words."""
    one, many = WORDS[period.unit]
    return f"{period.count} {one if period.count == 1 else many}"


def _day(day: date) -> str:
    return f"{day:%A} {day.isoformat()}"


def _moment(instant: datetime) -> str:
    return f"{instant:%A} {instant:%Y-%m-%d %H:%M} ({instant:%Z})"
