"""The programme's words: read once, strictly, from `programmes/<programme>/vocabulary/`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import evenhand.programmes
from evenhand.reading import read

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class BodyPart:
    """A part of the body, the words for it, and the letter of its spinal levels if it is of the spine."""

    code: str
    words: tuple[str, ...]
    level: str | None = None


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of service or good and the words for it."""

    code: str
    category: str
    words: tuple[str, ...]
    sub_category: str | None = None
    drug_class: str | None = None
    after_drugs: bool = False
    """Counts only where the request names no drug."""


@dataclass(frozen=True, kw_only=True)
class TreatmentWords:
    """treatments.yaml"""

    confidence: str
    body_parts: tuple[BodyPart, ...]
    within: dict[str, tuple[str, ...]]
    kinds: tuple[Kind, ...]
    forms: dict[str, tuple[str, ...]]
    units: dict[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class TopicalForms:
    """Forms in which a drug of an oral class is listed as a topical one."""

    forms: tuple[str, ...]
    of_classes: tuple[str, ...]
    drug_class: str


@dataclass(frozen=True, kw_only=True)
class DrugWords:
    """drugs.yaml: class -> generic name -> other names."""

    confidence: str
    category: str
    compound_class: str
    topical: TopicalForms
    drugs: dict[str, dict[str, tuple[str, ...]]]


@dataclass(frozen=True, kw_only=True)
class Specialty:
    """A reviewer's specialty and its other names. `listed`: whether the programme's public search knows it."""

    name: str
    also: tuple[str, ...] = ()
    listed: bool = True


@dataclass(frozen=True, kw_only=True)
class Specialties:
    """specialties.yaml"""

    source: str
    confidence: str
    specialties: tuple[Specialty, ...]


@dataclass(frozen=True, kw_only=True)
class Category:
    """A top category with its second level and drug classes."""

    name: str
    sub_categories: tuple[str, ...] = ()
    drug_classes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Categories:
    """categories.yaml"""

    source: str
    confidence: str
    categories: tuple[Category, ...]


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a profession may judge: everything or what a list names; only within `body_parts` where those are named."""

    kinds: tuple[str, ...]
    called: str
    specialty: str | None = None
    everything: bool = False
    categories: tuple[str, ...] = ()
    sub_categories: tuple[str, ...] = ()
    body_parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Scopes:
    """scopes.yaml"""

    citation: str
    confidence: str
    scopes: tuple[Scope, ...]


def vocabulary(kind: type[T], file: str, programme: str) -> T:
    """The file of the programme's vocabulary as its dataclass; read once. Raises BadFile."""
    value: T = _read_once(kind, file, programme)  # type: ignore[arg-type]  # a class is hashable
    return value


@cache
def _read_once(kind: type[Any], file: str, programme: str) -> Any:
    path = Path(evenhand.programmes.__path__[0]) / programme / "vocabulary" / file
    return read(kind, path, name=f"{programme}/vocabulary/{file}")


def treatment_words(programme: str) -> TreatmentWords:
    """Words for parts of the body, services and goods."""
    return vocabulary(TreatmentWords, "treatments.yaml", programme)


def drug_words(programme: str) -> DrugWords:
    """Names of drugs and their classes."""
    return vocabulary(DrugWords, "drugs.yaml", programme)


def categories(programme: str) -> Categories:
    """The categories under which decisions are published."""
    return vocabulary(Categories, "categories.yaml", programme)


def scopes(programme: str) -> Scopes:
    """What each profession's licence lets its holder judge."""
    return vocabulary(Scopes, "scopes.yaml", programme)


@cache
def _specialty_names(programme: str) -> dict[str, str]:
    table = vocabulary(Specialties, "specialties.yaml", programme)
    return {plain(name): entry.name for entry in table.specialties for name in (entry.name, *entry.also)}


def known_specialty(name: str, programme: str = "ca_dwc") -> str | None:
    """The programme's name for a specialty as a board or a letter names it; `None` for an unknown one."""
    return _specialty_names(programme).get(plain(name))


def plain(text: str) -> str:
    """Lower-case words with single spaces; every other sign becomes a space. The form in which words are compared."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("&", " and ").replace("'", "")))


@cache
def words_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of `words` in a `plain` text, the longest first; a plural s is let pass."""
    longest_first = sorted({plain(word) for word in words}, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})s?\b")


def has_words(words: Iterable[str], text: str) -> bool:
    """Whether one of `words` stands in the `plain` text."""
    listed = tuple(words)
    return bool(listed) and words_pattern(listed).search(text) is not None
