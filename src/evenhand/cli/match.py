"""`evenhand match`: who may review, and who fits best."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.match_conflicts import command as conflicts_command
from evenhand.cli.match_fit import fit_command, letters_command
from evenhand.cli.match_inputs import FILE, Given, given

if TYPE_CHECKING:
    from evenhand.matching import Selection
    from evenhand.matching.certificate import Certificate
    from evenhand.matching.day import Policy

SEED = click.option("--seed", type=int, default=0, show_default=True, help="Draws the lots among equals.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")


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


@command.command()
@given
@SEED
@AS_JSON
def solve(told: Given, seed: int, as_json: bool) -> None:
    """Select a reviewer for every waiting case at once, at the least cost.

    The JSON carries a certificate: prices that prove that no selection costs less, and that the lots were drawn as the
    seed says; `match verify` checks it. Exit code 1 where a case is left without a reviewer; the answer says what would
    open it.

    \b
    evenhand match solve --cases cases.jsonl --reviewers examples/neck-cold-therapy/reviewers.yaml --on 2015-02-13
    """
    from evenhand.matching.solve import solve_day

    selection = solve_day(told.day(), seed)
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
@given
@SEED
@AS_JSON
@click.option("--case", "case_id", required=True, help="The case's id.")
@click.option("--reviewer", "reviewer_id", help="Only this reviewer: why not?")
def explain_command(told: Given, seed: int, as_json: bool, case_id: str, reviewer_id: str | None) -> None:
    """Say why a case has the reviewer that it has, and for every other one why not.

    For everybody who may review the case the answer says what the day would cost more with them.

    \b
    evenhand match explain --cases cases.jsonl --reviewers reviewers.jsonl --on 2015-02-13 --case CASE-1
    evenhand match explain --cases cases.jsonl --reviewers reviewers.jsonl --on 2015-02-13 --case CASE-1 --reviewer R-2
    """
    from evenhand.matching import explain
    from evenhand.matching.explain import why_not
    from evenhand.matching.solve import solve_day
    from evenhand.reading import to_plain

    selection = solve_day(told.day(), seed)
    _known("case", case_id, selection.problem.cases, told.cases)
    if reviewer_id is None:
        explanation = explain(selection, case_id)
        click.echo(json.dumps(to_plain(explanation), indent=1) if as_json else explanation.text())
        return
    _known("reviewer", reviewer_id, selection.problem.reviewers, told.reviewers)
    other = why_not(selection, case_id, reviewer_id)
    click.echo(json.dumps(to_plain(other), indent=1) if as_json else f"{other.reviewer}: {other.why}")


@command.command("verify")
@given
@AS_JSON
@click.option("--selection", "selection_path", type=FILE, required=True, help="What `solve --json` wrote.")
@click.option("--every", is_flag=True, help="Assess the pairs that are not permitted one by one too (slow).")
def verify_command(told: Given, as_json: bool, selection_path: Path, every: bool) -> None:
    """Check a selection without the solver: permitted, within the free places, and none better.

    Give the same --earlier and --affiliations as to `solve`; the policy is the selection's own unless --policy names
    another. Each permitted pair is assessed on its own, and the certificate's prices are checked over all of them; a
    selection without a certificate is checked by looking for a better one. Exit code 1 where something is wrong.

    \b
    evenhand match verify --cases cases.jsonl --reviewers reviewers.jsonl --on 2015-02-13 --selection selection.json
    """
    from evenhand.matching import verify
    from evenhand.matching.network import network
    from evenhand.matching.pairs import Pairs
    from evenhand.matching.verify import one_by_one

    chosen, policy, certificate, seed = _read_selection(selection_path)
    pairs = Pairs(told.day(policy))
    faults = (*one_by_one(pairs, every), *verify(network(pairs), chosen, certificate, seed))
    if as_json:
        click.echo(json.dumps({"valid": not faults, "faults": list(faults)}, indent=1))
    else:
        click.echo("\n".join(faults) or "The selection keeps every rule, and there is none better.")
        if certificate is None and not faults:
            click.echo("It carries no certificate, so nothing is said about its lots.", err=True)
    if faults:
        raise SystemExit(1)


def _known(kind: str, id: str, ids: tuple[str, ...], path: Path) -> None:
    from evenhand.reading import BadFile, Fault

    if id not in ids:
        raise BadFile([Fault(file=path.name, what=f"holds no {kind} {id!r}; it holds: {', '.join(ids[:5])}")])


def _read_selection(path: Path) -> tuple[list[tuple[str, str]], Policy, Certificate | None, int]:
    """The pairs, the policy, the certificate and the seed that `solve --json` wrote."""
    from evenhand.matching import Policy
    from evenhand.matching.certificate import Certificate
    from evenhand.reading import BadFile, Fault, from_plain

    try:
        told = json.loads(path.read_bytes())
        chosen = [(str(entry["case"]), str(entry["reviewer"])) for entry in told["chosen"]]
        seed = int(told.get("seed", 0))
        policy = from_plain(Policy, told["policy"], name=path.name)
        proved = told.get("certificate")
        certificate = None if proved is None else from_plain(Certificate, proved, name=path.name)
    except OSError as error:
        raise BadFile([Fault(file=path.name, what=f"cannot be read: {error.strerror}")]) from None
    except BadFile:
        raise
    except (ValueError, KeyError, TypeError, AttributeError):
        what = "is no selection; give the file that `match solve --json` wrote"
        raise BadFile([Fault(file=path.name, what=what)]) from None
    return chosen, policy, certificate, seed


def _selection_json(selection: Selection) -> dict[str, Any]:
    from evenhand.reading import to_plain

    return {
        "on": selection.on.isoformat(),
        "seed": selection.seed,
        "objective": selection.objective,
        "policy": to_plain(selection.policy),
        "chosen": to_plain(selection.chosen),
        "unassigned": to_plain(selection.unassigned),
        "certificate": to_plain(selection.certificate),
        "assessments": [to_plain(found) for found in selection.assessments.values()],
    }


command.add_command(conflicts_command)
command.add_command(fit_command)
command.add_command(letters_command)
