"""What a fair share of one party's cases is for a reviewer, and what a case beyond it costs.

The shares count what a reviewer was given before (`Earlier`) with what is given today.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from evenhand.law.facts import PartyRole
from evenhand.matching.day import Day, name_key, party_key

Ints: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Shares:
    """The parties of one role, by number. A case with none has -1."""

    of_case: Ints
    names: tuple[str, ...]
    fair: Ints
    """By party: how many cases are a fair share for one reviewer, those before today among them."""
    weight: int
    earlier: dict[tuple[int, int], int] = field(repr=False)
    """By reviewer and party: how many cases before today."""

    @cached_property
    def most_earlier(self) -> Ints:
        """By party: the most that any reviewer had before today."""
        most = np.zeros(len(self.names), dtype=np.int64)
        for (_, party), cases in self.earlier.items():
            most[party] = max(most[party], cases)
        return most

    def before(self, reviewers: Ints, parties: Ints) -> Ints:
        """How many cases of these parties these reviewers had before today."""
        if not self.earlier:
            return np.zeros(len(reviewers), dtype=np.int64)
        pairs = zip(reviewers.tolist(), parties.tolist(), strict=True)
        return np.array([self.earlier.get(pair, 0) for pair in pairs], dtype=np.int64)

    def step(self, count: Ints, parties: Ints) -> Ints:
        """What a reviewer's `count`-th case of a party costs: nothing in the fair share, then rising to its double."""
        fair = self.fair[parties]
        over = np.maximum(count - fair, 0)
        cost: Ints = np.minimum(self.weight, (2 * self.weight * over + fair) // (2 * fair))
        return cost


def shares(day: Day, role: PartyRole, cases: Ints, reviewers: Ints) -> Shares:
    """The shares of the parties of a role, given the permitted pairs."""
    weight = (
        day.policy.claims_administrator if role is PartyRole.CLAIMS_ADMINISTRATOR else day.policy.requesting_physician
    )
    at: dict[str, int] = {}
    keys = [party_key(case, role) for case in day.cases]
    of_case = np.array([at.setdefault(key, len(at)) if key else -1 for key in keys], dtype=np.int64)
    counted: Counter[int] = Counter()
    for case, party in zip(day.cases, of_case.tolist(), strict=True):
        counted[party] += day.wanted(case)
    earlier = _earlier(day, role, at, counted)
    total = np.array([counted[party] for party in range(len(at))], dtype=np.int64)
    able = np.maximum(_able(of_case[cases], reviewers, len(at), len(day.reviewers)), 1)
    even = -(-day.policy.share_percent * total // (100 * able))
    return Shares(
        of_case=of_case,
        names=tuple(at),
        fair=np.maximum(even, max(day.policy.share_least, 1)),
        weight=weight,
        earlier=earlier,
    )


def _earlier(day: Day, role: PartyRole, at: dict[str, int], counted: Counter[int]) -> dict[tuple[int, int], int]:
    known = {reviewer.id: index for index, reviewer in enumerate(day.reviewers)}
    found: Counter[tuple[int, int]] = Counter()
    for entry in day.history:
        named = entry.claims_administrator if role is PartyRole.CLAIMS_ADMINISTRATOR else entry.requesting_physician
        party = at.get(name_key(named)) if named else None
        if party is not None:
            counted[party] += entry.cases
            if entry.reviewer in known:
                found[known[entry.reviewer], party] += entry.cases
    return dict(found)


def _able(parties: Ints, reviewers: Ints, count: int, register: int) -> Ints:
    """How many reviewers may take at least one of each party's cases."""
    seen = np.zeros((count, register), dtype=bool)
    some = parties >= 0
    seen[parties[some], reviewers[some]] = True
    able: Ints = seen.sum(axis=1)
    return able
