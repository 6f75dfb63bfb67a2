"""A selection's certificate: prices that prove that none costs less, and that the lots were drawn as the seed says.

Two proofs of one kind. The first: with a price for every case and every reviewer, no selection at all can cost less than
the bound that follows from them; the selection costs just as much. The second is the same for the lots among all
selections of that cost. Prices prove by themselves, whoever found them: wrong ones give a lower bound, never a higher.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np

from evenhand.matching.network import SINK, Network
from evenhand.matching.pairs import Ints
from evenhand.matching.prices import FAR, Residual

LOTS = 24
"""A lot is a number of so many bits."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What a selection costs, what any must cost at least, and the prices that show it."""

    objective: int
    bound: int
    cases: Mapping[str, int]
    reviewers: Mapping[str, int]

    @property
    def gap(self) -> int:
        """How much less another selection might still cost: nothing, in a proof."""
        return self.objective - self.bound


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """Both proofs, and the digest of the problem that they are about."""

    problem: str
    cost: Proof
    lots: Proof


def prices_of(problem: Network, taken: Ints) -> tuple[Ints, Ints]:
    """The prices of cases and reviewers that prove a selection of least cost. Raises prices.NotLeast for another."""
    prices = Residual(problem, taken).to_sink()
    reviewers = prices.nodes[: len(problem.reviewers)]
    # Who has neither a place nor a case has no price, and needs none.
    return prices.cases, np.where(reviewers < FAR, reviewers, 0)


def proof(problem: Network, taken: Ints, cases: Ints, reviewers: Ints) -> Proof:
    """What these prices prove of a selection."""
    objective = problem.cost(taken)
    cases, nodes = settled(problem, taken, cases, reviewers)
    bound = least(problem, cases, nodes)
    return Proof(
        objective=objective,
        bound=bound,
        cases=dict(zip(problem.cases, cases.tolist(), strict=True)),
        reviewers=dict(zip(problem.reviewers, reviewers.tolist(), strict=True)),
    )


def settled(problem: Network, taken: Ints, cases: Ints, reviewers: Ints) -> tuple[Ints, Ints]:
    """The prices of cases and of all nodes that follow from those given; no case's is higher than what it can be had for."""
    nodes = Residual(problem, taken).nodes_given(cases, reviewers)
    lowered = np.minimum(cases, problem.unassigned)
    single = problem.wanted[problem.pair_case] == 1
    ways = problem.pair_cost + nodes[problem.pair_node]
    np.minimum.at(lowered, problem.pair_case[single], ways[single])
    return lowered, nodes


def least(problem: Network, cases: Ints, nodes: Ints) -> int:
    """What any selection must cost at least, by settled prices, over all permitted pairs.

    The cost of a selection is the cases' prices and, for every pair and step that it uses, what that costs beyond the
    difference of the prices at its two ends. For the pairs of a case that needs one reviewer that is never below zero;
    a panel's pairs and the steps can save what they fall short, once each.
    """
    panels = problem.wanted[problem.pair_case] > 1
    short = (problem.pair_cost + nodes[problem.pair_node] - cases[problem.pair_case])[panels]
    saved = int(np.minimum(short, 0).sum()) + int(np.minimum(_beyond(problem, nodes), 0).sum())
    return problem.offset + int((problem.wanted * cases).sum()) + saved


def _beyond(problem: Network, nodes: Ints) -> Ints:
    """What each step costs beyond the difference of the prices at its ends."""
    owner = np.repeat(np.arange(len(problem.parent)), problem.steps)
    parent = problem.parent[owner]
    return problem.step_cost + np.where(parent == SINK, 0, nodes[parent]) - nodes[owner]


def face(problem: Network, cases: Ints, nodes: Ints, seed: int) -> Network:
    """All selections of least cost as a network of their own, whose costs are the lots.

    `cases` and `nodes` are settled prices that prove the least cost: then such a selection uses no pair or step that costs more
    than the prices at its ends differ by, and each that costs less. The latter earn more than all lots together, so that
    none is left out.
    """
    must = (int(problem.wanted.sum()) + 1) << LOTS
    short = problem.pair_cost + nodes[problem.pair_node] - cases[problem.pair_case]
    keep = short <= 0
    pair_case, pair_reviewer = problem.pair_case[keep], problem.pair_reviewer[keep]
    cost = lots(problem, pair_case, pair_reviewer, seed)
    forced = short[keep] < 0
    cost[forced] -= must
    steps, owner = _beyond(problem, nodes), np.repeat(np.arange(len(problem.parent)), problem.steps)
    used = steps <= 0
    counts = np.bincount(owner[used], minlength=len(problem.parent))
    left = problem.unassigned - cases
    return replace(
        problem,
        unassigned=np.where(left > 0, must, 0),
        pair_case=pair_case,
        pair_reviewer=pair_reviewer,
        pair_node=problem.pair_node[keep],
        pair_cost=cost,
        step_start=np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts))),
        step_cost=np.where(steps[used] < 0, -must, 0),
        offset=must * (int(forced.sum()) + int((steps < 0).sum())),
    )


def lots(problem: Network, cases: Ints, reviewers: Ints, seed: int) -> Ints:
    """The lot of each of these pairs: it hangs on the seed and the two ids alone, so that anybody can draw it again.

    Each id's number is the first eight bytes of SHA-256 over seed, kind and id; the lot is the upper bits of the sum of
    both numbers after SplitMix64's mixing.
    """
    with np.errstate(over="ignore"):
        mixed = _numbers(seed, "case", problem.cases)[cases] + _numbers(seed, "reviewer", problem.reviewers)[reviewers]
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(64 - LOTS)).astype(np.int64)


def _numbers(seed: int, kind: str, ids: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    digests = (sha256(f"{seed}\x1f{kind}\x1f{id}".encode()).digest() for id in ids)
    return np.array([int.from_bytes(digest[:8], "big") for digest in digests], dtype=np.uint64)
