"""The pages of a letter as pictures: drawn, counted, and with the findings where their words stand."""

from __future__ import annotations

import base64
from datetime import date

import pytest
from tests.letters.test_mark import RATIONALE, finding, item, letter, quoted

from evenhand.letters.determination import Determination
from evenhand.letters.mark import number
from evenhand.letters.published import published_document
from evenhand.letters.read import read_letter
from evenhand.letters.second_reader import Part
from evenhand.letters.sheets import MOST_SHEETS, sheets, text_sheets
from evenhand.typesetting.check import check_pdf
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.texts import read_texts

TEXTS = read_texts()


def paper(one: Determination) -> bytes:
    """The letter as the public gets it, as PDF."""
    return to_pdf(published_document(one, TEXTS, author="Northfield Review"), created=date(2021, 3, 4))


def test_a_finding_is_boxed_where_its_words_stand() -> None:
    """The box lies on the page that holds the words, inside it; a picture is a PNG."""
    one = letter(item(1, "Gel pack", RATIONALE))
    shown = sheets(paper(one), number(one, [quoted(Part.RATIONALE, 1, RATIONALE, "rental was not tried")]))
    assert shown.page_of(1) == 1
    sheet = shown.shown[0]
    assert base64.b64decode(sheet.picture).startswith(b"\x89PNG")
    (box,) = sheet.boxes
    assert 0 < box.x < box.x + box.width < sheet.width
    assert 0 < box.y < box.y + box.height < sheet.height
    assert box.width > 5 * box.height


def test_words_that_stand_twice_are_told_by_what_comes_before() -> None:
    """The same words in two items have their boxes apart, the second below the first."""
    one = letter(
        item(1, "Gel pack", "First the pack. It was not tried."), item(2, "MRI", "Then the MRI. It was not tried.")
    )
    texts = [entry.rationale for entry in one.items]
    found = [quoted(Part.RATIONALE, at, text, "It was not tried") for at, text in enumerate(texts, 1)]
    boxes = {box.number: box for sheet in sheets(paper(one), number(one, found)).shown for box in sheet.boxes}
    assert boxes[1].y < boxes[2].y


def test_words_over_several_lines_have_a_box_each() -> None:
    """A long quotation is boxed line by line."""
    text = "The patient tells of pain. " * 12
    one = letter(item(1, "Gel pack", text.strip()))
    shown = sheets(paper(one), number(one, [quoted(Part.RATIONALE, 1, text, text.strip())]))
    boxes = shown.shown[0].boxes
    assert len(boxes) > 2
    assert [box.y for box in boxes] == sorted({box.y for box in boxes})


def test_ligatures_and_line_ends_do_not_hide_words() -> None:
    """Words with ligatures, accents and hyphens are found on paper as they stand in the structure."""
    text = "The office finding of a well-documented Žižek sign was insufficient, and the fluffy affliction stayed so."
    one = letter(item(1, "Gel pack", text))
    found = [
        quoted(Part.RATIONALE, 1, text, words) for words in ("office finding", "well-documented Žižek", "affliction")
    ]
    shown = sheets(paper(one), number(one, found))
    assert [shown.page_of(at) for at in (1, 2, 3)] == [1, 1, 1]


def test_what_is_not_on_paper_has_no_box() -> None:
    """A finding on the head of the letter, or on words that the paper does not have, has no page."""
    one, other = letter(item(1, "Gel pack", RATIONALE)), letter(item(1, "Gel pack", "Quite another text."))
    found = [finding(Part.HEADER), quoted(Part.RATIONALE, 1, RATIONALE, "rental was not tried")]
    shown = sheets(paper(other), number(one, found))
    assert shown.page_of(1) is None and shown.page_of(2) is None


def test_a_long_letter_shows_its_first_pages() -> None:
    """More pages than a screen can hold are counted, not drawn."""
    one = letter(*(item(at, f"Item of a long list {at}", RATIONALE * 40) for at in range(1, 40)))
    shown = sheets(paper(one), ())
    assert shown.of > MOST_SHEETS == len(shown.shown)


def test_pages_of_a_text_are_parted_by_form_feeds() -> None:
    """A letter that came as text has pages of text, showable ones."""
    shown = text_sheets("One\r\npage\fTwo\x00\f\f")
    assert [sheet.text for sheet in shown.shown] == ["One\npage", "Two�"]
    assert shown.of == 2


@pytest.mark.parametrize("text", ["", "   \f \f"])
def test_an_empty_text_is_one_empty_page(text: str) -> None:
    """Nothing breaks where there is nothing."""
    assert text_sheets(text).of == 1


# --- the paper of the public ------------------------------------------------------------------------------------------


def test_the_public_paper_holds_every_word_of_the_record() -> None:
    """What the record holds stands on the paper, which says that it is not the letter itself, and it passes our own look at PDF/UA."""
    import pypdfium2

    one = letter(item(1, "Gel pack", "The pack does the same."), item(2, "MRI", "New weakness of the arm."))
    pdf = paper(one)
    text = " ".join(" ".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf)).split())
    for words in (
        "This is not the letter itself",
        "Gel pack",
        "New weakness of the arm.",
        "A sorter of apples hurt her neck.",
        "Request, two pages",
        "Texas",
        "Pain Management; Neurology",
    ):
        assert words in text
    assert check_pdf(pdf, author="Northfield Review") == ()


def test_the_public_paper_says_what_is_not_there() -> None:
    """No part is made up: an undecided item and empty parts are told as that."""
    from dataclasses import replace

    undecided = replace(item(1, "Gel pack", ""), decision=None)
    one = replace(letter(undecided, summary=""), outcome=None, documents_reviewed=())
    blocks = str(published_document(one, TEXTS, author="Northfield Review").blocks)
    assert blocks.count("The published text has none.") == 3
    assert "no decision on this item" in blocks


def test_the_public_paper_is_not_taken_for_one_of_our_letters() -> None:
    """It has no result of its own, so reading it as a letter is refused or gives the same decisions, never other ones."""
    from evenhand.letters.read import NotALetter

    one = letter(item(1, "Gel pack", RATIONALE))
    try:
        again = read_letter(paper(one), "again")
    except NotALetter:
        return
    assert [entry.decision for entry in again.items] == [entry.decision for entry in one.items]
