"""`evenhand match fit` and `fit-letters`: what people are shown of the table, and what real letters show beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evenhand.cli.match import command
from evenhand.treatments.measure_fit import Decided, measure

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_fit_ranks_with_bars_and_says_why() -> None:
    """The best stands first with a full bar and the reason; what does not suffice is marked; the law's least is told."""
    shown = run("fit", "Right knee arthroscopy")
    assert shown.exit_code == 0
    assert "Orthopedic Surgery                  1.00 ████████████████████" in shown.output
    assert "✗ Occupational Medicine" in shown.output
    assert "Why Orthopedic Surgery: surgery of the large joints: its daily work" in shown.output
    assert "Least that suffices: 0.50." in shown.output


def test_fit_judges_one_specialty_by_a_boards_name() -> None:
    """A named specialty is judged with its reason; where it does not suffice the exit code is 1."""
    family = ("fit", "Physical therapy, 8 sessions", "--condition", "Lumbar strain", "--specialty")
    assert run(*family, "Family Medicine").exit_code == 0
    dentist = run(*family, "Dentistry")
    assert dentist.exit_code == 1
    assert "Dentist  0.00" in dentist.output
    assert "not its field" in dentist.output


def test_fit_as_json() -> None:
    """The document holds the rule, the topics, the phases, the floor and every specialty's fit with its reason."""
    told = json.loads(run("fit", "Naproxen 500mg", "--condition", "Chronic neck pain", "--json").output)
    assert told["known_as"] == "drugs for musculoskeletal pain"
    assert (told["topics"], told["phases"], told["floor"]["score"]) == (["the neck"], ["chronic"], 0.5)
    assert all({"specialty", "score", "reason", "suffices"} == set(fit) for fit in told["fits"])


def test_an_unknown_specialty_is_named_with_those_like_it() -> None:
    """A misspelt name is refused, and the near ones are offered."""
    refused = run("fit", "MRI of the neck", "--specialty", "Neurlogy")
    assert refused.exit_code != 0
    said = refused.output + str(refused.exception)
    assert "'Neurlogy' is no specialty that the programme knows; like it: Neurology" in said


def test_what_the_table_does_not_know_is_left_to_a_person() -> None:
    """Nothing known of the item or condition, or of a specialty: the exit code is 1 and a person must judge."""
    nothing = run("fit", "Qwertz")
    assert nothing.exit_code == 1
    assert "a person must choose" in nothing.output
    unspoken = run("fit", "MRI of the neck", "--specialty", "Aerospace Medicine")
    assert unspoken.exit_code == 1
    assert "Aerospace Medicine: the table says nothing of it" in unspoken.output


def test_a_letters_fit_is_that_of_its_worst_item() -> None:
    """The best of the held specialties counts for an item, the worst item for the letter; unknown names are named."""
    items = ("Physical therapy for the right knee", "Cognitive behavioral therapy, 6 sessions")
    held = ("PM&R", "Psychology", "Astrology")
    found = measure([Decided(case="A", held=held, items=items, condition="")])
    assert (found.letters[0].least, found.letters[0].unknown, found.reached) == (1.0, ("Astrology",), 1)
    alone = measure([Decided(case="B", held=("Psychology",), items=items, condition="")])
    assert (alone.letters[0].mean, alone.letters[0].least, alone.reached) == (0.5, 0.0, 0)
    assert alone.by_specialty[-1].decided == 0 or alone.by_specialty[0].specialty == "Psychology"


def test_a_letter_without_known_specialty_reaches_nothing() -> None:
    """Where no name is known there is no fit to tell, and the letter counts as not reaching the least."""
    found = measure([Decided(case="A", held=("Astrology",), items=("MRI of the neck",), condition="")])
    assert (found.letters[0].least, found.reached, found.first) == (None, 0, 0)


@pytest.fixture(scope="module")
def measured(shared: Path) -> str:
    letters = sorted(str(path) for path in (shared / "letters").glob("CM*.pdf"))
    return run("fit-letters", *letters).output


def test_the_document_holds_what_the_real_letters_show(measured: str) -> None:
    """docs/specialty-fit.md ends with the measurement as it is now; print it again when the table changes."""
    assert (ROOT / "docs/specialty-fit.md").read_text(encoding="utf-8").endswith(measured)


def test_the_real_letters_are_mostly_near(measured: str) -> None:
    """All 74 letters are read, every item and specialty is known, and nine in ten letters reach the least."""
    lines = measured.splitlines()
    assert lines[0] == "- Letters: 74; items: 140; items whose treatment no rule knows: 0."
    assert int(lines[1].split(": ")[1].split()[0]) >= 67
    assert lines[3].endswith(": none.")
