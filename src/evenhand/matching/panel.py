"""Several reviewers for one case: whether the law lets so many decide, and what they decide together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from evenhand.law.pack import Pack
from evenhand.law.panel import PanelDecision, Vote, decide, may_sit
from evenhand.matching.day import CannotSelect
from evenhand.matching.facts import CaseToReview


def seats(pack: Pack, cases: Iterable[CaseToReview], on: date) -> dict[str, int]:
    """How many reviewers decide each case that asks for several. Raises CannotSelect where the law does not allow them."""
    found, faults = {}, []
    for case in cases:
        if case.panel is None:
            continue
        approved = case.panel.approved_on is not None and case.panel.approved_on <= on
        count = case.panel.reviewers
        if count < 1:
            faults.append(f"Case {case.id} asks for {count} reviewers; give 1 or more.")
            continue
        answer = may_sit(pack, count, on, too_complex=case.panel.too_complex, approved_in_writing=approved)
        if answer.allowed:
            found[case.id] = count
        else:
            faults.append(f"Case {case.id} asks for {count} reviewers: {answer.reason} ({answer.citation})")
    if faults:
        raise CannotSelect(" ".join(faults))
    return found


def together(
    pack: Pack, selected: Iterable[str], votes: Mapping[str, Mapping[str, Vote]], on: date
) -> dict[str, PanelDecision]:
    """What the reviewers selected decide on each item (`votes`: item to reviewer to finding), by majority and by the law's
    rule for an even split. Raises ValueError unless exactly those selected have voted, each once."""
    panel = set(selected)
    for item, each in votes.items():
        if set(each) != panel:
            missing, strangers = sorted(panel - set(each)), sorted(set(each) - panel)
            raise ValueError(
                f"Item {item}: the findings of {', '.join(missing) or 'nobody'} are missing, "
                f"those of {', '.join(strangers) or 'nobody'} are from outside the panel."
            )
    return {item: decide(pack, list(each.values()), on) for item, each in votes.items()}
