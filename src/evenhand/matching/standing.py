"""Where a reviewer stands on a day whatever the case: licence, certification, practice, discipline, places, absence."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from evenhand.matching.facts import Certification, Licence, LicenceStatus, Reviewer
from evenhand.matching.qualifications import Qualifications
from evenhand.programmes import DEFAULT
from evenhand.treatments import known_specialty
from evenhand.treatments.vocabulary import scopes

_OWN = "rule of the review organisation"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One ground: whether it permits the review, a sentence with what and which date, and where the rule comes from."""

    code: str
    permitted: bool
    text: str
    citation: str
    confidence: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A reviewer on a day. `kinds` and `states` are those of licences in force; `specialties` the programme's names."""

    reasons: tuple[Reason, ...]
    kinds: tuple[str, ...]
    states: tuple[str, ...]
    specialties: tuple[str, ...]


def standing(reviewer: Reviewer, on: date, rules: Qualifications, programme: str = DEFAULT) -> Standing:
    """What holds of `reviewer` on `on` for every case."""
    licences = tuple(licence for licence in reviewer.licences if _licence_fault(licence, on) is None)
    certified = tuple(entry for entry in reviewer.certifications if _certification_fault(entry, on) is None)
    kinds = tuple(dict.fromkeys(licence.kind for licence in licences))
    professions = (scope.specialty for scope in scopes(programme).scopes for kind in kinds if kind in scope.kinds)
    names = [known_specialty(entry.specialty, programme) or entry.specialty for entry in certified]
    names += [name for name in professions if name]
    return Standing(
        reasons=(
            _licence(reviewer, licences, on, rules),
            _certification(reviewer, kinds, certified, on, rules),
            *_record(reviewer, on, rules),
            *_practice(reviewer, on, rules),
            *_availability(reviewer, on),
        ),
        kinds=kinds,
        states=tuple(dict.fromkeys(licence.state for licence in licences)),
        specialties=tuple(dict.fromkeys(names)),
    )


def _reason(rules: Qualifications, code: str, permitted: bool, text: str) -> Reason:
    basis = rules.basis(code)
    return Reason(code=code, permitted=permitted, text=text, citation=basis.citation, confidence=basis.confidence)


def _licence_fault(licence: Licence, on: date) -> str | None:
    called = f"the {licence.kind} licence of {licence.state}"
    if licence.status is not LicenceStatus.ACTIVE:
        return f"{called} is {licence.status.value}"
    if licence.valid_from > on:
        return f"{called} begins only on {licence.valid_from}"
    if licence.valid_to < on:
        return f"{called} ended on {licence.valid_to}"
    if licence.verified_on > on:
        return f"{called} was verified only on {licence.verified_on}"
    return None


def _licence(reviewer: Reviewer, good: tuple[Licence, ...], on: date, rules: Qualifications) -> Reason:
    if good:
        first = good[0]
        what = f"an unrestricted {first.kind} licence of {first.state}"
        text = f"Holds {what} valid to {first.valid_to}, verified on {first.verified_on}."
        return _reason(rules, "licence", True, text)
    faults = "; ".join(fault for licence in reviewer.licences if (fault := _licence_fault(licence, on)))
    return _reason(rules, "licence", False, f"Holds no unrestricted licence on {on}: {faults or 'none is on record'}.")


def _certification_fault(entry: Certification, on: date) -> str | None:
    if entry.valid_from > on:
        return f"{entry.specialty} begins only on {entry.valid_from}"
    if entry.valid_to is not None and entry.valid_to < on:
        return f"{entry.specialty} ended on {entry.valid_to}"
    return f"{entry.specialty} was verified only on {entry.verified_on}" if entry.verified_on > on else None


def _certification(
    reviewer: Reviewer, kinds: tuple[str, ...], good: tuple[Certification, ...], on: date, rules: Qualifications
) -> Reason:
    required = [
        kind
        for kind in (kinds or tuple(entry.kind for entry in reviewer.licences))
        if kind in rules.certification_required_kinds
    ]
    if good:
        held = ", ".join(f"{entry.specialty} ({entry.board}), verified on {entry.verified_on}" for entry in good)
        return _reason(rules, "certification", True, f"Certified on {on}: {held}.")
    if not required:
        return _reason(rules, "certification", True, f"No board certification is asked of this profession on {on}.")
    faults = "; ".join(fault for entry in reviewer.certifications if (fault := _certification_fault(entry, on)))
    why = faults or "none is on record"
    text = f"Holds no certification by a recognised board on {on}, as the profession ({required[0]}) must: {why}."
    return _reason(rules, "certification", False, text)


def _record(reviewer: Reviewer, on: date, rules: Qualifications) -> tuple[Reason, ...]:
    found = []
    if rules.discipline_excluded:
        clean = not reviewer.disciplinary_history
        words = "No disciplinary action is on record" if clean else "A disciplinary action or sanction is on record"
        found.append(_reason(rules, "discipline", clean, f"{words} on {on}."))
    if rules.qme_excluded:
        free = not reviewer.qualified_medical_evaluator
        words = "Holds no" if free else "Holds an"
        found.append(_reason(rules, "qme", free, f"{words} appointment as a qualified medical evaluator on {on}."))
    return tuple(found)


def _practice(reviewer: Reviewer, on: date, rules: Qualifications) -> tuple[Reason, ...]:
    practice, found = reviewer.practice, []
    if practice.attested_on > on:
        text = f"The active practice was attested only on {practice.attested_on}, after {on}."
        return (_reason(rules, "practice_years", False, text),)
    if rules.years_of_practice is not None:
        enough = _years_after(practice.since, rules.years_of_practice) <= on
        words = "for at least" if enough else "for less than"
        text = f"In active practice since {practice.since}, {words} {rules.years_of_practice:g} years on {on}."
        found.append(_reason(rules, "practice_years", enough, text))
    if rules.hours_a_week is not None:
        enough = practice.hours_a_week >= rules.hours_a_week
        words = "at least" if enough else "less than"
        attested = f"{practice.hours_a_week:g} hours a week on {practice.attested_on}"
        text = f"Attested {attested}, {words} {rules.hours_a_week:g}."
        found.append(_reason(rules, "practice_hours", enough, text))
    return tuple(found)


def _years_after(day: date, years: float) -> date:
    """The same day that many years on (half years count as six months); 29 February becomes 28 where there is none."""
    months = day.month - 1 + round(years * 12)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _availability(reviewer: Reviewer, on: date) -> tuple[Reason, ...]:
    free = reviewer.capacity - reviewer.open_cases
    places = f"On {on} {max(free, 0)} of {reviewer.capacity} places are free."
    away = next((absence for absence in reviewer.absences if absence.first <= on <= absence.last), None)
    here = f"Absent from {away.first} to {away.last}." if away else f"Not absent on {on}."
    return (
        Reason(code="capacity", permitted=free > 0, text=places, citation=_OWN, confidence="read"),
        Reason(code="absence", permitted=away is None, text=here, citation=_OWN, confidence="read"),
    )
