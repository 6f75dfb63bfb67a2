"""`evenhand nightly`: what the office does every night."""

from __future__ import annotations

import sys

import click

from evenhand.cli.office import database_option, refusals_explained


@click.command("nightly", epilog="Example, in a crontab: 15 2 * * *  evenhand nightly --database postgresql://...")
@database_option
@refusals_explained
def command(database: str | None) -> None:
    """Verify the event log, sign a checkpoint over all chains, send what waits, tidy up, check every case.

    A worker does the same each night by itself; this does it now. A log that is not whole is not signed anew: the findings
    are printed, exit 1. So are cases that are not as they must be, and jobs that were given up.
    """
    from evenhand.office.opening import open_office

    open_office(database, must_exist=True, only_look=True)
    from evenhand.office.jobs.nightly import by_night

    night = by_night()
    for finding in night.findings:
        click.echo(f"BAD: {finding}")
    if night.checkpoint is None:
        click.echo(
            "The log is NOT whole; nothing was signed. Compare with the backup before anything else is done.", err=True
        )
        sys.exit(1)
    for line in night.done:
        click.echo(line, err=True)
    report = night.report
    click.echo(f"{report.events} events in {report.chains} chains are whole; checkpoint {night.checkpoint} is signed.")
    sys.exit(1 if night.findings else 0)
