"""`evenhand audit`: is the log whole?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from evenhand.cli.office import database_option, refusals_explained


@click.group("audit")
def command() -> None:
    """Verify the event log of a database, or a proof bundle offline."""


@command.command(
    "verify",
    epilog="""\b
Examples:
  evenhand audit verify
  evenhand audit verify --bundle out/neck-cold-therapy/proof.json
""",
)
@click.option(
    "--bundle",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A proof bundle (proof.json) instead of a database.",
)
@click.option("--key", metavar="BASE64", help="The office's public key as you know it from elsewhere.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
@database_option
@refusals_explained
def verify_command(bundle: Path | None, key: str | None, as_json: bool, database: str | None) -> None:
    """Walk every chain of events, check every signed checkpoint, and name the first bad place of each.

    Exit 0: nothing was changed, removed or cut off. Exit 1: the findings.
    """
    told = _bundle(bundle, key) if bundle else _database(database, key)
    findings = told["findings"]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(f"BAD: {finding}")
        for note in told["notes"]:
            click.echo(f"Note: {note}")
        click.echo(told["summary"])
    sys.exit(1 if findings else 0)


def _database(database: str | None, key: str | None) -> dict[str, Any]:
    from evenhand.office.configuration import configuration
    from evenhand.office.opening import open_office

    open_office(database, must_exist=True, only_look=True)
    from evenhand.office.events.verify import verify

    report = verify(configuration(), key)
    from evenhand.office.words import counted

    signed = counted(report.checkpoints, "signed checkpoint")
    told = f"{counted(report.events, 'event')} in {counted(report.chains, 'chain')}, {signed}"
    return {
        "findings": list(report.findings),
        "notes": list(report.notes),
        "summary": f"{told}: {'NOT whole' if report.findings else 'whole'}.",
        "chains": report.chains,
        "events": report.events,
        "checkpoints": report.checkpoints,
    }


def _bundle(path: Path, key: str | None) -> dict[str, Any]:
    from evenhand.office.proofs.offline import papers_absent, verify_bundle

    findings = verify_bundle(path, key)
    notes = [] if key else ["the key in the file was taken at its word; give the office's with --key"]
    if absent := papers_absent(path):
        notes.append(f"not beside the proof, and so not compared: {', '.join(absent)}")
    return {
        "findings": list(findings),
        "notes": notes,
        "summary": f"{path}: {'does NOT hold' if findings else 'holds'}.",
    }


@command.command("key", epilog="Example: evenhand audit verify --bundle proof.json --key $(evenhand audit key)")
@database_option
@refusals_explained
def key_command(database: str | None) -> None:
    """Print the office's public key (Ed25519, base64), for those who verify proofs far from here."""
    from evenhand.office.configuration import configuration
    from evenhand.office.opening import open_office

    open_office(database, must_exist=True, only_look=True)
    from evenhand.office.events.checkpoint import public_key_of

    click.echo(public_key_of(configuration()))


@command.command(
    "reviewers",
    epilog="""\b
Examples:
  evenhand audit reviewers first/proof.json after-remand/proof.json
  evenhand audit reviewers proof.json --tag-key tags.key --register reviewers.txt
""",
)
@click.argument("proofs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PROOF...")
@click.option("--tag-key", type=click.Path(path_type=Path), metavar="FILE", help="The office's key of tags (32 bytes).")
@click.option(
    "--register",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The identifiers of the register, one a line; with --tag-key.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
@refusals_explained
def reviewers_command(proofs: tuple[Path, ...], tag_key: Path | None, register: Path | None, as_json: bool) -> None:
    """Who was selected in a dispute, by keyed tag: the same reviewer again, or another one.

    Needs neither names nor the office. An auditor who was given the key of tags and the register's identifiers learns
    which identifier each tag stands for. Exit 1: a proof does not hold, or a tag is nobody's of that register.
    """
    from evenhand.office.proofs.reviewers import reviewers_of

    if (tag_key is None) != (register is None):
        raise click.UsageError("--tag-key and --register go together: the key alone names nobody, nor do identifiers.")
    told = reviewers_of(proofs, tag_key, register)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in told["lines"]:
            click.echo(line)
    sys.exit(1 if told["findings"] else 0)
