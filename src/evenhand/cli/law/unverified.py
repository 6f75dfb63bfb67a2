"""`evenhand law unverified`: what nobody has read in a source."""

from __future__ import annotations

import click

from evenhand.cli.law.options import WhichLaw, json_option, law_options, print_json, refusals


@click.command("unverified")
@law_options
@json_option
def command(law: WhichLaw, as_json: bool) -> None:
    """Every value of the law that nobody read in a source, and every open question.

    \b
    evenhand law unverified
    """
    with refusals():
        from evenhand.reading import to_plain

        pack = law.pack()
    if as_json:
        print_json(to_plain(pack.unverified()))
        return
    doubts = pack.unverified()
    for doubt in doubts:
        click.echo(f"{doubt.file}: {doubt.kind} {doubt.name}, from {doubt.valid_from} ({doubt.citation})")
        click.echo(f"  {doubt.words}")
    click.echo(f"{len(doubts):,} in all. The rule book lists them by chapter: evenhand law book --out DIR")
