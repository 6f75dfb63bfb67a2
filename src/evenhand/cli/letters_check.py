"""`evenhand letters check` and `evenhand letters checks`: the second reader, and the list of what it looks for."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evenhand.letters.second_reader import Check, Finding

PROFILES = click.Choice(["published", "issue"])
PROFILE_HELP = (
    "A letter as it was published (default), or one about to be issued, which must have all that the law asks."
)


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose law governs; else the UR decision's day.")
@click.option("--profile", type=PROFILES, default="published", show_default=True, help=PROFILE_HELP)
@click.option("--select", help="Only these checks: codes or their beginnings, with commas between (EH1,EH304).")
@click.option("--ignore", help="Not these checks: codes or their beginnings.")
@click.option("--json", "as_document", is_flag=True, help="One JSON document; with several letters a list of them.")
def check_command(
    paths: tuple[Path, ...],
    on: datetime | None,
    profile: str,
    select: str | None,
    ignore: str | None,
    as_document: bool,
) -> None:
    """The second reader: what a determination lacks or contradicts, with the citation and what to do.

    Exit code 1 where there is a finding, or a file is no letter. What each check looks for: evenhand letters checks.

    \b
    Example: evenhand letters check CM15-0000001.pdf
    Example: evenhand letters check letters/ --select EH1,EH3 --json
    """
    from evenhand.cli.letters_pile import files_of
    from evenhand.letters.read import NotALetter, read_letter
    from evenhand.letters.second_reader import NeedsDate, Profile, check_letter
    from evenhand.reading import to_plain

    wanted = _wanted(select, ignore)
    files = files_of(paths)
    if not files:
        click.echo(f"{paths[0]}: the folder holds no PDF or text", err=True)
        sys.exit(1)
    documents, clean = [], True
    for path in files:
        try:
            letter = read_letter(path)
            findings = check_letter(letter, on=on.date() if on else None, profile=Profile(profile))
        except (NotALetter, NeedsDate) as error:
            click.echo(f"{path}: {error}", err=True)
            clean = False
            continue
        findings = tuple(finding for finding in findings if finding.code in wanted)
        clean = clean and not findings
        if as_document:
            documents.append({"source": str(path), "findings": to_plain(findings), "problems": list(letter.problems)})
        else:
            if len(files) > 1:
                click.echo(f"{path}")
            _print_findings(findings, letter.problems)
    if as_document and documents:
        alone = len(paths) == 1 and not paths[0].is_dir()
        click.echo(json.dumps(documents[0] if alone else documents, ensure_ascii=False, indent=2))
    sys.exit(0 if clean else 1)


@click.command("checks")
@click.argument("code", required=False)
@click.option("--json", "as_document", is_flag=True, help="One JSON document.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write the pages of all checks here.")
def checks_command(code: str | None, as_document: bool, out: Path | None) -> None:
    """What the second reader looks for: every check with its code and severity; with CODE that check's page.

    \b
    Example: evenhand letters checks
    Example: evenhand letters checks EH011
    Example: evenhand letters checks --out docs/second-reader
    """
    from evenhand.letters.second_reader import checks, pages

    known = {each.code: each for each in checks()}
    if code and code.upper() not in known:
        raise click.UsageError(f"no check has the code {code}; see them all: evenhand letters checks")
    shown = [known[code.upper()]] if code else list(known.values())
    if out:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in pages.all_pages(known.values()).items():
            (out / name).write_text(text, encoding="utf-8")
        click.echo(f"{len(known)} pages and their list: {out / 'README.md'}")
        return
    if as_document:
        click.echo(json.dumps([_plain(each) for each in shown], ensure_ascii=False, indent=2))
    elif code:
        click.echo(pages.page(shown[0]), nl=False)
    else:
        for each in shown:
            click.echo(f"{each.code}  {each.severity.value:8}{each.says}")


def _plain(check: Check) -> dict[str, object]:
    return {
        "code": check.code,
        "name": check.name,
        "severity": {profile.value: check.severity_in(profile).value for profile in check.profiles},
        "ground": check.ground.value,
        "says": check.says,
        "page": check.page,
    }


def _wanted(select: str | None, ignore: str | None) -> frozenset[str]:
    """The codes that are asked for. Raises UsageError where a word fits none."""
    from evenhand.letters.second_reader import checks

    codes = [each.code for each in checks()]

    def fitting(words: str) -> set[str]:
        found = set()
        for word in filter(None, (word.strip().upper() for word in words.split(","))):
            fits = {code for code in codes if code.startswith(word)}
            if not fits:
                raise click.UsageError(f"no check's code begins with {word}; see them all: evenhand letters checks")
            found |= fits
        return found

    kept = fitting(select) if select else set(codes)
    return frozenset(kept - (fitting(ignore) if ignore else set()))


def _print_findings(findings: Iterable[Finding], problems: Iterable[str]) -> None:
    findings = tuple(findings)
    for finding in findings:
        click.echo(f"{finding.severity.value}: {finding.where}: {finding.what} [{finding.code}]")
        if finding.place.quote:
            click.echo(f"    at: {finding.place.part.value.replace('_', ' ')}: “{finding.place.quote}”")
        click.echo(f"    why: {finding.why}")
        click.echo(f"    to do: {finding.what_to_do}")
    for problem in problems:
        click.echo(f"uncertain in reading: {problem}")
    if not findings:
        click.echo("No finding.")
