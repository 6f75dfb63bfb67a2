"""The table of `vocabulary/fits.yaml`: which specialties know which treatments and conditions, and how well."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from evenhand.reading import BadFile, Fault
from evenhand.treatments.treatment import Treatment
from evenhand.treatments.vocabulary import Specialties, has_words, plain, vocabulary, words_pattern

AFTER_OPERATION, ACUTE, CHRONIC = "after_operation", "acute", "chronic"


@dataclass(frozen=True, kw_only=True)
class Grades:
    """Who knows a group of treatments or conditions, and how well; why stands in `reason`."""

    called: str
    reason: str
    best: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    fair: tuple[str, ...] = ()
    slight: tuple[str, ...] = ()

    @cached_property
    def by_specialty(self) -> dict[str, str]:
        """The grade's word by the specialty."""
        grades = {"slight": self.slight, "fair": self.fair, "good": self.good, "best": self.best}
        return {name: grade for grade, names in grades.items() for name in names}


@dataclass(frozen=True, kw_only=True)
class TreatmentRule(Grades):
    """A group of treatments. Any of the names must fit; and each narrower mark that is given."""

    kinds: tuple[str, ...] = ()
    drug_classes: tuple[str, ...] = ()
    sub_categories: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    body_parts: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    settles: bool = False
    """Whether the treatment says enough, so that the condition is not asked."""
    concerns: tuple[str, ...] = ()
    """Groups of topics of which the condition's topics count; all where none is named."""

    def knows(self, treatment: Treatment, flat: str, phases: frozenset[str]) -> bool:
        """Whether the rule speaks of a treatment, whose words in their plain form are `flat`."""
        if not self._named(treatment):
            return False
        if self.body_parts and not set(self.body_parts) & set(treatment.body_parts):
            return False
        if self.phases and not set(self.phases) & phases:
            return False
        return not self.words or has_words(self.words, flat)

    def _named(self, treatment: Treatment) -> bool:
        unnamed = not (self.kinds or self.drug_classes or self.sub_categories or self.categories)
        return unnamed or (
            treatment.kind in self.kinds
            or treatment.drug_class in self.drug_classes
            or treatment.sub_category in self.sub_categories
            or treatment.category in self.categories
        )


@dataclass(frozen=True, kw_only=True)
class Topic(Grades):
    """A group of conditions: the words and parts of the body that name it."""

    group: str
    words: tuple[str, ...]
    body_parts: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    """Parts of the body that a request may name and the topic still speaks, if the condition's words name it."""
    instead_of: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fits:
    """fits.yaml"""

    citation: str
    confidence: str
    grades: dict[str, float]
    unnamed: float
    floor: float
    phases: dict[str, tuple[str, ...]]
    no_phase: tuple[str, ...]
    treatments: tuple[TreatmentRule, ...]
    conditions: tuple[Topic, ...]

    @cached_property
    def graded(self) -> frozenset[str]:
        """The specialties of which the table says anything."""
        return frozenset(name for entry in (*self.treatments, *self.conditions) for name in entry.by_specialty)

    @cached_property
    def _no_phase(self) -> re.Pattern[str]:
        return words_pattern(self.no_phase, plural=False)

    def phases_of(self, flat: str) -> frozenset[str]:
        """The phases that the words of a plain text name."""
        said = self._no_phase.sub(" ", flat)
        found = {phase for phase, words in self.phases.items() if has_words(words, said)}
        return frozenset(found - {ACUTE} if CHRONIC in found else found)

    def score(self, entry: Grades, specialty: str) -> float:
        """The number of a specialty's grade."""
        grade = entry.by_specialty.get(specialty)
        return self.grades[grade] if grade else self.unnamed


@cache
def fits_table(programme: str) -> Fits:
    """The programme's table, checked: a specialty, group or topic that nobody defined is a fault. Raises BadFile."""
    fits = vocabulary(Fits, "fits.yaml", programme)
    known = {entry.name for entry in vocabulary(Specialties, "specialties.yaml", programme).specialties}
    faults = [
        Fault(file=f"{programme}/vocabulary/fits.yaml", where=where, what=what)
        for where, what in (*_unknown_specialties(fits, known), *_unknown_names(fits))
    ]
    if faults:
        raise BadFile(faults)
    return fits


def _unknown_specialties(fits: Fits, known: set[str]) -> list[tuple[str, str]]:
    entries = (*fits.treatments, *fits.conditions)
    named = [(entry, (*entry.best, *entry.good, *entry.fair, *entry.slight)) for entry in entries]
    return [
        (entry.called, f"{name!r} is no specialty of specialties.yaml")
        for entry, names in named
        for name in names
        if name not in known
    ] + [
        (entry.called, f"{name!r} has two grades")
        for entry, names in named
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]


def _unknown_names(fits: Fits) -> list[tuple[str, str]]:
    groups, topics = {topic.group for topic in fits.conditions}, {topic.called for topic in fits.conditions}
    allowed = (
        *((rule.called, name, groups, "group of a topic") for rule in fits.treatments for name in rule.concerns),
        *((rule.called, name, set(fits.phases), "phase") for rule in fits.treatments for name in rule.phases),
        *((topic.called, name, topics, "topic") for topic in fits.conditions for name in topic.instead_of),
    )
    return [(where, f"{name!r} is no {what}") for where, name, names, what in allowed if name not in names]


def phases_of(treatment: Treatment, condition: str, programme: str) -> frozenset[str]:
    """When in the course of the illness: the request's own words, else the condition's."""
    fits = fits_table(programme)
    own = fits.phases_of(plain(treatment.text))
    if treatment.associated_surgical_service:
        own |= {AFTER_OPERATION}
    return own or fits.phases_of(plain(condition))
