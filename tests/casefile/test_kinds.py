"""What a paper is and when it was written, by its words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.casefile import DocumentKind, guess_date, guess_kind, guess_title
from evenhand.casefile.kinds import EARLIEST_YEAR, dates_in

K = DocumentKind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("REQUEST FOR AUTHORIZATION\nProgress report attached", K.RFA),
        ("DWC Form RFA", K.RFA),
        ("OPERATIVE REPORT\nPhysical therapy after six weeks", K.OPERATIVE_REPORT),
        ("UTILIZATION REVIEW DECISION", K.UR_DECISION),
        ("NOTICE OF NON-CERTIFICATION", K.UR_DECISION),
        ("APPLICATION FOR INDEPENDENT MEDICAL REVIEW", K.APPLICATION),
        ("DOCTOR'S FIRST REPORT OF OCCUPATIONAL INJURY", K.FIRST_REPORT),
        ("PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)", K.PROGRESS_REPORT),
        ("PERMANENT AND STATIONARY REPORT", K.PERMANENT_REPORT),
        ("MRI LUMBAR SPINE WITHOUT CONTRAST", K.IMAGING),
        ("X-RAY REPORT OF THE CERVICAL SPINE", K.IMAGING),
        ("ELECTRODIAGNOSTIC CONSULTATION", K.ELECTRODIAGNOSTICS),
        ("NEUROSURGICAL CONSULTATION", K.CONSULTATION),
        ("PHYSICAL THERAPY DISCHARGE SUMMARY", K.THERAPY),
        ("URINE DRUG SCREEN", K.LABORATORY),
        ("AGREED MEDICAL EVALUATION", K.MEDICAL_LEGAL),
        ("PROOF OF SERVICE BY MAIL", K.PROOF_OF_SERVICE),
        ("LETTER IN SUPPORT OF THE REQUEST FOR AUTHORIZATION", K.CORRESPONDENCE),
        ("March 3, 2015\nDear Dr. Quillon,\nI agree.", K.CORRESPONDENCE),
        ("Grocery list: pears, rye bread", K.OTHER),
        ("", K.OTHER),
        # A title in capitals outweighs an earlier mention in prose.
        ("Reviewed the MRI of May.\nPROGRESS REPORT", K.PROGRESS_REPORT),
    ],
)
def test_the_heading_says_the_kind(text: str, kind: DocumentKind) -> None:
    """A paper is what its title says it is; where nothing fits it is OTHER, with no words claimed."""
    guess = guess_kind(text)
    assert guess.kind is kind
    assert bool(guess.words) is (kind is not K.OTHER)


def test_a_mention_far_down_is_not_a_title() -> None:
    """Only the head of the first page is looked at."""
    assert guess_kind("A line of prose\n" * 40 + "OPERATIVE REPORT").kind is K.OTHER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Date of birth: 03/02/1973\nDate of injury: 10/29/2009\nDate of visit: 11/13/2014", date(2014, 11, 13)),
        ("DOB 03/02/1973\nDate: 11-13-14", date(2014, 11, 13)),
        ("Date of service\n12/02/2014", date(2014, 12, 2)),
        ("Received by fax 01/16/2015\nDated December 23, 2014", date(2014, 12, 23)),
        ("Date of report: 2014-12-09", date(2014, 12, 9)),
        ("9th September 2014", date(2014, 9, 9)),
        ("Sept. 9, 2014", date(2014, 9, 9)),
        ("Exam date: 02/30/2014\nDate of report: 03/01/2014", date(2014, 3, 1)),
        ("Date of injury: 10/29/2009", None),
        ("Claim 12-34-5678901, pain 6/10", None),
        ("", None),
    ],
)
def test_the_day_of_the_visit_is_found_and_no_other(text: str, expected: date | None) -> None:
    """The labelled day of service comes first; days of birth, injury and receipt never count."""
    assert guess_date(text) == expected


def test_a_day_after_the_receipt_is_not_believed() -> None:
    """A paper cannot be younger than the day it came."""
    text = "Date of visit: 11/13/2024\nDate of report: 11/14/2014"
    assert guess_date(text, not_after=date(2015, 2, 13)) == date(2014, 11, 14)


@given(st.dates(min_value=date(1969, 1, 1), max_value=date(2068, 12, 31)))
def test_every_way_of_writing_a_day_is_read_back(day: date) -> None:
    """ISO, American with two and four figures, and both orders with the month's name give the same day."""
    written = (
        day.isoformat(),
        f"{day.month}/{day.day}/{day.year}",
        f"{day.month:02}-{day.day:02}-{day.year % 100:02}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
    )
    for words in written:
        assert dates_in(f"seen {words}.") == (day,), words


@given(st.text(max_size=200))
def test_no_text_breaks_the_guesses(text: str) -> None:
    """Whatever was read off a page, the guesses answer, and days lie in a believable time."""
    guess_kind(text)
    assert len(guess_title(text)) <= 120
    assert all(day.year >= EARLIEST_YEAR for day in dates_in(text))
    found = guess_date(text, not_after=date(2025, 1, 1))
    assert found is None or found <= date(2025, 1, 1) + timedelta(0)


def test_the_title_is_the_papers_own_heading() -> None:
    """Letterheads in capitals are passed over for the heading that says what the paper is."""
    text = "TANSY HOLLOW CLINIC INC\n12 Tansy Hollow Lane\nOPERATIVE REPORT\nPatient: L. Quillon"
    assert guess_title(text) == "OPERATIVE REPORT"
    assert guess_title("") == "Untitled"
