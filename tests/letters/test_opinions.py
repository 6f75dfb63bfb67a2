"""Several reviewers who differ: each opinion stands in the letter, without a name, and comes back from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.letters.test_write import LETTER, TEXTS, folded, of_pdf

from evenhand.letters.determination import Decision, Opinion, OpinionOnItem, ReviewerCredentials
from evenhand.letters.own import OwnLetter
from evenhand.letters.read import as_json, read_letter
from evenhand.letters.write import LetterIncomplete, compose_letter
from evenhand.typesetting.text import to_text

SURGEON = ReviewerCredentials(licensure=("California",), specialties=("Surgery, Hand",))
REASONS = OpinionOnItem(item=1, decision=Decision.UPHELD, rationale="The findings are not consistent.")


def with_opinions(*opinions: Opinion) -> OwnLetter:
    """The letter with these opinions."""
    return replace(LETTER, determination=replace(LETTER.determination, opinions=opinions))


BOTH = with_opinions(
    Opinion(reviewer=SURGEON, items=(REASONS,)),
    Opinion(
        reviewer=LETTER.determination.reviewer,
        items=(replace(REASONS, decision=Decision.OVERTURNED), replace(REASONS, item=3)),
    ),
)


def test_each_opinion_stands_in_the_letter() -> None:
    """Qualifications, decision and reasons of each, under the sentence that says whose decision stands."""
    text = folded(of_pdf(BOTH))
    for words in (
        "SEPARATE OPINIONS",
        "Opinion 1 of 2",
        "Opinion 2 of 2",
        "On item 3: Upheld",
        "decision of the majority",
    ):
        assert words in text
    assert "SEPARATE OPINIONS" not in folded(of_pdf(LETTER))


def test_opinions_come_back_and_stand_in_the_json_only_where_there_are_any() -> None:
    """Reading gives the same opinions; a letter with one reviewer keeps the shape it always had."""
    read = read_letter(to_text(compose_letter(BOTH, TEXTS)))
    assert read.opinions == BOTH.determination.opinions
    assert len(as_json(read)["opinions"]) == 2
    assert "opinions" not in as_json(LETTER.determination)


@pytest.mark.parametrize(
    ("opinion", "reason"),
    [
        (Opinion(reviewer=ReviewerCredentials(), items=(REASONS,)), "licensure and specialty"),
        (Opinion(reviewer=SURGEON, items=()), "is on no item"),
        (Opinion(reviewer=SURGEON, items=(replace(REASONS, item=9),)), "item 9, which the letter does not decide"),
        (Opinion(reviewer=SURGEON, items=(replace(REASONS, rationale=" "),)), "gives no reasons on item 1"),
    ],
)
def test_an_opinion_that_says_too_little_is_refused(opinion: Opinion, reason: str) -> None:
    """An opinion needs qualifications, an item that the letter decides, and reasons."""
    with pytest.raises(LetterIncomplete, match=reason):
        compose_letter(with_opinions(opinion), TEXTS)
