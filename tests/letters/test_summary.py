"""The page in plain words: fixed phrases in English and Spanish, accessible, and nothing of the reasons in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.letters.test_write import LETTER

from evenhand.letters.determination import Decision, outcome_of
from evenhand.letters.own import OwnLetter
from evenhand.letters.summary import summary_page
from evenhand.typesetting.check import check_pdf
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.text import to_text
from evenhand.typesetting.texts import read_texts


def decided(*decisions: Decision) -> OwnLetter:
    """The letter with its first items decided so."""
    items = tuple(
        replace(item, decision=decision) for item, decision in zip(LETTER.determination.items, decisions, strict=False)
    )
    determination = replace(LETTER.determination, items=items, outcome=outcome_of(decisions))
    return replace(LETTER, determination=determination)


def words(letter: OwnLetter, language: str = "en") -> str:
    """The page as text on one line."""
    page = summary_page(letter, read_texts(language=language))
    assert page is not None
    return " ".join(to_text(page).split())


@pytest.mark.parametrize(
    ("decisions", "says"),
    [
        ((Decision.UPHELD,), "none of the treatment in dispute is medically necessary"),
        ((Decision.OVERTURNED,) * 2, "all of the treatment in dispute is medically necessary"),
        ((Decision.UPHELD, Decision.OVERTURNED), "found 1 of 2 disputed items medically necessary"),
    ],
)
def test_the_result_stands_first_in_plain_words(decisions: tuple[Decision, ...], says: str) -> None:
    """Upheld, overturned and in part each have their phrase, with the last day for a petition."""
    text = words(decided(*decisions))
    assert says in text and "April 28, 2025" in text


def test_the_spanish_page_says_that_nobody_reviewed_it() -> None:
    """The same days and items; marked as an unreviewed translation; items stay in the words of the file."""
    text = words(LETTER, "es")
    assert "28 de abril de 2025" in text and "no revisada" in text
    assert LETTER.determination.items[0].item in text


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_is_short_accessible_and_gives_no_reasons(language: str) -> None:
    """Our own look finds nothing, and no rationale stands in it."""
    page = summary_page(LETTER, read_texts(language=language))
    assert page is not None
    assert check_pdf(to_pdf(page, created=LETTER.served_on), author=LETTER.organisation.name) == ()
    assert LETTER.determination.items[0].rationale[:60] not in words(LETTER, language)


def test_without_the_last_day_for_a_petition_there_is_no_page() -> None:
    """A page that could not name the day would mislead; none is made."""
    assert summary_page(replace(LETTER, next_steps=()), read_texts()) is None
