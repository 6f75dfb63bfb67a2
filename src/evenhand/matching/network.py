"""The selection as a minimum-cost flow: cases to reviewers to places, with a dear way out for a case without one.

    source -> case -> reviewer -> one arc a place -> sink
              case -> sink                           (left unassigned)

Costs are whole numbers in thousandths of fit. The first place of a reviewer is cheaper than the last, so that work is
spread. Leaving a case unassigned costs more than any rearrangement of the others could save, and the more so the more
urgent the case is; since any set of cases that can be served at all can be extended to a largest one, urgency never
costs the number of cases served.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.law.facts import UrType
from evenhand.matching.facts import CaseToReview, Reviewer
from evenhand.matching.qualify import Assessment


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What the office weighs, in thousandths of fit: its own rule, not law."""

    fit: int = 1000
    """What a fit of 0 costs more than a fit of 1."""
    load: int = 150
    """What a reviewer's last place costs more than an idle reviewer's first."""
    other_state: int = 60
    """What a reviewer without a licence of the preferred state costs."""
    risk_days: tuple[int, ...] = (3, 7, 14)
    """A case due within so many days ranks above those that have longer."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A case and a reviewer who may take it, by their places in the network, with the pair's own cost."""

    case: int
    reviewer: int
    cost: int


@dataclass(frozen=True, kw_only=True)
class Network:
    """The problem in numbers. `places[r]`: costs of reviewer r's free places, rising; `unassigned[c]`: of leaving c."""

    cases: tuple[str, ...]
    reviewers: tuple[str, ...]
    pairs: tuple[Pair, ...]
    places: tuple[tuple[int, ...], ...]
    unassigned: tuple[int, ...]

    def objective(self, chosen: Mapping[int, int]) -> int:
        """The cost of a selection (case to reviewer, by index). Raises KeyError for a pair that may not be."""
        costs = {(pair.case, pair.reviewer): pair.cost for pair in self.pairs}
        total = sum(costs[pair] for pair in chosen.items())
        total += sum(cost for case, cost in enumerate(self.unassigned) if case not in chosen)
        for reviewer, costs_of_places in enumerate(self.places):
            total += sum(costs_of_places[: sum(taken == reviewer for taken in chosen.values())])
        return total


def network(
    cases: Sequence[CaseToReview],
    reviewers: Sequence[Reviewer],
    assessments: Mapping[tuple[str, str], Assessment],
    on: date,
    policy: Policy,
) -> Network:
    """The problem for these cases and reviewers, in the order given."""
    pairs = tuple(
        Pair(case=c, reviewer=r, cost=_pair_cost(found, policy))
        for c, case in enumerate(cases)
        for r, reviewer in enumerate(reviewers)
        if (found := assessments[case.id, reviewer.id]).permitted
    )
    # More than all others could gain together by being rearranged around one case.
    step = (len(cases) + 1) * (policy.fit + policy.other_state + policy.load + 1)
    return Network(
        cases=tuple(case.id for case in cases),
        reviewers=tuple(reviewer.id for reviewer in reviewers),
        pairs=pairs,
        places=tuple(_places(reviewer, policy, len(cases)) for reviewer in reviewers),
        unassigned=tuple(step * urgency(case, on, policy) for case in cases),
    )


def urgency(case: CaseToReview, on: date, policy: Policy) -> int:
    """From 1: the later its due date the lower; every expedited case stands above every regular one."""
    left = (case.due - on).days
    at_risk = sum(left <= days for days in policy.risk_days)
    return 1 + at_risk + (len(policy.risk_days) + 1 if case.priority is UrType.EXPEDITED else 0)


def _pair_cost(assessment: Assessment, policy: Policy) -> int:
    return round(policy.fit * (1 - assessment.fit)) + (0 if assessment.preferred_state else policy.other_state)


def _places(reviewer: Reviewer, policy: Policy, most: int) -> tuple[int, ...]:
    free = max(reviewer.capacity - reviewer.open_cases, 0)
    return tuple(
        round(policy.load * (reviewer.open_cases + place) / reviewer.capacity) for place in range(min(free, most))
    )
