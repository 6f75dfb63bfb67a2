"""Handlers of jobs for tests: what they did is written to a file, which a rollback cannot take back."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from django_tasks import task

from evenhand.office.refusals import Refused


@task()
def note(number: int) -> None:
    """Writes a line; one write of a few bytes in append mode is whole."""
    time.sleep(0.01)
    with Path(os.environ["EVENHAND_HOME"], "done.txt").open("a") as file:
        file.write(f"{number} {os.getpid()}\n")


@task()
def dies_once() -> None:
    """Is killed in the middle the first time, as by a power cut."""
    mark = Path(os.environ["EVENHAND_HOME"], "died")
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    note.call(0)


@task()
def fails(name: str) -> None:
    """Fails with words that nobody may keep."""
    raise ValueError(f"the worker {name} has a bad back")


@task()
def refuses() -> None:
    """Is refused; the same would be refused again."""
    raise Refused(what="this is not done", why="it is not lawful", next="do something else")


@task()
def slow() -> None:
    """Takes long enough for a signal to come meanwhile."""
    Path(os.environ["EVENHAND_HOME"], "begun").touch()
    time.sleep(1.5)
    note.call(1)
