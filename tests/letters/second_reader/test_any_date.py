"""A letter may name any day: the second reader answers, or asks for the day whose law governs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.letters.second_reader.letters import GOOD

from evenhand.letters.second_reader import NeedsDate, Profile, check_letter

DATES = ("date_of_injury", "decision_date", "ur_denial_date", "application_received", "date_assigned")


@pytest.mark.parametrize("year", [1, 1016, 1999, 2012, 2013, 2026, 2035, 9999])
@pytest.mark.parametrize("field", DATES)
def test_no_date_breaks_the_second_reader(year: int, field: str) -> None:
    """A slip of the pen in a year, before any law that is known or at the calendar's end, is no error of the program."""
    day = date(year, 12, 31) if year == date.max.year else date(year, 1, 1)
    letter = replace(GOOD, header=replace(GOOD.header, **{field: day}))
    for on in (None, day):
        for profile in Profile:
            try:
                assert check_letter(letter, on=on, profile=profile) is not None
            except NeedsDate:
                assert on is None
