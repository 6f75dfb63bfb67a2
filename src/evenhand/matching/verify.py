"""A second, independent look at a selection: does it keep the rules, and is there none better?

A flow is of least cost exactly if no cycle of negative cost is left in its residual network (Bellman-Ford finds one
if there is). The solver is not asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from evenhand.matching.network import Network


def verify(problem: Network, chosen: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with a selection (case id to reviewer id), in words; empty if permitted, in places, optimal."""
    case_at = {case: index for index, case in enumerate(problem.cases)}
    reviewer_at = {reviewer: index for index, reviewer in enumerate(problem.reviewers)}
    faults = [f"Case {case} is not among the cases given." for case in chosen if case not in case_at]
    faults += [f"Reviewer {who} is not among the reviewers given." for who in chosen.values() if who not in reviewer_at]
    if faults:
        return tuple(faults)
    taken = {case_at[case]: reviewer_at[reviewer] for case, reviewer in chosen.items()}
    allowed = {(pair.case, pair.reviewer) for pair in problem.pairs}
    for c, r in sorted(taken.items()):
        if (c, r) not in allowed:
            faults.append(f"Reviewer {problem.reviewers[r]} may not review case {problem.cases[c]}.")
    for r, count in sorted(Counter(taken.values()).items()):
        if count > len(problem.places[r]):
            faults.append(
                f"Reviewer {problem.reviewers[r]} has {len(problem.places[r])} free places and was given {count} cases."
            )
    if not faults and _improvable(problem, taken):
        faults.append("Another selection keeps the same rules at less cost.")
    return tuple(faults)


def _improvable(problem: Network, taken: Mapping[int, int]) -> bool:
    """Whether the residual network has a cycle of negative cost."""
    import numpy as np

    arcs = np.array(_residual(problem, taken), dtype=np.int64).reshape(-1, 3)
    tails, heads, costs = arcs[:, 0], arcs[:, 1], arcs[:, 2]
    nodes = len(problem.cases) + len(problem.reviewers) + 1
    distance = np.zeros(nodes, dtype=np.int64)
    for _ in range(nodes):
        nearer = distance.copy()
        np.minimum.at(nearer, heads, distance[tails] + costs)
        if np.array_equal(nearer, distance):
            return False
        distance = nearer
    return True


def _residual(problem: Network, taken: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """(tail, head, cost) of every change that is still possible; nodes are cases, then reviewers, then the sink."""
    n, m = len(problem.cases), len(problem.reviewers)
    sink = n + m
    arcs = []
    for pair in problem.pairs:
        case, reviewer = pair.case, n + pair.reviewer
        used = taken.get(pair.case) == pair.reviewer
        arcs.append((reviewer, case, -pair.cost) if used else (case, reviewer, pair.cost))
    for case, cost in enumerate(problem.unassigned):
        arcs.append((case, sink, cost) if case in taken else (sink, case, -cost))
    load = Counter(taken.values())
    for reviewer, places in enumerate(problem.places):
        for place, cost in enumerate(places):
            node = n + reviewer
            arcs.append((sink, node, -cost) if place < load[reviewer] else (node, sink, cost))
    return arcs
