"""`evenhand letters write`: a letter's data to PDF, HTML, text and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import click

_EXAMPLE = """Writes a Final Determination Letter from its data.

LETTER.json holds the determination and what surrounds it (parties, recipients, steps that follow). The letter is
refused, in words,
where it lacks something that the law requires, such as the list of documents reviewed.

\b
Example:
  evenhand letters write letter.json --out out/letter
  evenhand letters write --schema          what LETTER.json holds, as a JSON Schema
"""


@click.command("write", help=_EXAMPLE)
@click.argument("letter", required=False, type=click.Path(path_type=Path))
@click.option("--out", "folder", type=click.Path(path_type=Path, file_okay=False), help="Folder for the four files.")
@click.option("--programme", default="ca_dwc", show_default=True, help="Whose fixed texts to use.")
@click.option("--language", default="en", show_default=True, help="In which language.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of LETTER.json and stop.")
@click.option("--json", "as_json", is_flag=True, help="Print the paths and findings as one JSON document.")
def write_command(
    letter: Path | None, folder: Path | None, programme: str, language: str, schema: bool, as_json: bool
) -> None:
    from evenhand.letters.own import OwnLetter
    from evenhand.reading import json_schema

    if schema:
        click.echo(json.dumps(json_schema(OwnLetter), indent=2))
        return
    if letter is None:
        raise click.UsageError("Name the LETTER.json to write, or ask for --schema.")
    paths, findings = _written(letter, folder or Path("out") / letter.stem, programme, language)
    if as_json:
        click.echo(json.dumps({"files": [str(path) for path in paths], "findings": list(findings)}, indent=2))
    else:
        for path in paths:
            click.echo(path)
    for finding in findings:
        click.echo(f"{paths[0]}: {finding}", err=True)
    if findings:
        raise SystemExit(1)


def _written(letter: Path, folder: Path, programme: str, language: str) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The files written, and what our own look at the PDF found. Raises BadFile."""
    from evenhand.letters.own import OwnLetter
    from evenhand.letters.write import LetterIncomplete, write_letter
    from evenhand.reading import BadFile, Fault, read
    from evenhand.typesetting.check import check_pdf
    from evenhand.typesetting.pdf import CannotTypeset
    from evenhand.typesetting.texts import TextMissing, read_texts

    # JSON is read by the same strict reader as YAML, so a fault names its line.
    own = read(OwnLetter, letter)
    try:
        paths = write_letter(own, read_texts(programme, language), folder)
    except LetterIncomplete as error:
        raise BadFile([Fault(file=letter.name, what=reason) for reason in error.reasons]) from None
    except (CannotTypeset, TextMissing) as error:
        raise BadFile([Fault(file=letter.name, what=str(error))]) from None
    except OSError as error:
        raise BadFile([Fault(file=str(folder), what=f"cannot be written: {error.strerror}")]) from None
    return paths, check_pdf(paths[0].read_bytes(), author=own.organisation.name)
