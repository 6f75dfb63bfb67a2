"""`evenhand run`: a case bundle through the whole office."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.office import database_option, refusals_explained

if TYPE_CHECKING:
    from evenhand.bundles import Bundle
    from evenhand.office.cases.models import Case


@click.command(
    "run",
    epilog="""\b
Examples:
  evenhand run examples/neck-cold-therapy
  evenhand run examples/neck-cold-therapy --fresh --out /tmp/neck
""",
)
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Folder for the result. Default: out/BUNDLE-NAME."
)
@click.option(
    "--fresh", is_flag=True, help="Start the case anew; an earlier run of the bundle is set aside, not deleted."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
@database_option
@refusals_explained
def command(bundle: Path, out: Path | None, fresh: bool, as_json: bool, database: str | None) -> None:
    """Take the case in BUNDLE through the whole office.

    BUNDLE is a folder: case.yaml (application, request, UR decision), course.yaml (who did what when),
    records.yaml with the papers, reviewers.yaml, review.yaml. Every act is done by the account that would
    do it, under its permission. Where something is missing the case stops at that
    stage, with the reason (exit 1). Stopped or killed, run it again: it goes on where it was.
    """
    from evenhand.bundles import read_bundle
    from evenhand.office.configuration import configuration
    from evenhand.office.opening import alone, name_database, open_office

    name_database(database)
    read = read_bundle(bundle)
    open_office()
    with alone(configuration().home, "run"):
        told = _run(read, (out or Path("out") / read.name).absolute(), fresh)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _tell(told)
    sys.exit(0 if told["issued"] else 1)


def _run(bundle: Bundle, folder: Path, fresh: bool) -> dict[str, Any]:
    from rich.console import Console

    from evenhand.office.configuration import configuration
    from evenhand.office.events.checkpoint import make_checkpoint
    from evenhand.office.proofs.export import is_complete, require_free
    from evenhand.office.publishing.actions import bring_corpus_up_to_date
    from evenhand.simulation.one_case import OneCase
    from evenhand.simulation.way import Step, Stopped, start_anew

    require_free(folder)
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if fresh and (old := start_anew(bundle)) is not None:
        console.print(f"Case {old.number} of this bundle is set aside; it stays in the log.")
        shutil.rmtree(folder, ignore_errors=True)  # what it left there would pass for the new case's
    way = OneCase(bundle)
    stopped: Stopped | None = None
    acts = 0
    with console.status("Opening the office") as status:

        def begin(step: Step) -> None:
            status.update(step.title)

        def finished(step: Step) -> None:
            nonlocal acts
            acts += 1
            console.print(f"[green]✓[/green] {step.title}")

        try:
            case = way.run(begin, finished)
        except Stopped as stop:
            stopped, case = stop, stop.case
        finally:
            make_checkpoint(configuration())
    written = False
    if acts or not is_complete(case, folder):
        _take_out(way, case, folder)
        written = True
    bring_corpus_up_to_date()
    return _told(case, folder, written=written, existed=not acts and not written, stopped=stopped)


def _take_out(way: Any, case: Case, folder: Path) -> None:
    from evenhand.office.configuration import configuration
    from evenhand.office.events.checkpoint import make_checkpoint
    from evenhand.office.proofs.export import take, write

    taken = take(case)
    way.log_export(folder, taken.digest)
    make_checkpoint(configuration())
    write(case, folder, taken)


def _told(case: Case, folder: Path, *, written: bool, existed: bool, stopped: Any) -> dict[str, Any]:
    letter = getattr(case, "letter", None)
    return {
        "case_number": case.number,
        "state": case.state,
        "reason": stopped.why if stopped else case.closed_reason,
        "next": stopped.next if stopped else None,
        "issued": letter is not None and stopped is None,
        "existed": existed,
        "outcome": letter.determination["outcome"] if letter else None,
        "items": [
            {
                "number": item.number,
                "item": item.eligible_portion or item.text,
                "state": item.state,
                "decision": item.decision,
                "grounds": [f["explanation"] for f in item.findings],
            }
            for item in case.items.all()
        ],
        "out": str(folder) if folder.exists() else None,
        "files": sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
        if folder.exists()
        else [],
        "written": written,
    }


def _tell(told: dict[str, Any]) -> None:
    case = told["case_number"]
    if told["next"]:
        click.echo(f"\nCase {case} stops at {told['state']}: {told['reason']}.\nNext: {told['next']}.", err=True)
        click.echo(f"Its dates, notices and proof so far are in {_short(told['out'])}.", err=True)
        return
    if told["existed"]:
        click.echo(f"Case {case} exists already ({told['state']}); nothing was changed. Start it anew with --fresh.")
    else:
        click.echo(f"\nCase {case}: {told['outcome'] or told['state']} ({told['reason']}).")
    for item in told["items"]:
        click.echo(f"  {item['number']}. {item['item']}: {item['decision'] or item['state'].lower()}")
        if item["decision"] is None:
            for ground in item["grounds"]:
                click.echo(f"     {ground}")
    if told["out"]:
        click.echo(f"\nWhere to look, in {_short(told['out'])}:")
        for name, words in LOOK.items():
            if name in told["files"] or name.endswith("/"):
                click.echo(f"  {name:<20}{words}")
        click.echo(
            "\nSearch the published decisions: evenhand corpus search WORDS   Verify the log: evenhand audit verify"
        )


LOOK = {
    "letter.pdf": "the Final Determination Letter (PDF/UA-1, PDF/A-2a)",
    "letter.html": "the same for the browser",
    "determination.json": "the same as data",
    "notices/": "every notice that went out, with its proof of service",
    "timeline.txt": "the legal dates with their arithmetic (timeline.json: as data)",
    "proof.json": "events, signed checkpoints, hashes: `evenhand audit verify --bundle`",
    "published.json": "the decision as published, de-identified",
}


def _short(path: str) -> str:
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return path
