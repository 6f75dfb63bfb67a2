"""`evenhand match fit` and `fit-letters`: which specialties know an item, and what real letters show beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.programmes import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evenhand.treatments import Fit
    from evenhand.treatments.measure_fit import Decided, Measured
    from evenhand.treatments.suit import Grounds

_BAR = 20
_CLOSE = 3
_NEARLY = 0.6


@click.command("fit")
@click.argument("text")
@click.option("--condition", default="", help="The condition, where the item alone says too little.")
@click.option("--specialty", "named", multiple=True, help="Only this one, by a board's name; may be repeated.")
@click.option("--least", type=click.FloatRange(0, 1), default=0.3, show_default=True, help="Leave out what fits less.")
@click.option("--programme", default=DEFAULT, show_default=True, help="Whose vocabulary.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def fit_command(text: str, condition: str, named: tuple[str, ...], least: float, programme: str, as_json: bool) -> None:
    """Which specialties fit the item TEXT, and why: 0 is not at all, 1 its daily work.

    Exit code 1 where nobody fits, or a specialty that was named lies below the least that suffices.

    \b
    evenhand match fit "Right knee arthroscopy"
    evenhand match fit "Physical therapy, 8 sessions" --condition "Lumbar strain" --specialty "Family Medicine"
    """
    from evenhand.treatments import describe, floor, specialties
    from evenhand.treatments.suit import grounds

    wanted = _known(named, programme)
    treatment = describe(text, programme)
    every = {fit.specialty: fit for fit in specialties(treatment, condition, programme)}
    fits = [every[name] for name in wanted if name in every] if wanted else list(every.values())
    shown = fits if wanted or as_json else [fit for fit in fits if fit.score >= least]
    suffices = floor(programme)
    found = grounds(treatment, condition, programme)
    unspoken = [name for name in wanted if name not in every]
    if as_json:
        click.echo(json.dumps(_document(text, condition, found, shown, unspoken, programme), indent=1))
    else:
        _print(text, found, shown, unspoken, suffices.score, full=bool(wanted))
    reached = [fit.score >= suffices.score for fit in fits]
    if unspoken or not (all(reached) if wanted else any(reached)):
        raise SystemExit(1)


@click.command("fit-letters")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--programme", default=DEFAULT, show_default=True, help="Whose vocabulary.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def letters_command(paths: tuple[Path, ...], programme: str, as_json: bool) -> None:
    """Whose specialty decided in determination letters, beside what the table would choose.

    Prints numbers, case numbers and specialties as Markdown, and no word of a letter.

    \b
    evenhand match fit-letters letters/
    """
    from evenhand.cli.letters_pile import read_all
    from evenhand.reading import to_plain
    from evenhand.treatments.measure_fit import measure

    read = []
    for path, letter, reason in read_all(paths):
        if letter is None:
            click.echo(f"{path}: {reason}", err=True)
        else:
            read.append(decided(letter, path.stem))
    measured = measure(sorted(read, key=lambda entry: entry.case), programme)
    if as_json:
        click.echo(json.dumps(to_plain(measured), indent=1))
    else:
        click.echo("\n".join(report(measured)))
    if not read:
        raise SystemExit(1)


def decided(letter: dict[str, Any], name: str) -> Decided:
    """What the measurement needs of a letter as `letters parse` reads it."""
    from evenhand.treatments.measure_fit import Decided

    return Decided(
        case=letter["header"]["case_number"] or name,
        held=tuple(letter["reviewer"]["specialties"]),
        items=tuple(item["item"] for item in letter["items"]),
        condition=letter.get("clinical_case_summary") or "",
    )


def report(measured: Measured) -> Iterable[str]:
    """The measurement as Markdown: the shares, the specialties, a line a letter."""
    count = len(measured.letters)
    yield f"- Letters: {count}; items: {measured.items}; items whose treatment no rule knows: {measured.unread}."
    yield f"- Every item reaches the least that suffices ({measured.floor:.2f}): {_share(measured.reached, count)}."
    yield f"- The reviewer holds a specialty that the table would choose first: {_share(measured.first, count)}."
    unknown = sorted({name for letter in measured.letters for name in letter.unknown})
    yield f"- Names of specialties that no list knows: {', '.join(unknown) or 'none'}."
    yield from (
        "",
        "| Specialty | decided in | held alone in | its mean fit there | the table's first choice in |",
        "|---|---:|---:|---:|---:|",
    )
    for entry in measured.by_specialty:
        mean = "" if entry.alone_mean is None else f"{entry.alone_mean:.2f}"
        yield f"| {entry.specialty} | {entry.decided} | {entry.alone or ''} | {mean} | {entry.chosen} |"
    yield from (
        "",
        "| Case | Specialties of the reviewer | Items | Mean fit | Least fit | The table's first choice | Its fit |",
        "|---|---|---:|---:|---:|---|---:|",
    )
    for letter in measured.letters:
        numbers = " | ".join("" if value is None else f"{value:.2f}" for value in (letter.mean, letter.least))
        first = ", ".join(letter.first[:_CLOSE]) + (" …" if len(letter.first) > _CLOSE else "")
        held = ", ".join(letter.held)
        yield f"| {letter.case} | {held} | {len(letter.items)} | {numbers} | {first} | {letter.first_least:.2f} |"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}" + (f" ({100 * part / whole:.0f} %)" if whole else "")


def _known(named: tuple[str, ...], programme: str) -> list[str]:
    """The programme's names; an unknown one is refused with those that look like it."""
    from difflib import get_close_matches

    from evenhand.reading import BadFile, Fault
    from evenhand.treatments import known_specialty
    from evenhand.treatments.vocabulary import Specialties, vocabulary

    found, faults = [], []
    table = vocabulary(Specialties, "specialties.yaml", programme).specialties
    names = [name for entry in table for name in (entry.name, *entry.also)]
    for name in named:
        if known := known_specialty(name, programme):
            found.append(known)
            continue
        like = get_close_matches(name, names, n=_CLOSE, cutoff=_NEARLY)
        hint = f"; like it: {', '.join(like)}" if like else ""
        faults.append(Fault(file="--specialty", what=f"{name!r} is no specialty that the programme knows{hint}"))
    if faults:
        raise BadFile(faults)
    return list(dict.fromkeys(found))


def _document(
    text: str, condition: str, found: Grounds, fits: list[Fit], unspoken: list[str], programme: str
) -> dict[str, Any]:
    from evenhand.reading import to_plain
    from evenhand.treatments import floor

    least = floor(programme)
    return {
        "item": text,
        "condition": condition,
        "known_as": found.treatment.called if found.treatment else None,
        "topics": [topic.called for topic in found.topics],
        "phases": list(found.phases),
        "floor": to_plain(least),
        "fits": [to_plain(fit) | {"suffices": fit.score >= least.score} for fit in fits],
        "not_in_table": unspoken,
    }


def _print(text: str, found: Grounds, fits: list[Fit], unspoken: list[str], least: float, *, full: bool) -> None:
    click.echo(text)
    click.echo(f"  Known as: {found.treatment.called if found.treatment else 'nothing that the table knows'}.")
    if found.treatment and found.treatment.settles:
        click.echo("  The treatment says enough; the condition is not asked.")
    elif found.topics:
        click.echo(f"  Condition: {', '.join(topic.called for topic in found.topics)}.")
    else:
        click.echo("  Condition: none that the table knows; give one with --condition.")
    if found.phases:
        click.echo(f"  Phase: {', '.join(phase.replace('_', ' ') for phase in found.phases)}.")
    click.echo(f"  Least that suffices: {least:.2f}.\n")
    width = max((len(fit.specialty) for fit in fits), default=0)
    for fit in fits:
        bar = "█" * round(fit.score * _BAR)
        mark = " " if fit.score >= least else "✗"
        click.echo(f"{mark} {fit.specialty:<{width}}  {fit.score:.2f} {bar}")
        if full:
            click.echo(f"    {fit.reason}.")
    for name in unspoken:
        click.echo(f"✗ {name}: the table says nothing of it; a person must judge.")
    if not full and fits and fits[0].score:
        click.echo(f"\nWhy {fits[0].specialty}: {fits[0].reason}.")
    elif not fits:
        click.echo(
            "Nobody: neither the item nor the condition is in the table, or none fits so well; a person must choose."
        )
