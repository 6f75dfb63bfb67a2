"""How well the specialties of those who decided fit what they decided, beside what the table would choose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.programmes import DEFAULT
from evenhand.treatments.describe import describe
from evenhand.treatments.suit import floor, grounds, specialties
from evenhand.treatments.vocabulary import known_specialty


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A letter's own facts: who decided by specialty, the items as they are worded, and the condition."""

    case: str
    held: tuple[str, ...]
    items: tuple[str, ...]
    condition: str


@dataclass(frozen=True, kw_only=True)
class ItemFit:
    """One item: what the table knows it as, the fit of who decided, and the best that the table knows."""

    number: int
    known_as: str | None
    fit: float | None
    best: float
    choices: tuple[str, ...]
    """The specialties of the best fit."""


@dataclass(frozen=True, kw_only=True)
class LetterFit:
    """One letter: whose specialties, the items, the mean and the least fit. No word of the letter is kept."""

    case: str
    held: tuple[str, ...]
    unknown: tuple[str, ...]
    items: tuple[ItemFit, ...]
    mean: float | None
    least: float | None
    first: tuple[str, ...]
    """The specialties whose least fit over the items is the best."""
    first_least: float


@dataclass(frozen=True, kw_only=True)
class SpecialtyShare:
    """One specialty in a pile of letters: in how many it decided and in how many the table would choose it first."""

    specialty: str
    decided: int
    alone: int
    alone_mean: float | None
    """The mean of the least fit where the reviewer held no other specialty."""
    chosen: int


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What a pile of letters shows."""

    letters: tuple[LetterFit, ...]
    by_specialty: tuple[SpecialtyShare, ...]
    floor: float

    @property
    def reached(self) -> int:
        """Letters in which every item reaches the floor."""
        return sum(letter.least is not None and letter.least >= self.floor for letter in self.letters)

    @property
    def first(self) -> int:
        """Letters whose reviewer holds one of the specialties that the table would choose first."""
        return sum(bool(set(letter.held) & set(letter.first)) for letter in self.letters)

    @property
    def items(self) -> int:
        """Items of all letters."""
        return sum(len(letter.items) for letter in self.letters)

    @property
    def unread(self) -> int:
        """Items whose treatment no rule knows."""
        return sum(item.known_as is None for letter in self.letters for item in letter.items)


def measure(letters: Iterable[Decided], programme: str = DEFAULT) -> Measured:
    """The fit in each letter and the shares by specialty."""
    found = tuple(_letter(letter, programme) for letter in letters)
    decided = Counter(name for letter in found for name in letter.held)
    chosen = Counter(name for letter in found for name in letter.first)
    shares = [
        SpecialtyShare(
            specialty=name,
            decided=decided[name],
            alone=len(alone := [letter.least or 0.0 for letter in found if letter.held == (name,)]),
            alone_mean=round(sum(alone) / len(alone), 2) if alone else None,
            chosen=chosen[name],
        )
        for name in sorted({*decided, *chosen}, key=lambda name: (-decided[name], -chosen[name], name))
    ]
    return Measured(letters=found, by_specialty=tuple(shares), floor=floor(programme).score)


def _letter(letter: Decided, programme: str) -> LetterFit:
    named = {name: known_specialty(name, programme) for name in letter.held}
    held = tuple(dict.fromkeys(known for known in named.values() if known))
    tables = [
        {fit.specialty: fit.score for fit in specialties(describe(item, programme), letter.condition, programme)}
        for item in letter.items
    ]
    items = tuple(_item(number, letter, scores, held, programme) for number, scores in enumerate(tables, start=1))
    fits = [item.fit for item in items if item.fit is not None]
    least = {name: min(scores[name] for scores in tables) for name in tables[0]} if tables else {}
    top = max(least.values(), default=0.0)
    return LetterFit(
        case=letter.case,
        held=held,
        unknown=tuple(name for name, known in named.items() if known is None),
        items=items,
        mean=round(sum(fits) / len(fits), 4) if fits else None,
        least=min(fits, default=None),
        first=tuple(sorted(name for name, score in least.items() if score == top)) if top else (),
        first_least=top,
    )


def _item(number: int, letter: Decided, scores: dict[str, float], held: tuple[str, ...], programme: str) -> ItemFit:
    rule = grounds(describe(letter.items[number - 1], programme), letter.condition, programme).treatment
    best = max(scores.values())
    return ItemFit(
        number=number,
        known_as=rule.called if rule else None,
        fit=max((scores[name] for name in held if name in scores), default=None),
        best=best,
        choices=tuple(sorted(name for name, score in scores.items() if score == best)) if best else (),
    )
