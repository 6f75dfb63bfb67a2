"""Putting work into the queue, which is a table of the office's own database.

A job that is put in inside a transaction is there if and only if the transaction is: an act and the work that follows from it are
one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult, get_date_max

from evenhand.office.databases import serialise


@dataclass(frozen=True, kw_only=True)
class Job:
    """A job in the queue, as a person may see it."""

    id: str
    name: str
    status: str
    attempts: int
    enqueued_at: datetime
    run_after: datetime | None
    said: str
    """What went wrong the last time; empty where nothing did."""


def enqueue_once(task: Task[..., Any], *, run_after: datetime | None = None, **arguments: Any) -> None:
    """Puts a job in unless the same one is waiting already: it will find all that is to be done when it begins.

    With `run_after` it is a timer: a row that waits for its time.
    """
    with transaction.atomic():
        serialise(f"job {task.module_path}")
        waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=task.module_path)
        timers = waiting.filter(run_after__gt=timezone.now()).exclude(run_after=get_date_max())
        same = timers if run_after is not None else waiting.exclude(pk__in=timers.values("pk"))
        if any(row.args_kwargs["kwargs"] == arguments for row in same):
            return
        task.using(run_after=run_after).enqueue(**arguments)


def jobs(*states: str) -> list[Job]:
    """The jobs in these states (READY, RUNNING, FAILED, SUCCESSFUL), the oldest first."""
    return [_job(row) for row in DBTaskResult.objects.filter(status__in=states).order_by("enqueued_at")]


def again(failed: Iterable[Job]) -> int:
    """Puts failed jobs back; how many. Their attempts are counted anew."""
    rows = DBTaskResult.objects.filter(pk__in=[job.id for job in failed], status=TaskResultStatus.FAILED)
    return rows.update(status=TaskResultStatus.READY, run_after=get_date_max(), worker_ids=[], finished_at=None)


def _job(row: DBTaskResult[..., Any]) -> Job:
    return Job(
        id=str(row.pk),
        name=row.task_path.rpartition(".")[2].replace("_", " "),
        status=str(row.status),
        attempts=len(row.worker_ids),
        enqueued_at=row.enqueued_at,
        run_after=None if row.run_after == get_date_max() else row.run_after,
        said=row.traceback,
    )
