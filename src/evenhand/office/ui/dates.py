"""Days and times as people here expect them: `Mon, Mar 2, 2015` and `Mar 2, 2015, 2:05 p.m. PT`, in Pacific time."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

PACIFIC = ZoneInfo("America/Los_Angeles")

Moment = date | datetime | str | None


def read(value: Moment) -> date | datetime | None:
    """A day or an instant, also from ISO 8601 text; `None` for nothing and for what is neither. Instants become Pacific time."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if "T" in value or " " in value else date.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo is None else value.astimezone(PACIFIC)
    return value if isinstance(value, date) else None


def day_of(value: Moment) -> date | None:
    """The Pacific day."""
    found = read(value)
    return found.date() if isinstance(found, datetime) else found


def today() -> date:
    """The Pacific day of the clock: what a page offers as a default. No act reads it."""
    return datetime.now(PACIFIC).date()


def day_words(value: Moment) -> str:
    """`Mon, Mar 2, 2015`; empty for nothing."""
    found = day_of(value)
    return f"{found:%a}, {short_words(found)}" if found else ""


def short_words(value: Moment) -> str:
    """`Mar 2, 2015`; empty for nothing."""
    found = day_of(value)
    return f"{found:%b} {found.day}, {found.year}" if found else ""


def long_words(value: Moment) -> str:
    """`March 2, 2015`; empty for nothing."""
    found = day_of(value)
    return f"{found:%B} {found.day}, {found.year}" if found else ""


def moment_words(value: Moment) -> str:
    """`Mar 2, 2015, 2:05 p.m. PT`; the day alone where there is no time of day; empty for nothing."""
    found = read(value)
    if not isinstance(found, datetime):
        return short_words(found)
    hour = found.hour % 12 or 12
    half = "a.m." if found.hour < 12 else "p.m."
    return f"{short_words(found)}, {hour}:{found.minute:02d} {half} PT"


def iso(value: Moment) -> str:
    """For the `datetime` attribute of <time>; empty for nothing."""
    found = read(value)
    return found.isoformat() if found else ""
