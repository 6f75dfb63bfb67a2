"""`evenhand synthetic`: made-up material with known truth."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from evenhand.programmes import DEFAULT


@click.group()
def command() -> None:
    """Made-up material with known truth, for examples, tests and benches. The same seed gives the same files.

    Example: evenhand synthetic records examples/neck-cold-therapy/sources --out out/records
    """


@command.command("records")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the PDFs."
)
@click.option("--seed", default=0, show_default=True, help="Moves the dirt and the skew of scanned papers.")
def records_command(sources: tuple[Path, ...], folder: Path, seed: int) -> None:
    """Make a PDF of each record in SOURCES (YAML files, or folders of them): DIR/NAME.pdf for NAME.yaml.

    A record with `scanned: true` becomes a picture of its pages without a text layer.

    \b
    Example:
      evenhand synthetic records examples/neck-cold-therapy/sources --out out/records --seed 1
    """
    from evenhand.casefile.write import replace
    from evenhand.reading import BadFile, Fault, read
    from evenhand.synthetic.records import RecordText, render

    paths = [each for path in sources for each in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    if not paths:
        raise BadFile([Fault(file=str(sources[0]), what="holds no YAML file; a record is a file NAME.yaml")])
    faults: list[Fault] = []
    for path in paths:
        try:
            record = read(RecordText, path)
        except BadFile as error:
            faults.extend(error.faults)
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            replace(folder / f"{path.stem}.pdf", render(record, seed=seed))
        except OSError as error:
            raise BadFile([Fault(file=str(folder), what=f"cannot be written: {error.strerror}")]) from None
        click.echo(folder / f"{path.stem}.pdf")
    if faults:
        raise BadFile(faults)


@command.command("applications")
@click.option("--count", type=click.IntRange(min=1), required=True, help="How many applications.")
@click.option("--seed", default=0, show_default=True, help="Another seed, other applications.")
@click.option(
    "--out", "path", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file (JSON Lines)."
)
@click.option("--programme", default=DEFAULT, show_default=True, help="By whose law.")
def applications_command(count: int, seed: int, path: Path, programme: str) -> None:
    """Make an archive of applications, one a line, in the order of the decisions that they dispute.

    `planted` in each line is the truth: for each disputed item the ground of ineligibility that was put in, or null.

    \b
    Example:
      evenhand synthetic applications --count 1000 --seed 7 --out out/applications.jsonl
    """
    from evenhand.cli.progress import progress
    from evenhand.cli.streams import json_lines
    from evenhand.law import Refused, load_pack
    from evenhand.synthetic.applications import applications

    try:
        pack = load_pack(programme)
        with json_lines(path) as write, progress("Making applications", count) as done:
            for application in applications(pack, count=count, seed=seed):
                write(application)
                done(1)
    except Refused as refused:
        click.echo(f"No applications for {programme}: {refused}", err=True)
        sys.exit(1)
    click.echo(path)


@command.command("letters")
@click.option("--count", type=click.IntRange(min=1), required=True, help="How many letters.")
@click.option("--seed", default=0, show_default=True, help="Another seed, other letters.")
@click.option("--layout", "layouts", multiple=True, type=click.Choice(["A", "B", "C", "D", "E"]), help="Only these.")
@click.option("--out", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder.")
def letters_command(count: int, seed: int, layouts: tuple[str, ...], folder: Path) -> None:
    """Make determination letters as text, and beside them truth.jsonl with what is in each.

    Layouts C, D and E are reconstructions: only their labels are known.

    \b
    Example:
      evenhand synthetic letters --count 100 --seed 7 --out out/letters
    """
    from evenhand.cli.progress import progress
    from evenhand.cli.streams import json_lines
    from evenhand.synthetic.letters import LAYOUTS, letters

    folder.mkdir(parents=True, exist_ok=True)
    with json_lines(folder / "truth.jsonl") as write, progress("Making letters", count) as done:
        for letter in letters(count, seed=seed, layouts=layouts or LAYOUTS):
            (folder / f"{letter.name}.txt").write_text(letter.text, encoding="utf-8")
            write(letter.truth())
            done(1)
    click.echo(folder)
