"""`evenhand law where`: the data, the code and the tests of a section of the law."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from evenhand.cli.law.options import json_option, print_json, programme_option, refusals

if TYPE_CHECKING:
    from evenhand.cli.law.places import DataPlace, Places, TextPlace

# No section is longer; a number of thousands of digits is no number that Python reads.
LONGEST = 200


@click.command("where")
@click.argument("section")
@programme_option
@json_option
def command(section: str, programme: str, as_json: bool) -> None:
    """Where SECTION stands: which values rest on it, which code names it, which tests and situations hold it.

    A section is given with or without its code, with or without subdivisions; its subdivisions are found with it. Who
    reads that a provision has changed finds here what to look at. Exit code 1 if nothing cites it.

    \b
    evenhand law where 9792.10.5
    evenhand law where "8 CCR 9792.10.5(a)(1)"
    evenhand law where "Lab. Code 4610.5(h)" --json
    """
    with refusals():
        from evenhand.cli.law.places import codes_of, places_of
        from evenhand.law.sections import section_of
        from evenhand.reading import to_plain

        asked = section_of(section, codes_of(programme)) if len(section) <= LONGEST else None
        if asked is None:
            raise click.BadParameter(
                f"{section[:LONGEST]!r} is no section; write its number, for example 9792.10.5 or 'Lab. Code 4610.5(h)'.",
                param_hint="SECTION",
            )
        found = places_of(asked, programme)
    if as_json:
        print_json(to_plain(found))
    else:
        for line in _lines(found):
            click.echo(line)
    sys.exit(0 if found.cited else 1)


def _lines(found: Places) -> Iterator[str]:
    data = [_data_line(place) for place in found.data]
    if not found.cited:
        yield f"Nothing here cites {found.section}: no value of the pack, no code and no test."
        if data:
            yield from _part("It lies within what is cited as a whole", data, "")
        if found.near:
            yield f"Near to it: {', '.join(found.near)}."
        return
    yield found.section
    yield from _part("Data", data, "No value of the pack cites it.")
    yield from _part("Code", [_text_line(place) for place in found.code], "No code names it.")
    yield from _part("Tests and situations", [_text_line(place) for place in found.tests], "No test holds it by name.")


def _part(title: str, lines: list[str], none: str) -> Iterator[str]:
    yield f"{title}: {len(lines)}" if lines else f"{title}: {none}"
    yield from (f"  {line}" for line in lines)


def _data_line(place: DataPlace) -> str:
    since = f", from {place.valid_from}" if place.valid_from else ""
    field = "" if place.field == "citation" else f", {place.field}"
    wider = " (names it as a whole)" if place.wider else ""
    return f"{place.file}:{place.line}: {place.entry}{field}{since}: {place.words}{wider}"


def _text_line(place: TextPlace) -> str:
    line = f":{place.line}" if place.line else ""
    name = f" {place.name}:" if place.name else ""
    return f"{place.file}{line}:{name} {place.words}"
