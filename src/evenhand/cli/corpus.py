"""`evenhand corpus`: published decisions, imported, searched, counted."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.programmes import DEFAULT

if TYPE_CHECKING:
    from evenhand.corpus.index import Hit


def _office_corpus() -> Path:
    """Where the office publishes to (EVENHAND_DATABASE_URL, EVENHAND_HOME)."""
    from evenhand.office.configuration import configuration

    return configuration().corpus


_CORPUS = click.option(
    "--corpus",
    "folder",
    type=click.Path(path_type=Path),
    default=_office_corpus,
    show_default="the office's, var/evenhand/corpus",
    envvar="EVENHAND_CORPUS",
    help="Folder of the corpus.",
)
_EMPTY = "The corpus {folder} is empty. Fill it with: evenhand corpus import LETTERS... --corpus {folder}"


@click.group()
def command() -> None:
    """Published decisions: import letters, search them, count them.

    \b
    evenhand corpus import letters/
    evenhand corpus search "cold therapy" --decision Upheld
    """


@command.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_CORPUS
@click.option(
    "--keep-letters",
    is_flag=True,
    help="Keep the PDFs too, so that the site shows them. Only for letters that are public as they are.",
)
@click.option("--json", "as_document", is_flag=True, help="One JSON document: what was added.")
def import_command(paths: tuple[Path, ...], folder: Path, keep_letters: bool, as_document: bool) -> None:
    """Published letters (PDF or text, folders too) into the corpus. The same letters again change nothing.

    \b
    Example: evenhand corpus import letters/ --corpus my-corpus
    Example: evenhand corpus import letters/ --keep-letters
    """
    from evenhand.cli.letters import read_all
    from evenhand.corpus.decision import Origin, decision_of
    from evenhand.corpus.papers import keep_paper
    from evenhand.corpus.store import add
    from evenhand.letters.determination import Determination
    from evenhand.reading import from_plain, to_plain

    decisions, files, refused = [], [], 0
    for path, result, reason in read_all(paths):
        if result is None:
            refused += 1
            click.echo(f"{path}: {reason}", err=True)
            continue
        letter = from_plain(Determination, result, name=str(path))
        decisions.append(decision_of(letter, programme=DEFAULT, source=Origin.IMPORT, profile="as_published"))
        files.append(path)
    added = add(folder, decisions)
    kept = 0
    if keep_letters:
        standing = zip(decisions, files, strict=True)
        kept = sum(keep_paper(folder, d, path.read_bytes()) for d, path in standing if d.id not in added.withdrawn)
    if as_document:
        click.echo(json.dumps({**to_plain(added), "refused": refused, "letters_kept": kept}, indent=2))
    else:
        words = [f"{len(getattr(added, name))} {name}" for name in ("new", "changed", "unchanged", "withdrawn")]
        told = f", {kept} PDFs kept" if keep_letters else ""
        click.echo(f"{', '.join(words)}, {refused} refused{told}; corpus {folder}")
    sys.exit(1 if refused else 0)


@command.command("search")
@click.argument("words", nargs=-1)
@_CORPUS
@click.option("--decision", type=click.Choice(["Upheld", "Overturned"], case_sensitive=False), help="The item's word.")
@click.option("--specialty", help="The reviewer's specialty, as letters write it.")
@click.option("--category", help="The treatment's category.")
@click.option("--year", help="The year of the decision.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_document", is_flag=True, help="One JSON document with hits and facets.")
def search_command(
    words: tuple[str, ...], folder: Path, decision: str | None, specialty: str | None, category: str | None,
    year: str | None, limit: int, as_document: bool,
) -> None:  # fmt: skip
    """Disputed items whose letters hold all the WORDS ("in quotes" for a phrase), the best first.

    \b
    Example: evenhand corpus search lumbar MRI --decision Overturned --year 2017
    """
    from evenhand.corpus.index import FACETS, Filters, search
    from evenhand.reading import to_plain

    filters = Filters(
        decision=decision.capitalize() if decision else None, specialty=specialty, category=category, year=year
    )
    results = search(folder, " ".join(words), filters, limit=limit, facets=FACETS)
    if as_document:
        click.echo(json.dumps(to_plain(results), ensure_ascii=False, indent=2))
        return
    if not _decisions(folder):
        click.echo(_EMPTY.format(folder=folder), err=True)
        return
    if not results.total:
        click.echo("Nothing was found. Use fewer words, or leave out a filter.", err=True)
        return
    click.echo(
        f"{results.total} item{'s' if results.total > 1 else ''}, by decision: {_listed(results.facets['decision'])}"
    )
    for hit in results.hits:
        _print_hit(hit)


@command.command("stats")
@_CORPUS
@click.option("--json", "as_document", is_flag=True, help="One JSON document.")
def stats_command(folder: Path, as_document: bool) -> None:
    """Plain counts. The unit is the disputed item, as in the state's own statistics.

    \b
    Example: evenhand corpus stats --corpus my-corpus
    """
    from evenhand.corpus.count import count
    from evenhand.corpus.store import decisions_in
    from evenhand.reading import to_plain

    counts = count(decisions_in(folder))
    if as_document:
        click.echo(json.dumps({**to_plain(counts), "overturned_share": counts.overturned_share}, indent=2))
        return
    if not counts.decisions and not counts.withdrawn:
        click.echo(_EMPTY.format(folder=folder), err=True)
        return
    share = f" ({counts.overturned_share:.1%})" if counts.overturned_share is not None else ""
    click.echo(f"{counts.decisions} decisions, {counts.items} items, {counts.items_overturned} overturned{share}")
    if counts.withdrawn:
        click.echo(f"{counts.withdrawn} withdrawn, not counted")
    click.echo(f"by outcome of the case: {_listed(counts.outcomes)}")
    click.echo(f"items by year: {_listed(counts.years)}")
    for name, (items, overturned) in counts.categories.items():
        click.echo(f"  {name}: {items} items, {overturned} overturned")


def _decisions(folder: Path) -> bool:
    from evenhand.corpus.store import decisions_in

    return next(decisions_in(folder), None) is not None


def _listed(counts: dict[str, Any]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())


def _print_hit(hit: Hit) -> None:
    click.echo(f"\n{hit.decision}: {hit.item}")
    click.echo(f"  {hit.case_number or hit.decision_id}, item {hit.number}{f', {hit.year}' if hit.year else ''}")
    shown = next((h for h in hit.highlights if h.field == "rationale"), None) or next(iter(hit.highlights), None)
    if shown is not None:
        marked, place = "", 0
        for start, end in shown.words:
            marked += shown.text[place:start] + click.style(shown.text[start:end], bold=True)
            place = end
        click.echo("  ... " + " ".join((marked + shown.text[place:]).split()) + " ...")
