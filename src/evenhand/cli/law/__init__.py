"""`evenhand law`: deadlines, eligibility, the rule book, and what nobody has verified.

A module a command, imported only when it is called. A new one: a module here with a `command`, and a line in COMMANDS.
"""

from __future__ import annotations

import click

from evenhand.cli.lazy import LazyGroup

# name: (module below evenhand.cli.law, what it does, one line)
COMMANDS = {
    "due": ("due", "The last day of a time limit, with the arithmetic."),
    "rules": ("rules", "The names of the time limits that `due` computes."),
    "eligible": ("eligible", "The finding for each disputed item of a case."),
    "mtus": ("mtus", "The treatment schedule in force on a day, for a part of the body and a treatment."),
    "search": ("search", "The search for the source that decides: what comes next, what is to be recorded."),
    "formulary": ("formulary", "What a drug is under the formulary, and whether it needs review."),
    "unverified": ("unverified", "What nobody read in a source, and every open question."),
    "where": ("where", "The data, the code and the tests of a section."),
    "book": ("book", "The rule book: the whole law in plain words, as linked pages."),
    "replay": ("replay", "Another pack over the same applications: what would have come out differently."),
    "situations": ("situations", "Sentences about the law that a lawyer reads, tried against the pack."),
}


@click.command(cls=LazyGroup, package="evenhand.cli.law", commands_by_name=COMMANDS)
def command() -> None:
    """Ask the law of a programme: deadlines, eligibility, and where each value comes from.

    The law is data: every number has a first day, a citation and a mark that says how well somebody verified it. A
    command that needs a number which nobody could read prints the question instead.

    \b
    evenhand law due application --from 2014-12-23 --service mail
    evenhand law eligible examples/neck-cold-therapy --on 2015-01-28
    """
