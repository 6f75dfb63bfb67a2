"""`evenhand law due`: one deadline, with its arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from evenhand.cli.law.options import Moment, WhichLaw, json_option, law_options, print_json, refusals

if TYPE_CHECKING:
    from evenhand.law import Deadline, Pack

MEANS = ("personal", "mail", "fax", "electronic")


@click.command("due")
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
@law_options
@json_option
def command(
    rule: str,
    start: date | datetime,
    service: str,
    address: str | None,
    governed: date | None,
    calendar: str | None,
    law: WhichLaw,
    as_json: bool,
) -> None:
    """The last day of the time limit RULE, with the arithmetic.

    \b
    evenhand law due application --from 2014-12-23 --service mail
    evenhand law due records_expedited --from 2015-01-29T10:00 --json
    evenhand law due application --from 2026-06-01 --service mail --readings earlier
    evenhand law due terminate_notice --from 2015-02-05 --governed 2018-01-01
    """
    with refusals():
        from evenhand.law import Means

        def due(pack: Pack) -> Deadline:
            return pack.due(rule, start, means=Means(service), region=address, governed_on=governed, calendar=calendar)

        deadline = due(law.pack())
        earlier = law.earlier() if deadline.unknown and not deadline.bounded else None
        helps = earlier is not None and due(earlier).due is not None
    if as_json:
        print_json(deadline.as_json())
        return
    for line in _deadline_lines(deadline):
        click.echo(line)
    if helps:
        click.echo("  To go on with the number that held before, and be told so: --readings earlier")


def _deadline_lines(deadline: Deadline) -> Iterator[str]:
    if deadline.unknown:
        yield f"{deadline.title}: {'not settled' if deadline.bounded else 'not known'}"
    elif isinstance(deadline.due, datetime):
        yield f"{deadline.title}: {deadline.due:%A} {deadline.due:%Y-%m-%d %H:%M %Z}"
    elif deadline.due is not None:
        yield f"{deadline.title}: {deadline.due:%A} {deadline.due.isoformat()}"
    for number, step in enumerate(deadline.steps, start=1):
        yield f"  {number}. {step}"
    yield f"  {deadline.citation} ({deadline.confidence.value.replace('_', ' ')}); calendar: {deadline.calendar}"
    if deadline.caution:
        yield f"  {deadline.caution}"
