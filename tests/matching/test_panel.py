"""Several reviewers for one case: only as the law of the day allows, and what they decide together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from evenhand.law import load_pack
from evenhand.law.panel import Vote
from evenhand.matching import CannotSelect, Qualifications, solve
from evenhand.matching.facts import CaseToReview, Panel, Reviewer
from evenhand.matching.panel import seats, together

ON = date(2015, 2, 17)
YES, NO = Vote.NECESSARY, Vote.NOT_NECESSARY


@pytest.mark.parametrize(
    ("panel", "words"),
    [
        (Panel(reviewers=3, too_complex=True), "C-1 asks for 3 reviewers"),
        (Panel(reviewers=3, too_complex=True, approved_on=date(2015, 2, 18)), "C-1 asks for 3 reviewers"),
        (Panel(reviewers=3, approved_on=ON), "C-1 asks for 3 reviewers"),
        (Panel(reviewers=0), "give 1 or more"),
    ],
)
def test_more_reviewers_need_what_the_law_asks(panel: Panel, words: str, case: Callable[..., CaseToReview]) -> None:
    """Without written approval on the day, or for what is not too complex, nobody sits beside the one reviewer."""
    with pytest.raises(CannotSelect, match=words):
        seats(load_pack(), [case(panel=panel)], ON)


def test_an_approved_panel_is_filled_with_different_reviewers(
    case: Callable[..., CaseToReview], reviewer: Callable[..., Reviewer], rules: Qualifications
) -> None:
    """Three approved seats hold three reviewers; with two reviewers one seat is told as missing."""
    asked = [case(panel=Panel(reviewers=3, too_complex=True, approved_on=ON))]
    taken = seats(load_pack(), asked, ON)
    assert taken == {"C-1": 3}
    full = solve(asked, [reviewer(f"R-{n}") for n in range(4)], ON, rules, seats=taken)
    assert len(set(full.reviewers_of("C-1"))) == 3
    short = solve(asked, [reviewer("R-1"), reviewer("R-2")], ON, rules, seats=taken)
    assert len(short.reviewers_of("C-1")) == 2
    assert [left.case for left in short.unassigned] == ["C-1"]


def test_a_panel_nobody_checked_is_no_problem_that_can_be_solved(
    case: Callable[..., CaseToReview], reviewer: Callable[..., Reviewer], rules: Qualifications
) -> None:
    """The solver does not take a case's own word for how many may decide it."""
    with pytest.raises(CannotSelect, match="give their seats"):
        solve([case(panel=Panel(reviewers=3))], [reviewer()], ON, rules)


@pytest.mark.parametrize(
    ("votes", "outcome"), [((YES, YES, NO), YES), ((NO, YES, NO), NO), ((YES, NO), YES), ((NO,), NO)]
)
def test_majority_decides_and_an_even_split_is_for_the_treatment(votes: tuple[Vote, ...], outcome: Vote) -> None:
    """Lab. Code 4610.6(e)-(f): the majority's finding; evenly split, the treatment is provided."""
    each = {f"R-{n}": vote for n, vote in enumerate(votes)}
    assert together(load_pack(), each, {"1": each}, ON)["1"].finding.outcome == outcome.value


def test_a_vote_is_missing_or_a_strangers() -> None:
    """Who was not selected has no vote, and who was must have one."""
    with pytest.raises(ValueError, match=r"findings of R-2 are missing, those of R-9 are from outside"):
        together(load_pack(), ["R-1", "R-2"], {"1": {"R-1": YES, "R-9": NO}}, ON)
