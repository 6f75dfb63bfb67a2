"""The selection as a minimum-cost flow: cases to reviewers to places, with a dear way out for a case without one.

    case -> [cells of the case's parties ->] reviewer -> one step a place -> sink
    case -> sink                                                              (left unassigned)

Costs are whole numbers in thousandths of fit. The first place of a reviewer is cheaper than the last, so that work is
spread. A cell is what one reviewer takes of one claims administrator's cases, or within it of one requesting
physician's: its further steps are dearer than its first. Cells lie one in the other, never across, so that all of this
stays a flow; where a cell could not cost anything, or costs the same for each case, there is none.

Leaving a case unassigned costs more than any rearrangement of the others could save, and the more so the more urgent the
case is; since any set of cases that can be served at all can be extended to a largest one, urgency never costs the
number of cases served.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from evenhand.law.facts import UrType
from evenhand.matching.cells import cells_of
from evenhand.matching.day import Day, Policy
from evenhand.matching.facts import CaseToReview, Reviewer
from evenhand.matching.pairs import Ints, Pairs

SINK = -1


class Pair(NamedTuple):
    """A case and a reviewer who may take it, by their places in the network, with the pair's own cost."""

    case: int
    reviewer: int
    cost: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Network:
    """The problem in numbers.

    Pairs are sorted by case. A pair's flow enters the tree at `pair_node` and climbs by `parent` to the sink; the nodes
    are first the reviewers, then the cells, each behind its parent. What the k-th case costs on its way through node x is
    `step_cost[step_start[x] + k - 1]`; there are no more steps than could be used, and they never fall.
    """

    cases: tuple[str, ...]
    reviewers: tuple[str, ...]
    wanted: Ints
    """How many reviewers each case needs."""
    unassigned: Ints
    """What each one that is missing costs."""
    pair_case: Ints
    pair_reviewer: Ints
    pair_node: Ints
    pair_cost: Ints
    parent: Ints
    levels: tuple[int, ...]
    """Where the reviewers, the outer and the inner cells begin, and the number of nodes."""
    step_start: Ints
    step_cost: Ints
    offset: int = 0
    """What every selection costs besides."""

    @property
    def pairs(self) -> Iterator[Pair]:
        """The permitted pairs, one by one."""
        return map(
            Pair._make, zip(self.pair_case.tolist(), self.pair_reviewer.tolist(), self.pair_cost.tolist(), strict=True)
        )

    @property
    def places(self) -> tuple[tuple[int, ...], ...]:
        """By reviewer: the costs of the free places, rising."""
        bounds, costs = self.step_start.tolist(), self.step_cost.tolist()
        return tuple(tuple(costs[bounds[r] : bounds[r + 1]]) for r in range(len(self.reviewers)))

    @cached_property
    def case_start(self) -> Ints:
        """Where each case's pairs begin; one more entry ends the last."""
        return np.searchsorted(self.pair_case, np.arange(len(self.cases) + 1))

    @cached_property
    def steps(self) -> Ints:
        """How many steps each node has."""
        return np.diff(self.step_start)

    def index(self, case: int, reviewer: int) -> int | None:
        """The place of a pair; None for one that is not permitted."""
        first, last = self.case_start[case], self.case_start[case + 1]
        found = int(first + np.searchsorted(self.pair_reviewer[first:last], reviewer))
        return found if found < last and self.pair_reviewer[found] == reviewer else None

    def loads(self, taken: Ints) -> Ints:
        """How many of the taken pairs (by their places) run through each node."""
        load = np.bincount(self.pair_node[taken], minlength=len(self.parent))
        for first, last in reversed(list(pairwise(self.levels[1:]))):
            np.add.at(load, self.parent[first:last], load[first:last])
        return load

    def missing(self, taken: Ints) -> Ints:
        """How many reviewers each case still lacks."""
        return self.wanted - np.bincount(self.pair_case[taken], minlength=len(self.cases))

    def cost(self, taken: Ints) -> int:
        """The cost of a selection, given as the places of its pairs. Raises ValueError where a node has too few steps."""
        load = self.loads(taken)
        if (load > self.steps).any():
            raise ValueError("somebody has more cases than free places")
        sums = np.concatenate(([0], np.cumsum(self.step_cost)))
        climbed = sums[self.step_start[:-1] + load] - sums[self.step_start[:-1]]
        left = self.unassigned * self.missing(taken)
        return self.offset + int(self.pair_cost[taken].sum() + climbed.sum() + left.sum())

    def objective(self, chosen: Mapping[int, int]) -> int:
        """The cost of a selection of one reviewer a case (by index). Raises KeyError for a pair that may not be."""
        taken = []
        for pair in chosen.items():
            index = self.index(*pair)
            if index is None:
                raise KeyError(pair)
            taken.append(index)
        return self.cost(np.array(taken, dtype=np.int64))

    @cached_property
    def digest(self) -> str:
        """What tells this problem from every other."""
        found = sha256("\x1e".join(("\x1f".join(self.cases), "\x1f".join(self.reviewers))).encode())
        for numbers in (
            self.wanted,
            self.unassigned,
            self.pair_case,
            self.pair_node,
            self.pair_cost,
            self.parent,
            self.step_start,
            self.step_cost,
        ):
            found.update(np.ascontiguousarray(numbers, dtype="<i8").tobytes())
            found.update(b"\x1e")
        return found.hexdigest()


def network(pairs: Pairs) -> Network:
    """The problem of a day."""
    day, policy = pairs.day, pairs.day.policy
    cases, reviewers = np.nonzero(pairs.permitted)
    cost, _ = pair_costs(pairs, cases, reviewers)
    wanted = np.array([day.wanted(case) for case in day.cases], dtype=np.int64)
    most = int(wanted.sum())
    free = np.array([len(_places(who, policy, most)) for who in day.reviewers], dtype=np.int64)
    cells = cells_of(day, cases, reviewers, free)
    places = [cost for who in day.reviewers for cost in _places(who, policy, most)]
    # More than all others could gain together by being rearranged around one case.
    dearest = policy.fit + policy.other_state + policy.date_at_risk + policy.load
    step = (most + 1) * (dearest + policy.claims_administrator + policy.requesting_physician + 1)
    return Network(
        cases=tuple(case.id for case in day.cases),
        reviewers=tuple(reviewer.id for reviewer in day.reviewers),
        wanted=wanted,
        unassigned=np.array([step * urgency(case, day) for case in day.cases], dtype=np.int64),
        pair_case=cases,
        pair_reviewer=reviewers,
        pair_node=cells.entry,
        pair_cost=cost + cells.flat,
        parent=np.concatenate((np.full(len(day.reviewers), SINK), cells.parent)),
        levels=(0, *(len(day.reviewers) + count for count in cells.levels)),
        step_start=_starts(np.concatenate((free, cells.steps))),
        step_cost=np.concatenate((np.array(places, dtype=np.int64), cells.step_cost)),
    )


def urgency(case: CaseToReview, day: Day) -> int:
    """From 1: the later its due date the lower; every expedited case stands above every regular one."""
    return 1 + at_risk(case, day) + (len(day.policy.risk_days) + 1 if case.priority is UrType.EXPEDITED else 0)


def at_risk(case: CaseToReview, day: Day) -> int:
    """How many of the policy's times the case's due date falls within."""
    left = (case.due - day.on).days
    return sum(left <= days for days in day.policy.risk_days)


class PairCosts(NamedTuple):
    """What makes up the cost of pairs, in arrays of equal length."""

    fit: Ints
    other_state: Ints
    date_at_risk: Ints


def pair_costs(pairs: Pairs, cases: Ints, reviewers: Ints) -> tuple[Ints, PairCosts]:
    """The cost of these pairs by themselves, and its parts."""
    day, policy = pairs.day, pairs.day.policy
    most = max(len(policy.risk_days), 1)
    risk = np.array([at_risk(case, day) for case in day.cases], dtype=np.int64)
    open_cases = np.array([min(who.open_cases, who.capacity) for who in day.reviewers], dtype=np.int64)
    capacity = np.array([max(who.capacity, 1) for who in day.reviewers], dtype=np.int64)
    parts = PairCosts(
        fit=pairs.misfit(cases, reviewers, policy.fit),
        other_state=policy.other_state * ~pairs.preferred[reviewers],
        date_at_risk=policy.date_at_risk * risk[cases] * open_cases[reviewers] // (most * capacity[reviewers]),
    )
    return parts.fit + parts.other_state + parts.date_at_risk, parts


def _places(reviewer: Reviewer, policy: Policy, most: int) -> list[int]:
    free = max(reviewer.capacity - reviewer.open_cases, 0)
    return [round(policy.load * (reviewer.open_cases + place) / reviewer.capacity) for place in range(min(free, most))]


def _starts(counts: Ints) -> Ints:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))
