"""`evenhand schemas`: the JSON Schemas, generated from the dataclasses."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command("schemas", epilog="Example: evenhand schemas --out docs/schemas")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("docs/schemas"),
    show_default=True,
    help="Folder to write to.",
)
def command(out: Path) -> None:
    """Write the JSON Schemas of the bundle's files, the reviewer, and the determination."""
    out.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (out / name).write_text(text, encoding="utf-8")
        click.echo(out / name)


def schemas() -> dict[str, str]:
    """File name to JSON text, one for each dataclass that people write or read as a file."""
    from evenhand.bundles.bundle import CaseFacts, Course, Records, Register, ReviewWork
    from evenhand.law.applications import FiledApplication
    from evenhand.law.facts import Application, UrDecision
    from evenhand.letters.determination import Determination
    from evenhand.letters.own import OwnLetter
    from evenhand.matching.affiliations import Edge, Party
    from evenhand.matching.facts import CaseToReview, Reviewer
    from evenhand.reading import json_schema

    kinds = {
        "application": Application,
        "ur-decision": UrDecision,
        "filed-application": FiledApplication,
        "determination": Determination,
        "reviewer": Reviewer,
        "case-to-review": CaseToReview,
        "affiliation-party": Party,
        "affiliation-edge": Edge,
        "own-letter": OwnLetter,
        "bundle-case": CaseFacts,
        "bundle-course": Course,
        "bundle-records": Records,
        "bundle-reviewers": Register,
        "bundle-review": ReviewWork,
    }
    return {
        f"{name}.json": json.dumps(json_schema(kind), indent=2, ensure_ascii=False) + "\n"
        for name, kind in kinds.items()
    }
