"""A second, independent look at a selection: does it keep the rules, is there none better, were the lots drawn as told?

The solver is not asked. What is permitted is worked out again from the facts; of the certificate only the prices are
used, and prices prove by themselves (see `certificate`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import numpy as np

from evenhand.matching.certificate import Certificate, Proof, face, prices_of, proof, settled
from evenhand.matching.network import Network
from evenhand.matching.pairs import Ints, Pairs
from evenhand.matching.prices import NotLeast

Chosen: TypeAlias = Mapping[str, str] | Iterable[tuple[str, str]]

_BETTER = "Another selection keeps the same rules at less cost."


def verify(problem: Network, chosen: Chosen, certificate: Certificate | None = None, seed: int = 0) -> tuple[str, ...]:
    """What is wrong with a selection (case id to reviewer id), in words; empty if permitted, in places, optimal.

    With the certificate its prices must prove that; without one the prices are looked for here.
    """
    faults, taken = _places(problem, list(chosen.items() if isinstance(chosen, Mapping) else chosen))
    if faults:
        return tuple(faults)
    try:
        prices_of(problem, taken) if certificate is None else None
    except NotLeast:
        return (_BETTER,)
    return tuple(_unproved(problem, taken, certificate, seed)) if certificate else ()


def one_by_one(pairs: Pairs, every: bool = False) -> tuple[str, ...]:
    """Whether the arrays of pairs say what the assessment of each pair says; `every` for all, else those permitted."""
    faults = []
    permitted = pairs.permitted
    for c, r in np.argwhere(np.ones_like(permitted) if every else permitted).tolist():
        found = pairs.assessment(c, r)
        if found.permitted != permitted[c, r]:
            faults.append(f"Reviewer {found.reviewer} and case {found.case}: the two ways of assessing them differ.")
    return tuple(faults)


def _places(problem: Network, chosen: list[tuple[str, str]]) -> tuple[list[str], Ints]:
    """What breaks a rule in a selection; or else the places of its pairs."""
    case_at = {case: index for index, case in enumerate(problem.cases)}
    reviewer_at = {reviewer: index for index, reviewer in enumerate(problem.reviewers)}
    faults = [f"Case {case} is not among the cases given." for case, _ in chosen if case not in case_at]
    faults += [f"Reviewer {who} is not among the reviewers given." for _, who in chosen if who not in reviewer_at]
    faults += [
        f"Case {case} names reviewer {who} twice." for (case, who), count in Counter(chosen).items() if count > 1
    ]
    if faults:
        return faults, np.zeros(0, dtype=np.int64)
    taken = []
    for case, who in sorted(chosen):
        index = problem.index(case_at[case], reviewer_at[who])
        if index is None:
            faults.append(f"Reviewer {who} may not review case {case}.")
        else:
            taken.append(index)
    for case, count in sorted(Counter(case for case, _ in chosen).items()):
        if count > (wanted := int(problem.wanted[case_at[case]])):
            faults.append(f"Case {case} has {count} reviewers and needs {wanted}.")
    for who, count in sorted(Counter(who for _, who in chosen).items()):
        if count > (places := int(problem.steps[reviewer_at[who]])):
            faults.append(f"Reviewer {who} has {places} free places and was given {count} cases.")
    return faults, np.array(taken, dtype=np.int64)


def _unproved(problem: Network, taken: Ints, certificate: Certificate, seed: int) -> list[str]:
    """What the certificate does not prove."""
    if certificate.problem != problem.digest:
        return [
            "The certificate is about another problem: cases, reviewers, day, law or policy are not those that were solved."
        ]
    prices = _given(problem, certificate.cost)
    if prices is None:
        return ["The certificate lacks the price of a case or of a reviewer."]
    shown = proof(problem, taken, *prices)
    if shown.gap:
        bound = (
            f"The selection costs {shown.objective}; the certificate proves that none costs less than {shown.bound}."
        )
        try:
            prices_of(problem, taken)
        except NotLeast:
            return [bound, _BETTER]
        return [f"{bound} There is none better, but the certificate does not show it."]
    if (shown.objective, shown.bound) != (certificate.cost.objective, certificate.cost.bound):
        told = certificate.cost
        return [
            f"The certificate tells a cost of {told.objective} and a bound of {told.bound}; both are {shown.bound}."
        ]
    return _undrawn(problem, taken, certificate, seed, prices)


def _undrawn(
    problem: Network, taken: Ints, certificate: Certificate, seed: int, prices: tuple[Ints, Ints]
) -> list[str]:
    """What is wrong with the lots."""
    drawn_from = face(problem, *settled(problem, taken, *prices), seed)
    width = max(len(problem.reviewers), 1)
    drawn = np.searchsorted(
        drawn_from.pair_case * width + drawn_from.pair_reviewer,
        problem.pair_case[taken] * width + problem.pair_reviewer[taken],
    )
    given = _given(drawn_from, certificate.lots)
    if given is None or proof(drawn_from, drawn, *given).gap:
        return [
            f"No selection costs less, but among those that cost as much the lots of seed {seed} do not show this one."
        ]
    return []


def _given(problem: Network, told: Proof) -> tuple[Ints, Ints] | None:
    """The prices of a certificate in the problem's order; None where one is missing or no number of a sane size."""
    listed = [told.cases.get(case) for case in problem.cases], [told.reviewers.get(who) for who in problem.reviewers]
    if any(not isinstance(price, int) or abs(price) >= 1 << 55 for prices in listed for price in prices):
        return None
    cases, reviewers = listed
    return np.array(cases, dtype=np.int64), np.array(reviewers, dtype=np.int64)
