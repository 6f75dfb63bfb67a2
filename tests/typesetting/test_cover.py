"""Cover sheets: the address shows in the envelope's window, and nothing on them says what a case is about."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest
from tests.typesetting.test_notice import EMPLOYEE, ORGANISATION

from evenhand.law.facts import Means
from evenhand.typesetting.check import check_pdf
from evenhand.typesetting.cover import CoverSheet, IntakeSheet, cover_sheet, intake_cover_sheet
from evenhand.typesetting.parties import Organisation, Recipient
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.text import to_text
from evenhand.typesetting.texts import read_texts

TEXTS = read_texts()
DAY = date(2015, 1, 29)
INCH = 72
# A #10 envelope is 9 1/2 by 4 1/8 inches; its window begins 7/8 from the left and ends 1 5/8 above the lower edge, 4 1/2 by
# 1 1/8. A sheet folded in three (3 2/3 high, 8 1/2 wide) slides in it: what is seen in every place is this, from the sheet's corner.
SEEN_LEFT, SEEN_RIGHT = 0.875, 4.375
SEEN_TOP, SEEN_BOTTOM = 2.5, 3.167


def sheet(addressee: Recipient = EMPLOYEE, organisation: Organisation = ORGANISATION) -> CoverSheet:
    """A cover sheet for two papers."""
    return CoverSheet(
        organisation=organisation,
        addressee=addressee,
        case_number="CM15-0000001",
        papers=(("Notice of Assignment", "en"), ("Notice of Assignment", "es")),
        served_on=DAY,
        sheets=9,
    )


@pytest.mark.parametrize("tagline", ["", "Example: a script played this case. The people and the events are invented."])
def test_the_address_shows_in_the_window_however_the_sheet_slides(tagline: str) -> None:
    """Four lines of address lie where the window shows them, with any letterhead."""
    addressee = Recipient(
        role="employee", name="Ada Example", lines=("Care of B", "2 Oak St Apt 4", "Fresno, CA 93701")
    )
    organisation = Organisation(
        name="Northfield Review", tagline=tagline, address_lines=("1 Elm St", "Fresno"), phone="(559) 555-0100"
    )
    page = pypdfium2.PdfDocument(to_pdf(cover_sheet(TEXTS, sheet(addressee, organisation)), created=DAY))[0]
    text, height = page.get_textpage(), page.get_height()
    for line in (addressee.name, *addressee.lines):
        first, count = text.search(line).get_next()
        boxes = [text.get_charbox(first + place) for place in range(count) if line[place] != " "]
        assert min(left for left, _, _, _ in boxes) > SEEN_LEFT * INCH
        assert max(right for _, _, right, _ in boxes) < SEEN_RIGHT * INCH
        assert height - max(top for _, _, _, top in boxes) > SEEN_TOP * INCH
        assert height - min(bottom for _, bottom, _, _ in boxes) < SEEN_BOTTOM * INCH


def test_the_cover_sheet_says_what_is_inside_and_for_whom() -> None:
    """Case number, papers with their language, means, day and number of sheets; accessible like every paper."""
    document = cover_sheet(TEXTS, sheet())
    assert check_pdf(to_pdf(document, created=DAY), author="Northfield Review") == ()
    text = to_text(document)
    for phrase in (
        "CM15-0000001",
        "(in English)",
        "(in Spanish)",
        "by United States mail",
        "January 29, 2015",
        "9",
        "by mistake",
    ):
        assert phrase in text


@pytest.mark.parametrize(("number", "shown"), [("CM15-0000001", "CM15-0000001"), ("", "New (no case yet)")])
def test_the_sheet_for_paper_that_came_in_says_when_it_came_and_who_took_it(number: str, shown: str) -> None:
    """Case or new, sender, means, day received, day entered, pages, by whom."""
    document = intake_cover_sheet(
        TEXTS,
        IntakeSheet(
            organisation=ORGANISATION,
            case_number=number,
            sender="Quillback Claims",
            means=Means.FAX,
            received_on=date(2015, 1, 16),
            entered_on=date(2015, 1, 20),
            pages=14,
            received_by="a.clerk",
            remark="Page 7 is hard to read.",
        ),
    )
    assert check_pdf(to_pdf(document, created=DAY), author="Northfield Review") == ()
    text = to_text(document)
    for phrase in (
        shown,
        "Quillback Claims",
        "By fax",
        "January 16, 2015",
        "January 20, 2015",
        "14",
        "a.clerk",
        "hard to read",
    ):
        assert phrase in text
