"""How an office does: its database, its keys, its background work. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.db import connection
from django.utils import timezone

from evenhand.office.configuration import configuration
from evenhand.office.events.models import Checkpoint
from evenhand.office.jobs.queue import jobs
from evenhand.office.words import counted

LATE = timedelta(hours=1)
"""A job that waits longer than this has nobody who does it."""


def look() -> Iterator[tuple[bool, str]]:
    """What is well and what is not, each in one line."""
    yield True, _database()
    yield from _keys()
    yield from _jobs()


def _database() -> str:
    if connection.vendor == "postgresql":
        version: int = connection.pg_version  # type: ignore[attr-defined]
        return f"PostgreSQL {version // 10_000}.{version % 10_000}"
    return "SQLite"


def _keys() -> Iterator[tuple[bool, str]]:
    places = configuration()
    used = (
        (places.master_key, apps.get_model("cases", "CaseKey").objects.exists(), "the papers are sealed with it"),
        (places.signing_key, Checkpoint.objects.exists(), "the log is signed with it"),
    )
    for path, needed, why in used:
        if path.exists():
            yield True, f"key {path.name}"
        elif needed:
            yield (
                False,
                f"key {path.name} is not in {path.parent} ({why}); restore it, or name the home in EVENHAND_HOME",
            )


def _jobs() -> Iterator[tuple[bool, str]]:
    for job in jobs("FAILED"):
        yield False, f"job {job.name}, put in {job.enqueued_at:%Y-%m-%d %H:%M} UTC: {job.said} (evenhand work --again)"
    due = [job for job in jobs("READY") if (job.run_after or job.enqueued_at) < timezone.now()]
    late = [job for job in due if (job.run_after or job.enqueued_at) < timezone.now() - LATE]
    if late:
        yield False, f"{counted(len(late), 'job')} waiting for more than an hour; does a worker run? (evenhand work)"
    else:
        yield True, f"{counted(len(due), 'job')} waiting"
