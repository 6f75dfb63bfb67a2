"""Selection of the day: the certified minimum-cost flow beside greed, SciPy's assignment and HiGHS on the same network."""

from __future__ import annotations

from collections import Counter
from statistics import quantiles

import made
import numpy as np
from measure import Taken, against, head, in_turns, line
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import csr_array

from evenhand.law import load_pack
from evenhand.matching import from_law, verify
from evenhand.matching.day import Day, Policy
from evenhand.matching.flow import least_cost
from evenhand.matching.network import SINK, Network, network
from evenhand.matching.pairs import Ints, Pairs
from evenhand.matching.solve import Selection, day_of, solve_day

CASES, REVIEWERS = 1_000, 800
GROWTH = ((1_000, 800), (3_000, 1_200), (10_000, 2_000))
SEED = 7


def greedy(problem: Network) -> Ints:
    """The most urgent case first, each with the cheapest place that is left, dearer steps of its parties counted."""
    load = np.zeros(len(problem.parent), dtype=np.int64)
    taken = []
    for case in np.argsort(-problem.unassigned, kind="stable").tolist():
        best: tuple[int, int] | None = None
        for place in range(int(problem.case_start[case]), int(problem.case_start[case + 1])):
            cost, node = int(problem.pair_cost[place]), int(problem.pair_node[place])
            while node != SINK and load[node] < problem.steps[node]:
                cost += int(problem.step_cost[problem.step_start[node] + load[node]])
                node = int(problem.parent[node])
            if node == SINK and (best is None or cost < best[0]):
                best = cost, place
        if best:
            taken.append(best[1])
            node = int(problem.pair_node[best[1]])
            while node != SINK:
                load[node] += 1
                node = int(problem.parent[node])
    return np.array(sorted(taken), dtype=np.int64)


def assignment(problem: Network) -> Ints:
    """SciPy's solver on a dense matrix of cases by places. It knows no shares of a party, so its problem must have none."""
    columns = np.repeat(np.arange(len(problem.reviewers)), problem.steps[: len(problem.reviewers)])
    costs = problem.step_cost[: len(columns)]
    matrix = np.full((len(problem.cases), len(columns) + len(problem.cases)), 1 << 40, dtype=np.int64)
    first = problem.step_start[:-1]
    for case, who, cost in problem.pairs:
        own = slice(int(first[who]), int(first[who] + problem.steps[who]))
        matrix[case, own] = cost + costs[own]
    every = np.arange(len(problem.cases))
    matrix[every, len(columns) + every] = problem.unassigned
    rows, chosen = linear_sum_assignment(matrix)
    pairs = ((int(r), int(columns[c])) for r, c in zip(rows, chosen, strict=True) if c < len(columns))
    return np.array(sorted(place for pair in pairs if (place := problem.index(*pair)) is not None), dtype=np.int64)


def highs(problem: Network) -> Ints:
    """HiGHS on the flow as a linear program, whose best corner is whole: pairs, ways out and steps, one row a node."""
    cases, nodes, pairs = len(problem.cases), len(problem.parent), len(problem.pair_case)
    owner = np.repeat(np.arange(nodes), problem.steps)
    steps = np.arange(len(owner))
    climbs = problem.parent[owner] != SINK
    rows = np.concatenate(
        (
            problem.pair_case,
            np.arange(cases),
            cases + problem.pair_node,
            cases + owner,
            cases + problem.parent[owner][climbs],
        )
    )
    columns = np.concatenate(
        (
            np.arange(pairs),
            pairs + np.arange(cases),
            np.arange(pairs),
            pairs + cases + steps,
            pairs + cases + steps[climbs],
        )
    )
    signs = np.concatenate((np.ones(pairs + cases), -np.ones(pairs), np.ones(len(owner)), -np.ones(int(climbs.sum()))))
    equal = csr_array((signs, (rows, columns)), shape=(cases + nodes, pairs + cases + len(owner)))
    answer = linprog(
        np.concatenate((problem.pair_cost, problem.unassigned, problem.step_cost)),
        A_eq=equal,
        b_eq=np.concatenate((problem.wanted, np.zeros(nodes))),
        bounds=np.column_stack(
            (np.zeros(equal.shape[1]), np.concatenate((np.ones(pairs), problem.wanted, np.ones(len(owner)))))
        ),
        method="highs-ds",
    )
    return np.flatnonzero(answer.x[:pairs] > 1 / 2)


def day(cases: int, reviewers: int, policy: Policy | None = None) -> Day:
    """A day made up, with ties between reviewers and parties."""
    waiting = made.cases(cases)
    register = made.reviewers(reviewers, waiting)
    return day_of(waiting, register, made.SELECTED_ON, from_law(load_pack(), made.SELECTED_ON), policy=policy)


def told(name: str, problem: Network, taken: Ints) -> int:
    """Prints what a selection costs, leaves and spreads; its cost."""
    cost = problem.cost(taken)
    load = Counter(problem.pair_reviewer[taken].tolist())
    shares = [load[who] for who in range(len(problem.reviewers)) if problem.steps[who]]
    most = quantiles(shares, n=20)[-1] if len(shares) > 1 else 0
    left = len(problem.cases) - len(np.unique(problem.pair_case[taken]))
    line(name, f"cost {cost:,}; {left} cases left; cases a reviewer: 95th percentile {most:.0f}, most {max(shares)}")
    return cost


def side_by_side() -> None:
    """The day's solvers on one network, with and without shares of a party."""
    head(f"Selection: {CASES:,} cases, {REVIEWERS} reviewers, {CASES * REVIEWERS:,} pairs", rounds=3)
    given = day(CASES, REVIEWERS)
    problem = network(Pairs(given))
    whole, alone, quick, peer = in_turns(
        {
            "a day: conflicts, fit, solving, certificate": lambda: solve_day(given, SEED),
            "OR-Tools' flow alone": lambda: least_cost(problem),
            "greedy": lambda: greedy(problem),
            "HiGHS": lambda: highs(problem),
        },
        rounds=3,
    )
    line("permitted pairs", f"{len(problem.pair_case):,} of {CASES * REVIEWERS:,}")
    against(whole, alone)
    against(alone, quick)
    against(alone, peer)
    selection = solve_day(given, SEED)
    best = told("objective: the day", problem, selection.taken)
    exact = told("objective: HiGHS", problem, highs(problem))
    greedily = told("objective: greedy", problem, greedy(problem))
    line("ratio: greedy's cost / the day's cost", f"{greedily / best:.3f}")
    line(
        "the certificate's gap", f"{selection.certificate.cost.gap} (and {selection.certificate.lots.gap} for the lots)"
    )
    if best != exact:
        raise SystemExit(f"the day costs {best}, HiGHS {exact}: one of the two is not optimal")
    plain = network(Pairs(day(CASES, REVIEWERS, Policy(claims_administrator=0, requesting_physician=0))))
    ours, scipy = in_turns({"flow, no shares": lambda: least_cost(plain), "scipy": lambda: assignment(plain)}, rounds=1)
    against(ours, scipy)
    if plain.cost(least_cost(plain)) != plain.cost(assignment(plain)):
        raise SystemExit("SciPy's assignment costs another sum: one of the two is not optimal")


def growth() -> None:
    """How the whole day grows, and what its verification takes."""
    head("Growth: a whole day, and its verification without the solver", rounds=1)
    for cases, reviewers in GROWTH:
        given = day(cases, reviewers)
        found: list[Selection] = []

        def solving(given: Day = given, found: list[Selection] = found) -> None:
            found.append(solve_day(given, SEED))

        (taken,) = in_turns({"solve": solving}, rounds=1, warm=False)
        selection = found[-1]
        chosen = [(entry.case, entry.reviewer) for entry in selection.chosen]

        def checking(
            given: Day = given, chosen: list[tuple[str, str]] = chosen, selection: Selection = selection
        ) -> None:
            if faults := verify(network(Pairs(given)), chosen, selection.certificate, SEED):
                raise SystemExit(faults[0])

        (checked,) = in_turns({"verify": checking}, rounds=1, warm=False)
        _grown(cases, reviewers, taken, checked)


def _grown(cases: int, reviewers: int, taken: Taken, checked: Taken) -> None:
    line(f"{cases:,} cases x {reviewers:,} reviewers", f"{taken.cpu:.2f} s CPU; verified in {checked.cpu:.2f} s")


def main() -> None:
    """Prints the figures; fails where two exact solvers disagree or a certificate does not hold."""
    side_by_side()
    growth()


if __name__ == "__main__":
    main()
