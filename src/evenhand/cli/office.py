"""What the commands of the office share: --database, and refusals in words."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")

database_option = click.option(
    "--database",
    metavar="URL",
    envvar="EVENHAND_DATABASE_URL",
    help="Database URL or path of an SQLite file. Default: var/evenhand.sqlite3, or EVENHAND_DATABASE_URL.",
)


def refusals_explained(function: Callable[P, R]) -> Callable[P, R]:
    """Prints what the office refuses, why, and what to do next; exit 1."""

    @functools.wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        from evenhand.law.refusals import Refused as RefusedByLaw
        from evenhand.office.refusals import Refused

        try:
            return function(*args, **kwargs)
        except Refused as refusal:
            click.echo(f"Refused: {refusal.what}.\n    Why: {refusal.why}.\n   Next: {refusal.next}.", err=True)
        except RefusedByLaw as refusal:
            click.echo(f"Refused: {refusal}", err=True)
        sys.exit(1)

    return wrapped
