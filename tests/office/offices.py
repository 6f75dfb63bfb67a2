"""Databases with committed rows, for tests in which several threads or processes work at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connections
from tests import postgresql
from tests.conftest import REPOSITORY

from evenhand.office.configuration import django_database
from evenhand.office.opening import _up_to_date


@contextmanager
def office_in(home: Path, name: str = "office") -> Iterator[str]:
    """The URL of an empty database of the kind that this run tests; its tables are not made yet."""
    if postgresql.asked_for():
        with postgresql.database(name) as url:
            yield url
    else:
        yield f"sqlite:///{home}/{name}.sqlite3"


@contextmanager
def default_database(url: str) -> Iterator[None]:
    """Makes `url` Django's database for the block, in every thread; the tests' own comes back after."""
    kept, here = connections.databases["default"], connections["default"]
    settings = {**kept, **django_database(url)}
    settings["TEST"] = kept["TEST"]
    connections.databases["default"] = settings
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.databases["default"] = kept
        connections["default"] = here


@contextmanager
def ready_office(home: Path, name: str = "office") -> Iterator[str]:
    """The URL of an empty office with tables and triggers, for the block: a copy of one that is made once a run."""
    template = _template()
    if template.startswith("sqlite"):
        shutil.copy(template.removeprefix("sqlite:///"), home / f"{name}.sqlite3")
        yield f"sqlite:///{home}/{name}.sqlite3"
    else:
        with postgresql.database(name, template=template) as url:
            yield url


@cache
def _template() -> str:
    """An office that nobody opens; its URL, on PostgreSQL its name."""
    if postgresql.asked_for():
        name = f"template_{os.getpid()}"
        postgresql.create(name)
        with default_database(postgresql.of(name)):
            _up_to_date(only_look=False)
        return name
    url = f"sqlite:///{tempfile.mkdtemp(prefix='evenhand-tests-')}/template.sqlite3"
    with default_database(url):
        _up_to_date(only_look=False)
        connections["default"].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return url


@dataclass(frozen=True)
class Outcome:
    """What came of one thread: a result or an error."""

    result: Any = None
    error: BaseException | None = None


def at_once(tasks: list[Callable[[], Any]]) -> list[Outcome]:
    """Runs each in a thread and a connection of its own, all starting at the same moment."""
    outcomes: list[Outcome] = [Outcome()] * len(tasks)
    ready = threading.Barrier(len(tasks))

    def work(place: int, task: Callable[[], Any]) -> None:
        try:
            connections["default"].ensure_connection()
            ready.wait(timeout=30)
            outcomes[place] = Outcome(result=task())
        except BaseException as error:  # the test looks at it
            outcomes[place] = Outcome(error=error)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=work, args=each) for each in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return outcomes


def evenhand(home: Path, url: str, *words: str | Path, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """Runs the command to its end on the database `url`, with keys and papers in `home`."""
    return subprocess.run(
        command(*words),
        env=environment(home, url),
        cwd=home,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def command(*words: str | Path) -> list[str]:
    """The words that start `evenhand`."""
    return [sys.executable, "-m", "evenhand.cli.main", *map(str, words)]


def environment(home: Path, url: str) -> dict[str, str]:
    """The environment of an office of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EVENHAND_")}
    # The tests' own handlers are found by what is started too.
    path = os.pathsep.join([str(REPOSITORY), *filter(None, [kept.get("PYTHONPATH")])])
    return {**kept, "PYTHONPATH": path, "EVENHAND_HOME": str(home), "EVENHAND_DATABASE_URL": url}


def rows(url: str, sql: str) -> list[tuple[Any, ...]]:
    """What a query answers, past Django and past the office."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
            return file.execute(sql).fetchall()
    import psycopg

    with psycopg.connect(url) as server:
        return server.execute(sql.encode()).fetchall()
