"""`evenhand work`: a background worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import click

from evenhand.cli.office import database_option, refusals_explained

GRACE = 10
"""Seconds that the server waits for its worker's job in hand."""


@click.command(
    "work",
    epilog="""\b
Examples:
  evenhand work
  evenhand work --once --database postgresql://imr@db.example/office
""",
)
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@click.option("--again", is_flag=True, help="Put the jobs that were given up back first.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=30,
    show_default=True,
    metavar="MINUTES",
    help="A job that runs longer has lost its worker and is put back.",
)
@click.option("--beside", type=int, hidden=True, help="Process without which this worker ends (the server's).")
@database_option
@refusals_explained
def command(once: bool, again: bool, limit: int, beside: int | None, database: str | None) -> None:
    """Do the office's background work, job after job. Stop with Ctrl-C: the job in hand is finished first.

    Any number of workers may run; with PostgreSQL on any number of machines, if they share the folder that EVENHAND_HOME
    names. `evenhand serve` runs one itself.
    """
    from evenhand.office.opening import open_office

    open_office(database)
    from evenhand.office.jobs.queue import again as put_again
    from evenhand.office.jobs.queue import jobs
    from evenhand.office.jobs.worker import Worker
    from evenhand.office.words import counted

    def tell(line: str) -> None:
        click.echo(f"worker: {line}", err=True)

    if again:
        tell(f"{counted(put_again(jobs('FAILED')), 'job')} put back")
    worker = Worker(tell, limit=timedelta(minutes=limit))
    _stop_when_asked(worker.stop)
    if beside is None:
        tell("works off the queue" + ("" if once else " (stop with Ctrl-C)"))
    worker.run(once=once, alive=lambda: beside is None or os.getppid() == beside)
    if beside is None:
        tell("stopped")


def _stop_when_asked(stop: Callable[[], None]) -> None:
    """The first signal asks to stop after the job in hand; a second one ends at once, and the job is put back later."""

    def asked(number: int, frame: object) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_DFL)
        stop()

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, asked)


@contextmanager
def beside_server() -> Iterator[None]:
    """A worker of its own process on the same database, for as long as the block lasts; it ends if this process is killed."""
    words = [sys.executable, "-m", "evenhand.cli.main", "work", "--beside", str(os.getpid())]
    process = subprocess.Popen(words)  # noqa: S603  (our own command, no word from outside)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            process.kill()  # its job is put back by the next worker
            process.wait()
