"""`evenhand synthetic`: made-up material with known truth."""

from __future__ import annotations

from pathlib import Path

import click


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
