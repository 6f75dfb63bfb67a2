"""`evenhand treatments`: what a request asks for, and how well requests are read."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from evenhand.treatments import Treatment
    from evenhand.treatments.score import Label, Score

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """What a request for treatment asks for, as facts.

    \b
    evenhand treatments describe "12 visits of physical therapy, right knee"
    evenhand treatments score labels.csv letters/
    """


@command.command("describe")
@click.argument("texts", nargs=-1, required=True)
@click.option("--json", "as_document", is_flag=True, help="One JSON document: a list of treatments.")
def describe_command(texts: tuple[str, ...], as_document: bool) -> None:
    """The facts of each TEXT. What its words do not say is left out; nothing is guessed.

    \b
    Example: evenhand treatments describe "Norco 10/325mg #60"
    """
    from evenhand.reading import to_plain
    from evenhand.treatments import describe

    treatments = [describe(text) for text in texts]
    if as_document:
        click.echo(json.dumps(to_plain(treatments), ensure_ascii=False, indent=2))
        return
    for treatment in treatments:
        _print(treatment)


@command.command("score")
@click.argument("labels", type=_FILE)
@click.argument("letters", required=False, type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_document", is_flag=True, help="One JSON document: the figures and every miss.")
@click.option("--min", "least", type=click.FloatRange(0, 1), default=0.95, show_default=True, help="The least share.")
def score_command(labels: Path, letters: Path | None, as_document: bool, least: float) -> None:
    """Reads requests and compares them with LABELS made by hand (CSV), field by field.

    The requests stand in the column `text` of LABELS, or are the items of LETTERS, a folder of determination letters.
    Exit code 1 where a field's share of items read exactly, its precision or its recall lies below --min, or where a
    labelled item is not there.
    """
    from evenhand.treatments import describe
    from evenhand.treatments.score import Score, read_labels

    listed = read_labels(labels)
    texts = _items(letters) if letters else {}
    score, absent = Score(), []
    for label in listed:
        text = label.text or texts.get((label.case, label.item))
        if text is None:
            absent.append(label.name)
        else:
            score.add(label, describe(text))
    _report(score, listed, absent, as_document)
    sys.exit(1 if absent or any(tally.weakest < least for tally in score.fields.values()) else 0)


def _report(score: Score, listed: tuple[Label, ...], absent: list[str], as_document: bool) -> None:
    from evenhand.reading import to_plain

    if as_document:
        fields = {name: to_plain(tally) for name, tally in score.fields.items()}
        found: dict[str, Any] = {"items": score.items, "unclassified": score.unclassified, "fields": fields}
        found |= {"misses": to_plain(score.misses), "absent": absent}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for line in score.lines():
        click.echo(line)
    for miss in score.misses:
        labelled, read = (", ".join(values) or "nothing" for values in (miss.labelled, miss.read))
        click.echo(f"{miss.name}: {miss.field}: labelled {labelled}; read {read}")
    if absent:
        click.echo(f"{len(absent)} of {len(listed)} labelled items were not found: {', '.join(absent[:10])}", err=True)


def _items(letters: Path) -> Mapping[tuple[str, int], str]:
    """The wording of each item by case number and item number."""
    from evenhand.cli.letters import read_all

    items: dict[tuple[str, int], str] = {}
    for path, letter, reason in read_all((letters,)):
        if letter is None:
            click.echo(f"{path}: {reason}", err=True)
            continue
        case = letter["header"]["case_number"] or path.stem
        items |= {(case, item["number"]): item["item"] for item in letter["items"]}
    return items


def _print(treatment: Treatment) -> None:
    """One treatment for people: a line a fact that the words state."""
    from evenhand.reading import to_plain

    click.echo(treatment.text)
    for name, value in to_plain(treatment).items():
        if name == "text" or value in (None, [], False):
            continue
        told = ", ".join(map(str, value)) if isinstance(value, list) else "yes" if value is True else value
        click.echo(
            f"  {name.replace('_', ' ')}: {told:g}"
            if isinstance(told, float)
            else f"  {name.replace('_', ' ')}: {told}"
        )
