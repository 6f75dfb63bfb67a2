"""`evenhand law formulary`: whether a drug needs review before it is dispensed."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from evenhand.cli.law.options import Moment, WhichLaw, json_option, law_options, print_json, refusals


@click.command("formulary")
@click.argument("drug")
@click.option(
    "--list", "path", type=click.Path(path_type=Path), required=True, help="The drug list of the day, a YAML file."
)
@click.option("--on", type=Moment(instants=False), required=True, help="The day on which the drug is prescribed.")
@click.option("--form", help="The dosage form, where the list tells forms apart.")
@click.option("--compounded", is_flag=True, help="The drug is compounded.")
@click.option("--brand", is_flag=True, help="A brand that has a generic and no justification.")
@click.option("--in-accord/--not-in-accord", default=None, help="Whether the use is in accord with the schedule.")
@click.option("--injured", type=Moment(instants=False), help="The day of the injury.")
@click.option("--surgery", type=Moment(instants=False), help="The day of the surgery.")
@click.option("--initial-visit/--later-visit", default=None, help="Whether this is the single initial visit.")
@click.option("--supply", type=click.IntRange(min=1), help="Days of supply.")
@click.option("--by-physician", is_flag=True, help="The physician dispenses it.")
@click.option("--contract", is_flag=True, help="A contract allows it, beyond the days, the supply and the marks.")
@law_options
@json_option
def command(  # one parameter an option
    drug: str,
    path: Path,
    on: date,
    form: str | None,
    compounded: bool,
    brand: bool,
    in_accord: bool | None,
    injured: date | None,
    surgery: date | None,
    initial_visit: bool | None,
    supply: int | None,
    by_physician: bool,
    contract: bool,
    law: WhichLaw,
    as_json: bool,
) -> None:
    """What DRUG is under the formulary, and whether it needs review before it is dispensed.

    The drug list is the state's and does not come with Evenhand. Exit 0 if no review is needed, 1 if one is.

    \b
    evenhand law formulary examplol --list drugs.yaml --on 2019-11-04 --injured 2019-11-01 --initial-visit --supply 4 --in-accord
    """
    with refusals():
        from evenhand.law.drug_list import read_drug_list
        from evenhand.law.formulary import Drug, Prescribing, formulary_status
        from evenhand.reading import to_plain

        facts = Prescribing(
            in_accord=in_accord,
            injured_on=injured,
            surgery_on=surgery,
            initial_visit=initial_visit,
            supply_days=supply,
            physician_dispensed=by_physician,
            contract_allows=contract,
        )
        asked = Drug(ingredient=drug, dosage_form=form, compounded=compounded, brand=brand)
        found = formulary_status(law.pack(), read_drug_list(path), asked, facts, on)
    if as_json:
        print_json(to_plain(found))
    else:
        for line in (*found.steps, *found.missing):
            click.echo(line)
        click.echo(f"  {found.citation} ({found.confidence.value.replace('_', ' ')})")
        if found.caution:
            click.echo(f"  {found.caution}")
    if found.review_needed:
        sys.exit(1)
