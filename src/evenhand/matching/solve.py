"""The best selection for all waiting cases at once (OR-Tools' minimum-cost flow), with its certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from evenhand.matching.affiliations.facts import Affiliations
from evenhand.matching.certificate import Certificate, face, prices_of, proof, settled
from evenhand.matching.day import CannotSelect, Day, Earlier, Policy, sorted_by_id
from evenhand.matching.facts import CaseToReview, Reviewer
from evenhand.matching.flow import least_cost
from evenhand.matching.network import Network, network
from evenhand.matching.opening import Unassigned, unassigned
from evenhand.matching.pairs import Assessments, Ints, Pairs
from evenhand.matching.qualifications import Qualifications
from evenhand.matching.qualify import Assessment
from evenhand.programmes import DEFAULT

__all__ = ["CannotSelect", "Chosen", "Selection", "Unassigned", "day_of", "prepare", "solve", "solve_day"]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A case and a reviewer selected for it."""

    case: str
    reviewer: str
    fit: float
    fit_reason: str


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The selection of a day. `objective` is its cost in thousandths of fit (see `network`), without the lots."""

    on: date
    seed: int
    policy: Policy
    chosen: tuple[Chosen, ...]
    unassigned: tuple[Unassigned, ...]
    objective: int
    certificate: Certificate
    assessments: Mapping[tuple[str, str], Assessment]
    problem: Network
    pairs: Pairs = field(repr=False)
    taken: Ints = field(repr=False)
    """The places in the network of the pairs chosen."""

    @cached_property
    def _reviewers(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for entry in self.chosen:
            found[entry.case] = (*found.get(entry.case, ()), entry.reviewer)
        return found

    def reviewers_of(self, case: str) -> tuple[str, ...]:
        """The reviewers selected for a case: one, or several where several decide."""
        return self._reviewers.get(case, ())

    def reviewer_of(self, case: str) -> str | None:
        """The reviewer selected for a case, the first of several; None where nobody was."""
        return next(iter(self.reviewers_of(case)), None)


def solve(
    cases: Sequence[CaseToReview],
    reviewers: Sequence[Reviewer],
    on: date,
    qualifications: Qualifications,
    seed: int = 0,
    *,
    policy: Policy | None = None,
    programme: str = DEFAULT,
    affiliations: Affiliations | None = None,
    history: Sequence[Earlier] = (),
    seats: Mapping[str, int] | None = None,
) -> Selection:
    """Selects a reviewer for every case that can have one, at the least cost.

    The order of `cases` and `reviewers` changes nothing. Among selections of equal cost lots decide that are drawn
    from `seed` and the ids, so the same seed gives the same answer. Raises CannotSelect where two cases or two
    reviewers share an id, and for a case that asks for more reviewers than its `seats` (see `panel.seats`).
    """
    day = day_of(
        cases,
        reviewers,
        on,
        qualifications,
        policy=policy,
        programme=programme,
        affiliations=affiliations,
        history=history,
        seats=seats,
    )
    return solve_day(day, seed)


def solve_day(day: Day, seed: int = 0) -> Selection:
    """The selection for a day as it was put together."""
    pairs = Pairs(day)
    problem = network(pairs)
    cheap = least_cost(problem)
    prices = prices_of(problem, cheap)
    drawn_from = face(problem, *settled(problem, cheap, *prices), seed)
    drawn = least_cost(drawn_from)
    taken = _places(problem, drawn_from, drawn)
    cost, lots = proof(problem, taken, *prices), proof(drawn_from, drawn, *prices_of(drawn_from, drawn))
    left = problem.missing(taken)
    return Selection(
        on=day.on,
        seed=seed,
        policy=day.policy,
        chosen=tuple(_chosen(pairs, problem, place) for place in taken.tolist()),
        unassigned=tuple(unassigned(pairs, case, int(left[case])) for case in np.flatnonzero(left).tolist()),
        objective=cost.objective,
        certificate=Certificate(problem=problem.digest, cost=cost, lots=lots),
        assessments=Assessments(pairs),
        problem=problem,
        pairs=pairs,
        taken=taken,
    )


def day_of(
    cases: Sequence[CaseToReview],
    reviewers: Sequence[Reviewer],
    on: date,
    qualifications: Qualifications,
    *,
    policy: Policy | None = None,
    programme: str = DEFAULT,
    affiliations: Affiliations | None = None,
    history: Sequence[Earlier] = (),
    seats: Mapping[str, int] | None = None,
) -> Day:
    """What decides a day's selection, in order. Raises CannotSelect as `solve` does."""
    day = Day(
        cases=sorted_by_id(cases, "case"),
        reviewers=sorted_by_id(reviewers, "reviewer"),
        on=on,
        rules=qualifications,
        policy=policy or Policy(),
        programme=programme,
        affiliations=affiliations,
        history=tuple(history),
        seats=seats or {},
    )
    more = [case.id for case in day.cases if case.panel is not None and case.id not in day.seats]
    if more:
        raise CannotSelect(
            f"{len(more)} case(s) ask for several reviewers ({', '.join(more[:5])}), "
            "and nobody has checked whether so many may decide; give their seats."
        )
    return day


def prepare(
    cases: Sequence[CaseToReview],
    reviewers: Sequence[Reviewer],
    on: date,
    qualifications: Qualifications,
    *,
    policy: Policy,
    programme: str = DEFAULT,
    affiliations: Affiliations | None = None,
) -> tuple[Mapping[tuple[str, str], Assessment], Network]:
    """Every pair of case and reviewer assessed, and the problem that follows. Raises CannotSelect for doubled ids."""
    pairs = Pairs(
        day_of(cases, reviewers, on, qualifications, policy=policy, programme=programme, affiliations=affiliations)
    )
    return Assessments(pairs), network(pairs)


def _places(problem: Network, part: Network, taken: Ints) -> Ints:
    """The pairs of a part of the problem as places in the whole."""
    width = max(len(problem.reviewers), 1)
    found: Ints = np.searchsorted(
        problem.pair_case * width + problem.pair_reviewer, part.pair_case[taken] * width + part.pair_reviewer[taken]
    )
    return found


def _chosen(pairs: Pairs, problem: Network, place: int) -> Chosen:
    found = pairs.assessment(int(problem.pair_case[place]), int(problem.pair_reviewer[place]))
    return Chosen(case=found.case, reviewer=found.reviewer, fit=found.fit, fit_reason=found.fit_reason)
