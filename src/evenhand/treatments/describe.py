"""A disputed item's words to facts."""

from __future__ import annotations

import re
from functools import lru_cache

from evenhand.treatments.measures import read_measures
from evenhand.treatments.sites import read_site, without_levels
from evenhand.treatments.treatment import UNCLASSIFIED, Acquisition, Treatment
from evenhand.treatments.vocabulary import (
    DrugWords,
    Kind,
    TreatmentWords,
    drug_words,
    has_words,
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
def describe(text: str, programme: str = "ca_dwc") -> Treatment:
    """Reads a requested treatment. What the words do not say stays absent; unknown words are `unclassified`."""
    words, drugs = treatment_words(programme), drug_words(programme)
    remainder = _REMAINDER.search(text)
    asked = _unify(remainder["rest"] if remainder else text)
    site = read_site(asked, words)
    if remainder and not site.body_parts:
        site = read_site(_unify(text), words)
    measures = read_measures(without_levels(asked), words)
    named = _drugs(asked, drugs)
    form = next((form for form, listed in words.forms.items() if has_words(listed, plain(asked))), None)
    kind = _kind(asked, words, bool(named)) or (None if named else _kind(_unify(text), words, False))
    category, sub_category, drug_class = _classify(kind, named, form, asked, drugs)
    retrospective = measures.dates_are_of_service or _RETROSPECTIVE.search(asked) is not None
    return Treatment(
        text=text,
        category=category,
        sub_category=sub_category,
        drug_class=drug_class,
        kind=kind.code if kind else None,
        drugs=tuple(name for name, _ in named),
        body_parts=site.body_parts,
        side=site.side,
        levels=site.levels,
        quantity=measures.quantity,
        unit=measures.unit,
        dose=measures.dose,
        form=form,
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


def _kind(text: str, words: TreatmentWords, has_drug: bool) -> Kind | None:
    # The heading "Associated surgical service" says how the item hangs on another, not what it is.
    flat = plain(_ASSOCIATED.sub(" ", text))
    candidates = (kind for kind in words.kinds if not (kind.after_drugs and has_drug))
    return next((kind for kind in candidates if has_words(kind.words, flat)), None)


def _drugs(text: str, drugs: DrugWords) -> tuple[tuple[str, str], ...]:
    """(generic name, class) of each drug named, in the order of the text; a brand behind its drug counts once."""
    names = {
        plain(name): (generic, drug_class)
        for drug_class, generics in drugs.drugs.items()
        for generic, others in generics.items()
        for name in (generic, *others)
    }
    found = (match.group() for match in words_pattern(tuple(names)).finditer(plain(text)))
    return tuple(dict.fromkeys(names[name] if name in names else names[name.removesuffix("s")] for name in found))


def _classify(
    kind: Kind | None, named: tuple[tuple[str, str], ...], form: str | None, text: str, drugs: DrugWords
) -> tuple[str, str | None, str | None]:
    """(category, sub-category, drug class)."""
    if kind:
        return kind.category, kind.sub_category, kind.drug_class
    if len(_PERCENT.findall(text)) > 1:
        return drugs.category, None, drugs.compound_class
    if named:
        drug_class = named[0][1]
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
