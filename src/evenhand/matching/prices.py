"""Prices: what a case costs the day at the margin, what one more place with a reviewer is worth, what forcing a pair costs.

They are shortest ways through the residual network of a selection, the network of all changes that are still possible.
To the sink they are the duals of the flow; to a case they price every other reviewer whom it could be forced upon. No
solver is asked; in a selection that is not of least cost a round trip is left that saves something, and none is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from evenhand.matching.network import SINK, Network
from evenhand.matching.pairs import Bools, Ints

FAR = 1 << 60
"""Farther than any way there is: where no way leads."""
_REACHED = 1 << 59


@dataclass(frozen=True, kw_only=True, eq=False)
class Prices:
    """The length of the shortest way from every case, every node (reviewers first) and the sink; FAR where none leads."""

    cases: Ints
    nodes: Ints
    sink: int


class NotLeast(ValueError):
    """A round trip saves something: another selection keeps the same rules at less cost."""


class Residual:
    """The changes that a selection leaves possible."""

    def __init__(self, problem: Network, taken: Ints) -> None:
        self.problem, self.taken = problem, taken
        self.load = problem.loads(taken)
        self.loaded = self.load > 0
        self.free = self.load < problem.steps
        steps = np.concatenate((problem.step_cost, np.zeros(1, dtype=np.int64)))
        self.next_step = np.where(
            self.free, steps[np.minimum(problem.step_start[:-1] + self.load, len(steps) - 1)], FAR
        )
        self.last_step = np.where(self.loaded, steps[problem.step_start[:-1] + self.load - 1], -FAR)
        self.missing: Bools = problem.missing(taken) > 0
        self.forward = problem.pair_cost
        # A case that needs one reviewer cannot take a pair twice; for a panel each pair is an arc of its own.
        of_panels = taken[problem.wanted[problem.pair_case[taken]] > 1]
        if of_panels.size:
            self.forward = self.forward.copy()
            self.forward[of_panels] = FAR
        self._some = np.flatnonzero(np.diff(problem.case_start))
        self._starts = problem.case_start[self._some]
        self._taken_case, self._taken_node = problem.pair_case[taken], problem.pair_node[taken]
        self._taken_cost = problem.pair_cost[taken]

    def to_sink(self) -> Prices:
        """The shortest ways to the sink. Raises NotLeast."""
        return self._settled(None)

    def to_case(self, case: int) -> Prices:
        """The shortest ways to a case. Raises NotLeast."""
        return self._settled(case)

    def nodes_given(self, cases: Ints, reviewers: Ints) -> Ints:
        """The highest prices that cells can have where those of the cases and reviewers are given."""
        register = len(self.problem.reviewers)
        nodes = np.full(len(self.problem.parent), FAR, dtype=np.int64)
        nodes[:register] = reviewers
        self._back(cases, nodes)
        nodes[:register] = reviewers
        self._ahead(nodes, 0)
        return nodes

    def _settled(self, target: int | None) -> Prices:
        problem = self.problem
        cases = np.full(len(problem.cases), FAR, dtype=np.int64)
        nodes = np.full(len(problem.parent), FAR, dtype=np.int64)
        sink = 0 if target is None else FAR
        if target is not None:
            cases[target] = 0
        # A way passes each case once at most, and every round leads it past one more.
        for _ in range(len(cases) + 3):
            before = (cases.copy(), nodes.copy(), sink)
            self._back(cases, nodes)
            self._ahead(nodes, sink)
            self._out(cases, nodes, sink)
            if target is not None:
                if cases[target] < 0:
                    raise NotLeast
                sink = self._from_sink(cases, nodes, sink)
            elif self._from_sink(cases, nodes, 0) < 0:
                raise NotLeast
            if sink == before[2] and np.array_equal(cases, before[0]) and np.array_equal(nodes, before[1]):
                return Prices(cases=cases, nodes=nodes, sink=sink)
        raise NotLeast

    def _back(self, cases: Ints, nodes: Ints) -> None:
        """From nodes back to the cases that came through them."""
        ways = cases[self._taken_case] - self._taken_cost
        np.minimum.at(nodes, self._taken_node, np.where(cases[self._taken_case] < _REACHED, ways, FAR))
        levels = self.problem.levels
        for first, last in reversed(list(pairwise(levels[1:]))):
            back = np.flatnonzero(self.loaded[first:last] & (nodes[first:last] < _REACHED)) + first
            np.minimum.at(nodes, self.problem.parent[back], nodes[back] - self.last_step[back])

    def _ahead(self, nodes: Ints, sink: int) -> None:
        """From nodes on towards the sink, over the next step."""
        levels = self.problem.levels
        for first, last in pairwise(levels):
            parent = self.problem.parent[first:last]
            beyond = np.where(parent == SINK, sink, nodes[parent])
            ways = np.where(self.free[first:last] & (beyond < _REACHED), beyond + self.next_step[first:last], FAR)
            np.minimum(nodes[first:last], ways, out=nodes[first:last])

    def _out(self, cases: Ints, nodes: Ints, sink: int) -> None:
        """From cases to the reviewers who could take them, or nobody."""
        if self._some.size:
            ways = nodes[self.problem.pair_node]
            ways += self.forward
            cases[self._some] = np.minimum(cases[self._some], np.minimum.reduceat(ways, self._starts))
            # Where no way leads on, a cost below zero must not look like one.
            cases[cases > _REACHED] = FAR
        if sink < _REACHED:
            np.minimum(cases, self.problem.unassigned + sink, out=cases)

    def _from_sink(self, cases: Ints, nodes: Ints, sink: int) -> int:
        """From the sink back to reviewers with a case, and to cases without a reviewer."""
        register = len(self.problem.reviewers)
        who = np.flatnonzero(self.loaded[:register] & (nodes[:register] < _REACHED))
        ways = [sink]
        if who.size:
            ways.append(int((nodes[who] - self.last_step[who]).min()))
        left = np.flatnonzero(self.missing & (cases < _REACHED))
        if left.size:
            ways.append(int((cases[left] - self.problem.unassigned[left]).min()))
        return min(ways)
