"""`evenhand letters write`: a letter's data to PDF, HTML, text and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evenhand.programmes import DEFAULT

if TYPE_CHECKING:
    from evenhand.letters.own import OwnLetter

_EXAMPLE = """Writes a Final Determination Letter from its data.

LETTER.json holds the determination and what surrounds it (parties, recipients, steps that follow). The letter is
refused, in words,
where it lacks something that the law requires, such as the list of documents reviewed.

Beside it stands the page in plain words for the worker, in every language that the programme has, where the letter
names the last day for a petition (a step with the rule wcab_petition).

The PDF is signed in the organization's name: with the key and certificate that EVENHAND_LETTER_KEY and
EVENHAND_LETTER_CERTIFICATE name, else with a test certificate, made at first use beside the office's keys.

\b
Example:
  evenhand letters write letter.json --out out/letter
  evenhand letters write --schema          what LETTER.json holds, as a JSON Schema
"""


@click.command("write", help=_EXAMPLE)
@click.argument("letter", required=False, type=click.Path(path_type=Path))
@click.option("--out", "folder", type=click.Path(path_type=Path, file_okay=False), help="Folder for the files.")
@click.option("--programme", default=DEFAULT, show_default=True, help="Whose fixed texts to use.")
@click.option("--language", default="en", show_default=True, help="In which language.")
@click.option("--unsigned", is_flag=True, help="Leave the PDF without the organization's signature.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of LETTER.json and stop.")
@click.option("--json", "as_json", is_flag=True, help="Print the paths and findings as one JSON document.")
def write_command(
    letter: Path | None,
    folder: Path | None,
    programme: str,
    language: str,
    unsigned: bool,
    schema: bool,
    as_json: bool,
) -> None:
    from evenhand.letters.own import OwnLetter
    from evenhand.reading import json_schema

    if schema:
        click.echo(json.dumps(json_schema(OwnLetter), indent=2))
        return
    if letter is None:
        raise click.UsageError("Name the LETTER.json to write, or ask for --schema.")
    paths, findings = _written(letter, folder or Path("out") / letter.stem, programme, language, unsigned)
    if as_json:
        click.echo(json.dumps({"files": [str(path) for path in paths], "findings": list(findings)}, indent=2))
    else:
        for path in paths:
            click.echo(path)
    for finding in findings:
        click.echo(f"{paths[0]}: {finding}", err=True)
    if findings:
        raise SystemExit(1)


def _written(
    letter: Path, folder: Path, programme: str, language: str, unsigned: bool
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The files written, and what our own look at the PDF found. Raises BadFile."""
    from evenhand.letters.own import OwnLetter
    from evenhand.letters.write import LetterIncomplete, write_letter
    from evenhand.reading import BadFile, Fault, read
    from evenhand.typesetting.check import check_pdf
    from evenhand.typesetting.notice import NoticeRefused
    from evenhand.typesetting.pdf import CannotTypeset
    from evenhand.typesetting.texts import TextMissing, read_texts

    # JSON is read by the same strict reader as YAML, so a fault names its line.
    own = read(OwnLetter, letter)
    try:
        sign = None if unsigned else _signing(own.organisation.name)
        paths = write_letter(own, read_texts(programme, language), folder, sign=sign)
        pages = tuple(_summaries(own, programme, folder))
    except LetterIncomplete as error:
        raise BadFile([Fault(file=letter.name, what=reason) for reason in error.reasons]) from None
    except (CannotTypeset, NoticeRefused, TextMissing) as error:
        raise BadFile([Fault(file=letter.name, what=str(error))]) from None
    except OSError as error:
        raise BadFile([Fault(file=str(folder), what=f"cannot be written: {error.strerror}")]) from None
    pdfs = [path.read_bytes() for path in (paths[0], *pages) if path.suffix == ".pdf"]
    return (*paths, *pages), tuple(fault for pdf in pdfs for fault in check_pdf(pdf, author=own.organisation.name))


def _summaries(own: OwnLetter, programme: str, folder: Path) -> Iterator[Path]:
    """Writes the page in plain words, in every language that the programme has, as PDF and HTML."""
    from evenhand.letters.summary import summary_page
    from evenhand.typesetting.html import to_html
    from evenhand.typesetting.pdf import to_pdf
    from evenhand.typesetting.texts import read_texts, translations

    for language in ("en", *translations(programme)):
        page = summary_page(own, read_texts(programme, language))
        if page is not None:
            for ending, content in (("pdf", to_pdf(page, created=own.served_on)), ("html", to_html(page).encode())):
                path = folder / f"summary-{language}.{ending}"
                path.write_bytes(content)
                yield path


def _signing(organisation: str) -> Callable[[bytes], bytes]:
    """Signs a PDF in the organisation's name. Raises BadFile where key or certificate are not fit for it."""
    from evenhand.office.configuration import configuration
    from evenhand.office.letter_signing import letter_identity
    from evenhand.typesetting.signature import sign_pdf

    at = datetime.now(UTC)
    identity = letter_identity(configuration(), organisation, at=at)
    return lambda pdf: sign_pdf(pdf, identity, at=at)
