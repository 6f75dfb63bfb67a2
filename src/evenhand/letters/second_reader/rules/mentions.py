"""What prose names, with its place: parts of the body, sides, spinal levels, services, drugs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Generic, NamedTuple, TypeVar

from evenhand.letters.second_reader.words import words
from evenhand.treatments import Side
from evenhand.treatments.sites import read_site, spelled_levels
from evenhand.treatments.vocabulary import Kind, drug_words, plain, treatment_words

T = TypeVar("T")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


@dataclass(frozen=True, kw_only=True)
class SexWords:
    """How prose tells a sex: nouns, titles, letters behind an age, pronouns; `objects` are the pronouns behind a verb."""

    self: tuple[str, ...]
    titles: tuple[str, ...]
    letters: tuple[str, ...]
    pronouns: tuple[str, ...]
    objects: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FactWords:
    """facts.yaml"""

    sources: tuple[str, ...]
    history: tuple[str, ...]
    results: tuple[str, ...]
    taken: tuple[str, ...]
    part_granted: tuple[str, ...]
    """How a part of a request is said to have been granted before."""
    comparisons: tuple[str, ...]
    earlier_deciders: tuple[str, ...]
    introductions: tuple[str, ...]
    not_in_prose: tuple[str, ...]
    """Words that name a service in a request and mean something else in prose."""
    goes_with: dict[str, tuple[str, ...]]
    same_limb: tuple[tuple[str, ...], ...]
    called: dict[str, tuple[str, ...]]
    """Nouns by which a category, sub-category or drug class is named."""
    sexes: dict[str, SexWords]
    after_objects: tuple[str, ...]
    people: tuple[str, ...]
    other_persons: tuple[str, ...]
    clinicians: tuple[str, ...]
    workers: tuple[str, ...]
    clinicians_do: tuple[str, ...]


def fact_words(programme: str) -> FactWords:
    """The words of the group."""
    known: FactWords = words(FactWords, "facts", programme)
    return known


class Token(NamedTuple):
    """A word of a text in lower case, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Named(Generic[T]):
    """What a text names, and where."""

    what: T
    start: int
    end: int


class Lexicon(Generic[T]):
    """Names of one or several words, found in a text in one pass; the longest name counts, a plural s is let pass."""

    def __init__(self, names: Mapping[str, T]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for name, what in names.items():
            parts = tuple(plain(name).split())
            for key in dict.fromkeys((parts[0], f"{parts[0]}s") if len(parts) == 1 else parts[:1]):
                self._by_first.setdefault(key, []).append((parts, what))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, text: str) -> tuple[Named[T], ...]:
        """Everything of the lexicon that the text names, in its order."""
        found, until, said = [], 0, tokens(text)
        for at, token in enumerate(said):
            if at < until or token.word not in self._by_first:
                continue
            for name, what in self._by_first[token.word]:
                if len(name) == 1 or _says(said[at : at + len(name)], name):
                    until = at + len(name)
                    found.append(Named(what, token.start, said[until - 1].end))
                    break
        return tuple(found)


def _says(said: tuple[Token, ...], name: tuple[str, ...]) -> bool:
    """Whether the words say the name; its last word may stand in the plural."""
    if len(said) < len(name) or any(token.word != word for token, word in zip(said[:-1], name[:-1], strict=True)):
        return False
    return said[-1].word in (name[-1], f"{name[-1]}s")


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text; every other sign parts them."""
    lower = text.lower().replace("’", "'")
    return tuple(Token(m.group().replace("'", ""), m.start(), m.end()) for m in _WORD.finditer(lower))


@cache
def _part_names(programme: str) -> Lexicon[tuple[str, ...]]:
    named = treatment_words(programme).named_parts
    return Lexicon({word: tuple(part.code for part in parts) for word, parts in named.items()})


@cache
def _kind_names(programme: str) -> Lexicon[frozenset[str]]:
    names: dict[str, set[str]] = {}
    for kind in treatment_words(programme).kinds:
        for word in kind.words:
            if not (kind.weak or word in fact_words(programme).not_in_prose):
                names.setdefault(word, set()).add(kind.code)
    return Lexicon({word: frozenset(codes) for word, codes in names.items()})


@cache
def kind_of(code: str, programme: str) -> Kind:
    """The kind of that code."""
    return next(kind for kind in treatment_words(programme).kinds if kind.code == code)


@cache
def _drug_names(programme: str) -> Lexicon[tuple[str, str]]:
    called = drug_words(programme).called
    return Lexicon(
        {
            name: (called.get(generic, generic), drug_class)
            for drug_class, generics in drug_words(programme).drugs.items()
            for generic, others in generics.items()
            for name in (generic, *others)
        }
    )


@lru_cache(maxsize=4096)
def kinds(text: str, programme: str) -> tuple[Named[frozenset[str]], ...]:
    """The kinds of services and goods that a text names; a word may stand for several."""
    return _kind_names(programme).find(text)


@lru_cache(maxsize=4096)
def drugs(text: str, programme: str) -> tuple[Named[tuple[str, str]], ...]:
    """The drugs that a text names: (generic name, class); a brand is its drug."""
    return _drug_names(programme).find(text)


# A spinal level, a span of levels, or several of them in a row.
_LEVEL = r"[CTLS]-?\d{1,2}\b(?:\s?(?:-|/|–|to|through)\s?[CTLS]?-?\d{1,2}\b)*"
_LEVELS = re.compile(rf"\b{_LEVEL}(?:\s*(?:,|&|and|,\s*and)\s*(?:{_LEVEL}|\d{{1,2}}-(?:\d{{1,2}}|S1)\b))*")
_ORDER = tuple(f"{letter}{n}" for letter, most in (("C", 7), ("T", 12), ("L", 5), ("S", 5)) for n in range(1, most + 1))


@lru_cache(maxsize=4096)
def levels(text: str, programme: str) -> tuple[Named[frozenset[str]], ...]:
    """The spinal levels that a text names, each span told as its single steps: L4-S1 is L4-L5 and L5-S1."""
    found = []
    for match in _LEVELS.finditer(text):
        said = read_site(spelled_levels(match.group().replace("–", "-")), treatment_words(programme)).levels
        if said and not text[match.end() :].startswith(("-weighted", " weighted", "%")):
            steps = frozenset(step for level in said for step in _steps(level))
            found.append(Named(steps, match.start(), match.end()))
    return tuple(found)


def _steps(level: str) -> tuple[str, ...]:
    first, _, last = level.partition("-")
    if first not in _ORDER or last not in _ORDER:
        return (level,)
    begin, end = _ORDER.index(first), _ORDER.index(last)
    return tuple(f"{_ORDER[at]}-{_ORDER[at + 1]}" for at in range(begin, end)) or (level,)


def same_levels(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets of levels have one in common; a single vertebra or root lies in the spans that it bounds."""
    return any(a == b or a in b.split("-") or b in a.split("-") for a in one for b in other)


@dataclass(frozen=True)
class Spot:
    """A part of the body that a text names, its side where one is told, and where both stand."""

    parts: tuple[str, ...]
    side: Side | None
    start: int
    end: int
    by_level: bool = False
    """Whether only a spinal level names it."""


_SIDES = {
    **dict.fromkeys(("left", "lt", "leftsided"), Side.LEFT),
    **dict.fromkeys(("right", "rt", "rightsided"), Side.RIGHT),
    **dict.fromkeys(("bilateral", "bilaterally", "both", "bilat"), Side.BILATERAL),
}
_SIDED_PARTS = {
    **dict.fromkeys(("lue", "lle"), Side.LEFT),
    **dict.fromkeys(("rue", "rle"), Side.RIGHT),
    **dict.fromkeys(("bue", "ble"), Side.BILATERAL),
}
_LETTERS = {"l": Side.LEFT, "r": Side.RIGHT}
# Between a side and its part no verb stands and no new phrase begins ("left work for a knee ...", "the right to ...").
_BARRED = frozenset(
    (
        *("work", "to", "for", "with", "after", "in", "is", "was", "has", "had", "be", "by", "on", "at", "from"),
        *("his", "her", "their", "who", "that", "this", "when", "while", "because", "than"),
    )
)
_LINKS = frozenset({"of", "the", "his", "her"})
_REACH = 5


@lru_cache(maxsize=4096)
def spots(text: str, programme: str) -> tuple[Spot, ...]:
    """The parts of the body that a text names, with their sides. A spinal level is a part with the side that stands before it."""
    parts = [*_part_names(programme).find(text)]
    taken = [(part.start, part.end) for part in parts]
    by_level = set[int]()
    for level in levels(text, programme):
        letters = {step[0] for step in level.what}
        codes = tuple(p.code for p in treatment_words(programme).body_parts if letters & set(p.level or ""))
        if not any(start < level.end and level.start < end for start, end in taken):
            parts.append(Named(codes, level.start, level.end))
            by_level.add(level.end)
    parts = sorted((part for part in parts if part.what), key=lambda part: part.start)
    said, found, used = tokens(text), [], set[int]()
    for part in parts:
        spot = _before(text, said, part, used)
        found.append((part, spot))
    placed = [spot or _after(text, said, part, used) for part, spot in found]
    return tuple(replace(spot, by_level=part.end in by_level) for (part, _), spot in zip(found, placed, strict=True))


def _before(text: str, said: tuple[Token, ...], part: Named[tuple[str, ...]], used: set[int]) -> Spot | None:
    """The part with the side before it: "right knee", "left lower leg", "right side of the neck"."""
    own = text[part.start : part.end].lower()
    if own in _SIDED_PARTS:
        return Spot(part.what, _SIDED_PARTS[own], part.start, part.end)
    last = next((i for i in range(len(said) - 1, -1, -1) if said[i].end <= part.start), -1)
    linked = any(word.word in {"side", "aspect", "half"} for word in said[max(0, last - 3) : last + 1])
    for at in range(last, max(-1, last - _REACH), -1):
        between = text[said[at].end : part.start]
        if re.search(r"[.;:,]|\)\s*\w", between):
            return None
        side = _SIDES.get(said[at].word) or (_letter(text, said[at]) if at == last else None)
        if side:
            used.add(at)
            return Spot(part.what, _both(said, at, side, used), said[at].start, part.end)
        if said[at].word in _BARRED or (said[at].word in _LINKS and not linked):
            return None
        if said[at].word in {"and", "or"} and not (at and said[at - 1].word in _SIDES):
            return None
    return None


def _letter(text: str, word: Token) -> Side | None:
    """`L knee`, `(R) shoulder`: a lone capital letter."""
    return _LETTERS.get(word.word) if text[word.start : word.end].isupper() else None


def _both(said: tuple[Token, ...], at: int, side: Side, used: set[int]) -> Side:
    """`Right and left knee` are both."""
    if at >= 2 and said[at - 1].word in {"and", "or"} and said[at - 2].word in _SIDES:
        used.add(at - 2)
        return side if _SIDES[said[at - 2].word] is side else Side.BILATERAL
    return side


def _after(text: str, said: tuple[Token, ...], part: Named[tuple[str, ...]], used: set[int]) -> Spot:
    """The part with the side behind it: "knee, right", "shoulder (left)", "knees bilaterally", "knee on the left"."""
    behind = [i for i, word in enumerate(said) if word.start >= part.end][:3]
    for at in behind:
        word = said[at]
        side = _SIDES.get(word.word)
        gap = text[part.end : word.start]
        if side and at not in used and re.fullmatch(r"\s*(?:[,(/-]\s*|\bon the\s+|\bof the\s+)?", gap):
            if at + 1 < len(said) and said[at + 1].word in {"and", "to", "or"} and word.word == "right":
                break
            used.add(at)
            return Spot(part.what, side, part.start, word.end)
    return Spot(part.what, None, part.start, part.end)
