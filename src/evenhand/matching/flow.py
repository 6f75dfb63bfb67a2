"""OR-Tools' minimum-cost flow on a network: the only place where the solver is asked."""

from __future__ import annotations

import numpy as np

from evenhand.matching.network import SINK, Network
from evenhand.matching.pairs import Ints


def least_cost(problem: Network) -> Ints:
    """The places of the pairs that a selection of least cost takes, rising."""
    if not len(problem.pair_case):
        return np.zeros(0, dtype=np.int64)
    from ortools.graph.python import min_cost_flow

    cases, nodes = len(problem.cases), len(problem.parent)
    sink = cases + nodes
    owner, cost, capacity = _grouped(problem)
    parent = problem.parent[owner]
    every = np.arange(cases)
    tails = np.concatenate((problem.pair_case, every, cases + owner))
    heads = np.concatenate(
        (cases + problem.pair_node, np.full(cases, sink), np.where(parent == SINK, sink, cases + parent))
    )
    room = np.concatenate((np.ones(len(problem.pair_case), dtype=np.int64), problem.wanted, capacity))
    costs = np.concatenate((problem.pair_cost, problem.unassigned, cost))
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tails.astype(np.int32), heads.astype(np.int32), room, costs)
    solver.set_nodes_supplies(every.astype(np.int32), problem.wanted)
    solver.set_node_supply(sink, -int(problem.wanted.sum()))
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise AssertionError(f"the solver ended with {status}, though every case has a way out")
    return np.flatnonzero(solver.flows(arcs[: len(problem.pair_case)]))


def _grouped(problem: Network) -> tuple[Ints, Ints, Ints]:
    """The steps with those of equal cost behind one another as one arc: owner, cost, capacity."""
    owner = np.repeat(np.arange(len(problem.parent)), problem.steps)
    if not owner.size:
        return owner, owner, owner
    new = np.flatnonzero(np.r_[True, (np.diff(owner) != 0) | (np.diff(problem.step_cost) != 0)])
    return owner[new], problem.step_cost[new], np.diff(np.r_[new, len(owner)])
