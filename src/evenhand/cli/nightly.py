"""`evenhand nightly`: what the office does every night."""

from __future__ import annotations

import sys

import click

from evenhand.cli.office import database_option, refusals_explained


@click.command("nightly", epilog="Example, in a crontab: 15 2 * * *  evenhand nightly --database postgresql://...")
@database_option
@refusals_explained
def command(database: str | None) -> None:
    """Verify the event log, sign a checkpoint over all chains, bring the public corpus up to date.

    A log that is not whole is not signed anew: the findings are printed, exit 1.
    """
    from evenhand.office.configuration import configuration
    from evenhand.office.opening import open_office

    open_office(database, must_exist=True, only_look=True)
    from evenhand.office.events.checkpoint import make_checkpoint
    from evenhand.office.events.verify import verify
    from evenhand.office.publishing.actions import bring_corpus_up_to_date

    report = verify(configuration())
    for finding in report.findings:
        click.echo(f"BAD: {finding}")
    if report.findings:
        click.echo(
            "The log is NOT whole; nothing was signed. Compare with the backup before anything else is done.", err=True
        )
        sys.exit(1)
    checkpoint = make_checkpoint(configuration())
    bring_corpus_up_to_date()
    click.echo(f"{report.events} events in {report.chains} chains are whole; checkpoint {checkpoint.number} is signed.")
