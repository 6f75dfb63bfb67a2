"""Why this reviewer and none of the others, in words and without a name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from evenhand.matching.network import Network
from evenhand.matching.solve import Selection


@dataclass(frozen=True, kw_only=True)
class Other:
    """A reviewer who was not selected for the case, and why."""

    reviewer: str
    permitted: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a case has the reviewer that it has, and for every other one why not."""

    case: str
    reviewer: str | None
    why: tuple[str, ...]
    others: tuple[Other, ...]

    def text(self) -> str:
        """The explanation as paragraphs."""
        head = (
            f"Case {self.case}: reviewer {self.reviewer}."
            if self.reviewer
            else f"Case {self.case}: nobody was selected."
        )
        lines = [head, *(f"  {sentence}" for sentence in self.why), "Others:"]
        return "\n".join([*lines, *(f"  {other.reviewer}: {other.why}" for other in self.others)])


def explain(selection: Selection, case: str) -> Explanation:
    """Explains the selection for one case. Raises KeyError for a case that the selection does not hold."""
    problem = selection.problem
    if case not in problem.cases:
        raise KeyError(case)
    chosen = selection.reviewer_of(case)
    if chosen is None:
        why: tuple[str, ...] = (next(entry.explanation for entry in selection.unassigned if entry.case == case),)
    else:
        assessment = selection.assessments[case, chosen]
        why = (assessment.fit_reason, *(reason.text for reason in assessment.reasons))
    load = Counter(entry.reviewer for entry in selection.chosen)
    others = [_other(selection, problem, load, case, chosen, who) for who in problem.reviewers if who != chosen]
    # Those who might have been come first.
    return Explanation(
        case=case, reviewer=chosen, why=why, others=tuple(sorted(others, key=lambda other: not other.permitted))
    )


def _other(
    selection: Selection, problem: Network, load: Counter[str], case: str, chosen: str | None, who: str
) -> Other:
    assessment = selection.assessments[case, who]
    if not assessment.permitted:
        why = " ".join(reason.text for reason in assessment.reasons if not reason.permitted)
        return Other(reviewer=who, permitted=False, why=f"may not review it. {why}")
    return Other(
        reviewer=who,
        permitted=True,
        why=f"could review it, but {_why_not(selection, problem, load, case, chosen, who)}",
    )


def _why_not(
    selection: Selection, problem: Network, load: Counter[str], case: str, chosen: str | None, who: str
) -> str:
    """The first difference that tells between a reviewer who might have been selected and the one who was."""
    places = problem.places[problem.reviewers.index(who)]
    if load[who] >= len(places):
        return f"the {len(places)} places that were free went to other cases."
    if chosen is None:
        return "the selection is best without it."
    mine, theirs = selection.assessments[case, who], selection.assessments[case, chosen]
    here, there = places[load[who]], problem.places[problem.reviewers.index(chosen)][load[chosen] - 1]
    weighs = selection.policy
    cost = {pair.reviewer: pair.cost for pair in problem.pairs if problem.cases[pair.case] == case}
    total = cost[problem.reviewers.index(who)] + here - cost[problem.reviewers.index(chosen)] - there
    if total == 0:
        return f"equals the one selected in all that is weighed; lots drawn with seed {selection.seed} decided."
    grounds = []
    if mine.fit < theirs.fit:
        grounds.append(f"fits less well ({mine.fit:.2f} against {theirs.fit:.2f})")
    if theirs.preferred_state and not mine.preferred_state:
        grounds.append("holds no licence of the preferred state")
    if here > there:
        grounds.append(f"has less room: its next place costs {here} of {weighs.load}, the selected reviewer's {there}")
    return f"{' and '.join(grounds)}." if grounds else "the selection over all cases together is better without it."
