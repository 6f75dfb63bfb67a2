"""Whether two texts ask for the same treatment, or for another one: compared by facts, then by the words that no fact holds."""

from __future__ import annotations

import re
from functools import cache

from evenhand.treatments import UNCLASSIFIED, Treatment
from evenhand.treatments.vocabulary import drug_words, plain, treatment_words, words_pattern

_DATE = re.compile(r"\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b")
_MUST_AGREE = (
    "category",
    "kind",
    "drugs",
    "side",
    "levels",
    "quantity",
    "dose",
    "form",
    "refills",
    "purchase_or_rental",
    "retrospective",
    "retrospective_dates",
    "associated_surgical_service",
)
_MUST_NOT_DIFFER = ("frequency", "duration")
"""What one of the two may leave unsaid."""


def same_treatment(
    one: Treatment, other: Treatment, *, narrow: frozenset[str], idle: frozenset[str], programme: str
) -> bool:
    """Whether two requests are one and the same: part, side, quantity, drug and dose too. Words that no fact holds must be the same
    as well; where the kind is not in `narrow` all words, since its words do not all mean one service."""
    if any(getattr(one, name) != getattr(other, name) for name in _MUST_AGREE):
        return False
    if set(one.body_parts) != set(other.body_parts) or set(_DATE.findall(one.text)) != set(_DATE.findall(other.text)):
        return False
    pairs = [(getattr(one, name), getattr(other, name)) for name in _MUST_NOT_DIFFER]
    if any(a and b and a != b for a, b in pairs):
        return False
    known = one.category != UNCLASSIFIED and (one.kind in narrow if one.kind else bool(one.drugs))
    left = [_left(each, idle, programme, known=known) for each in (one, other)]
    return left[0] == left[1]


def another_treatment(said: Treatment, item: Treatment, programme: str) -> bool:
    """Whether words speak of another treatment than the item: another drug, service or part of the body, surely."""
    if said.drugs and item.drugs:
        return not set(said.drugs) & set(item.drugs)
    if said.body_parts and item.body_parts and not set(said.body_parts) & set(item.body_parts):
        return said.kind is not None
    if said.kind and item.kind and said.kind != item.kind:
        return not _names(said.kind, item.text, programme) and not _names(item.kind, said.text, programme)
    return bool(said.drugs and item.kind and not item.drugs) or bool(said.kind and item.drugs and not said.drugs)


def names_it(said: Treatment, item: Treatment, programme: str) -> bool:
    """Whether words name the item's own treatment."""
    if said.drugs and item.drugs:
        return bool(set(said.drugs) & set(item.drugs))
    return bool(item.kind) and (said.kind == item.kind or _names(item.kind or "", said.text, programme))


def _names(kind: str, text: str, programme: str) -> bool:
    pattern = _kinds(programme).get(kind)
    return pattern is not None and pattern.search(plain(text)) is not None


def _left(treatment: Treatment, idle: frozenset[str], programme: str, *, known: bool) -> frozenset[str]:
    """The words that no fact holds."""
    text = plain(_DATE.sub(" ", treatment.text))
    if known:
        if treatment.kind:
            text = _kinds(programme)[treatment.kind].sub(" ", text)
        text = _drugs(programme).sub(" ", text)
    text = treatment_words(programme).patterns.parts.sub(" ", text)
    return frozenset(word for word in text.split() if word not in idle and not word[0].isdigit())


@cache
def _kinds(programme: str) -> dict[str, re.Pattern[str]]:
    return {kind.code: pattern for kind, pattern in treatment_words(programme).patterns.kinds}


@cache
def _drugs(programme: str) -> re.Pattern[str]:
    listed = drug_words(programme).drugs.values()
    return words_pattern(
        tuple(name for generics in listed for generic, others in generics.items() for name in (generic, *others))
    )
