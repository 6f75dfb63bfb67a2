"""`evenhand match conflicts`: every path from a reviewer, or from the review organisation, to a party of a case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.match_inputs import FILE, Given
from evenhand.programmes import DEFAULT

if TYPE_CHECKING:
    from evenhand.matching.affiliations import Finding, Screener
    from evenhand.matching.facts import CaseToReview


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
    from evenhand.matching.affiliations import Screener

    day = (on or datetime.now(tz=UTC)).date()
    told = Given(
        cases=cases_path, reviewers=reviewers_path, affiliations=affiliations_path, on=day, programme=programme
    )
    with told.refusals():
        cases, reviewers, rules, known = told.facts()
        screener = Screener(reviewers, day, rules, known)
    found = [entry for case in cases for entry in _found(screener, case)]
    kept = {(entry["case"], entry["reviewer"]) for entry in found if entry["outcome"] != "considered"}
    if as_json:
        plain = {"on": day.isoformat(), "findings": found, "kept_from": len(kept)}
        click.echo(json.dumps(plain, indent=1, ensure_ascii=False))
    else:
        for entry in found:
            click.echo(_line(entry))
        what = f"{len(found)} findings in {len(cases)} cases for {len(reviewers)} reviewers on {day}"
        click.echo(f"{what}; {len(kept)} times somebody is kept from a case.", err=True)
    if kept:
        raise SystemExit(1)


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
