"""The best selection for all waiting cases at once (OR-Tools' minimum-cost flow)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from evenhand.matching.facts import CaseToReview, Reviewer
from evenhand.matching.network import Network, Policy, network
from evenhand.matching.qualifications import Qualifications
from evenhand.matching.qualify import Assessment, assess, needs_of
from evenhand.matching.standing import standing

# The solver multiplies costs by the number of nodes; the product must stay below 2**63.
_LARGEST_COST = 4 * 10**18
_LOTS = 65_536

Entry = TypeVar("Entry", CaseToReview, Reviewer)

# What could be done about a ground, in words; where nothing can, the ground is not named here.
_OPENS = {
    "capacity": "one more place for",
    "absence": "the return of",
    "licence": "a licence in force for",
    "certification": "a certification in force for",
    "practice_hours": "an attestation of enough hours by",
}


class CannotSelect(ValueError):
    """The cases or reviewers given are no problem that can be solved (two with one id)."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A case and the reviewer selected for it."""

    case: str
    reviewer: str
    fit: float
    fit_reason: str


@dataclass(frozen=True, kw_only=True)
class Unassigned:
    """A case for which nobody was selected: how many reviewers each ground bars, and what would open the case."""

    case: str
    explanation: str
    barred_by: tuple[tuple[str, int], ...]
    would_open: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The selection of a day. `objective` is its cost in thousandths of fit (see `network`), without the lots."""

    on: date
    seed: int
    policy: Policy
    chosen: tuple[Chosen, ...]
    unassigned: tuple[Unassigned, ...]
    objective: int
    assessments: Mapping[tuple[str, str], Assessment]
    problem: Network

    def reviewer_of(self, case: str) -> str | None:
        """The reviewer selected for a case; None where nobody was."""
        return next((entry.reviewer for entry in self.chosen if entry.case == case), None)


def solve(
    cases: Sequence[CaseToReview],
    reviewers: Sequence[Reviewer],
    on: date,
    qualifications: Qualifications,
    seed: int = 0,
    *,
    policy: Policy | None = None,
    programme: str = "ca_dwc",
) -> Selection:
    """Selects a reviewer for every case that can have one, at the least cost.

    The order of `cases` and `reviewers` changes nothing. Among selections of equal cost lots decide that are drawn
    from `seed` and the ids, so the same seed gives the same answer. Raises CannotSelect where two cases or two
    reviewers share an id.
    """
    weighs = policy or Policy()
    assessments, problem = prepare(cases, reviewers, on, qualifications, policy=weighs, programme=programme)
    taken = _flow(problem, seed)
    chosen = []
    for c, r in sorted(taken.items()):
        found = assessments[problem.cases[c], problem.reviewers[r]]
        chosen.append(Chosen(case=found.case, reviewer=found.reviewer, fit=found.fit, fit_reason=found.fit_reason))
    left = (case for c, case in enumerate(problem.cases) if c not in taken)
    return Selection(
        on=on,
        seed=seed,
        policy=weighs,
        chosen=tuple(chosen),
        unassigned=tuple(_unassigned(case, problem, assessments, on) for case in left),
        objective=problem.objective(taken),
        assessments=assessments,
        problem=problem,
    )


def prepare(
    cases: Sequence[CaseToReview],
    reviewers: Sequence[Reviewer],
    on: date,
    qualifications: Qualifications,
    *,
    policy: Policy,
    programme: str = "ca_dwc",
) -> tuple[dict[tuple[str, str], Assessment], Network]:
    """Every pair of case and reviewer assessed, and the problem that follows. Raises CannotSelect for doubled ids."""
    cases, reviewers = _sorted(cases, "case"), _sorted(reviewers, "reviewer")
    stands = {reviewer.id: standing(reviewer, on, qualifications, programme) for reviewer in reviewers}
    assessments = {}
    for case in cases:
        needs = needs_of(case, programme)
        for reviewer in reviewers:
            known = stands[reviewer.id]
            found = assess(case, reviewer, on, qualifications, programme=programme, known=known, needs=needs)
            assessments[case.id, reviewer.id] = found
    return assessments, network(cases, reviewers, assessments, on, policy)


def _sorted(entries: Sequence[Entry], what: str) -> list[Entry]:
    doubled = sorted(id for id, count in Counter(entry.id for entry in entries).items() if count > 1)
    if doubled:
        raise CannotSelect(
            f"{len(doubled)} {what} id(s) stand twice ({', '.join(doubled[:5])}); give each {what} its own id."
        )
    return sorted(entries, key=lambda entry: entry.id)


def _flow(problem: Network, seed: int) -> dict[int, int]:
    """Case to reviewer, by place in the network."""
    if not problem.pairs:
        return {}
    import numpy as np
    from ortools.graph.python import min_cost_flow

    n, m = len(problem.cases), len(problem.reviewers)
    source, sink = 0, n + m + 1
    scale, lots = _scale(problem, n + m + 2)
    tails, heads, costs = [], [], []
    for pair in problem.pairs:
        tails.append(1 + pair.case)
        heads.append(1 + n + pair.reviewer)
        costs.append(pair.cost * scale + _lot(seed, problem.cases[pair.case], problem.reviewers[pair.reviewer], lots))
    for case in range(n):
        tails += [source, 1 + case]
        heads += [1 + case, sink]
        costs += [0, problem.unassigned[case] * scale]
    for reviewer, places in enumerate(problem.places):
        tails += [1 + n + reviewer] * len(places)
        heads += [sink] * len(places)
        costs += [cost * scale for cost in places]
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.array(tails, dtype=np.int32),
        np.array(heads, dtype=np.int32),
        np.ones(len(tails), dtype=np.int64),
        np.array(costs, dtype=np.int64),
    )
    solver.set_node_supply(source, n)
    solver.set_node_supply(sink, -n)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise AssertionError(f"the solver ended with {status}, though every case has a way out")
    flows = solver.flows(arcs[: len(problem.pairs)])
    return {pair.case: pair.reviewer for pair, flow in zip(problem.pairs, flows, strict=True) if flow}


def _scale(problem: Network, nodes: int) -> tuple[int, int]:
    """(scale, lots): costs are multiplied by `scale`, so that all lots weigh less than the least difference."""
    n = len(problem.cases)
    dearest = max(problem.unassigned)
    lots = max(1, min(_LOTS, _LARGEST_COST // (dearest * nodes * (n + 1)) - 1))
    return lots * n + 1, lots


def _lot(seed: int, case: str, reviewer: str, lots: int) -> int:
    """A lot from 0 that anybody can draw again: it hangs on the seed and the two ids alone."""
    digest = hashlib.sha256(f"{seed}\x1f{case}\x1f{reviewer}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % lots


def _unassigned(case: str, problem: Network, assessments: Mapping[tuple[str, str], Assessment], on: date) -> Unassigned:
    found = [assessments[case, reviewer] for reviewer in problem.reviewers]
    barred = Counter(code for assessment in found for code in assessment.failed())
    free = [assessment.reviewer for assessment in found if assessment.permitted]
    alone = Counter(assessment.failed()[0] for assessment in found if len(assessment.failed()) == 1)
    opens = [f"{_OPENS[code]} {_reviewers(count)}" for code, count in alone.most_common() if code in _OPENS]
    if free:
        start = (
            f"{_reviewers(len(free))} could take this case on {on}, but all free places went to cases no less urgent."
        )
        opens = [f"one more place for any of {_reviewers(len(free))}", *opens]
    elif not found:
        start = "The register holds no reviewer."
        opens = ["entering reviewers into the register"]
    else:
        grounds = ", ".join(f"{code.replace('_', ' ')} {count}" for code, count in barred.most_common())
        start = f"Of {_reviewers(len(found))} none may take this case on {on}. What bars how many: {grounds}."
    hope = (
        f" What would open it: {'; '.join(opens)}."
        if opens
        else " Nothing in the register opens it; another reviewer must be found."
    )
    return Unassigned(
        case=case, explanation=start + hope, barred_by=tuple(barred.most_common()), would_open=tuple(opens)
    )


def _reviewers(count: int) -> str:
    return f"{count} reviewer{'' if count == 1 else 's'}"
