"""The selection for all cases at once: best, permitted, within the places, and the same for the same seed."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from evenhand.law.facts import PartyRole, UrType
from evenhand.matching import CannotSelect, Qualifications, Selection, explain, solve, verify
from evenhand.matching.facts import CaseToReview, Reviewer, ScreenedParty, Tie, TieKind
from evenhand.matching.network import Network

ON = date(2015, 2, 17)
MakeReviewer = Callable[..., Reviewer]
MakeCase = Callable[..., CaseToReview]

SPECIALTIES = [
    "Physical Medicine & Rehabilitation",
    "Orthopaedic Surgery",
    "Pain Medicine",
    "Family Medicine",
    "Psychiatry",
]
KINDS_OF_CASE = [
    (("Hot/cold therapy unit with wrap",), "Pseudarthrosis after cervical fusion"),
    (("MRI of the lumbar spine", "Tramadol 50mg #60"), "Low back pain"),
    (("Individual psychotherapy, 6 sessions",), "Depression"),
]

problems = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


Drawn = tuple[list[tuple[int, int, bool, int]], list[tuple[int, int, int, bool, bool]]]


@st.composite
def cases_and_reviewers(
    draw: st.DrawFn,
) -> Drawn:
    """Cases (kind, firm, expedited, days left); reviewers (specialty, capacity, open, tied to firm 0, disciplined)."""
    case = st.tuples(st.integers(0, 2), st.integers(0, 1), st.booleans(), st.integers(1, 30))
    who = st.tuples(st.integers(0, 4), st.integers(1, 3), st.integers(0, 2), st.booleans(), st.booleans())
    return draw(st.lists(case, min_size=1, max_size=5)), draw(st.lists(who, min_size=0, max_size=5))


def build(
    drawn: Drawn,
    case: MakeCase,
    reviewer: MakeReviewer,
) -> tuple[list[CaseToReview], list[Reviewer]]:
    firms = ("Wexham Holdings", "Tarrow Mutual")
    cases = [
        case(
            id=f"C-{number}",
            items=KINDS_OF_CASE[kind][0],
            condition=KINDS_OF_CASE[kind][1],
            parties=(ScreenedParty(role=PartyRole.INSURER, name=firms[firm]),),
            priority=UrType.EXPEDITED if expedited else UrType.REGULAR,
            due=ON + timedelta(days=left),
        )
        for number, (kind, firm, expedited, left) in enumerate(drawn[0])
    ]
    tie = Tie(kind=TieKind.PROFESSIONAL, party=firms[0], nature="staff", valid_from=date(2010, 1, 1))
    reviewers = [
        reviewer(
            id=f"R-{number}",
            specialty=SPECIALTIES[specialty],
            capacity=capacity,
            open_cases=taken,
            ties=(tie,) if tied else (),
            disciplinary_history=disciplined and specialty % 2 == 0,
        )
        for number, (specialty, capacity, taken, tied, disciplined) in enumerate(drawn[1])
    ]
    return cases, reviewers


def chosen(selection: Selection) -> dict[str, str]:
    return {entry.case: entry.reviewer for entry in selection.chosen}


def by_assignment(problem: Network) -> int:
    """The least cost by scipy's assignment solver: a column a place, and for every case one column for nobody."""
    n = len(problem.cases)
    columns = [(reviewer, cost) for reviewer, places in enumerate(problem.places) for cost in places]
    impossible = 10 * (sum(problem.unassigned) + 1)
    costs = np.full((n, len(columns) + n), impossible, dtype=np.int64)
    for pair in problem.pairs:
        for column, (reviewer, cost) in enumerate(columns):
            if reviewer == pair.reviewer:
                costs[pair.case, column] = pair.cost + cost
    for case, cost in enumerate(problem.unassigned):
        costs[case, len(columns) + case] = cost
    rows, taken = linear_sum_assignment(costs)
    return int(costs[rows, taken].sum())


def by_trying_all(problem: Network) -> int:
    """The least cost by looking at every selection there is."""
    options = [
        [None, *(pair.reviewer for pair in problem.pairs if pair.case == case)] for case in range(len(problem.cases))
    ]
    best = None
    for answer in itertools.product(*options):
        taken = {case: reviewer for case, reviewer in enumerate(answer) if reviewer is not None}
        if any(count > len(problem.places[reviewer]) for reviewer, count in Counter(taken.values()).items()):
            continue
        cost = problem.objective(taken)
        best = cost if best is None else min(best, cost)
    assert best is not None
    return best


def by_greed(problem: Network) -> int:
    """The cost of serving the cases one after the other, each with the cheapest place left."""
    load: Counter[int] = Counter()
    taken = {}
    for case in sorted(range(len(problem.cases)), key=lambda index: -problem.unassigned[index]):
        free = [
            (pair.cost + problem.places[pair.reviewer][load[pair.reviewer]], pair.reviewer)
            for pair in problem.pairs
            if pair.case == case and load[pair.reviewer] < len(problem.places[pair.reviewer])
        ]
        if free:
            taken[case] = min(free)[1]
            load[taken[case]] += 1
    return problem.objective(taken)


@problems
@given(drawn=cases_and_reviewers())
def test_the_selection_is_optimal(drawn, case: MakeCase, reviewer: MakeReviewer, rules: Qualifications) -> None:  # type: ignore[no-untyped-def]
    """The cost equals scipy's assignment and the best of all selections; greed is never better; the verifier agrees."""
    cases, reviewers = build(drawn, case, reviewer)
    selection = solve(cases, reviewers, ON, rules, seed=1)
    assert selection.objective == by_assignment(selection.problem) == by_trying_all(selection.problem)
    assert by_greed(selection.problem) >= selection.objective
    assert verify(selection.problem, chosen(selection)) == ()


@problems
@given(drawn=cases_and_reviewers(), seed=st.integers(0, 2**32))
def test_nobody_who_may_not_review_is_chosen_and_places_hold(  # type: ignore[no-untyped-def]
    drawn, seed: int, case: MakeCase, reviewer: MakeReviewer, rules: Qualifications
) -> None:
    """Every case has a permitted reviewer or an explanation, and nobody has more cases than free places."""
    cases, reviewers = build(drawn, case, reviewer)
    selection = solve(cases, reviewers, ON, rules, seed)
    assert all(selection.assessments[pair].permitted for pair in chosen(selection).items())
    free = {who.id: max(who.capacity - who.open_cases, 0) for who in reviewers}
    assert all(count <= free[who] for who, count in Counter(chosen(selection).values()).items())
    assert {*chosen(selection), *(left.case for left in selection.unassigned)} == {entry.id for entry in cases}
    assert all(left.explanation for left in selection.unassigned)


@problems
@given(drawn=cases_and_reviewers(), seed=st.integers(0, 2**32), shuffle=st.randoms())
def test_the_same_seed_gives_the_same_answer_in_any_order(  # type: ignore[no-untyped-def]
    drawn, seed: int, shuffle, case: MakeCase, reviewer: MakeReviewer, rules: Qualifications
) -> None:
    """The order in which cases and reviewers are given changes nothing; the seed changes no cost."""
    cases, reviewers = build(drawn, case, reviewer)
    first = solve(cases, reviewers, ON, rules, seed)
    shuffle.shuffle(cases)
    shuffle.shuffle(reviewers)
    assert chosen(solve(cases, reviewers, ON, rules, seed)) == chosen(first)
    assert solve(cases, reviewers, ON, rules, seed + 1).objective == first.objective


@problems
@given(drawn=cases_and_reviewers())
def test_a_worse_selection_does_not_pass_the_verifier(
    drawn, case: MakeCase, reviewer: MakeReviewer, rules: Qualifications
) -> None:  # type: ignore[no-untyped-def]
    """Taking any case's reviewer away is found out, as another selection is better."""
    cases, reviewers = build(drawn, case, reviewer)
    selection = solve(cases, reviewers, ON, rules)
    for left_out in chosen(selection):
        worse = {entry: who for entry, who in chosen(selection).items() if entry != left_out}
        assert verify(selection.problem, worse)


def test_the_verifier_names_what_is_wrong(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """Strangers, forbidden pairs and too many cases are told apart."""
    reviewers = [reviewer("R-1", capacity=1), reviewer("R-2", disciplinary_history=True)]
    problem = solve([case("C-1"), case("C-2")], reviewers, ON, rules).problem
    assert "not among the cases" in verify(problem, {"C-9": "R-1"})[0]
    assert "not among the reviewers" in verify(problem, {"C-1": "R-9"})[0]
    assert "may not review" in verify(problem, {"C-1": "R-2"})[0]
    assert "1 free places and was given 2" in verify(problem, {"C-1": "R-1", "C-2": "R-1"})[0]


def test_lots_fall_both_ways_among_equals(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """Two equal reviewers are both chosen over many seeds, and the explanation says that lots decided."""
    reviewers = [reviewer("R-1"), reviewer("R-2")]
    drawn = {seed: solve([case()], reviewers, ON, rules, seed) for seed in range(20)}
    assert {selection.reviewer_of("C-1") for selection in drawn.values()} == {"R-1", "R-2"}
    (other,) = explain(drawn[3], "C-1").others
    assert "lots drawn with seed 3 decided" in other.why


def test_work_is_spread(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """Of equal reviewers the one with more room comes first, and four cases go two and two."""
    busy = [reviewer("R-1", open_cases=2), reviewer("R-2")]
    assert solve([case()], busy, ON, rules).reviewer_of("C-1") == "R-2"
    cases = [case(f"C-{number}") for number in range(4)]
    assert sorted(Counter(chosen(solve(cases, [reviewer("R-1"), reviewer("R-2")], ON, rules)).values()).values()) == [
        2,
        2,
    ]


def test_the_preferred_state_counts_but_does_not_bar(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications
) -> None:
    """A licence of another state suffices; among equals the preferred state's is chosen."""
    home = reviewer("R-2")
    away = reviewer("R-1", licences=(replace(home.licences[0], state="NV"),))
    assert solve([case()], [away], ON, rules).reviewer_of("C-1") == "R-1"
    selection = solve([case()], [away, home], ON, rules)
    assert selection.reviewer_of("C-1") == "R-2"
    assert "preferred state" in explain(selection, "C-1").others[0].why


def test_the_urgent_case_gets_the_last_place(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """Expedited cases come before regular ones, and of regular ones that which is due soon."""
    one_place = [reviewer(capacity=1)]
    soon, later = case("C-1", due=ON + timedelta(days=2)), case("C-2")
    expedited = case("C-3", priority=UrType.EXPEDITED)
    assert set(chosen(solve([later, soon], one_place, ON, rules))) == {"C-1"}
    assert set(chosen(solve([soon, later, expedited], one_place, ON, rules))) == {"C-3"}


def test_urgency_never_costs_the_number_served(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """The only reviewer of a regular case is kept for it where the expedited one has another."""
    wexham = (ScreenedParty(role=PartyRole.INSURER, name="Wexham Holdings"),)
    tie = Tie(kind=TieKind.PROFESSIONAL, party="Wexham Holdings", nature="staff", valid_from=date(2010, 1, 1))
    reviewers = [reviewer("R-1", capacity=1), reviewer("R-2", "Pain Medicine", capacity=1, ties=(tie,))]
    cases = [case("C-1", parties=wexham), case("C-2", priority=UrType.EXPEDITED)]
    assert chosen(solve(cases, reviewers, ON, rules)) == {"C-1": "R-1", "C-2": "R-2"}


def test_an_unassigned_case_says_what_would_open_it(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications
) -> None:
    """The grounds are counted, and what could be done is named; where nobody is in the register that is said."""
    full = [reviewer("R-1", open_cases=4), reviewer("R-2", disciplinary_history=True)]
    (left,) = solve([case()], full, ON, rules).unassigned
    assert dict(left.barred_by) == {"capacity": 1, "discipline": 1}
    assert "one more place for 1 reviewer" in left.explanation
    (left,) = solve([case()], [], ON, rules).unassigned
    assert "register holds no reviewer" in left.explanation
    taken = solve([case("C-1"), case("C-2")], [reviewer(capacity=1)], ON, rules)
    assert "all free places went to cases no less urgent" in taken.unassigned[0].explanation


def test_doubled_ids_are_refused(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """Two cases or two reviewers with one id are no problem that can be solved."""
    with pytest.raises(CannotSelect, match="C-1"):
        solve([case(), case()], [reviewer()], ON, rules)
    with pytest.raises(CannotSelect, match="R-1"):
        solve([case()], [reviewer(), reviewer()], ON, rules)


def test_no_case_is_no_trouble(reviewer: MakeReviewer, rules: Qualifications) -> None:
    """Without a case there is nothing to select."""
    assert solve([], [reviewer()], ON, rules).chosen == ()


@pytest.mark.slow
def test_a_hundred_cases_are_optimal(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """A hundred cases and sixty reviewers are solved as scipy solves them, and verified without the solver."""
    cases = [case(f"C-{n:03}", items=KINDS_OF_CASE[n % 3][0], condition=KINDS_OF_CASE[n % 3][1]) for n in range(100)]
    reviewers = [reviewer(f"R-{n:03}", SPECIALTIES[n % 5], capacity=1 + n % 4, open_cases=n % 2) for n in range(60)]
    selection = solve(cases, reviewers, ON, rules, seed=5)
    assert selection.objective == by_assignment(selection.problem)
    assert verify(selection.problem, chosen(selection)) == ()
