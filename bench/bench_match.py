"""Selection of reviewers: the minimum-cost flow against a greedy choice and SciPy's assignment on the same costs."""

from __future__ import annotations

from collections.abc import Callable

import made
import numpy as np
from measure import against, head, in_turns, line
from scipy.optimize import linear_sum_assignment

from evenhand.law import load_pack
from evenhand.matching import from_law, solve
from evenhand.matching.network import Network, Policy
from evenhand.matching.solve import prepare

CASES, REVIEWERS = 200, 150


def greedy(problem: Network) -> dict[int, int]:
    """The cheapest pair first, by the pair's cost and the reviewer's next place; the most urgent case before others."""
    taken: dict[int, int] = {}
    used = [0] * len(problem.reviewers)
    pairs: dict[int, list[tuple[int, int]]] = {}
    for pair in problem.pairs:
        pairs.setdefault(pair.case, []).append((pair.cost, pair.reviewer))
    for case in sorted(pairs, key=lambda case: -problem.unassigned[case]):
        free = [
            (cost + problem.places[reviewer][used[reviewer]], reviewer)
            for cost, reviewer in pairs[case]
            if used[reviewer] < len(problem.places[reviewer])
        ]
        if free:
            _, best = min(free)
            taken[case] = best
            used[best] += 1
    return taken


def dense(problem: Network) -> dict[int, int]:
    """SciPy's solver on a matrix of cases by places, with a column a case for leaving it unassigned."""
    places = [(r, cost) for r, costs in enumerate(problem.places) for cost in costs]
    columns: dict[int, list[tuple[int, int]]] = {}
    for column, (reviewer, cost) in enumerate(places):
        columns.setdefault(reviewer, []).append((column, cost))
    barred = 2 * max(problem.unassigned)
    matrix = np.full((len(problem.cases), len(places) + len(problem.cases)), barred, dtype=np.int64)
    for pair in problem.pairs:
        for column, cost in columns.get(pair.reviewer, ()):
            matrix[pair.case, column] = pair.cost + cost
    for case, cost in enumerate(problem.unassigned):
        matrix[case, len(places) + case] = cost
    rows, chosen = linear_sum_assignment(matrix)
    return {int(r): places[c][0] for r, c in zip(rows, chosen, strict=True) if c < len(places)}


def main() -> None:
    """Prints the figures; fails where the two exact solvers disagree."""
    head(f"Selection: {CASES} cases, {REVIEWERS} reviewers, {CASES * REVIEWERS:,} pairs")
    rules = from_law(load_pack(), made.SELECTED_ON)
    cases = made.cases(CASES)
    register = made.reviewers(REVIEWERS, cases)

    def assessed() -> Network:
        return prepare(cases, register, made.SELECTED_ON, rules, policy=Policy())[1]

    problem = assessed()
    # The private function is the solving alone; `solve` assesses as well.
    from evenhand.matching.solve import _flow

    solvers: dict[str, Callable[[], dict[int, int]]] = {
        "minimum-cost flow (OR-Tools)": lambda: _flow(problem, 0),
        "scipy linear_sum_assignment": lambda: dense(problem),
        "greedy": lambda: greedy(problem),
    }
    whole, judging = in_turns(
        {
            "solve, everything": lambda: solve(cases, register, made.SELECTED_ON, rules),
            "assessment of every pair": assessed,
        }
    )
    against(judging, whole, count=CASES * REVIEWERS, of="pairs")
    flow, scipy, quick = in_turns(dict(solvers))
    against(flow, scipy)
    against(flow, quick)
    chosen = {name: solver() for name, solver in solvers.items()}
    for name, selection in chosen.items():
        told = f"cost {problem.objective(selection):,}; {CASES - len(selection)} cases without a reviewer"
        line(f"objective: {name}", told)
    best, exact, greedily = (problem.objective(each) for each in chosen.values())
    line("ratio: greedy's cost / the flow's cost", f"{greedily / best:.3f}")
    if best != exact:
        raise SystemExit(f"the flow costs {best}, SciPy's assignment {exact}: one of the two is not optimal")


if __name__ == "__main__":
    main()
