"""What `evenhand serve --demo` does before it serves: an office of its own, filled with made-up cases."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
from click.core import ParameterSource

from evenhand.cli.office import refusals_explained
from evenhand.reading import BadFile, Fault

DATABASE = "var/demo.sqlite3"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
# Places and keys of a real office: the demonstration never lies beside them, signs with them or sends from them.
NOT_ITS_OWN = (
    "EVENHAND_HOME",
    "EVENHAND_SIGNING_KEY",
    "EVENHAND_MASTER_KEY",
    "EVENHAND_SECRET_KEY",
    "EVENHAND_LETTER_KEY",
    "EVENHAND_LETTER_CERTIFICATE",
    "EVENHAND_SMTP_URL",
)


def prepare(host: str) -> str:
    """The database of the demonstration; the environment forgets the real office. Raises BadFile for another machine's address."""
    if host not in LOOPBACK:
        what = "a demonstration is for this machine only: in it anybody enters as anybody; leave --host out"
        raise BadFile([Fault(file=host, what=what)])
    for name in NOT_ITS_OWN:
        os.environ.pop(name, None)
    os.environ["EVENHAND_DEMO"] = "1"
    context = click.get_current_context()
    named = context.get_parameter_source("database") is ParameterSource.COMMANDLINE
    return str(context.params["database"]) if named else DATABASE


def fill(database: str) -> None:
    """Makes the office in `database` a demonstration with its cases, in a process of its own; ends this one where that failed.

    The server forks its workers. The typesetter keeps threads that a fork does not take along: a worker of a process that had
    typeset would wait for them for ever, holding the database.
    """
    done = subprocess.run([sys.executable, "-m", "evenhand.cli.demonstration", database], check=False)  # noqa: S603 ours
    if done.returncode:
        sys.exit(done.returncode)


@click.command(hidden=True)
@click.argument("database")
@refusals_explained
def _fill(database: str) -> None:
    """Plays the cases of the demonstration, with progress. Refused for an office that is none."""
    from rich.console import Console

    from evenhand.office.opening import open_office

    open_office(database)

    from evenhand.office.configuration import configuration
    from evenhand.office.opening import alone
    from evenhand.office.people.demonstration import open_demonstration
    from evenhand.office.ui.dates import today
    from evenhand.simulation.demo import fill_demo

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    with alone(configuration().home, "run"):
        on = open_demonstration(on=today())
        fill_demo(_examples(), on=on, tell=lambda words: console.print(f"Demonstration, case {words}"))


def _examples() -> Path:
    """The folder of examples: of the checkout that this is, or below the folder one stands in."""
    for folder in (Path(__file__).resolve().parents[3] / "examples", Path("examples").absolute()):
        if (folder / "lumbar-four-items" / "case.yaml").exists():
            return folder
    what = "is not here; the demonstration plays the examples, which come with the source and not with the wheel"
    raise BadFile([Fault(file="examples/", what=what)])


if __name__ == "__main__":
    from evenhand.cli.refusals import explained

    with explained():
        _fill()
