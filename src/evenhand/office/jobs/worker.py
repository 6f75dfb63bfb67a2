"""A worker: takes one job after the other from the queue, until it is told to stop.

Any number of workers, on any number of machines that reach the database. Who takes a job marks its row in one transaction, so that
nobody else takes it. A job that failed is tried again, later each time; one whose worker was killed is put back.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, OperationalError, close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from evenhand.office.databases import Busy, in_the_way
from evenhand.office.jobs.schedule import plan_night
from evenhand.office.refusals import Refused

Row = DBTaskResult[..., Any]
Told = Callable[[str], None]

ATTEMPTS = 5
LIMIT = timedelta(minutes=30)
"""No handler takes longer. What runs longer than this has lost its worker."""
EVERY = timedelta(minutes=1)
"""How often a worker looks for jobs that lost theirs."""
PAUSE = 1.0
STEP = 0.2


class Worker:
    """One worker. `tell` gets a line for everything it does."""

    def __init__(self, tell: Told, *, limit: timedelta = LIMIT, pause: float = PAUSE) -> None:
        self.id = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._tell, self._limit, self._pause = tell, limit, pause
        self.stopping = False

    def stop(self) -> None:
        """Asks the worker to end after the job it has in hand."""
        self.stopping = True

    def run(self, *, once: bool = False, alive: Callable[[], bool] = lambda: True) -> None:
        """Works until `stop`, or until `alive` says no; with `once` until nothing is left that is due."""
        looked = None
        while not self.stopping and alive():
            _fresh_connection()
            try:
                if looked is None or timezone.now() - looked > EVERY:
                    plan_night()
                    put_back(self._tell, limit=self._limit)
                    looked = timezone.now()
                row = self._take()
            except OperationalError as error:
                if once:
                    raise
                self._tell(f"the database does not answer ({type(error).__name__}); trying again")
                row = None
                self._wait(10 * self._pause)
            if row is not None:
                self._do(row)
            elif once:
                return
            else:
                self._wait(self._pause)

    def _wait(self, seconds: float) -> None:
        """In short steps: a signal only sets a flag."""
        until = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < until:
            time.sleep(STEP)

    def _take(self) -> Row | None:
        """The next job that is due, marked as this worker's. Looks without a lock first: mostly there is nothing."""
        due = DBTaskResult.objects.ready()
        if not due.exists():
            return None
        try:
            with transaction.atomic():
                row = due.get_locked()
                if row is not None:
                    row.claim(self.id)
                return row
        except OperationalError as error:
            if in_the_way(error):
                return None
            raise

    def _do(self, row: Row) -> None:
        name = row.task_path.rpartition(".")[2].replace("_", " ")
        begun = time.monotonic()
        try:
            result = row.task_result
            row.task.call(*result.args, **result.kwargs)
            row.set_successful(None)
        except Exception as error:
            _fresh_connection()
            self._tell(f"{name}: {_failed(row, error)}")
        else:
            self._tell(f"{name}: done in {time.monotonic() - begun:.1f} s")


def _fresh_connection() -> None:
    """Lets go of a connection that broke or grew old; never of one that somebody's transaction is on."""
    if not connection.in_atomic_block:
        close_old_connections()


def put_back(tell: Told, *, limit: timedelta = LIMIT) -> int:
    """Puts back what lost its worker: killed on this machine, or running longer than `limit` anywhere. How many."""
    count = 0
    with transaction.atomic():
        running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).select_for_update(skip_locked=True)
        for row in running:
            old = row.started_at is None or row.started_at < timezone.now() - limit
            if not old and not _is_gone(row.worker_ids[-1] if row.worker_ids else ""):
                continue
            name = row.task_path.rpartition(".")[2].replace("_", " ")
            tell(f"{name}: its worker is gone; {_later(row, 'its worker was killed or lost its machine', lost=True)}")
            count += 1
    return count


def _is_gone(worker: str) -> bool:
    """Whether a worker of this machine has ended. Of other machines' workers nothing is known but the time."""
    host, _, rest = worker.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname()[:30] or not pid.isdigit() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _failed(row: Row, error: Exception) -> str:
    """Keeps why it failed without what an error's text may hold: a person's name, a word of a paper."""
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, Refused):
        return _later(row, str(error), final=not isinstance(error, Busy))
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "/evenhand/" in frame.filename]
    place = f"{ours[-1].filename.rpartition('/evenhand/')[2]}:{ours[-1].lineno}" if ours else "outside Evenhand"
    return _later(row, f"{type(error).__name__} at {place}", final=False)


def _later(row: Row, said: str, *, final: bool = False, lost: bool = False) -> str:
    """Puts the row back for a later time, or gives it up after so many attempts; what became of it in words."""
    attempts = len(row.worker_ids)
    row.traceback = said
    if final or attempts >= ATTEMPTS:
        row.status, row.finished_at = TaskResultStatus.FAILED, timezone.now()
        words = f"given up after {attempts} attempts ({said})" if not final else f"refused ({said})"
    else:
        row.status = TaskResultStatus.READY
        row.run_after = get_date_max() if lost else timezone.now() + timedelta(minutes=2**attempts)
        words = "put back" if lost else f"failed ({said}); again in {2**attempts} minutes"
    try:
        row.save(update_fields=["status", "run_after", "finished_at", "exception_class_path", "traceback"])
    except DatabaseError:
        return f"{words}, but the database did not take it; it is put back when its time is over"
    return words
