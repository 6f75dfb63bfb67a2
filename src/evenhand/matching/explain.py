"""Why this reviewer and none of the others, in words and without a name, with the price of every other choice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.matching.prices import FAR, Residual
from evenhand.matching.qualify import Assessment
from evenhand.matching.solve import Selection


@dataclass(frozen=True, kw_only=True)
class Other:
    """A reviewer who was not selected for the case, and why."""

    reviewer: str
    permitted: bool
    why: str
    costs_more: int | None = None
    """By how much the best selection of the day with this reviewer would cost more; None for who may not review."""


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a case has the reviewer that it has, and for every other one why not."""

    case: str
    reviewer: str | None
    why: tuple[str, ...]
    others: tuple[Other, ...]
    reviewers: tuple[str, ...] = ()
    """All who were selected, where several decide."""

    def text(self) -> str:
        """The explanation as paragraphs."""
        who = f"reviewer{'s' if len(self.reviewers) > 1 else ''} {', '.join(self.reviewers)}"
        head = f"Case {self.case}: {who if self.reviewers else 'nobody was selected'}."
        lines = [head, *(f"  {sentence}" for sentence in self.why), "Others:"]
        return "\n".join([*lines, *(f"  {other.reviewer}: {other.why}" for other in self.others)])


def explain(selection: Selection, case: str) -> Explanation:
    """Explains the selection for one case. Raises KeyError for a case that the selection does not hold."""
    pairs = selection.pairs
    if case not in pairs.case_at:
        raise KeyError(case)
    chosen = selection.reviewers_of(case)
    why: list[str] = []
    for who in chosen:
        assessment = selection.assessments[case, who]
        why += [assessment.fit_reason, *(reason.text for reason in assessment.reasons)]
    why += [entry.explanation for entry in selection.unassigned if entry.case == case]
    prices = forcing(selection, case)
    others = [_other(selection, case, who, prices) for who in selection.problem.reviewers if who not in chosen]
    # Those who might have been come first, the nearest before the others.
    return Explanation(
        case=case,
        reviewer=chosen[0] if chosen else None,
        reviewers=chosen,
        why=tuple(why),
        others=tuple(sorted(others, key=lambda other: (not other.permitted, other.costs_more or 0))),
    )


def why_not(selection: Selection, case: str, reviewer: str) -> Other:
    """Why one reviewer was not selected for a case. Raises KeyError for a case or reviewer that is not there."""
    if reviewer in selection.reviewers_of(case):
        return Other(reviewer=reviewer, permitted=True, why="was selected.", costs_more=0)
    return _other(selection, case, reviewer, forcing(selection, case))


def forcing(selection: Selection, case: str) -> dict[str, int]:
    """By reviewer who may review the case: how much more the day costs at least if that reviewer must have it.

    The price is exact: the pair's own cost, and the cheapest chain of changes that makes room for it.
    """
    problem, at = selection.problem, selection.pairs.case_at[case]
    nodes = Residual(problem, selection.taken).to_case(at).nodes
    own = np.arange(problem.case_start[at], problem.case_start[at + 1])
    ways = problem.pair_cost[own] + nodes[problem.pair_node[own]]
    taken = set(selection.taken.tolist())
    return {
        problem.reviewers[problem.pair_reviewer[place]]: 0 if place in taken else int(way)
        for place, way in zip(own.tolist(), ways.tolist(), strict=True)
        if way < FAR // 2
    }


def _other(selection: Selection, case: str, who: str, prices: dict[str, int]) -> Other:
    assessment = selection.assessments[case, who]
    if not assessment.permitted:
        why = " ".join(reason.text for reason in assessment.reasons if not reason.permitted)
        return Other(reviewer=who, permitted=False, why=f"may not review it. {why}")
    price = prices.get(who)
    why = f"could review it, but {_why_not(selection, case, assessment, price)}"
    return Other(reviewer=who, permitted=True, why=why, costs_more=price)


def _why_not(selection: Selection, case: str, mine: Assessment, price: int | None) -> str:
    """What the day would lose, and in what the reviewer is behind the one selected."""
    if price is None:
        return "no selection of the day holds both."
    if price == 0:
        return f"the day would cost as much; lots drawn with seed {selection.seed} decided."
    loss = f"the whole day would cost {price} more (thousandths of fit)"
    chosen = selection.reviewer_of(case)
    grounds = _behind(selection, case, mine, selection.assessments[case, chosen]) if chosen else []
    if not chosen:
        grounds = ["a case that is no less urgent would lose its reviewer"]
    return f"{loss}: {' and '.join(grounds)}." if grounds else f"{loss}: other cases would have to be moved."


def _behind(selection: Selection, case: str, mine: Assessment, theirs: Assessment) -> list[str]:
    grounds = []
    if mine.fit < theirs.fit:
        grounds.append(f"fits less well ({mine.fit:.2f} against {theirs.fit:.2f})")
    if theirs.preferred_state and not mine.preferred_state:
        grounds.append("holds no licence of the preferred state")
    problem, at = selection.problem, selection.pairs.reviewer_at
    load = problem.loads(selection.taken)
    places = problem.places
    own, other = at[mine.reviewer], at[theirs.reviewer]
    if load[own] >= len(places[own]):
        return [*grounds, f"the {len(places[own])} places that were free went to other cases"]
    here, there = places[own][load[own]], places[other][load[other] - 1]
    if here > there:
        weighs = selection.policy.load
        grounds.append(f"has less room: its next place costs {here} of {weighs}, the selected reviewer's {there}")
    return grounds
