"""Cells of the flow: what one reviewer takes of one claims administrator's cases, and in it of one physician's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.law.facts import PartyRole
from evenhand.matching.day import Day
from evenhand.matching.shares import Ints, Shares, shares


@dataclass(frozen=True, kw_only=True, eq=False)
class Cells:
    """Cells as nodes behind the reviewers, the outer ones before the inner ones."""

    entry: Ints
    """By pair: the node at which it enters, a cell or the reviewer."""
    flat: Ints
    """By pair: what its cells cost where each case of theirs costs the same, so that they need no node."""
    parent: Ints
    steps: Ints
    step_cost: Ints
    levels: tuple[int, int, int]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Level:
    """The cells of one kind. `node_of` gives each pair's cell, -1 for none; `first` its first pair."""

    node_of: Ints
    flat: Ints
    first: Ints
    steps: Ints
    step_cost: Ints


def cells_of(day: Day, cases: Ints, reviewers: Ints, free: Ints) -> Cells:
    """The cells of these permitted pairs. `free`: how many places each reviewer has."""
    register = len(day.reviewers)
    administrators = shares(day, PartyRole.CLAIMS_ADMINISTRATOR, cases, reviewers)
    physicians = shares(day, PartyRole.REQUESTING_PHYSICIAN, cases, reviewers)
    outer = _level(administrators, administrators.of_case, cases, reviewers, free)
    both = _together(administrators.of_case, physicians.of_case)
    inner = _level(physicians, both, cases, reviewers, free)
    above = np.where(outer.node_of >= 0, register + outer.node_of, reviewers)
    parents = (reviewers[outer.first], above[inner.first])
    behind = register + len(outer.first)
    return Cells(
        entry=np.where(inner.node_of >= 0, behind + inner.node_of, above),
        flat=outer.flat + inner.flat,
        parent=np.concatenate(parents),
        steps=np.concatenate((outer.steps, inner.steps)),
        step_cost=np.concatenate((outer.step_cost, inner.step_cost)),
        levels=(0, len(outer.first), len(outer.first) + len(inner.first)),
    )


def _together(administrators: Ints, physicians: Ints) -> Ints:
    """By case: its administrator and physician as one number; -1 without a physician."""
    at: dict[tuple[int, int], int] = {}
    both = zip(administrators.tolist(), physicians.tolist(), strict=True)
    return np.array([at.setdefault(pair, len(at)) if pair[1] >= 0 else -1 for pair in both], dtype=np.int64)


def _level(counted: Shares, group_of_case: Ints, cases: Ints, reviewers: Ints, free: Ints) -> _Level:
    """The cells of one kind: the cases of a group with a reviewer. A group's cases are of one party."""
    pairs = len(cases)
    groups = int(group_of_case.max(initial=-1)) + 1
    party_of_group = np.zeros(groups, dtype=np.int64)
    some = group_of_case >= 0
    party_of_group[group_of_case[some]] = counted.of_case[some]
    waiting = np.bincount(group_of_case[some], minlength=groups)
    could = waiting + counted.most_earlier[party_of_group] > counted.fair[party_of_group]
    group = group_of_case[cases]
    entering = np.flatnonzero((group >= 0) & could[group]) if groups else np.zeros(0, dtype=np.int64)
    keys = reviewers[entering] * max(groups, 1) + group[entering]
    distinct, first, cell_of, count = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    who, party = distinct // max(groups, 1), party_of_group[distinct % max(groups, 1)] if groups else distinct
    most, before = np.minimum(count, free[who]), counted.before(who, party)
    lowest = counted.step(before + 1, party)
    rising = counted.step(before + most, party) > lowest
    number = np.where(rising, np.cumsum(rising) - 1, -1)
    node_of, flat = np.full(pairs, -1, dtype=np.int64), np.zeros(pairs, dtype=np.int64)
    node_of[entering] = number[cell_of]
    flat[entering] = np.where(rising, 0, lowest)[cell_of]
    steps = most[rising]
    place = np.arange(int(steps.sum())) - np.repeat(np.cumsum(steps) - steps, steps)
    costs = counted.step(np.repeat(before[rising], steps) + place + 1, np.repeat(party[rising], steps))
    return _Level(node_of=node_of, flat=flat, first=entering[first[rising]], steps=steps, step_cost=costs)
