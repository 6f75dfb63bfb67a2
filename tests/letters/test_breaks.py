"""Long letters break well: sixty items over forty pages and more, and no heading or label alone at the foot of a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest
from tests.letters.test_write import LETTER, TEXTS

from evenhand.letters.determination import Decision, outcome_of
from evenhand.letters.extract import lines_of_pdf
from evenhand.letters.own import ItemEvidence, OwnLetter
from evenhand.letters.read import read_letter
from evenhand.letters.write import compose_letter
from evenhand.typesetting.check import check_pdf
from evenhand.typesetting.pdf import to_pdf

pytestmark = pytest.mark.slow

ITEMS = 60
FOOT = 72.0
"""Points at the foot of a page where only the running line stands."""
SENTENCE = "The guideline asks for measured gain in function, which the file does not show for this service. "


def long_letter(step: int) -> OwnLetter:
    """Sixty items whose headings and reasons have other lengths with each step, so that pages break elsewhere."""
    first = LETTER.determination.items[0]
    items = tuple(
        replace(
            first,
            number=number,
            item=f"Service {number}: "
            + "physical therapy for the lumbar spine, two visits a week, " * ((number + step) % 4 + 1),
            decision=Decision.UPHELD if number % 3 else Decision.OVERTURNED,
            rationale=SENTENCE * ((number * 7 + step) % 11 + 2),
        )
        for number in range(1, ITEMS + 1)
    )
    items = tuple(replace(item, item=item.item.strip(" ,")) for item in items)
    determination = replace(
        LETTER.determination,
        items=items,
        outcome=outcome_of(tuple(item.decision for item in items)),
        documents_reviewed=tuple(f"Report {n}, {SENTENCE.strip()}" for n in range(1, 121)),
    )
    evidence = tuple(ItemEvidence(item=item.number, steps=LETTER.evidence[0].steps) for item in items)
    return replace(LETTER, determination=determination, evidence=evidence)


@cache
def typeset(step: int) -> bytes:
    """The long letter as a PDF."""
    letter = long_letter(step)
    return to_pdf(compose_letter(letter, TEXTS), created=letter.served_on)


def last_lines(pdf: bytes) -> Iterator[tuple[int, str, bool]]:
    """Page, words and weight of the last line above the running line of each page but the last."""
    lines = lines_of_pdf(pdf)
    pages = max(line.page for line in lines)
    for page in range(1, pages):
        *_, last, running = [line for line in lines if line.page == page]
        assert "| Page" in running.text
        cell = last.text.startswith(("Upheld ", "Overturned "))  # of the table of results, where the word is bold
        yield page, last.text, bool(last.bold) and not cell


@pytest.mark.parametrize("step", range(4))
def test_no_heading_stands_alone_at_the_foot_of_a_page(step: int) -> None:
    """The last line of a page is never a heading or a label whose text stands on the next page."""
    pdf = typeset(step)
    assert len(pypdfium2.PdfDocument(pdf)) >= 40
    alone = [(page, words) for page, words, bold in last_lines(pdf) if bold]
    assert alone == []


@pytest.mark.parametrize("step", range(2))
def test_no_page_holds_words_below_or_beside_its_margins(step: int) -> None:
    """Every letter lies within the margins; below them only the running line."""
    for page in pypdfium2.PdfDocument(typeset(step)):
        text = page.get_textpage()
        width, height = page.get_size()
        for index in range(0, text.count_chars(), 3):
            left, bottom, right, top = text.get_charbox(index)
            if right > left:
                assert left > 85 and right < width - 85 and top < height - 60, text.get_text_range(index, 20)
                assert bottom >= FOOT - 1 or top < FOOT


def test_no_page_is_left_half_empty() -> None:
    """What is kept together costs no more than a fifth of a page anywhere but at the end."""
    document = pypdfium2.PdfDocument(typeset(0))
    for number in range(1, len(document) - 1):
        text = document[number].get_textpage()
        boxes = (text.get_charbox(index) for index in range(text.count_chars()))
        lowest = min((box[1] for box in boxes if box[1] > FOOT and box[2] > box[0]), default=0)
        assert lowest < FOOT + 792 / 5, f"page {number + 1}"


def test_the_long_letter_is_accessible_and_reads_back() -> None:
    """Sixty items come back as they went in, and our own look at the PDF finds nothing."""
    pdf = typeset(1)
    assert check_pdf(pdf, author=LETTER.organisation.name) == ()
    read, wrote = read_letter(pdf), long_letter(1).determination
    assert read.documents_reviewed == wrote.documents_reviewed
    assert [(i.item, i.decision, i.rationale) for i in read.items] == [
        (i.item, i.decision, i.rationale.strip()) for i in wrote.items
    ]
