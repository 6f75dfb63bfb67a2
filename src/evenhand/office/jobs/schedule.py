"""Timers are rows: a job with a time before which it does not run. Whoever is started finds what is due, after any pause."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from evenhand.office.jobs import tasks
from evenhand.office.jobs.queue import enqueue_once

# In the office's own time: after midnight, when a day's legal dates are past.
NIGHT = time(2, 15)


def next_night(now: datetime | None = None) -> datetime:
    """When the next night's work is due, Pacific time."""
    local = timezone.localtime(now)
    due = datetime.combine(local.date(), NIGHT, tzinfo=local.tzinfo)
    return due if due > local else datetime.combine(local.date() + timedelta(days=1), NIGHT, tzinfo=local.tzinfo)


def plan_night() -> None:
    """Makes sure that exactly one night's work is waiting for its time."""
    enqueue_once(tasks.night, run_after=next_night())
