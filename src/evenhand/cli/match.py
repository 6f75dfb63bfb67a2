"""`evenhand match`: who may review, and who fits best."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from evenhand.cli.match_conflicts import command as conflicts_command
from evenhand.cli.match_conflicts import read_affiliations
from evenhand.cli.match_fit import fit_command, letters_command
from evenhand.programmes import DEFAULT

if TYPE_CHECKING:
    from evenhand.matching import Assessment, Qualifications, Selection
    from evenhand.matching.facts import CaseToReview, Reviewer

T = TypeVar("T")
FILE = click.Path(path_type=Path, dir_okay=False)
MOST_FAULTS = 10


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Who may review, and who fits best.

    Cases and reviewers come as JSON Lines, one object a line (the fields of CaseToReview and Reviewer); reviewers may
    also come as a bundle's reviewers.yaml, whose names are dropped on reading. Reviewers appear by their ids only.

    \b
    evenhand match solve --cases cases.jsonl --reviewers reviewers.jsonl --on 2015-02-13 --seed 7
    evenhand match explain --cases cases.jsonl --reviewers reviewers.jsonl --on 2015-02-13 --seed 7 --case CASE-1
    evenhand match verify --cases cases.jsonl --reviewers reviewers.jsonl --on 2015-02-13 --selection selection.json
    """


command.add_command(conflicts_command)


def _inputs(function: Any) -> Any:
    """The options that every sub-command shares."""
    options = (
        click.option("--cases", "cases_path", type=FILE, required=True, help="Cases that wait, as JSON Lines."),
        click.option("--reviewers", "reviewers_path", type=FILE, required=True, help="JSON Lines or reviewers.yaml."),
        click.option("--affiliations", "affiliations_path", type=FILE, help="Parties and edges, as JSON Lines."),
        click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day, YYYY-MM-DD."),
        click.option("--programme", default=DEFAULT, show_default=True, help="Whose law and vocabulary."),
        click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output."),
    )
    for option in reversed(options):
        function = option(function)
    return function


@command.command()
@_inputs
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    help="Draws the lots among equals.",
)
def solve(
    cases_path: Path,
    reviewers_path: Path,
    affiliations_path: Path | None,
    on: datetime,
    programme: str,
    as_json: bool,
    seed: int,
) -> None:
    """Select a reviewer for every waiting case at once, at the least cost.

    Exit code 1 where a case is left without a reviewer; the answer says what would open it.

    \b
    evenhand match solve --cases cases.jsonl --reviewers examples/neck-cold-therapy/reviewers.yaml --on 2015-02-13
    """
    selection = _selection(cases_path, reviewers_path, affiliations_path, on, programme, seed)
    if as_json:
        click.echo(json.dumps(_selection_json(selection), indent=1))
    else:
        for chosen in selection.chosen:
            click.echo(f"{chosen.case}: {chosen.reviewer} (fit {chosen.fit:.2f})")
        for left in selection.unassigned:
            click.echo(f"{left.case}: nobody. {left.explanation}")
        click.echo(f"Cost {selection.objective} (thousandths of fit), seed {selection.seed}.", err=True)
    if selection.unassigned:
        raise SystemExit(1)


@command.command("explain")
@_inputs
@click.option("--seed", type=int, default=0, show_default=True, help="The seed of the selection to explain.")
@click.option("--case", "case_id", required=True, help="The case's id.")
def explain_command(
    cases_path: Path,
    reviewers_path: Path,
    affiliations_path: Path | None,
    on: datetime,
    programme: str,
    as_json: bool,
    seed: int,
    case_id: str,
) -> None:
    """Say why a case has the reviewer that it has, and for every other one why not.

    \b
    evenhand match explain --cases cases.jsonl --reviewers reviewers.jsonl --on 2015-02-13 --seed 7 --case CASE-1
    """
    from evenhand.matching import explain
    from evenhand.reading import BadFile, Fault, to_plain

    selection = _selection(cases_path, reviewers_path, affiliations_path, on, programme, seed)
    if case_id not in selection.problem.cases:
        known = ", ".join(selection.problem.cases[:5])
        raise BadFile([Fault(file=cases_path.name, what=f"holds no case {case_id!r}; it holds: {known}")])
    explanation = explain(selection, case_id)
    click.echo(json.dumps(to_plain(explanation), indent=1) if as_json else explanation.text())


@command.command("verify")
@_inputs
@click.option("--selection", "selection_path", type=FILE, required=True, help="What `solve --json` wrote.")
def verify_command(
    cases_path: Path,
    reviewers_path: Path,
    affiliations_path: Path | None,
    on: datetime,
    programme: str,
    as_json: bool,
    selection_path: Path,
) -> None:
    """Check a selection without the solver: permitted, within the free places, and none better.

    \b
    evenhand match verify --cases cases.jsonl --reviewers reviewers.jsonl --on 2015-02-13 --selection selection.json
    """
    from evenhand.matching import Policy, prepare, verify
    from evenhand.reading import BadFile, Fault, from_plain

    try:
        told = json.loads(selection_path.read_bytes())
        chosen = {str(entry["case"]): str(entry["reviewer"]) for entry in told["chosen"]}
        policy = from_plain(Policy, told["policy"], name=selection_path.name)
    except OSError as error:
        raise BadFile([Fault(file=selection_path.name, what=f"cannot be read: {error.strerror}")]) from None
    except BadFile:
        raise
    except (ValueError, KeyError, TypeError):
        what = "is no selection; give the file that `match solve --json` wrote"
        raise BadFile([Fault(file=selection_path.name, what=what)]) from None
    with _refusals(cases_path, reviewers_path):
        cases, reviewers, rules = _given(cases_path, reviewers_path, on, programme)
        known = read_affiliations(affiliations_path)
        _, problem = prepare(cases, reviewers, on.date(), rules, policy=policy, programme=programme, affiliations=known)
    faults = verify(problem, chosen)
    if as_json:
        click.echo(json.dumps({"valid": not faults, "faults": list(faults)}, indent=1))
    else:
        click.echo("\n".join(faults) or "The selection keeps every rule, and there is none better.")
    if faults:
        raise SystemExit(1)


def _selection(
    cases_path: Path, reviewers_path: Path, affiliations_path: Path | None, on: datetime, programme: str, seed: int
) -> Selection:
    from evenhand.matching import solve

    with _refusals(cases_path, reviewers_path):
        cases, reviewers, rules = _given(cases_path, reviewers_path, on, programme)
        known = read_affiliations(affiliations_path)
        return solve(cases, reviewers, on.date(), rules, seed, programme=programme, affiliations=known)


def _given(
    cases_path: Path, reviewers_path: Path, on: datetime, programme: str
) -> tuple[list[CaseToReview], list[Reviewer], Qualifications]:
    from evenhand.law import load_pack
    from evenhand.matching import from_law
    from evenhand.matching.facts import CaseToReview

    cases = _lines(CaseToReview, cases_path)
    return cases, _reviewers(reviewers_path), from_law(load_pack(programme), on.date())


@contextmanager
def _refusals(cases_path: Path, reviewers_path: Path) -> Iterator[None]:
    """The crafts' refusals as faults of what was given."""
    from evenhand.law import Refused
    from evenhand.matching import CannotSelect
    from evenhand.matching.affiliations import BadAffiliations
    from evenhand.reading import BadFile, Fault

    try:
        yield
    except Refused as refusal:
        raise BadFile([Fault(file="--on", what=str(refusal))]) from None
    except BadAffiliations as error:
        raise BadFile([Fault(file="--affiliations", what=str(error))]) from None
    except CannotSelect as error:
        raise BadFile([Fault(file=f"{cases_path.name}, {reviewers_path.name}", what=str(error))]) from None


def _reviewers(path: Path) -> list[Reviewer]:
    """Reviewers without names, whatever the file holds."""
    from evenhand.bundles.bundle import Register
    from evenhand.matching.facts import Reviewer
    from evenhand.reading import read

    if path.suffix.lower() in {".yaml", ".yml"}:
        return [entry.reviewer for entry in read(Register, path).reviewers]
    return _lines(Reviewer, path)


def _lines(kind: type[T], path: Path) -> list[T]:
    """One object a line; every faulty line is told, by its number."""
    from evenhand.reading import BadFile, Fault, from_plain

    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadFile([Fault(file=path.name, what=f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError:
        raise BadFile([Fault(file=path.name, what="is not UTF-8 text; save it as UTF-8")]) from None
    entries, faults = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entries.append(from_plain(kind, json.loads(line), name=path.name))
        except ValueError as error:
            # BadFile is a ValueError too; its faults know the field, this loop the line.
            if isinstance(error, BadFile):
                faults += [
                    Fault(file=path.name, line=number, where=fault.where, what=fault.what) for fault in error.faults
                ]
            else:
                faults.append(Fault(file=path.name, line=number, what="is no JSON object; write one object a line"))
    if not entries and not faults:
        faults.append(Fault(file=path.name, what=f"is empty; expected one {kind.__name__} a line, as JSON"))
    if len(faults) > MOST_FAULTS:
        more = len(faults) - MOST_FAULTS
        faults = [
            *faults[:MOST_FAULTS],
            Fault(file=path.name, what=f"has {more} more faults; is it JSON Lines at all?"),
        ]
    if faults:
        raise BadFile(faults)
    return entries


def _selection_json(selection: Selection) -> dict[str, Any]:
    from evenhand.reading import to_plain

    return {
        "on": selection.on.isoformat(),
        "seed": selection.seed,
        "objective": selection.objective,
        "policy": to_plain(selection.policy),
        "chosen": to_plain(selection.chosen),
        "unassigned": to_plain(selection.unassigned),
        "assessments": [_assessment_json(found) for found in selection.assessments.values()],
    }


def _assessment_json(found: Assessment) -> dict[str, Any]:
    from evenhand.reading import to_plain

    plain: dict[str, Any] = to_plain(found)
    return plain


command.add_command(fit_command)
command.add_command(letters_command)
