"""What the checks on dates, ages and writing read beneath their cases: dates in prose, the head's unread dates, the reading grade."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.letters.second_reader.letters import GOOD

from evenhand.letters.second_reader import Finding, Part, Profile, check_letter
from evenhand.letters.second_reader.reading import Passage
from evenhand.letters.second_reader.rules.moments import moments
from evenhand.letters.second_reader.rules.readable import flesch_kincaid
from evenhand.letters.second_reader.rules.style import Measures

MEASURES = Measures(highest_grade=16, fewest_words=5, most_syllables=4, longest_sentence=60)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 3/2/2016.", date(2016, 3, 2), date(2016, 3, 2)),
        ("on 03-02-16,", date(2016, 3, 2), date(2016, 3, 2)),
        ("on 2016-03-02", date(2016, 3, 2), date(2016, 3, 2)),
        ("of March 2nd, 2016", date(2016, 3, 2), date(2016, 3, 2)),
        ("on Mar. 2 2016", date(2016, 3, 2), date(2016, 3, 2)),
        ("on 2 March 2016", date(2016, 3, 2), date(2016, 3, 2)),
        ("in February 2016", date(2016, 2, 1), date(2016, 2, 29)),
        ("since 2014 he", date(2014, 1, 1), date(2014, 12, 31)),
        ("born 05-01-70", date(1970, 5, 1), date(1970, 5, 1)),
    ],
)
def test_dates_in_prose(text: str, first: date, last: date) -> None:
    """A date is read in each way of writing it, with what it can mean."""
    (moment,) = moments(text, 2016)
    assert (moment.first, moment.last) == (first, last)


@pytest.mark.parametrize(
    "text", ["5/325 mg", "120/80", "L3-4-5", "9792.24.2", "12-18-24 months", "8/10", "CPT 99213-25"]
)
def test_numbers_that_are_no_dates(text: str) -> None:
    """Doses, pressures, levels, sections and ranges are no dates."""
    assert moments(text, 2016) == ()


def _codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_date_that_the_reader_of_letters_could_not_read() -> None:
    """What stands in the head and is no date is an impossible date."""
    problem = "header: Date of Injury is '02/30/2016', no date that can be read"
    letter = replace(GOOD, problems=(problem,), header=replace(GOOD.header, date_of_injury=None))
    (found,) = [one for one in check_letter(letter, profile=Profile.ISSUE) if one.code == "EH202"]
    assert "02/30/2016" in found.what
    assert found.place.part is Part.HEADER


def test_a_slip_of_the_pen_in_the_head_does_not_govern() -> None:
    """A utilization review decision of the year 1016 is named, and the letter is read by the law of its other dates."""
    letter = replace(GOOD, header=replace(GOOD.header, ur_denial_date=date(1016, 11, 29)))
    assert "EH202" in _codes(check_letter(letter, profile=Profile.ISSUE))


def test_the_reading_grade_is_that_of_the_formula() -> None:
    """Ten words of one syllable in two sentences have the grade that the formula gives; too few words have none."""
    plain = Passage(Part.SUMMARY, "The man hurt his back. He has pain in it.")
    assert flesch_kincaid(plain, MEASURES) == pytest.approx(0.39 * 5 + 11.8 - 15.59)
    assert flesch_kincaid(Passage(Part.SUMMARY, "He hurts."), MEASURES) is None
