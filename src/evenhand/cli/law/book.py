"""`evenhand law book`: the rule book as linked pages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from evenhand.cli.law.options import WhichLaw, law_options, refusals


@click.command("book")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="The folder for it; an older book in it is replaced."
)
@law_options
def command(out: Path, law: WhichLaw) -> None:
    """Write the rule book: the whole law pack in plain words, linked and searchable, to read in any browser.

    Every article says what holds, since when, by which provision and how well somebody verified it. The pages need no
    server and no network: open OUT/index.html. Written twice, they are the same to the byte.

    \b
    evenhand law book --out out/rule-book
    evenhand law book --out out/new-york --programme ny_external_appeal
    """
    with refusals():
        from evenhand.typesetting.book import book_files, book_of, numbers_of
        from evenhand.typesetting.book.folder import ready, written

        ready(out)
        book = book_of(law.programme, law.pack())
        files = book_files(book, lambda words: click.echo(words, err=True))
        written(files, out)
        told = numbers_of(book, files)
    click.echo(
        f"{out}: {told.pages} pages, {told.articles} articles of {told.provisions} provisions, {told.questions} open questions, "
        f"{told.situations} situations. Open {out / 'index.html'}."
    )
    sys.exit(0)
