"""Days as letters write them: 10/18/2016 in published headers, "March 9, 2015" in our own letters."""

from __future__ import annotations

from datetime import UTC, date, datetime

_PATTERNS = ("%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%Y-%m-%d")


def read_day(text: str | None) -> date | None:
    """The day that `text` names, month first; `None` where it names none."""
    for pattern in _PATTERNS:
        try:
            return datetime.strptime((text or "").strip(), pattern).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None
