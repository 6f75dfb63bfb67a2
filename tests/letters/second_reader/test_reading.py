"""How the second reader reads: verdicts, the governing day, the letter of 2015."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.letters.second_reader.letters import GOOD

from evenhand.letters.determination import Header
from evenhand.letters.read import read_letter
from evenhand.letters.second_reader import NeedsDate, check_letter
from evenhand.letters.second_reader.verdicts import verdicts


@pytest.mark.parametrize(
    ("rationale", "said"),
    [
        ("It is medically necessary.", (True,)),
        ("It is not medically necessary.", (False,)),
        ("It is not-medically necessary.", (False,)),
        ("It isn't medically necessary.", (False,)),
        ("It does not appear medically necessary.", (False,)),
        ("There is no proof. It is medically necessary.", (True,)),
        (
            "This decision addresses the medical necessity of opioids as they have been prescribed. "
            "It is medically necessary.",
            (),
        ),
        ("An MRI without contrast, and of both sides, is medically necessary.", (True,)),
        ("Though not a first choice in early care of the knee an MRI is medically necessary.", ()),
        ("Words about something else.", ()),
    ],
)
def test_verdicts_in_a_rationale(rationale: str, said: tuple[bool, ...]) -> None:
    """Negations of all sorts are understood within their sentence; fixed notices are no verdict."""
    assert tuple(v.necessary for v in verdicts(rationale)) == said


def test_a_letter_without_any_date_asks_for_one() -> None:
    """Without a date nobody can tell which law governs; the reader asks instead of taking today's."""
    bare = replace(GOOD, header=Header(), clinical_case_summary="Low back pain.", items=())
    with pytest.raises(NeedsDate):
        check_letter(bare)
    assert check_letter(bare, on=date(2016, 11, 29)) is not None


def test_the_seed_letter_is_found_wanting(shared: Path) -> None:
    """The letter of 2015 lacks a documents list, applies an early-care page after a fusion, walks no ladder, and its
    reviewer's specialty is far from the treatment."""
    found = {finding.name: finding for finding in check_letter(read_letter(shared / "letters" / "seed.txt"))}
    assert set(found) >= {"documents-missing", "phase-not-covered", "ladder-not-walked", "specialty-far"}
    assert "postsurgical" in found["phase-not-covered"].what
    assert "Emergency Medicine" in found["specialty-far"].what
