"""Which of a reviewer's ties bar a case: professional, familial, financial ones with anybody who is screened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.matching.facts import ScreenedParty, Tie, TieKind
from evenhand.matching.names import (
    Likeness,
    handles,
    identifier_handle,
    likeness,
    other_identifier,
    same_identifier,
)
from evenhand.matching.qualifications import Basis, Qualifications


@dataclass(frozen=True, kw_only=True)
class TieFinding:
    """One tie of the reviewer to one party: whether it bars, and why, without anybody's name."""

    bars: bool
    text: str
    basis: Basis


def handles_of(parties: tuple[ScreenedParty, ...]) -> frozenset[str]:
    """The handles of everybody screened in a case, gathered once for a whole register of reviewers."""
    named = [handles(name) for party in parties for name in (party.name, *party.other_names)]
    return frozenset().union(*named, *(identifier_handle(party.identifier) for party in parties))


def screen(
    ties: tuple[Tie, ...],
    parties: tuple[ScreenedParty, ...],
    on: date,
    qualifications: Qualifications,
    *,
    known: frozenset[str] | None = None,
) -> tuple[TieFinding, ...]:
    """Every tie that touches a party, those that bar first. Ended, future and small ties are reported as considered.

    `known`: the parties' handles, where they were gathered before.
    """
    theirs = handles_of(parties) if known is None else known
    found = []
    for tie in ties:
        if theirs.isdisjoint(handles(tie.party)) and theirs.isdisjoint(identifier_handle(tie.identifier)):
            continue
        for party in parties:
            match = _match(tie, party)
            if match is not Likeness.DIFFERENT:
                found.append(_weigh(tie, party, match, on, qualifications))
    return tuple(sorted(found, key=lambda finding: not finding.bars))


def _match(tie: Tie, party: ScreenedParty) -> Likeness:
    if same_identifier(tie.identifier, party.identifier):
        return Likeness.SAME
    best = {likeness(tie.party, name) for name in (party.name, *party.other_names)}
    if Likeness.SAME in best:
        return Likeness.SAME
    # Two entries of one register cannot be one person, however their initials look.
    if Likeness.POSSIBLE in best and not other_identifier(tie.identifier, party.identifier):
        return Likeness.POSSIBLE
    return Likeness.DIFFERENT


def _weigh(tie: Tie, party: ScreenedParty, match: Likeness, on: date, rules: Qualifications) -> TieFinding:
    role = party.role.value.replace("ur_", "utilization_review_").replace("_", " ")
    basis = rules.basis(f"screened_{party.role.value}", tie.kind.value)
    until = f" to {tie.valid_to}" if tie.valid_to else ""
    what = f"A {tie.kind.value} affiliation with the {role} (from {tie.valid_from}{until})"
    doubt = (
        " The names are alike but not the same; credentialing must clear it up." if match is Likeness.POSSIBLE else ""
    )
    if party.role not in rules.screened_roles:
        return TieFinding(bars=False, text=f"{what} was considered; that party's ties are not screened.", basis=basis)
    if tie.valid_from > on:
        return TieFinding(bars=False, text=f"{what} was considered; it has not begun on {on}.", basis=basis)
    if tie.valid_to is not None and tie.valid_to < on:
        return TieFinding(bars=False, text=f"{what} was considered; it had ended by {on}.", basis=basis)
    threshold = rules.financial_threshold_percent
    if tie.kind is TieKind.FINANCIAL and threshold is not None:
        share, by = tie.percent_of_income, rules.basis("financial")
        if share is not None and share <= threshold:
            text = f"{what} was considered; {share:g}% of income is not more than {threshold:g}%."
            return TieFinding(bars=False, text=text, basis=by)
        size = (
            f"{share:g}% of income is more than {threshold:g}%"
            if share is not None
            else "its share of income is not stated"
        )
        return TieFinding(bars=True, text=f"{what} bars the review on {on}: {size}.{doubt}", basis=by)
    return TieFinding(bars=True, text=f"{what} bars the review on {on}.{doubt}", basis=basis)
