"""`evenhand privacy`: de-identify a text, and say what was removed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from evenhand.programmes import PUBLIC_PROFILE


@click.group()
def command() -> None:
    """De-identify a text before it leaves the house.

    \b
    evenhand privacy redact note.txt --identities case-identities.yaml > public.txt
    """


@command.command("redact")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--identities", type=click.Path(path_type=Path), help="YAML file of known identities.")
@click.option("--profile", default=PUBLIC_PROFILE, show_default=True, help=f"{PUBLIC_PROFILE} or safe_harbor.")
@click.option("--json", "as_document", is_flag=True, help="One JSON document: the text and what was removed.")
def redact_command(file: Path, identities: Path | None, profile: str, as_document: bool) -> None:
    """The text of FILE without what identifies somebody; what was removed goes to standard error.

    The identities file lists what the case record knows:

    \b
    identities:
      - {kind: person, role: employee, values: ["Maria Example"]}
      - {kind: number, role: claim, values: ["WC-2015-00417"]}

    Exit code 1 where a known identity is still found, or where a person must look at a name nobody listed.

    \b
    Example: evenhand privacy redact note.txt --identities case-identities.yaml --profile safe_harbor
    """
    from evenhand.privacy.identity import Identities
    from evenhand.privacy.redact import redact
    from evenhand.privacy.verify import verify
    from evenhand.reading import read, to_plain

    known = read(Identities, identities).identities if identities else ()
    result = redact(_text(file), known, profile)
    verdict = verify(result.text, known)
    if as_document:
        removed = [{**to_plain(entry), "count": entry.count} for entry in result.removed]
        document = {**to_plain(result), "removed": removed, "verified": to_plain(verdict)}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        click.echo(result.text, nl=not result.text.endswith("\n"))
    for entry in result.removed:
        click.echo(f"removed {entry.count} x {entry.role.replace('_', ' ')} ({entry.reason})", err=True)
    for flag in result.flags:
        click.echo(f"look at characters {flag.start} to {flag.end} of the result: {flag.reason}", err=True)
    for leak in verdict.leaks:
        click.echo(f"still there: {leak.role}, {leak.why} (characters {leak.start} to {leak.end})", err=True)
    sys.exit(0 if verdict.clean and not result.flags else 1)


def _text(file: Path) -> str:
    """The text of a text file or a PDF. Raises BadFile."""
    from evenhand.reading import BadFile, Fault

    if file.suffix.lower() == ".pdf":
        from evenhand.letters.extract import NotALetter, lines_of

        try:
            return "\n".join(line.text for line in lines_of(file))
        except NotALetter as error:
            raise BadFile([Fault(file=str(file), what=str(error))]) from None
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadFile([Fault(file=str(file), what="does not exist; check the path")]) from None
    except (OSError, UnicodeDecodeError):
        raise BadFile([Fault(file=str(file), what="is not readable UTF-8 text; save it as UTF-8")]) from None
