"""`evenhand law`: deadlines, eligibility and what nobody has verified."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from evenhand.law import Deadline
    from evenhand.law.eligibility import ItemFinding

MEANS = ("personal", "mail", "fax", "electronic")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Moment(click.ParamType):
    """A day (YYYY-MM-DD) or an instant (YYYY-MM-DDTHH:MM, with or without an offset from universal time)."""

    name = "date"

    def __init__(self, *, instants: bool) -> None:
        self.instants = instants

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date | datetime:
        if isinstance(value, date):
            return value
        allowed = "YYYY-MM-DD or YYYY-MM-DDTHH:MM" if self.instants else "YYYY-MM-DD"
        if not DAY.fullmatch(value) and not (self.instants and DAY.match(value)):
            self.fail(f"{value!r}: write {allowed}, for example 2014-12-23.", param, ctx)
        try:
            return date.fromisoformat(value) if DAY.fullmatch(value) else datetime.fromisoformat(value)
        except ValueError as error:
            self.fail(f"{value!r} is no day of the calendar ({error}); write {allowed}.", param, ctx)


@contextmanager
def _refusals() -> Iterator[None]:
    """A refusal of the law becomes words on standard error and exit code 1."""
    from evenhand.law import Refused

    try:
        yield
    except Refused as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)


def _print_json(document: object) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@click.group()
def command() -> None:
    """Deadlines, eligibility and what nobody has verified.

    \b
    evenhand law due application --from 2014-12-23 --service mail
    evenhand law eligible examples/neck-cold-therapy --on 2015-01-28
    """


@command.command()
@click.argument("rule")
@click.option(
    "--from",
    "start",
    type=Moment(instants=True),
    required=True,
    help="The day that starts the clock (for hours: 2015-01-29T10:00).",
)
@click.option(
    "--service",
    type=click.Choice(MEANS),
    default="personal",
    show_default=True,
    help="How the paper that starts it was served.",
)
@click.option("--address", default=None, help="Where it was served: ca, us (another state) or abroad.  [default: ca]")
@click.option(
    "--governed", type=Moment(instants=False), help="Compute by the law of this day instead of the day of --from."
)
@click.option("--calendar", help="Another list of holidays than the rule's own: offices_closed, holidays_statute.")
@click.option("--programme", default="ca_dwc", show_default=True, help="Whose law.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def due(
    rule: str,
    start: date | datetime,
    service: str,
    address: str | None,
    governed: date | None,
    calendar: str | None,
    programme: str,
    as_json: bool,
) -> None:
    """The last day of the time limit RULE, with the arithmetic.

    \b
    evenhand law due application --from 2014-12-23 --service mail
    evenhand law due records_expedited --from 2015-01-29T10:00 --json
    evenhand law due terminate_notice --from 2015-02-05 --governed 2018-01-01
    """
    with _refusals():
        from evenhand.law import Means, load_pack

        deadline = load_pack(programme).due(
            rule, start, means=Means(service), region=address, governed_on=governed, calendar=calendar
        )
    if as_json:
        _print_json(deadline.as_json())
        return
    for line in _deadline_lines(deadline):
        click.echo(line)


def _deadline_lines(deadline: Deadline) -> Iterator[str]:
    if deadline.unknown:
        yield f"{deadline.title}: not settled"
    elif isinstance(deadline.due, datetime):
        yield f"{deadline.title}: {deadline.due:%A} {deadline.due:%Y-%m-%d %H:%M %Z}"
    elif deadline.due is not None:
        yield f"{deadline.title}: {deadline.due:%A} {deadline.due.isoformat()}"
    for number, step in enumerate(deadline.steps, start=1):
        yield f"  {number}. {step}"
    yield f"  {deadline.citation} ({deadline.confidence.value.replace('_', ' ')}); calendar: {deadline.calendar}"
    if deadline.caution:
        yield f"  {deadline.caution}"


@command.command()
@click.option("--programme", default="ca_dwc", show_default=True, help="Whose law.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def rules(programme: str, as_json: bool) -> None:
    """The names of the time limits that `law due` computes.

    \b
    evenhand law rules --json
    """
    with _refusals():
        from evenhand.law import load_pack

        pack = load_pack(programme)
    if as_json:
        _print_json([_rule_json(name, pack.rule(name)) for name in pack.rule_names()])
        return
    width = max(map(len, pack.rule_names()))
    for name in pack.rule_names():
        rule = pack.rule(name)
        click.echo(f"{name:<{width}}  {rule.title}: from when {rule.starts} (since {rule.versions[0].valid_from})")


def _rule_json(name: str, rule: Any) -> dict[str, Any]:
    from evenhand.reading import to_plain

    return {"rule": name, **to_plain(rule)}


@command.command()
@click.option("--programme", default="ca_dwc", show_default=True, help="Whose law.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def unverified(programme: str, as_json: bool) -> None:
    """Every value of the law that nobody read in a source, and every open question.

    \b
    evenhand law unverified
    """
    with _refusals():
        from evenhand.law import load_pack
        from evenhand.reading import to_plain

        pack = load_pack(programme)
    if as_json:
        _print_json(to_plain(pack.unverified()))
        return
    for doubt in pack.unverified():
        click.echo(f"{doubt.file}: {doubt.kind} {doubt.name}, from {doubt.valid_from} ({doubt.citation})")
        click.echo(f"  {doubt.words}")


@command.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--on", type=Moment(instants=False), required=True, help="The day of the screening.")
@click.option("--programme", default="ca_dwc", show_default=True, help="Whose law.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def eligible(path: Path, on: date, programme: str, as_json: bool) -> None:
    """The finding for each disputed item of the case in PATH (a bundle's folder, or its case.yaml).

    Exit 0 if every item is eligible, 1 if one is not.

    \b
    evenhand law eligible examples/neck-cold-therapy --on 2015-01-28
    """
    with _refusals():
        from evenhand.bundles.bundle import CaseFacts
        from evenhand.law import Effect, load_pack
        from evenhand.law.eligibility import Dispute, screen
        from evenhand.reading import read

        facts = read(CaseFacts, path / "case.yaml" if path.is_dir() else path)
        dispute = Dispute(
            application=facts.application,
            request_for_authorization=facts.request_for_authorization,
            ur_decision=facts.ur_decision,
            earlier_reviews=facts.earlier_reviews,
        )
        findings = screen(load_pack(programme), dispute, on)
    if as_json:
        _print_json([_finding_json(finding) for finding in findings])
    else:
        for finding in findings:
            for line in _finding_lines(finding):
                click.echo(line)
    if any(finding.status is not Effect.ELIGIBLE for finding in findings):
        sys.exit(1)


def _finding_json(finding: ItemFinding) -> dict[str, Any]:
    from evenhand.reading import to_plain

    plain = to_plain(finding)
    assert isinstance(plain, dict)
    return {**plain, "deadline": finding.deadline.as_json() if finding.deadline else None}


def _finding_lines(finding: ItemFinding) -> Iterator[str]:
    yield f"{finding.number}. {finding.explanation}"
    for ground in finding.grounds:
        yield f"   {ground.code}: {ground.effect.value.replace('_', ' ')}. {ground.remedy}"
        if ground.caution:
            yield f"   {ground.caution}"
    if finding.deadline is not None and finding.deadline.caution:
        yield f"   Time to apply: {finding.deadline.caution}"
