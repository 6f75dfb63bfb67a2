"""Which specialties know a treatment and a condition: the grades of `vocabulary/fits.yaml`, judged together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from evenhand.programmes import DEFAULT
from evenhand.treatments.fits import Fits, Grades, Topic, TreatmentRule, fits_table, phases_of
from evenhand.treatments.sites import read_site
from evenhand.treatments.treatment import Treatment
from evenhand.treatments.vocabulary import Specialties, has_words, plain, treatment_words, vocabulary

_GRADES = {"best": "its daily work", "good": "often its work", "fair": "seen by it", "slight": "met by it in passing"}
_NOBODY = "neither the treatment nor the condition is in the tables; a person must choose"


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


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What of the table speaks of an item: a rule for its treatment, topics for its condition, and the phase."""

    treatment: TreatmentRule | None
    topics: tuple[Topic, ...]
    phases: tuple[str, ...]


def floor(programme: str = DEFAULT) -> Floor:
    """The least fit with which a reviewer may review."""
    fits = fits_table(programme)
    return Floor(score=fits.floor, citation=fits.citation, confidence=fits.confidence)


@lru_cache(maxsize=4096)
def specialties(treatment: Treatment, condition: str, programme: str = DEFAULT) -> tuple[Fit, ...]:
    """Every specialty that the programme lists or the table grades with its fit, the best first.

    The law asks for knowledge of the treatment and of the condition: the root of the product of both grades counts. A
    treatment that says enough stands alone, and so does the one of the two that is known; where neither is, every
    specialty scores 0 and a person must choose.
    """
    fits = fits_table(programme)
    found = grounds(treatment, condition, programme)
    known = vocabulary(Specialties, "specialties.yaml", programme).specialties
    graded = [_fit(entry.name, found, fits) for entry in known if entry.listed or entry.name in fits.graded]
    return tuple(sorted(graded, key=lambda fit: (-fit.score, fit.specialty)))


@lru_cache(maxsize=4096)
def grounds(treatment: Treatment, condition: str, programme: str = DEFAULT) -> Grounds:
    """What of the table speaks of a treatment for a condition."""
    fits = fits_table(programme)
    phases = phases_of(treatment, condition, programme)
    flat = plain(treatment.text)
    rule = next((rule for rule in fits.treatments if rule.knows(treatment, flat, phases)), None)
    topics = () if rule and rule.settles else _topics(treatment, condition, rule, programme)
    return Grounds(treatment=rule, topics=topics, phases=tuple(sorted(phases)))


def _topics(treatment: Treatment, condition: str, rule: TreatmentRule | None, programme: str) -> tuple[Topic, ...]:
    """The condition's topics, nearer to the request where it names a part of the body or concerns only some groups."""
    topics = fits_table(programme).conditions
    flat, parts = plain(condition), set(read_site(condition, treatment_words(programme)).body_parts)
    asked = set(treatment.body_parts)
    told = [topic for topic in topics if has_words(topic.words, flat)]
    found = [topic for topic in topics if set(topic.body_parts) & asked]
    if found:
        found += [topic for topic in told if topic not in found and set(topic.beside) & asked]
    else:
        found = [topic for topic in topics if topic in told or set(topic.body_parts) & parts]
    if rule and rule.concerns:
        found = [topic for topic in found if topic.group in rule.concerns] or found
    silenced = {name for topic in found for name in topic.instead_of}
    return tuple(topic for topic in found if topic.called not in silenced)


def _fit(specialty: str, found: Grounds, fits: Fits) -> Fit:
    treated = fits.score(found.treatment, specialty) if found.treatment else None
    scores = [fits.score(topic, specialty) for topic in found.topics]
    suffered = sum(scores) / len(scores) if scores else None
    entries: tuple[Grades, ...] = (*((found.treatment,) if found.treatment else ()), *found.topics)
    if treated is not None and suffered is not None:
        score = sqrt(treated * suffered)
    elif treated is not None or suffered is not None:
        score = treated if treated is not None else suffered or 0.0
    else:
        return Fit(specialty=specialty, score=0.0, reason=_NOBODY)
    return Fit(
        specialty=specialty, score=round(score, 4), reason="; ".join(_words(entry, specialty) for entry in entries)
    )


def _words(entry: Grades, specialty: str) -> str:
    grade = entry.by_specialty.get(specialty)
    return f"{entry.called}: {_GRADES[grade]} ({entry.reason})" if grade else f"{entry.called}: not its field"
