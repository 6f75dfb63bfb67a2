"""`evenhand match conflicts`: every path from a reviewer, or from the review organisation, to a party of a case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.programmes import DEFAULT

if TYPE_CHECKING:
    from evenhand.matching.affiliations import Affiliations, Finding, Screener
    from evenhand.matching.facts import CaseToReview

FILE = click.Path(path_type=Path, dir_okay=False)
MOST_FAULTS = 10


@click.command("conflicts")
@click.option("--cases", "cases_path", type=FILE, required=True, help="Cases that wait, as JSON Lines.")
@click.option("--reviewers", "reviewers_path", type=FILE, required=True, help="JSON Lines or reviewers.yaml.")
@click.option("--affiliations", "affiliations_path", type=FILE, help="Parties and edges, as JSON Lines.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day, YYYY-MM-DD.  [default: today]")
@click.option("--programme", default=DEFAULT, show_default=True, help="Whose law.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def command(
    cases_path: Path,
    reviewers_path: Path,
    affiliations_path: Path | None,
    on: datetime | None,
    programme: str,
    as_json: bool,
) -> None:
    """Say who is tied to whom: what bars a review, what a person must look at, what was considered.

    Affiliations are JSON Lines, a party or an edge a line. A party has an id, a kind (person, organisation, facility,
    maker), a name, former_names and identifiers; an edge has a source, a target, a kind (ownership, employment, kinship,
    ...), a relation, a percent, valid_from and valid_to. A reviewer's node has the reviewer's id; the party with
    review_organisation: true is the review organisation itself. Sentences hold no names; paths hold ids.

    Exit code 1 where a reviewer is kept from a case.

    \b
    evenhand match conflicts --cases cases.jsonl --reviewers reviewers.jsonl --affiliations affiliations.jsonl --on 2015-02-13
    """
    from evenhand.cli.match import _given, _refusals
    from evenhand.matching.affiliations import Screener

    day = on or datetime.now(tz=UTC)
    known = read_affiliations(affiliations_path)
    with _refusals(cases_path, reviewers_path):
        cases, reviewers, rules = _given(cases_path, reviewers_path, day, programme)
        screener = Screener(reviewers, day.date(), rules, known)
    found = [entry for case in cases for entry in _found(screener, case)]
    kept = {(entry["case"], entry["reviewer"]) for entry in found if entry["outcome"] != "considered"}
    if as_json:
        told = {"on": day.date().isoformat(), "findings": found, "kept_from": len(kept)}
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        for entry in found:
            click.echo(_line(entry))
        what = f"{len(found)} findings in {len(cases)} cases for {len(reviewers)} reviewers on {day.date()}"
        click.echo(f"{what}; {len(kept)} times somebody is kept from a case.", err=True)
    if kept:
        raise SystemExit(1)


def read_affiliations(path: Path | None) -> Affiliations | None:
    """Parties and edges from JSON Lines; every faulty line is told by its number. Raises BadFile."""
    from evenhand.matching.affiliations import Affiliations, Edge, Party
    from evenhand.reading import BadFile, Fault, from_plain

    if path is None:
        return None
    parties, edges, faults = [], [], []
    for number, line in _lines(path):
        try:
            plain = json.loads(line)
            if isinstance(plain, dict) and "source" in plain:
                edges.append(from_plain(Edge, plain, name=path.name))
            else:
                parties.append(from_plain(Party, plain, name=path.name))
        except BadFile as error:
            faults += [Fault(file=path.name, line=number, where=fault.where, what=fault.what) for fault in error.faults]
        except ValueError:
            faults.append(Fault(file=path.name, line=number, what="is no JSON object; write a party or an edge a line"))
    if len(faults) > MOST_FAULTS:
        more = Fault(file=path.name, what=f"has {len(faults) - MOST_FAULTS} more faults; is it JSON Lines at all?")
        faults = [*faults[:MOST_FAULTS], more]
    if faults:
        raise BadFile(faults)
    return Affiliations(parties=tuple(parties), edges=tuple(edges))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    from evenhand.reading import BadFile, Fault

    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadFile([Fault(file=path.name, what=f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError:
        raise BadFile([Fault(file=path.name, what="is not UTF-8 text; save it as UTF-8")]) from None
    return ((number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip())


def _found(screener: Screener, case: CaseToReview) -> Iterator[dict[str, Any]]:
    findings = screener.findings(case)
    for reviewer in sorted(findings, key=lambda id: id or ""):
        for finding in findings[reviewer]:
            yield {"case": case.id, **_plain(finding)}


def _plain(finding: Finding) -> dict[str, Any]:
    from evenhand.reading import to_plain

    plain: dict[str, Any] = to_plain(finding)
    basis = plain.pop("basis")
    return {**plain, "citation": basis["citation"], "confidence": basis["confidence"]}


def _line(entry: dict[str, Any]) -> str:
    who = entry["reviewer"] or "every reviewer"
    outcome = {"bars": "barred", "to_a_person": "to a person", "considered": "considered"}[entry["outcome"]]
    return f"{entry['case']}  {who}  {outcome}: {entry['text']} [{entry['citation']}; {entry['confidence']}]"
