"""`evenhand letters`: read, check and write determination letters."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from evenhand.cli.letters_pile import Ledger


# The modules of the other commands; each is imported only when it is called.
_ELSEWHERE = {
    "check": ("letters_check", "check_command"),
    "checks": ("letters_check", "checks_command"),
    "write": ("letters_write", "write_command"),
    "verify": ("letters_verify", "verify_command"),
}


class _Letters(click.Group):
    """Commands that live in modules of their own beside `read`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *_ELSEWHERE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, name = _ELSEWHERE[cmd_name]
        found: click.Command = getattr(import_module(f"evenhand.cli.{module}"), name)
        return found


@click.group(cls=_Letters)
def command() -> None:
    """Read, check, write and verify Final Determination Letters.

    \b
    evenhand letters read letters/ --jsonl > letters.jsonl
    evenhand letters check CM15-0000001.pdf
    """


@command.command("read")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jsonl", "as_lines", is_flag=True, help="One JSON document a line, one line a letter.")
@click.option("--json", "as_document", is_flag=True, help="One JSON document: a list of letters.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write JSON lines here, as the letters are read."
)
@click.option("--resume", is_flag=True, help="Go on with the run that --out left: what stands there is not read again.")
def read_command(paths: tuple[Path, ...], as_lines: bool, as_document: bool, out: Path | None, resume: bool) -> None:
    """Determination letters (PDF or text) to data. A folder is read with everything below it, on all cores.

    What is no letter is named on standard error with the reason, and the exit code is 1; the other letters are
    still read. With --out it also stands in OUT.refused.jsonl, a line a file.

    \b
    Example: evenhand letters read letters/ --jsonl > letters.jsonl
    Example: evenhand letters read archive/ --out letters.jsonl --resume
    """
    from evenhand.cli.letters_pile import Ledger, read_pile
    from evenhand.cli.progress import progress

    ledger = Ledger(out) if out else None
    files, refused = _to_read(paths, ledger, resume)
    results = ledger.write(read_pile(files)) if ledger else read_pile(files)
    read = []
    with progress("Reading letters", len(files)) as done:
        for path, result, reason in results:
            done(1)
            if result is None:
                refused += 1
                click.echo(f"{path}: {reason}", err=True)
            elif as_lines:
                click.echo(json.dumps(result, ensure_ascii=False))
            elif as_document:
                read.append(result)
            elif not ledger:
                _print_letter(result)
    if as_document:
        click.echo(json.dumps(read, ensure_ascii=False, indent=2))
    sys.exit(1 if refused else 0)


def _to_read(paths: tuple[Path, ...], ledger: Ledger | None, resume: bool) -> tuple[list[Path], int]:
    """The files that are still to be read, and how many folders hold none. Ends the command on a wrong use."""
    from evenhand.cli.letters_pile import EMPTY, files_of

    if resume and not ledger:
        raise click.UsageError("--resume goes on with the file of an earlier run; name it with --out")
    if ledger and ledger.written() and not resume:
        raise click.UsageError(f"{ledger.letters} is there from an earlier run; add --resume, or name another file")
    empty = [path for path in paths if path.is_dir() and not files_of((path,))]
    for path in empty:
        click.echo(f"{path}: {EMPTY}", err=True)
    try:
        known = ledger.done() if ledger else set()
    except (ValueError, KeyError, TypeError):
        raise click.UsageError("the file of --out holds lines that are no letters; name another file") from None
    return [path for path in files_of(paths) if str(path) not in known], len(empty)


def read_all(paths: tuple[Path, ...]) -> Iterator[tuple[Path, dict[str, Any] | None, str]]:
    """Each file's letter, or the reason why it is none, in the given order; on all cores where there are many."""
    from evenhand.cli.letters_pile import read_all as read

    return read(paths)


def _print_letter(letter: dict[str, Any]) -> None:
    """One letter for people: the header facts, then an item a line."""
    head = letter["header"]
    number = head["case_number"] or "no case number"
    click.echo(f"{letter['source']}: {number}, layout {letter['layout']}, {letter['outcome']}")
    for item in letter["items"]:
        click.echo(f"  {item['number']}. {item['decision']}: {item['item']}")
    for problem in letter["problems"]:
        click.echo(f"  uncertain: {problem}")
