"""`evenhand law eligible`: the finding for each disputed item of a case."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.law.options import Moment, WhichLaw, json_option, law_options, print_json, refusals

if TYPE_CHECKING:
    from evenhand.law import Deadline
    from evenhand.law.eligibility import ItemFinding

SERVED = "mailed on the day of the screening within the state"


@click.command("eligible")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--on", type=Moment(instants=False), required=True, help="The day of the screening.")
@law_options
@json_option
def command(path: Path, on: date, law: WhichLaw, as_json: bool) -> None:
    """The finding for each disputed item of the case in PATH (a bundle's folder, or its case.yaml).

    Exit 0 if every item is eligible, 1 if one is not.

    \b
    evenhand law eligible examples/neck-cold-therapy --on 2015-01-28
    """
    with refusals():
        from evenhand.bundles.bundle import CaseFacts
        from evenhand.law import Means, Outcome
        from evenhand.law.eligibility import Dispute, petition_by, screen
        from evenhand.reading import read

        facts = read(CaseFacts, path / "case.yaml" if path.is_dir() else path)
        dispute = Dispute(
            application=facts.application,
            request_for_authorization=facts.request_for_authorization,
            ur_decision=facts.ur_decision,
            earlier_reviews=facts.earlier_reviews,
        )
        pack = law.pack()
        findings = screen(pack, dispute, on)
        petitions = [petition_by(pack, finding, on, means=Means.MAIL) for finding in findings]
    if as_json:
        print_json([_finding_json(finding, by) for finding, by in zip(findings, petitions, strict=True)])
    else:
        for finding, by in zip(findings, petitions, strict=True):
            for line in _finding_lines(finding, by):
                click.echo(line)
    if any(finding.status is not Outcome.ELIGIBLE for finding in findings):
        sys.exit(1)


def _finding_json(finding: ItemFinding, petition: Deadline | None) -> dict[str, Any]:
    from evenhand.reading import to_plain

    plain = to_plain(finding)
    assert isinstance(plain, dict)
    return {
        **plain,
        "deadline": finding.deadline.as_json() if finding.deadline else None,
        "petition": petition.as_json() if petition else None,
    }


def _finding_lines(finding: ItemFinding, petition: Deadline | None) -> Iterator[str]:
    yield f"{finding.number}. {finding.explanation}"
    for ground in finding.grounds:
        yield f"   {ground.code}: {ground.effect.replace('_', ' ')}. {ground.remedy}"
        if ground.caution:
            yield f"   {ground.caution}"
    if finding.deadline is not None and finding.deadline.caution:
        yield f"   Time to apply: {finding.deadline.caution}"
    if petition is not None:
        by = (
            f"by {petition.due:%A} {petition.due}"
            if petition.due
            else f"in time; the last day is not known: {petition.unknown}"
        )
        yield f"   Petition against the finding, if it is {SERVED}: {by} ({petition.citation})."
