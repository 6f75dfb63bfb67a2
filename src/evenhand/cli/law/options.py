"""What the commands of `evenhand law` share: dates, options, refusals in words, JSON."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.programmes import DEFAULT

if TYPE_CHECKING:
    from evenhand.law import Pack

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

programme_option = click.option("--programme", default=DEFAULT, show_default=True, help="Whose law.")
other_option = click.option(
    "--pack",
    "other",
    type=click.Path(path_type=Path),
    help="Another law: a folder that is a whole pack, or a file or folder of only what it changes (docs/law.md).",
)
readings_option = click.option(
    "--readings",
    help="Where the law is an open question, go on with: earlier (the values before), or a YAML file or folder of readings.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


class Moment(click.ParamType):
    """A day (YYYY-MM-DD) or an instant (YYYY-MM-DDTHH:MM, with or without an offset from universal time)."""

    name = "date"

    def __init__(self, *, instants: bool) -> None:
        self.instants = instants

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date | datetime:
        if isinstance(value, date):
            return value
        allowed = "YYYY-MM-DD or YYYY-MM-DDTHH:MM" if self.instants else "YYYY-MM-DD"
        if not DAY.fullmatch(value) and not (self.instants and DAY.match(value)):
            self.fail(f"{value!r}: write {allowed}, for example 2014-12-23.", param, ctx)
        try:
            return date.fromisoformat(value) if DAY.fullmatch(value) else datetime.fromisoformat(value)
        except ValueError as error:
            self.fail(f"{value!r} is no day of the calendar ({error}); write {allowed}.", param, ctx)


@contextmanager
def refusals() -> Iterator[None]:
    """A refusal of the law, or files that cannot be used, become words on standard error and exit code 1."""
    from evenhand.law import Refused
    from evenhand.reading import BadFile

    try:
        yield
    except (Refused, BadFile) as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)


@dataclass(frozen=True)
class WhichLaw:
    """Whose law a command is asked for, changed or not."""

    programme: str
    other: Path | None
    readings: str | None

    def pack(self) -> Pack:
        """The programme's pack; another one; or the programme's with readings where it has only an open question."""
        from evenhand.law import Refused, adopted_readings, load_pack
        from evenhand.law.load import load_other

        if self.other is not None and self.readings is not None:
            raise Refused("--pack and --readings exclude each other: put the readings into the other pack.")
        if self.other is not None:
            return load_other(self.other, programme=self.programme)
        if self.readings is None:
            return load_pack(self.programme)
        chosen = adopted_readings(self.programme) if self.readings == "earlier" else Path(self.readings)
        return load_pack(self.programme, adopting=chosen)

    def earlier(self) -> Pack | None:
        """The pack with the readings that come with Evenhand; None where other law was asked for, or there are none."""
        from evenhand.law import adopted_readings

        if self.other is not None or self.readings is not None or adopted_readings(self.programme) is None:
            return None
        return WhichLaw(self.programme, None, "earlier").pack()


def law_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options --programme, --pack and --readings, given to the command as one `law`."""

    @programme_option
    @other_option
    @readings_option
    @wraps(command)
    def run(*, programme: str, other: Path | None, readings: str | None, **rest: Any) -> None:
        command(law=WhichLaw(programme, other, readings), **rest)

    return run


def print_json(document: object) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
