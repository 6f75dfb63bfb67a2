"""`evenhand letters`: read, check and write determination letters."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from evenhand.letters.check import Finding

_ENDINGS = {".pdf", ".txt"}
_EMPTY = "no letter is in this folder; it is searched for files that end in .pdf or .txt"
# Below this many letters, starting more processes costs more than it saves.
_ENOUGH_FOR_PROCESSES = 24


class _Letters(click.Group):
    """`write` lives in its own module and is imported only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), "write"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name != "write":
            return super().get_command(ctx, cmd_name)
        from evenhand.cli.letters_write import write_command

        return write_command


@click.group(cls=_Letters)
def command() -> None:
    """Read, check and write Final Determination Letters.

    \b
    evenhand letters read letters/ --jsonl > letters.jsonl
    evenhand letters check CM15-0000001.pdf
    """


@command.command("read")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jsonl", "as_lines", is_flag=True, help="One JSON document a line, one line a letter.")
@click.option("--json", "as_document", is_flag=True, help="One JSON document: a list of letters.")
def read_command(paths: tuple[Path, ...], as_lines: bool, as_document: bool) -> None:
    """Determination letters (PDF or text) to data. A folder is read with everything below it.

    What is no letter is named on standard error with the reason, and the exit code is 1; the other letters are
    still read.

    \b
    Example: evenhand letters read letters/ --jsonl > letters.jsonl
    """
    read, refused = [], 0
    for path, result, reason in read_all(paths):
        if result is None:
            refused += 1
            click.echo(f"{path}: {reason}", err=True)
        elif as_lines:
            click.echo(json.dumps(result, ensure_ascii=False))
        elif as_document:
            read.append(result)
        else:
            _print_letter(result)
    if as_document:
        click.echo(json.dumps(read, ensure_ascii=False, indent=2))
    sys.exit(1 if refused else 0)


@command.command("check")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose law governs; else the UR decision's day.")
@click.option("--json", "as_document", is_flag=True, help="One JSON document.")
def check_command(path: Path, on: datetime | None, as_document: bool) -> None:
    """The second reader: what a determination lacks or contradicts, with the citation and what to do.

    Exit code 1 where there is a finding.

    \b
    Example: evenhand letters check CM15-0000001.pdf
    """
    from evenhand.letters.check import NeedsDate, check
    from evenhand.letters.read import NotALetter, read_letter
    from evenhand.reading import to_plain

    try:
        letter = read_letter(path)
        findings = check(letter, on=on.date() if on else None)
    except (NotALetter, NeedsDate) as error:
        click.echo(f"{path}: {error}", err=True)
        sys.exit(1)
    if as_document:
        document = {"source": str(path), "findings": to_plain(findings), "problems": list(letter.problems)}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _print_findings(findings, letter.problems)
    sys.exit(1 if findings else 0)


def _files(paths: tuple[Path, ...]) -> list[Path]:
    """The files to read: those named, and in folders every PDF or text file, in a stable order."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in _ENDINGS)
        else:
            found.append(path)
    return found


def read_all(paths: tuple[Path, ...]) -> Iterator[tuple[Path, dict[str, Any] | None, str]]:
    """Each file's letter, or the reason why it is none, in the given order; on all cores where there are many."""
    files = _files(paths)
    yield from ((path, None, _EMPTY) for path in paths if path.is_dir() and not _files((path,)))
    if len(files) < _ENOUGH_FOR_PROCESSES:
        yield from map(_read_one, files)
        return
    from rich.console import Console
    from rich.progress import track

    with ProcessPoolExecutor() as pool:
        results = pool.map(_read_one, files, chunksize=8)
        console = Console(stderr=True)
        yield from track(results, total=len(files), description="Reading letters", console=console, transient=True)


def _read_one(path: Path) -> tuple[Path, dict[str, Any] | None, str]:
    from evenhand.letters.read import NotALetter, as_json, read_letter

    try:
        return path, as_json(read_letter(path, str(path))), ""
    except NotALetter as error:
        return path, None, str(error)


def _print_letter(letter: dict[str, Any]) -> None:
    """One letter for people: the header facts, then an item a line."""
    head = letter["header"]
    number = head["case_number"] or "no case number"
    click.echo(f"{letter['source']}: {number}, layout {letter['layout']}, {letter['outcome']}")
    for item in letter["items"]:
        click.echo(f"  {item['number']}. {item['decision']}: {item['item']}")
    for problem in letter["problems"]:
        click.echo(f"  uncertain: {problem}")


def _print_findings(findings: tuple[Finding, ...], problems: tuple[str, ...]) -> None:
    for finding in findings:
        click.echo(f"{finding.severity.value}: {finding.where}: {finding.what}")
        click.echo(f"    why: {finding.why}")
        click.echo(f"    to do: {finding.what_to_do}")
    for problem in problems:
        click.echo(f"uncertain in reading: {problem}")
    if not findings:
        click.echo("No finding.")
