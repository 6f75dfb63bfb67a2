"""`evenhand law search`: the search for the source that decides, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from evenhand.cli.law.options import Moment, WhichLaw, json_option, law_options, print_json, refusals

if TYPE_CHECKING:
    from evenhand.law.search import Search


@click.command("search")
@click.argument("steps", nargs=-1, metavar="[STEP=FINDING]...")
@click.option("--on", type=Moment(instants=False), required=True, help="The day of the request for authorization.")
@law_options
@json_option
def command(steps: tuple[str, ...], on: date, law: WhichLaw, as_json: bool) -> None:
    """Where a search for evidence stands after some steps, how it may go on, and what is to be recorded.

    \b
    evenhand law search --on 2014-12-23
    evenhand law search --on 2020-01-06 mtus=not_addressed acoem_or_odg=rebutted
    """
    with refusals():
        from evenhand.law.search import WalkStep, begin

        search = begin(law.pack(), on)
        for said in steps:
            code, _, finding = said.partition("=")
            search = search.take(WalkStep(step=code, finding=finding, reason="(to be written)"))
    if as_json:
        print_json(_plain(search))
        return
    for line in _lines(search):
        click.echo(line)


def _plain(search: Search) -> dict[str, object]:
    ways = [{"finding": way.finding, "to": way.to.code if way.to else None} for way in search.moves()]
    return {
        "at": search.at.code if search.at else None,
        "decided_by": search.decided_by.step if search.decided_by else None,
        "ways": ways,
        "missing": list(search.missing()),
        "citation": search.ladder.citation,
        "confidence": search.ladder.confidence.value,
        "caution": search.ladder.caution,
    }


def _lines(search: Search) -> Iterator[str]:
    if search.at is None:
        yield f"The search has ended: {search.taken[-1].step} decides."
    else:
        yield f"At {search.at.code}: {search.at.title} (standard {search.at.standard}; {search.at.citation})"
        yield f"  To record: {search.at.record}"
    for way in search.moves():
        yield f"  {way.finding}: {f'on to {way.to.code}. {way.when}' if way.to else 'decides.'}"
    yield f"  {search.ladder.citation} ({search.ladder.confidence.value.replace('_', ' ')})"
    if search.ladder.caution:
        yield f"  {search.ladder.caution}"
