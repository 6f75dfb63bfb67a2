"""Planted conflicts of every kind of path, all in one graph: each is found, and nothing else is."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from evenhand.law import load_pack
from evenhand.matching import from_law
from evenhand.matching.affiliations.screening import Finding, Screener
from evenhand.synthetic.affiliations import NOTHING, Planted, World, exceptions, kinds, near_misses, ours, world

ON = date(2015, 2, 17)
FEWEST_KINDS = 200
GRAVEST = ("bars", "to_a_person", "considered")


def found_in(made: World) -> list[dict[str | None, tuple[Finding, ...]]]:
    screener = Screener(made.reviewers, ON, from_law(load_pack(), ON), made.affiliations)
    return [dict(screener.findings(case)) for case in made.cases]


def gravest(findings: tuple[Finding, ...]) -> str:
    told = {finding.outcome.value for finding in findings}
    return next((outcome for outcome in GRAVEST if outcome in told), NOTHING)


def wrong(planted: list[Planted]) -> list[str]:
    made = world(planted, ON)
    faults = []
    for number, (path, found) in enumerate(zip(made.planted, found_in(made), strict=True)):
        own = None if path.ours else f"R-{number:05}"
        if gravest(found.get(own, ())) != path.expected:
            faults.append(f"{path.kind}: {gravest(found.get(own, ())) or 'nothing'} for {path.expected or 'nothing'}")
        if others := set(found) - {own}:
            faults.append(f"{path.kind}: found for {others} too")
    return faults


def test_every_kind_of_path_is_found() -> None:
    """Several hundred kinds of path, by kinds of edge, role of the party, length and direction: recall is whole, and no
    other reviewer is found for a case."""
    planted = list(kinds())
    assert len({path.kind for path in planted}) == len(planted) >= FEWEST_KINDS
    assert {len(path.hops) for path in planted} == {1, 2, 3, 4}
    assert {path.expected for path in planted} == {"bars", "to_a_person"}
    assert wrong(planted) == []


def test_near_misses_are_reported_as_considered() -> None:
    """The same paths with an edge ended yesterday, beginning tomorrow, at the threshold or with a relative of no list do
    not bar and are told; an edge that begins or ends today counts."""
    planted = [miss for path in list(kinds())[::3] for miss in near_misses(path, ON)]
    assert Counter(path.expected for path in planted)["considered"] > FEWEST_KINDS
    assert wrong(planted) == []


def test_exceptions_and_what_is_too_remote() -> None:
    """Staff privileges, academic centers, small shares through others do not bar; chains that lead on and on, a patient's
    employer and a partner's income are no ties."""
    assert wrong(list(exceptions())) == []


@pytest.mark.parametrize("path", list(ours()), ids=lambda path: path.kind)
def test_the_review_organisations_own_ties_keep_everybody_from_the_case(path: Planted) -> None:
    """Its own ties and those of its officers, employees and owners are found for every reviewer, and only in that case."""
    assert wrong([path]) == []
