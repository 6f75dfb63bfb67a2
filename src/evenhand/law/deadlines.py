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
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from evenhand.law import wording
from evenhand.law.calendars import Calendar
from evenhand.law.facts import Means
from evenhand.law.refusals import Refused
from evenhand.law.schema import Confidence, Grant, Period, Rule, RuleVersion, Unit, caution_words, least_sure
from evenhand.law.versions import known, version_on
from evenhand.law.wording import SERVED, Step, Steps, length

if TYPE_CHECKING:
    from evenhand.law.pack import Pack

DAY = timedelta(days=1)
# Outside them a period could run past the days that a computer's calendar has.
FIRST_YEAR, LAST_YEAR = 1000, 9000

__all__ = ["SERVED", "Deadline", "due", "length"]


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """One computed time limit. `due` is the last day (for rules that count hours, the last instant); `target` the day
    before rolling.

    Where the law is not settled or nobody knows it, `unknown` is the question, and `due` and `target` are None.
    `safe_until` and `late_after` are then the last days under the shortest and the longest reading; where there is no
    reading at all, the day that starts the clock and the end of all days. Otherwise both equal `due`.
    """

    rule: str
    title: str
    start: date | datetime
    due: date | datetime | None
    target: date | datetime | None
    safe_until: date | datetime
    late_after: date | datetime
    steps: Sequence[str]
    citation: str
    confidence: Confidence
    calendar: str
    unknown: str | None
    caution: str | None

    @property
    def bounded(self) -> bool:
        """Whether there is a last day at least under each reading of the law."""
        return self.late_after != date.max

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
    region_title = known(pack.region_titles, region, "region")
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        away = "future" if start.year > LAST_YEAR else "past"
        raise Refused(f"{start} lies too far in the {away} to count from; check the year.")
    day = _local(start, pack).date() if isinstance(start, datetime) else start
    version = version_on(rule.versions, governed_on or day, f"{name} ({rule.title})")
    chosen = pack.calendar(calendar or version.calendar).as_listed()
    count = _Count(pack, name, rule, version, chosen, governed_on)
    if version.period is None:
        return count.nobody_knows(day, version.unknown or "")
    if version.period.unit is Unit.HOURS:
        return count.hours(start, version.period)
    grant = _grant(pack, version, governed_on or day, means, region)
    return count.days(day, version.period, grant, means, region_title)


def _local(instant: datetime, pack: Pack) -> datetime:
    """The instant in the programme's time zone; a naive one is local already. Raises Refused for a time that the clocks
    left out."""
    if instant.tzinfo is not None:
        return instant.astimezone(pack.time_zone)
    local = instant.replace(tzinfo=pack.time_zone)
    shown = local.astimezone(UTC).astimezone(pack.time_zone)
    if shown.replace(tzinfo=None) != instant:
        raise Refused(
            f"There was no {instant:%H:%M} on {instant.date()} ({pack.time_zone.key}): the clocks were put forward over it. "
            f"The same instant is {shown:%H:%M}, if the clock was not put forward; otherwise check the time."
        )
    return local


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
            partial(wording.starts_at, begin, self.rule),
            *self._governed(),
            partial(wording.hours, period, end),
        ]
        return self._deadline(begin, end, end, steps, ())

    def days(self, start: date, period: Period, grant: Grant | None, means: Means, region: str) -> Deadline:
        steps = self._begun(start)
        end = self._add(start, period, steps)
        if self.version.further is not None:
            end = self._add(end, self.version.further, steps)
        if grant is not None and grant.unknown is not None:
            return self._unsettled(start, end, grant, steps, means, region)
        target = self._extended(end, grant, steps, means, region)
        last = self._rolled(target, steps)
        added = (grant,) if grant and grant.period and grant.period.count else ()
        latest, question = self._latest(start, [(grant.period if grant else None, target, last)], steps)
        if question is not None:
            return self._deadline(start, None, None, steps, added, unknown=question, between=(last, latest))
        steps.append(partial(wording.last_day, last, self.rule, back=period.back))
        return self._deadline(start, last, target, steps, added)

    def nobody_knows(self, start: date, question: str) -> Deadline:
        """No last day, but the question: the pack has no number for the day."""
        steps = [*self._begun(start), partial(wording.nobody_knows, self.version)]
        return self._deadline(start, None, None, steps, (), unknown=question, between=(start, date.max))

    def _begun(self, start: date) -> list[Step]:
        return [partial(wording.starts, start, self.rule, self.pack.programme.first_day), *self._governed()]

    def _governed(self) -> list[Step]:
        return [] if self.governed_on is None else [partial(wording.governed, self.governed_on, self.rule)]

    def _add(self, start: date, period: Period, steps: list[Step]) -> date:
        end = _moved(start, period, self.calendar)
        if period.unit is Unit.BUSINESS_DAYS:
            steps.append(partial(wording.counted, period, start, end, self.calendar))
        else:
            steps.append(partial(wording.added, period, end))
        return end

    def _extended(self, end: date, grant: Grant | None, steps: list[Step], means: Means, region: str) -> date:
        if grant is None or grant.period is None:
            if means is not Means.PERSONAL:
                steps.append(partial(wording.never_extended, means, self.version))
            return end
        if grant.period.count == 0:
            steps.append(partial(wording.not_extended, means))
            return end
        extended = _moved(end, grant.period, self.calendar)
        steps.append(partial(wording.extended, means, region, grant.period, extended, grant))
        return extended

    def _rolled(self, target: date, steps: list[Step]) -> date:
        if not self.version.rolls:
            return target
        last = self.calendar.on_or_after(target)
        if last != target:
            steps.append(partial(wording.rolled, target, last, self.calendar, self.pack.programme.rolling))
        return last

    def _unsettled(
        self, start: date, end: date, grant: Grant, steps: list[Step], means: Means, region: str
    ) -> Deadline:
        counted = []
        for period in grant.candidates:
            target = _moved(end, period, self.calendar)
            last = self.calendar.on_or_after(target) if self.version.rolls else target
            counted.append((period, target, last))
            steps.append(partial(wording.reading, period, last))
        steps.append(partial(wording.not_settled, means, region, grant))
        earliest = min(last for _, _, last in counted)
        latest, holidays = self._latest(start, counted, steps)
        question = f"{grant.unknown} {holidays}" if holidays else grant.unknown
        steps.append(partial(wording.whichever_holds, earliest, latest))
        return self._deadline(start, None, None, steps, (grant,), unknown=question, between=(earliest, latest))

    def _latest(
        self, start: date, counted: Sequence[tuple[Period | None, date, date]], steps: list[Step]
    ) -> tuple[date, str | None]:
        """The latest last day of those counted (extension, target, last), and the question where holidays whose date
        nobody has listed may make it later still: each of them could be one of the days that were counted."""
        latest = max(last for _, _, last in counted)
        periods = (self.version.period, self.version.further, *(extension for extension, _, _ in counted))
        by_business_days = any(period is not None and period.unit is Unit.BUSINESS_DAYS for period in periods)
        if not (by_business_days or self.version.rolls):
            return latest, None
        first = start if by_business_days else min(target for _, target, _ in counted)
        later, holidays = self.calendar.no_later_than(first, latest)
        if not holidays:
            return latest, None
        question = " ".join(dict.fromkeys(holiday.unknown or "" for holiday in holidays))
        steps.append(partial(wording.holidays_unlisted, self.calendar, latest, later, question))
        return later, question

    def _deadline(
        self,
        start: date | datetime,
        last: date | datetime | None,
        target: date | datetime | None,
        steps: Sequence[Step],
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
            steps=Steps(steps),
            citation="; ".join(dict.fromkeys([self.version.citation, *(grant.citation for grant in grants)])),
            confidence=confidence,
            calendar=self.calendar.name,
            unknown=unknown,
            caution=self.version.caution if self.version.unknown else caution_words(confidence, self.version.caution),
        )


def _moved(start: date, period: Period, calendar: Calendar) -> date:
    """`start` moved by the period."""
    sign = -1 if period.back else 1
    if period.unit is Unit.CALENDAR_DAYS:
        return start + sign * period.count * DAY
    if period.unit is Unit.MONTHS:
        return _months_from(start, sign * period.count)
    end = start
    for day in islice(calendar.business_days_after(start), period.count):
        end = day
    return end


def _months_from(start: date, count: int) -> date:
    """The same day of the month `count` months on, or that month's last day if it is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))
