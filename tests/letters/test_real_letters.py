"""What the second reader says of the real letters: every error was looked at, and false alarms are rare."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.conftest import REPOSITORY
from tools.second_reader_report import COLUMNS, Said, judgments, read_folder, read_judged, report

from evenhand.letters.second_reader import Severity, checks

JUDGED = REPOSITORY / "tests" / "letters" / "second_reader_judged.csv"
FALSE_ALARMS = 0.2
"""Error-level false alarms a letter, at most."""
LONGEST_NOTE = 160
"""A note is a judgment in own words, no place for a letter's text."""


@pytest.fixture(scope="module")
def letters(shared: Path) -> list[Said]:
    """The real letters with what is said of them."""
    return list(read_folder(shared / "letters"))


def test_every_error_on_a_real_letter_was_judged(letters: list[Said]) -> None:
    """A person looked at each finding that would hold a letter up."""
    unjudged = judgments(letters, read_judged(JUDGED), Severity.ERROR)["unjudged"]
    assert not unjudged, f"look at these and enter them in {JUDGED.name}: {unjudged}"


def test_false_alarms_of_error_level_are_rare(letters: list[Said]) -> None:
    """No more than one false alarm of error level in five real letters."""
    false = judgments(letters, read_judged(JUDGED), Severity.ERROR)["false"]
    assert len(letters) > 70
    assert len(false) / len(letters) <= FALSE_ALARMS, false


def test_the_judgments_are_of_checks_that_there_are() -> None:
    """Each line names a case, an item and a known code once, and says in a few words why."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    known = {check.code for check in checks()}
    assert {row["code"] for row in rows} <= known
    assert all(0 < len(row["note"]) <= LONGEST_NOTE for row in rows)
    assert (
        len({(row["case_number"], row["item"], row["code"]) for row in rows}) == len(rows) == len(read_judged(JUDGED))
    )


def test_the_report_tells_numbers_and_no_text(letters: list[Said]) -> None:
    """The report has the severities, the codes and the letters, and not a word of a letter."""
    words = report(letters, read_judged(JUDGED), each=True)
    assert "| error |" in words
    assert all(said.case_number in words for said in letters)
    quotes = {finding.place.quote for said in letters for finding in said.findings if len(finding.place.quote) > 25}
    assert not any(quote in words for quote in quotes)


def test_a_judgment_is_true_or_false(tmp_path: Path) -> None:
    """A line that says neither is refused."""
    path = tmp_path / "judged.csv"
    path.write_text(",".join(COLUMNS) + "\nCM16-0999001,1,EH011,perhaps,unsure\n", encoding="utf-8")
    with pytest.raises(ValueError, match="neither true nor false"):
        read_judged(path)
