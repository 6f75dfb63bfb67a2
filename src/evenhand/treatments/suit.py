"""Which specialties know a treatment and a condition: the grades of `vocabulary/fits.yaml`, averaged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from evenhand.reading import BadFile, Fault
from evenhand.treatments.sites import read_site
from evenhand.treatments.treatment import Treatment
from evenhand.treatments.vocabulary import Specialties, has_words, plain, treatment_words, vocabulary

_GRADES = {"best": "its daily work", "good": "often its work", "fair": "seen by it", "slight": "met by it in passing"}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What each specialty is worth for one group of treatments or conditions."""

    called: str
    reason: str
    kinds: tuple[str, ...] = ()
    drug_classes: tuple[str, ...] = ()
    sub_categories: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    body_parts: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    best: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    fair: tuple[str, ...] = ()
    slight: tuple[str, ...] = ()

    def grade(self, specialty: str) -> str | None:
        """The word for how well the specialty fits; `None` where the rule does not name it."""
        grades = {"best": self.best, "good": self.good, "fair": self.fair, "slight": self.slight}
        return next((grade for grade, names in grades.items() if specialty in names), None)


@dataclass(frozen=True, kw_only=True)
class Fits:
    """fits.yaml"""

    citation: str
    confidence: str
    grades: dict[str, float]
    unnamed: float
    floor: float
    treatments: tuple[Rule, ...]
    conditions: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class Fit:
    """How well a specialty fits a treatment for a condition: 0 (not at all) to 1 (its daily work), and why."""

    specialty: str
    score: float
    reason: str


@dataclass(frozen=True, kw_only=True)
class Floor:
    """The least fit with which a reviewer may review, and where that number comes from."""

    score: float
    citation: str
    confidence: str


def floor(programme: str = "ca_dwc") -> Floor:
    """The least fit with which a reviewer may review."""
    fits = _fits(programme)
    return Floor(score=fits.floor, citation=fits.citation, confidence=fits.confidence)


@lru_cache(maxsize=4096)
def specialties(treatment: Treatment, condition: str, programme: str = "ca_dwc") -> tuple[Fit, ...]:
    """Every specialty the programme lists with its fit, the best first.

    The mean of the grade for the treatment and the grade for the condition counts. Where one of the two is unknown the
    other speaks alone; where neither is known every specialty scores 0 and a person must choose.
    """
    fits = _fits(programme)
    treated = _treatment_rule(treatment, fits)
    suffered = _condition_rules(treatment, condition, fits, programme)
    listed = vocabulary(Specialties, "specialties.yaml", programme).specialties
    graded = [_fit(entry.name, treated, suffered, fits) for entry in listed if entry.listed]
    return tuple(sorted(graded, key=lambda fit: (-fit.score, fit.specialty)))


@cache
def _fits(programme: str) -> Fits:
    fits = vocabulary(Fits, "fits.yaml", programme)
    known = {entry.name for entry in vocabulary(Specialties, "specialties.yaml", programme).specialties}
    faults = [
        Fault(
            file=f"{programme}/vocabulary/fits.yaml",
            where=rule.called,
            what=f"{name!r} is no specialty of specialties.yaml",
        )
        for rule in (*fits.treatments, *fits.conditions)
        for name in (*rule.best, *rule.good, *rule.fair, *rule.slight)
        if name not in known
    ]
    if faults:
        raise BadFile(faults)
    return fits


def _treatment_rule(treatment: Treatment, fits: Fits) -> Rule | None:
    for rule in fits.treatments:
        if (
            treatment.kind in rule.kinds
            or treatment.drug_class in rule.drug_classes
            or treatment.sub_category in rule.sub_categories
            or treatment.category in rule.categories
        ):
            return rule
    return None


def _condition_rules(treatment: Treatment, condition: str, fits: Fits, programme: str) -> tuple[Rule, ...]:
    """The topics of the condition's words; where they name none, of the part of the body that the request names."""
    flat = plain(condition)
    parts = read_site(condition, treatment_words(programme)).body_parts
    rules = [rule for rule in fits.conditions if has_words(rule.words, flat) or set(rule.body_parts) & set(parts)]
    if not rules:
        rules = [rule for rule in fits.conditions if set(rule.body_parts) & set(treatment.body_parts)]
    silenced = {name for rule in rules for name in rule.instead_of}
    return tuple(rule for rule in rules if rule.called not in silenced)


def _fit(specialty: str, treated: Rule | None, suffered: tuple[Rule, ...], fits: Fits) -> Fit:
    means, words = [], []
    for rules in ((treated,) if treated else (), suffered):
        if rules:
            means.append(sum(_score(rule, specialty, fits) for rule in rules) / len(rules))
            words += [_words(rule, specialty) for rule in rules]
    if not means:
        return Fit(
            specialty=specialty,
            score=0.0,
            reason="neither the treatment nor the condition is in the tables; a person must choose",
        )
    return Fit(specialty=specialty, score=round(sum(means) / len(means), 4), reason="; ".join(words))


def _words(rule: Rule, specialty: str) -> str:
    grade = rule.grade(specialty)
    return f"{rule.called}: {_GRADES[grade]} ({rule.reason})" if grade else f"{rule.called}: not its field"


def _score(rule: Rule, specialty: str, fits: Fits) -> float:
    grade = rule.grade(specialty)
    return fits.grades[grade] if grade else fits.unnamed
