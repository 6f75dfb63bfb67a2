"""The programme's words: read once, strictly, from `programmes/<programme>/vocabulary/`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

import evenhand.programmes
from evenhand.programmes import DEFAULT
from evenhand.reading import read

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class BodyPart:
    """A part of the body, the words for it, and the letter of its spinal levels if it is of the spine."""

    code: str
    words: tuple[str, ...]
    level: str | None = None
    always: tuple[str, ...] = ()
    """Words that name the part even beside a part that lies in it: "neck and back" names two."""


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
    parts: tuple[str, ...] = ()
    """Counts only for these parts of the body, or where none is named: not every fusion is of the spine."""
    weak: bool = False
    """Counts only where the whole request names nothing more particular: an evaluation for a programme is the programme."""


@dataclass(frozen=True, kw_only=True)
class TreatmentWords:
    """treatments.yaml"""

    confidence: str
    purposes: tuple[str, ...]
    """Words after which a request no longer says what is asked for, but what for, when or how."""
    openings: tuple[str, ...]
    """Words before what is asked for: "request for"."""
    manners: tuple[str, ...]
    """Words for how a thing is done, which are no service of their own ("ultrasound guided")."""
    numbered: tuple[str, ...]
    """Drugs whose name may end in a number ("Tylenol #3")."""
    body_parts: tuple[BodyPart, ...]
    no_part: tuple[str, ...]
    """Words that hold a part's name and name none ("hand held", "knee walker")."""
    within: dict[str, tuple[str, ...]]
    kinds: tuple[Kind, ...]
    forms: dict[str, tuple[str, ...]]
    units: dict[str, tuple[str, ...]]

    @cached_property
    def named_parts(self) -> dict[str, tuple[BodyPart, ...]]:
        """Each word for a part of the body in its plain form with the parts that it names; none for `no_part`."""
        named: dict[str, tuple[BodyPart, ...]] = {plain(word): () for word in self.no_part}
        for part in self.body_parts:
            for word in map(plain, part.words):
                named[word] = (*named.get(word, ()), part)
        return named

    @cached_property
    def patterns(self) -> Patterns:
        """What a request's plain text is searched for."""
        return Patterns(
            parts=words_pattern(tuple(self.named_parts)),
            kinds=tuple((kind, words_pattern(kind.words)) for kind in self.kinds),
            forms=tuple((form, words_pattern(words)) for form, words in self.forms.items()),
            purposes=words_pattern(self.purposes, plural=False),
            manners=words_pattern(self.manners),
        )


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """The words of treatments.yaml, ready to search with."""

    parts: re.Pattern[str]
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...]
    forms: tuple[tuple[str, re.Pattern[str]], ...]
    purposes: re.Pattern[str]
    manners: re.Pattern[str]


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
    outranked: tuple[str, ...]
    """Classes that give way to any other class named beside them."""
    called: dict[str, str]
    """Names that stand in the list for their form's class (`diclofenac gel`), and the drug that they are."""
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


_ABOUT_CERTIFICATE = re.compile(
    r"^(?:(?:board[ -])?certifi(?:ed|cation) (?:in|by)|diplomate (?:of|in)|(?:the )?american (?:osteopathic )?board of"
    r"|sub ?specialty (?:certification )?(?:in|of)|certificate of added qualifications? in)\s+",
    re.I,
)
_PARTS = re.compile(r"\s*(?:[()/;:]|\s[-–—]\s|,\s*(?=sub ?specialty)|\bwith (?:a )?sub ?specialty in\b)\s*", re.I)


def known_specialty(name: str, programme: str = DEFAULT) -> str | None:
    """The programme's name for a specialty as a board or a letter names it; `None` for an unknown one.

    "Anesthesiology - Pain Medicine" and "Preventive Medicine (Occupational Medicine)" are what stands last: the more
    particular certificate. No misspelling is guessed.
    """
    names = _specialty_names(programme)
    bare = name.strip()
    while bare and plain(bare) not in names:
        shorter = _ABOUT_CERTIFICATE.sub("", bare)
        if shorter == bare:
            break
        bare = shorter
    if found := names.get(plain(bare)):
        return found
    parts = [_ABOUT_CERTIFICATE.sub("", part) for part in _PARTS.split(bare) if part.strip()]
    known = [names.get(plain(part)) for part in parts]
    return known[-1] if len(parts) > 1 and all(known) else None


def plain(text: str) -> str:
    """Lower-case words with single spaces; every other sign becomes a space. The form in which words are compared."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("&", " and ").replace("'", "")))


@cache
def words_pattern(words: tuple[str, ...], *, plural: bool = True) -> re.Pattern[str]:
    """A pattern for any of `words` in a `plain` text, the longest first; a plural s is let pass."""
    longest_first = sorted({plain(word) for word in words}, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))}){'s?' if plural else ''}\b")


def has_words(words: Iterable[str], text: str) -> bool:
    """Whether one of `words` stands in the `plain` text."""
    listed = tuple(words)
    return bool(listed) and words_pattern(listed).search(text) is not None
