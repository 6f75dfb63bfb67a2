"""Whether one reviewer may take one case on a day, and how well the reviewer fits it: every ground a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from evenhand.matching.affiliations.screening import Finding, Screener
from evenhand.matching.facts import CaseToReview, Reviewer
from evenhand.matching.qualifications import Qualifications
from evenhand.matching.standing import Reason, Standing, standing
from evenhand.programmes import DEFAULT
from evenhand.treatments import Treatment, describe, floor, specialties
from evenhand.treatments.suit import Grounds, grounds
from evenhand.treatments.vocabulary import Scope, scopes

# What the table says of an item hangs on its grounds alone, and those are few. They are kept, so that no id is used twice.
_GRADED: dict[tuple[object, ...], tuple[Grounds, Mapping[str, tuple[float, str]]]] = {}


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What was found for one reviewer and one case. `fit` runs from 0 to 1; who may not review can still fit."""

    case: str
    reviewer: str
    permitted: bool
    reasons: tuple[Reason, ...]
    fit: float
    fit_reason: str
    preferred_state: bool
    """Whether the reviewer holds a licence of the state that the law prefers (true where it prefers none)."""

    def failed(self) -> tuple[str, ...]:
        """The codes of the grounds that stand in the way."""
        return tuple(dict.fromkeys(reason.code for reason in self.reasons if not reason.permitted))


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What a case needs of a reviewer: its items read, every specialty's fit for each of them, and whom to screen."""

    treatments: tuple[Treatment, ...]
    fits: tuple[Mapping[str, tuple[float, str]], ...]
    floor: float
    floor_citation: str
    floor_confidence: str
    scopes: tuple[Scope, ...]
    scope_citation: str
    scope_confidence: str
    conflicts: Mapping[str | None, tuple[Finding, ...]] | None = None
    """What was found for every reviewer of a register; None where nobody was screened yet."""
    answers: dict[tuple[str, ...], tuple[float, str, Reason]] = field(default_factory=dict, compare=False, repr=False)
    """The fit by a reviewer's specialties, as it was found: many reviewers hold the same ones."""


def needs_of(
    case: CaseToReview,
    programme: str = DEFAULT,
    conflicts: Mapping[str | None, tuple[Finding, ...]] | None = None,
) -> Needs:
    """Reads a case's items once, for as many reviewers as there are; `conflicts` were found for those (`Screener`)."""
    treatments = tuple(describe(item, programme) for item in case.items)
    least, table = floor(programme), scopes(programme)
    return Needs(
        treatments=treatments,
        fits=tuple(graded(treatment, case.condition, programme) for treatment in treatments),
        floor=least.score,
        floor_citation=least.citation,
        floor_confidence=least.confidence,
        scopes=table.scopes,
        scope_citation=table.citation,
        scope_confidence=table.confidence,
        conflicts=conflicts,
    )


def graded(treatment: Treatment, condition: str, programme: str = DEFAULT) -> Mapping[str, tuple[float, str]]:
    """Every specialty's fit for an item and the reason; the same object wherever the table gives the same grounds."""
    found = grounds(treatment, condition, programme)
    key = (programme, *_named(found))
    if key not in _GRADED:
        fits = specialties(treatment, condition, programme)
        _GRADED[key] = (found, {fit.specialty: (fit.score, fit.reason) for fit in fits})
    return _GRADED[key][1]


def _named(found: Grounds) -> tuple[object, ...]:
    # The rules and topics are the table's own objects, which is read once and kept.
    return (id(found.treatment) if found.treatment else None, *map(id, found.topics))


def assess(
    case: CaseToReview,
    reviewer: Reviewer,
    on: date,
    qualifications: Qualifications,
    *,
    programme: str = DEFAULT,
    known: Standing | None = None,
    needs: Needs | None = None,
) -> Assessment:
    """Whether `reviewer` may take `case` on `on`, and the fit. `known` and `needs` spare reading facts again."""
    stands = known or standing(reviewer, on, qualifications, programme)
    wanted = needs or needs_of(case, programme)
    if stands.specialties not in wanted.answers:
        wanted.answers[stands.specialties] = _fit(stands, wanted)
    fit, fit_reason, fits = wanted.answers[stands.specialties]
    reasons = [*stands.reasons]
    # Without a licence, or without a certification that is asked for, these two would only say the same again.
    if stands.kinds:
        reasons.append(_scope(stands, wanted))
    if stands.specialties or all(reason.permitted for reason in stands.reasons):
        reasons.append(fits)
    reasons += [_earlier(case, reviewer), *_conflicts(case, reviewer, on, qualifications, wanted)]
    state = qualifications.preferred_licence_state
    return Assessment(
        case=case.id,
        reviewer=reviewer.id,
        permitted=all(reason.permitted for reason in reasons),
        reasons=tuple(reasons),
        fit=fit,
        fit_reason=fit_reason,
        preferred_state=state is None or state in stands.states,
    )


def _fit(stands: Standing, needs: Needs) -> tuple[float, str, Reason]:
    """The mean over the items of the best specialty for each; the item that fits least must reach the floor."""
    best: list[tuple[float, str, str]] = []
    for fits in needs.fits:
        options = [(fits[name][0], name, fits[name][1]) for name in stands.specialties if name in fits]
        best.append(
            max(options, default=(0.0, "no specialty of the list", "no certification in force"), key=lambda o: o[0])
        )
    mean = round(sum(score for score, _, _ in best) / len(best), 4) if best else 0.0
    worst = min(range(len(best)), key=lambda index: best[index][0], default=None)
    if worst is None:
        reason = Reason(
            code="specialty", permitted=False, text="The case names no disputed item.", citation="", confidence="read"
        )
        return 0.0, "The case names no disputed item.", reason
    score, name, why = best[worst]
    where = f"item {worst + 1} of {len(best)}" if len(best) > 1 else "the item"
    words = f"{name} fits {where} with {score:.2f} ({why})"
    enough = score >= needs.floor
    text = f"{words}; {needs.floor:.2f} is the least that suffices."
    fits_enough = Reason(
        code="specialty",
        permitted=enough,
        text=text,
        citation=needs.floor_citation,
        confidence=needs.floor_confidence,
    )
    return mean, f"Mean fit {mean:.2f}; least: {words}.", fits_enough


def _scope(stands: Standing, needs: Needs) -> Reason:
    """One licence must cover every item: outside its scope of practice its holder may not judge."""
    covering = []
    for kind in stands.kinds:
        scope = next((entry for entry in needs.scopes if kind in entry.kinds), None)
        if scope and all(within(treatment, scope) for treatment in needs.treatments):
            covering.append(kind)
    if covering:
        text = f"Every item lies within the scope of practice of the licence ({covering[0]})."
    else:
        text = f"Not every item lies within the scope of practice of the licence ({', '.join(stands.kinds)})."
    return Reason(
        code="scope",
        permitted=bool(covering),
        text=text,
        citation=needs.scope_citation,
        confidence=needs.scope_confidence,
    )


def within(treatment: Treatment, scope: Scope) -> bool:
    """Whether the treatment lies within the scope of practice."""
    if scope.body_parts and not (treatment.body_parts and set(treatment.body_parts) <= set(scope.body_parts)):
        return False
    return scope.everything or treatment.category in scope.categories or treatment.sub_category in scope.sub_categories


def _earlier(case: CaseToReview, reviewer: Reviewer) -> Reason:
    barred = reviewer.id in case.earlier_reviewers
    text = (
        "Reviewed this dispute before; after a remand another must."
        if barred
        else "Has not reviewed this dispute before."
    )
    return Reason(
        code="earlier_reviewer",
        permitted=not barred,
        text=text,
        citation="rule of the review organisation; compulsory after a remand",
        confidence="partly_read",
    )


def _conflicts(
    case: CaseToReview, reviewer: Reviewer, on: date, rules: Qualifications, needs: Needs
) -> tuple[Reason, ...]:
    found = needs.conflicts
    if found is None:
        found = Screener([reviewer], on, rules).findings(case)
    findings = (*found.get(reviewer.id, ()), *found.get(None, ()))
    if not findings:
        text = f"No affiliation with any of the {len(case.parties)} parties screened is on record on {on}."
        basis = rules.basis("screened_claims_administrator")
        return (
            Reason(code="conflict", permitted=True, text=text, citation=basis.citation, confidence=basis.confidence),
        )
    return tuple(
        Reason(
            code="conflict" if finding.reviewer else "organisation_conflict",
            permitted=not finding.bars,
            text=finding.text,
            citation=finding.basis.citation,
            confidence=finding.basis.confidence,
        )
        for finding in findings
    )
