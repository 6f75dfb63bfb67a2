"""A second, independent reading of the clocks: plain YAML, day numbers and nothing of `evenhand.law`.

Written from the rules of counting alone (the first day excluded, the extension added to the period, one roll at the
end, business days by a list of holidays, hours by the clock). Slow and simple on purpose: it looks at every day.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MARKS = ["read", "secondary", "partly_read", "deduced", "general_knowledge"]
END = date(9999, 12, 31)


@dataclass
class Answer:
    """What a clock says. Without `due`, `unknown` says why, `safe` and `late` how early and how late it could be."""

    due: date | datetime | None
    target: date | datetime | None
    safe: date | datetime
    late: date | datetime
    mark: str
    calendar: str
    questions: list[str] = field(default_factory=list)


class Law:
    """A programme's folder as plain YAML; with `over`, the versions of another folder in the place of its own."""

    def __init__(self, folder: Path, over: Path | None = None) -> None:
        self.pack = _plain(folder / "pack.yaml")
        self.zone = ZoneInfo(self.pack["time_zone"])
        self.sections: dict[str, dict[str, Any]] = {"rules": {}, "extensions": {}, "calendars": {}}
        for path in sorted(folder.glob("*.yaml")):
            for section, entries in self.sections.items():
                entries.update(deepcopy(_plain(path).get(section) or {}))
        for path in sorted(over.glob("*.yaml")) if over else ():
            self._lay_over(_plain(path))

    def _lay_over(self, topic: dict[str, Any]) -> None:
        for section in ("rules", "extensions"):
            for name, entry in (topic.get(section) or {}).items():
                for new in entry["versions"]:
                    own = self.sections[section][name]["versions"]
                    own[:] = [new if old["valid_from"] == new["valid_from"] else old for old in own]

    def rules(self) -> dict[str, dict[str, Any]]:
        """The time limits by name."""
        return self.sections["rules"]

    def holidays(self, calendar: str, year: int) -> dict[date, list[str]]:
        """The names of the holidays kept on each closed day of the year, weekends apart."""
        return _holidays(self, calendar, year)

    def unlisted(self, calendar: str, year: int) -> list[str]:
        """The questions about holidays of the year whose date no list tells."""
        return [
            holiday["unknown"]
            for holiday in self.sections["calendars"][calendar]["holidays"]
            if holiday.get("dates")
            and max(holiday["dates"]).year < year
            and (holiday.get("valid_to") or END).year >= year
        ]

    def open(self, calendar: str, day: date) -> bool:
        """Whether the day is a business day of the list, as far as it tells."""
        closed = self.sections["calendars"][calendar]["weekend"]
        return WEEKDAYS[day.weekday()] not in closed and day not in self.holidays(calendar, day.year)

    def answer(
        self, rule: str, start: date | datetime, *, means: str, region: str, on: date, calendar: str | None
    ) -> Answer | None:
        """The clock's answer, or None where the rule did not exist on `on`."""
        version = _in_force(self.rules()[rule]["versions"], on)
        if version is None:
            return None
        calendar = calendar or version.get("calendar") or self.pack["default_calendar"]
        day = start.astimezone(self.zone).date() if isinstance(start, datetime) else start
        period, mark = version.get("period"), version["confidence"]
        if period is None:
            return Answer(None, None, day, END, mark, calendar, [version["unknown"]])
        if period["unit"] == "hours":
            assert isinstance(start, datetime)
            end = datetime.fromtimestamp(start.timestamp() + 3600 * period["count"], self.zone)
            return Answer(end, end, end, end, mark, calendar)
        readings, question, marks = self._extensions(version, means, region, on)
        counted = [self._count(day, version, extension, calendar) for extension in readings]
        return self._together(day, version, readings, counted, question, max([mark, *marks], key=MARKS.index), calendar)

    def _extensions(
        self, version: dict[str, Any], means: str, region: str, on: date
    ) -> tuple[list[dict[str, Any] | None], str | None, list[str]]:
        """What may be added for service, the question where it is not settled, and the marks of what is added."""
        if not version.get("extension"):
            return [None], None, []
        table = _in_force(self.sections["extensions"][version["extension"]]["versions"], on)
        (grant,) = [g for g in table["grants"] if means in g["means"] and region in g["regions"]]
        if grant.get("period") is None:
            return grant["candidates"], grant["unknown"], [grant["confidence"]]
        return [grant["period"]], None, [grant["confidence"]] if grant["period"]["count"] else []

    def _count(
        self, day: date, version: dict[str, Any], extension: dict[str, Any] | None, calendar: str
    ) -> tuple[date, date]:
        """The day before rolling and the last day."""
        for period in (version["period"], version.get("further"), extension):
            if period is not None:
                day = self.moved(day, period, calendar)
        last = day
        while version.get("rolls", True) and not self.open(calendar, last):
            last = date.fromordinal(last.toordinal() + 1)
        return day, last

    def moved(self, day: date, period: dict[str, Any], calendar: str) -> date:
        """The day moved by one period."""
        count, unit = period["count"], period["unit"]
        sign = -1 if period.get("back") else 1
        if unit == "calendar_days":
            return date.fromordinal(day.toordinal() + sign * count)
        if unit == "months":
            return _months(day, sign * count)
        assert unit == "business_days", unit
        while count:
            day = date.fromordinal(day.toordinal() + 1)
            count -= self.open(calendar, day)
        return day

    def _together(
        self,
        start: date,
        version: dict[str, Any],
        readings: list[dict[str, Any] | None],
        counted: list[tuple[date, date]],
        question: str | None,
        mark: str,
        calendar: str,
    ) -> Answer:
        """One answer from all readings, with what unlisted holidays may do to it."""
        lasts = [last for _, last in counted]
        periods = [version["period"], version.get("further"), *readings]
        by_business_days = any(period and period["unit"] == "business_days" for period in periods)
        questions, late = [question] if question else [], max(lasts)
        if by_business_days or version.get("rolls", True):
            first = start if by_business_days else min(target for target, _ in counted)
            late, missing = self._pushed(first, max(lasts), calendar)
            questions += missing
        if questions:
            return Answer(None, None, min(lasts), late, mark, calendar, questions)
        ((target, last),) = counted
        return Answer(last, target, last, last, mark, calendar)

    def _pushed(self, first: date, last: date, calendar: str) -> tuple[date, list[str]]:
        """How late unlisted holidays of the years from first to last could push the last day: a business day each."""
        late, pushed = last, 0
        while True:
            missing = [q for year in range(first.year, late.year + 1) for q in self.unlisted(calendar, year)]
            if len(missing) == pushed:
                return late, sorted(set(missing))
            late = self.moved(last, {"count": len(missing), "unit": "business_days"}, calendar)
            pushed = len(missing)


@cache
def _plain(path: Path) -> dict[str, Any]:
    """A file as PyYAML reads it."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def _holidays(law: Law, calendar: str, year: int) -> dict[date, list[str]]:
    kept: dict[date, list[str]] = {}
    days = [date.fromordinal(n) for n in range(date(year - 1, 1, 1).toordinal(), date(year + 2, 1, 1).toordinal())]
    for holiday in law.sections["calendars"][calendar]["holidays"]:
        for day in days:
            if not (holiday["valid_from"] <= day <= (holiday.get("valid_to") or END)) or not _falls_on(holiday, day):
                continue
            kept.setdefault(day, []).append(holiday["name"])
            other = (holiday.get("observed") or {}).get(WEEKDAYS[day.weekday()])
            if other:
                near = [date.fromordinal(day.toordinal() + n) for n in (-3, -2, -1, 1, 2, 3)]
                (moved,) = [each for each in near if WEEKDAYS[each.weekday()] == other]
                kept.setdefault(moved, []).append(f"{holiday['name']} (observed)")
    return {day: names for day, names in kept.items() if day.year == year}


def _falls_on(holiday: dict[str, Any], day: date) -> bool:
    """Whether the holiday itself (not its observed day) is on the day."""
    if holiday.get("dates"):
        return day in holiday["dates"]
    if "day" in holiday:
        return (day.month, day.day) == (holiday["month"], holiday["day"])
    base = date.fromordinal(day.toordinal() - holiday.get("days_after", 0))
    if base.month != holiday["month"] or WEEKDAYS[base.weekday()] != holiday["weekday"]:
        return False
    a_week_on = date.fromordinal(base.toordinal() + 7)
    return a_week_on.month != base.month if holiday["nth"] == -1 else (base.day + 6) // 7 == holiday["nth"]


def _months(day: date, count: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    year, month = day.year, day.month
    for _ in range(abs(count)):
        month += 1 if count > 0 else -1
        year, month = (year + 1, 1) if month > 12 else (year - 1, 12) if month < 1 else (year, month)
    for number in (day.day, day.day - 1, day.day - 2, day.day - 3):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError(f"{year}-{month} has no day {day.day}")


def _in_force(versions: list[dict[str, Any]], on: date) -> dict[str, Any] | None:
    found = [v for v in versions if v["valid_from"] <= on and on <= (v.get("valid_to") or END)]
    return max(found, key=lambda version: version["valid_from"]) if found else None


def home(programme: str) -> Path:
    """The folder of a programme's law in the source tree."""
    return Path(__file__).parents[2] / "src" / "evenhand" / "programmes" / programme / "law"
