"""`evenhand law mtus`: the treatment schedule in force on a day."""

from __future__ import annotations

from datetime import date

import click

from evenhand.cli.law.options import Moment, WhichLaw, json_option, law_options, print_json, refusals


@click.command("mtus")
@click.option(
    "--on", type=Moment(instants=False), required=True, help="The day of the service or of the request for it."
)
@click.option("--body-part", help="Only chapters that speak to this part of the body (or: other).")
@click.option("--treatment", help="Only chapters that speak to this treatment (or: other).")
@law_options
@json_option
def command(on: date, body_part: str | None, treatment: str | None, law: WhichLaw, as_json: bool) -> None:
    """The chapters of the treatment schedule in force on a day, each in the edition of that day.

    \b
    evenhand law mtus --on 2014-12-16 --body-part cervical_spine --treatment other
    """
    with refusals():
        from evenhand.law.mtus import in_force
        from evenhand.reading import to_plain

        chapters = in_force(law.pack(), on, body_part=body_part, treatment=treatment)
    if as_json:
        print_json(to_plain(chapters))
        return
    for chapter in chapters:
        click.echo(str(chapter))
        click.echo(f"  {chapter.citation} ({chapter.confidence.value.replace('_', ' ')})")
        if chapter.caution:
            click.echo(f"  {chapter.caution}")
