"""Why nobody was selected for a case, and what would open it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from evenhand.matching.pairs import Pairs

# What could be done about a ground, in words; where nothing can, the ground is not named here.
_OPENS = {
    "capacity": "one more place for",
    "absence": "the return of",
    "licence": "a licence in force for",
    "certification": "a certification in force for",
    "practice_hours": "an attestation of enough hours by",
}
_MOST_NAMED = 4


@dataclass(frozen=True, kw_only=True)
class Unassigned:
    """A case that lacks a reviewer: how many reviewers each ground bars, and what would open the case."""

    case: str
    explanation: str
    barred_by: tuple[tuple[str, int], ...]
    would_open: tuple[str, ...]
    missing: int = 1
    """How many reviewers the case lacks."""


def unassigned(pairs: Pairs, case: int, missing: int) -> Unassigned:
    """What bars whom from a case that lacks so many reviewers."""
    grounds = pairs.grounds(case)
    barred: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    free = 0
    for codes, count in grounds:
        barred.update(dict.fromkeys(codes, count))
        if len(codes) == 1:
            alone[codes[0]] += count
        free += count if not codes else 0
    opens = [f"{_OPENS[code]} {_reviewers(count)}" for code, count in alone.most_common() if code in _OPENS]
    on, everybody = pairs.day.on, len(pairs.day.reviewers)
    if free >= missing and free:
        start = f"{_reviewers(free)} could take this case on {on}, but all free places went to cases no less urgent."
        opens = [f"one more place for any of {_reviewers(free)}", *opens]
    elif not everybody:
        start = "The register holds no reviewer."
        opens = ["entering reviewers into the register"]
    else:
        named = ", ".join(f"{code.replace('_', ' ')} {count}" for code, count in barred.most_common())
        start = f"Of {_reviewers(everybody)} {free or 'none'} may take this case on {on}. What bars how many: {named}."
        opens += _specialists(pairs, case)
    hope = (
        f" What would open it: {'; '.join(opens)}."
        if opens
        else " Nothing in the register opens it; another reviewer must be found."
    )
    lack = f"{_reviewers(missing)} of {_reviewers(pairs.day.wanted(pairs.day.cases[case]))} still missing. "
    return Unassigned(
        case=pairs.day.cases[case].id,
        explanation=(lack if pairs.day.wanted(pairs.day.cases[case]) > 1 else "") + start + hope,
        barred_by=tuple(barred.most_common()),
        would_open=tuple(opens),
        missing=missing,
    )


def _specialists(pairs: Pairs, case: int) -> list[str]:
    """Of which specialties a further reviewer without an affiliation would fit."""
    fitting = pairs.specialties_that_fit(case)
    if not fitting:
        return []
    more = f" or {len(fitting) - _MOST_NAMED} others" if len(fitting) > _MOST_NAMED else ""
    return [f"a further reviewer without an affiliation, of {', '.join(fitting[:_MOST_NAMED])}{more}"]


def _reviewers(count: int) -> str:
    return f"{count} reviewer{'' if count == 1 else 's'}"
