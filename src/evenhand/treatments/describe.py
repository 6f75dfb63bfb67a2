"""A disputed item's words to facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from evenhand.programmes import DEFAULT
from evenhand.treatments.measures import read_measures
from evenhand.treatments.sites import read_site, spelled_levels, without_levels
from evenhand.treatments.treatment import UNCLASSIFIED, Acquisition, Treatment
from evenhand.treatments.vocabulary import (
    DrugWords,
    Kind,
    TreatmentWords,
    drug_words,
    plain,
    treatment_words,
    words_pattern,
)

# A partly authorized request is worded as a history; what is in dispute is its last part.
_REMAINDER = re.compile(
    r"(?:portion\s+of\s+the\s+original\s+request|\.\s+The\s+original\s+request),\s*(?P<rest>.+?)(?:[\s,]+is)?\s*:?\s*$",
    re.I | re.S,
)
_ASSOCIATED = re.compile(r"\bassociated\s+surgical\s+services?\b", re.I)
_RETROSPECTIVE = re.compile(r"\bretro(?:spective(?:ly)?)?\b", re.I)
_PURCHASE = re.compile(r"\b(?:purchase|purchased|to\s+buy)\b", re.I)
_RENTAL = re.compile(r"\b(?:rental|rent|rented)\b", re.I)
_PERCENT = re.compile(r"\d\s?%")


@lru_cache(maxsize=4096)
def describe(text: str, programme: str = DEFAULT) -> Treatment:
    """Reads a requested treatment. What the words do not say stays absent; unknown words are `unclassified`."""
    words, drugs = treatment_words(programme), drug_words(programme)
    remainder = _REMAINDER.search(text)
    asked = spelled_levels(_unify(remainder["rest"] if remainder else text))
    site = read_site(asked, words)
    if remainder and not site.body_parts:
        site = read_site(spelled_levels(_unify(text)), words)
    measures = read_measures(without_levels(asked), words)
    names, flat = _drug_names(programme), plain(asked)
    named = names.read(flat)
    form = next((form for form, pattern in words.patterns.forms if pattern.search(flat)), None)
    kind = _kind(asked, words, names, site.body_parts)
    if not named and (kind is None or kind.weak):
        kind = _kind(_unify(text), words, names, site.body_parts) or kind
    category, sub_category, drug_class = _classify(kind, named, form, asked, drugs)
    retrospective = measures.dates_are_of_service or _RETROSPECTIVE.search(asked) is not None
    return Treatment(
        text=text,
        category=category,
        sub_category=sub_category,
        drug_class=drug_class,
        kind=kind.code if kind else None,
        drugs=tuple(dict.fromkeys(drugs.called.get(name, name) for name, _ in named)),
        body_parts=site.body_parts,
        side=site.side,
        levels=site.levels,
        quantity=measures.quantity,
        unit=measures.unit,
        dose=measures.dose,
        form=form if category == drugs.category else None,
        frequency=measures.frequency,
        duration=measures.duration,
        refills=measures.refills,
        purchase_or_rental=_acquisition(asked),
        retrospective=retrospective,
        retrospective_dates=measures.dates if retrospective else (),
        associated_surgical_service=_ASSOCIATED.search(asked) is not None,
    )


def _unify(text: str) -> str:
    """Signs that mean the same become one sign."""
    for sign, same in (
        ("×", "x"),
        ("–", "-"),
        ("—", "-"),
        ("‑", "-"),
        ("®", ""),
        ("™", ""),
        ("\u00a0", " "),
        ("’", "'"),
    ):
        text = text.replace(sign, same)
    return re.sub(r"\s+", " ", text).strip()


def _kind(text: str, words: TreatmentWords, drugs: DrugNames, body_parts: tuple[str, ...]) -> Kind | None:
    # The heading "Associated surgical service" says how the item hangs on another, not what it is.
    flat = words.patterns.manners.sub(" ", plain(_ASSOCIATED.sub(" ", text)))
    opened = flat
    for opening in map(plain, words.openings):
        opened = opened.strip().removeprefix(f"{opening} ")
    # What is asked for stands before what it is for: an "MRI before arthroscopy" is an MRI.
    head = words.patterns.purposes.split(opened, maxsplit=1)[0]
    has_drug = drugs.pattern.search(flat) is not None
    candidates = [
        (kind, pattern)
        for kind, pattern in words.patterns.kinds
        if not (kind.after_drugs and has_drug)
        and (not kind.parts or not body_parts or set(kind.parts) & set(body_parts))
    ]
    strong = [(kind, pattern) for kind, pattern in candidates if not kind.weak]
    if drugs.pattern.search(head):
        return _first(strong, head)
    return _first(strong, head) or _first(strong, flat) or _first(candidates, flat)


def _first(kinds: list[tuple[Kind, re.Pattern[str]]], text: str) -> Kind | None:
    return next((kind for kind, pattern in kinds if pattern.search(text)), None)


@dataclass(frozen=True, kw_only=True)
class DrugNames:
    """Every name of a drug in its plain form with (generic name, class), and the pattern that finds them."""

    names: dict[str, tuple[str, str]]
    pattern: re.Pattern[str]

    def read(self, text: str) -> tuple[tuple[str, str], ...]:
        """(generic name, class) of each drug of a plain text, in its order; a brand behind its drug counts once."""
        found = (match.group() for match in self.pattern.finditer(text))
        return tuple(
            dict.fromkeys(
                self.names[name] if name in self.names else self.names[name.removesuffix("s")] for name in found
            )
        )


@cache
def _drug_names(programme: str) -> DrugNames:
    names = {
        plain(name): (generic, drug_class)
        for drug_class, generics in drug_words(programme).drugs.items()
        for generic, others in generics.items()
        for name in (generic, *others)
    }
    return DrugNames(names=names, pattern=words_pattern(tuple(names)))


def _classify(
    kind: Kind | None, named: tuple[tuple[str, str], ...], form: str | None, text: str, drugs: DrugWords
) -> tuple[str, str | None, str | None]:
    """(category, sub-category, drug class)."""
    if kind:
        return kind.category, kind.sub_category, kind.drug_class
    if len(_PERCENT.findall(text)) > 1:
        return drugs.category, None, drugs.compound_class
    if named:
        drug_class = next((each for _, each in named if each not in drugs.outranked), named[0][1])
        topical = drugs.topical
        if drug_class in topical.of_classes and (form in topical.forms or _PERCENT.search(text)):
            drug_class = topical.drug_class
        return drugs.category, None, drug_class
    return UNCLASSIFIED, None, None


def _acquisition(text: str) -> Acquisition | None:
    bought, rented = _PURCHASE.search(text) is not None, _RENTAL.search(text) is not None
    if bought == rented:
        return None
    return Acquisition.PURCHASE if bought else Acquisition.RENTAL
