"""The certificate: whoever found the prices, they prove the cost; nothing that was changed passes with them."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.law.facts import PartyRole, UrType
from evenhand.matching import Qualifications, Selection, solve, verify
from evenhand.matching.affiliations import Affiliations
from evenhand.matching.certificate import Certificate, Proof
from evenhand.matching.day import Earlier, Policy
from evenhand.matching.explain import explain, why_not
from evenhand.matching.facts import CaseToReview, Panel, Reviewer, ScreenedParty, Tie, TieKind
from evenhand.matching.verify import one_by_one

ON = date(2015, 2, 17)
MakeReviewer = Callable[..., Reviewer]
MakeCase = Callable[..., CaseToReview]
SPECIALTIES = ("Physical Medicine & Rehabilitation", "Orthopaedic Surgery", "Pain Medicine", "Psychiatry")
ASKED = (
    (("Hot/cold therapy unit with wrap",), "Pseudarthrosis after cervical fusion"),
    (("MRI of the lumbar spine", "Tramadol 50mg #60"), "Low back pain"),
    (("Individual psychotherapy, 6 sessions",), "Depression"),
)
FIRMS = ("Wexham Holdings", "Tarrow Mutual")
DOCTORS = ("Ysolde Marrack", "Benet Quillinan")
# Small shares, so that few cases are enough to go beyond them.
POLICY = Policy(share_percent=50, share_least=1)


Drawings = Sequence[tuple[int, ...]]


def thorough(examples: int) -> settings:
    """So many examples, without the stop-watch."""
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


class Drawn:
    """A day as it was drawn: cases, reviewers, history, panels."""

    def __init__(self, cases: Drawings, reviewers: Drawings, history: Drawings):
        self.cases, self.reviewers, self.history = cases, reviewers, history

    def __repr__(self) -> str:
        return f"Drawn({self.cases!r}, {self.reviewers!r}, {self.history!r})"

    def solve(self, case: MakeCase, reviewer: MakeReviewer, rules: Qualifications, seed: int = 0) -> Selection:
        """The day, solved."""
        cases = [
            case(
                id=f"C-{n}",
                items=ASKED[kind][0],
                condition=ASKED[kind][1],
                parties=(
                    ScreenedParty(role=PartyRole.CLAIMS_ADMINISTRATOR, name=FIRMS[firm]),
                    ScreenedParty(role=PartyRole.REQUESTING_PHYSICIAN, name=DOCTORS[doctor]),
                ),
                priority=UrType.EXPEDITED if expedited else UrType.REGULAR,
                due=ON + timedelta(days=left),
                panel=Panel(reviewers=3, too_complex=True, approved_on=ON) if panel == 0 else None,
                earlier_reviewers=("R-0",) if remand == 0 else (),
            )
            for n, (kind, firm, doctor, expedited, left, panel, remand) in enumerate(self.cases)
        ]
        reviewers = [
            reviewer(
                id=f"R-{n}",
                specialty=SPECIALTIES[specialty],
                capacity=capacity,
                open_cases=taken,
                ties=(Tie(kind=TieKind.PROFESSIONAL, party=FIRMS[0], nature="staff", valid_from=date(2010, 1, 1)),)
                if tied == 0
                else (),
            )
            for n, (specialty, capacity, taken, tied) in enumerate(self.reviewers)
        ]
        history = [
            Earlier(
                reviewer=f"R-{who}",
                claims_administrator=FIRMS[firm],
                requesting_physician=DOCTORS[doctor],
                cases=count,
            )
            for who, firm, doctor, count in self.history
        ]
        seats = {entry.id: 3 for entry in cases if entry.panel}
        return solve(cases, reviewers, ON, rules, seed, policy=POLICY, history=history, seats=seats)


@st.composite
def days(draw: st.DrawFn, cases: int = 5, reviewers: int = 4) -> Drawn:
    """Small days: panels of three, remands, ties, parties with shares, history."""
    case = st.tuples(*(st.integers(0, top) for top in (2, 1, 1, 1)), st.integers(1, 20), *[st.integers(0, 5)] * 2)
    who = st.tuples(st.integers(0, 3), st.integers(1, 3), st.integers(0, 2), st.integers(0, 5))
    earlier = st.tuples(st.integers(0, reviewers), st.integers(0, 1), st.integers(0, 1), st.integers(1, 4))
    return Drawn(
        draw(st.lists(case, min_size=1, max_size=cases)),
        draw(st.lists(who, max_size=reviewers)),
        draw(st.lists(earlier, max_size=3)),
    )


def pairs_of(selection: Selection) -> list[tuple[str, str]]:
    return [(entry.case, entry.reviewer) for entry in selection.chosen]


def by_trying_all(selection: Selection) -> int:
    """The least cost by looking at every set of reviewers for every case."""
    problem = selection.problem
    options = []
    for case in range(len(problem.cases)):
        own = range(int(problem.case_start[case]), int(problem.case_start[case + 1]))
        most = int(problem.wanted[case])
        options.append([some for size in range(most + 1) for some in itertools.combinations(own, size)])
    costs = []
    for answer in itertools.product(*options):
        taken = np.array(sorted(itertools.chain.from_iterable(answer)), dtype=np.int64)
        if not (problem.loads(taken) > problem.steps).any():
            costs.append(problem.cost(taken))
    return min(costs)


@thorough(1000)
@given(drawn=days(cases=8, reviewers=8), seed=st.integers(0, 2**40))
def test_a_thousand_days_break_no_hard_constraint_and_prove_themselves(
    drawn: Drawn, seed: int, case: MakeCase, reviewer: MakeReviewer, rules: Qualifications
) -> None:
    """Only who may review is chosen, within places and seats, never twice, never an earlier reviewer; the verifier agrees."""
    selection = drawn.solve(case, reviewer, rules, seed)
    chosen = pairs_of(selection)
    assert len(set(chosen)) == len(chosen)
    assert all(selection.assessments[pair].permitted for pair in chosen)
    free = {f"R-{n}": max(capacity - taken, 0) for n, (_, capacity, taken, _) in enumerate(drawn.reviewers)}
    assert all(count <= free[who] for who, count in Counter(who for _, who in chosen).items())
    seats = {f"C-{n}": 3 if entry[5] == 0 else 1 for n, entry in enumerate(drawn.cases)}
    given = Counter(case for case, _ in chosen)
    assert all(count <= seats[case] for case, count in given.items())
    assert {left.case for left in selection.unassigned} == {
        case for case, count in seats.items() if given[case] < count
    }
    remanded = {f"C-{n}" for n, entry in enumerate(drawn.cases) if entry[6] == 0}
    assert not [pair for pair in chosen if pair[0] in remanded and pair[1] == "R-0"]
    assert selection.certificate.cost.gap == selection.certificate.lots.gap == 0
    assert verify(selection.problem, chosen, selection.certificate, seed) == ()


@thorough(60)
@given(drawn=days(cases=4, reviewers=4))
def test_panels_shares_and_history_are_solved_at_the_least_cost(
    drawn: Drawn, case: MakeCase, reviewer: MakeReviewer, rules: Qualifications
) -> None:
    """No selection that there is costs less, found by looking at every one."""
    selection = drawn.solve(case, reviewer, rules)
    assert selection.objective == by_trying_all(selection)


@thorough(40)
@given(drawn=days(cases=3, reviewers=3))
def test_arrays_and_sentences_say_the_same_of_every_pair(
    drawn: Drawn, case: MakeCase, reviewer: MakeReviewer, rules: Qualifications
) -> None:
    """The fast way of assessing all pairs and the slow one of assessing each in words agree, permitted or not."""
    assert one_by_one(drawn.solve(case, reviewer, rules).pairs, every=True) == ()


@thorough(40)
@given(drawn=days(cases=4, reviewers=4))
def test_what_the_explanation_says_another_reviewer_costs_is_exact(
    drawn: Drawn, case: MakeCase, reviewer: MakeReviewer, rules: Qualifications
) -> None:
    """The price of "why not X" is the difference to the best of all selections in which X has the case."""
    selection = drawn.solve(case, reviewer, rules)
    problem, best = selection.problem, by_trying_all(selection)
    for c, id in enumerate(problem.cases):
        if problem.wanted[c] > 1:
            continue
        for other in explain(selection, id).others:
            if other.costs_more is None:
                continue
            at = problem.index(c, selection.pairs.reviewer_at[other.reviewer])
            assert at is not None
            cheaper = problem.pair_cost.copy()
            cheaper[at] -= 10**9
            forced = replace(selection, problem=replace(problem, pair_cost=cheaper))
            assert by_trying_all(forced) + 10**9 - best == other.costs_more
            assert why_not(selection, id, other.reviewer) == other


@pytest.fixture
def solved(case: MakeCase, reviewer: MakeReviewer, rules: Qualifications) -> Selection:
    """Three cases, two alike reviewers and one that fits less, seed 5."""
    return Drawn(
        [(0, 0, 0, 0, 9, 1, 1), (0, 1, 0, 0, 9, 1, 1), (1, 1, 1, 1, 9, 1, 1)],
        [(0, 3, 0, 1), (0, 3, 0, 1), (1, 3, 0, 1)],
        [],
    ).solve(case, reviewer, rules, 5)


def changed(certificate: Certificate, **facts: object) -> Certificate:
    """The certificate with facts of the first proof changed."""
    told = certificate.cost
    cost = Proof(objective=told.objective, bound=told.bound, cases=dict(told.cases), reviewers=dict(told.reviewers))
    return replace(certificate, cost=replace(cost, **facts))  # type: ignore[arg-type]


def test_another_problems_certificate_proves_nothing(solved: Selection) -> None:
    """The certificate names its problem by a digest."""
    other = replace(solved.certificate, problem="0" * 64)
    assert "another problem" in verify(solved.problem, pairs_of(solved), other, 5)[0]


def test_a_price_that_is_missing_or_absurd_is_refused(solved: Selection) -> None:
    """A certificate without a case's price, or with one beyond all costs, is refused in words."""
    without = changed(solved.certificate, cases={})
    assert "lacks the price" in verify(solved.problem, pairs_of(solved), without, 5)[0]
    absurd = changed(solved.certificate, reviewers=dict.fromkeys(solved.problem.reviewers, 1 << 60))
    assert "lacks the price" in verify(solved.problem, pairs_of(solved), absurd, 5)[0]


def test_wrong_prices_prove_less_never_more(solved: Selection) -> None:
    """Whatever prices are told, the bound that follows is never above the least cost."""
    told = solved.certificate.cost
    for step in (-700, -1, 1, 700):
        for case in told.cases:
            prices = {**told.cases, case: told.cases[case] + step}
            faults = verify(solved.problem, pairs_of(solved), changed(solved.certificate, cases=prices), 5)
            assert not faults or "none better, but the certificate does not show it" in faults[0]


def test_told_cost_and_bound_must_be_the_real_ones(solved: Selection) -> None:
    """A certificate that tells another objective than its prices show is refused."""
    low = changed(solved.certificate, objective=1, bound=1)
    assert "tells a cost of 1" in verify(solved.problem, pairs_of(solved), low, 5)[0]


def test_a_dearer_selection_does_not_pass_with_the_certificate(solved: Selection) -> None:
    """With the same certificate a selection that costs more is found out, and the bound is told."""
    faults = verify(solved.problem, pairs_of(solved)[1:], solved.certificate, 5)
    assert "none costs less than" in faults[0]


def test_lots_cannot_be_drawn_until_they_please(case: MakeCase, reviewer: MakeReviewer, rules: Qualifications) -> None:
    """Among equals the seed decides: the equal that another seed chooses does not pass for this one."""
    both = [reviewer("R-1"), reviewer("R-2")]
    by_reviewer: dict[str | None, tuple[int, Selection]] = {}
    for seed in range(12):
        selection = solve([case()], both, ON, rules, seed)
        by_reviewer.setdefault(selection.reviewer_of("C-1"), (seed, selection))
    assert len(by_reviewer) == 2
    (seed, mine), (_, other) = by_reviewer.values()
    assert verify(mine.problem, pairs_of(mine), mine.certificate, seed) == ()
    assert f"lots of seed {seed}" in verify(mine.problem, pairs_of(other), mine.certificate, seed)[0]
    assert f"lots of seed {seed}" in verify(mine.problem, pairs_of(other), other.certificate, seed)[0]


def test_one_pair_twice_is_named(solved: Selection) -> None:
    """A selection that names a pair twice is no selection."""
    chosen = pairs_of(solved)
    assert "twice" in verify(solved.problem, [*chosen, chosen[0]])[0]


def test_affiliations_are_part_of_what_is_proved(case: MakeCase, reviewer: MakeReviewer, rules: Qualifications) -> None:
    """An empty graph of affiliations changes no problem: same digest, so the certificate holds for both."""
    plain = solve([case()], [reviewer()], ON, rules)
    empty = solve([case()], [reviewer()], ON, rules, affiliations=Affiliations(parties=(), edges=()))
    assert plain.problem.digest == empty.problem.digest
