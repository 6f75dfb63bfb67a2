"""What an item asks for, as facts that its letter's other parts are held against, and which statements are about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.reading import ItemReading, Passage, Reading
from evenhand.letters.second_reader.rules.amounts import (
    Amount,
    Rate,
    Strength,
    amounts,
    days_by_stroke,
    durations,
    rates,
    requested_amounts,
    strengths,
)
from evenhand.letters.second_reader.rules.mentions import Spot, drugs, fact_words, kind_of, kinds, levels, spots
from evenhand.letters.second_reader.rules.statements import Said, Statement, statements
from evenhand.treatments import Side
from evenhand.treatments.vocabulary import drug_words


class Asked:
    """An item's facts: of its heading and, where it was partly authorized, of the request, the part granted and the rest."""

    def __init__(self, item: ItemReading, programme: str) -> None:
        self.item = item
        self.number = item.number
        self.treatment = item.treatment
        self.programme = programme
        held = item.item
        parts = (held.item, held.original_request, held.authorized, held.eligible_portion)
        self.texts = tuple(dict.fromkeys(text for text in parts if text))

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of service that the item's words name."""
        named = {code for text in self.texts for each in kinds(text, self.programme) for code in each.what}
        return frozenset(named | ({self.treatment.kind} if self.treatment.kind else set()))

    @cached_property
    def drugs(self) -> frozenset[str]:
        """The drugs that the item's words name."""
        named = {each.what[0] for text in self.texts for each in drugs(text, self.programme)}
        called = drug_words(self.programme).called
        return frozenset(called.get(name, name) for name in (*named, *self.treatment.drugs))

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The parts of the body; where the heading names one side in all, every part is on it."""
        found = tuple(spot for text in self.texts for spot in spots(text, self.programme))
        sides = {spot.side for spot in found if spot.side}
        only = sides.pop() if len(sides) == 1 else self.treatment.side if not sides else None
        return tuple(replace(spot, side=spot.side or only) for spot in found)

    @cached_property
    def parts(self) -> frozenset[str]:
        """The parts of the body."""
        return frozenset(part for spot in self.spots for part in spot.parts) | set(self.treatment.body_parts)

    @cached_property
    def told_parts(self) -> frozenset[str]:
        """The parts of the body that words name; those of the spinal levels only where no word names one."""
        named = frozenset(part for spot in self.spots if not spot.by_level for part in spot.parts)
        return named or self.parts

    def sides(self, parts: tuple[str, ...]) -> set[Side]:
        """On which sides the item asks for one of these parts."""
        return {spot.side for spot in self.spots if spot.side and set(spot.parts) & set(parts)}

    @cached_property
    def levels(self) -> frozenset[str]:
        """The spinal levels, step by step."""
        return frozenset(step for text in self.texts for each in levels(text, self.programme) for step in each.what)

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Every number by which the item's quantity may be told: also the part granted and the part that is left."""
        found = frozenset(value for text in self.texts for value in requested_amounts(text, self.programme))
        return found | {abs(a - b) for a in found for b in found if a != b} if len(self.texts) > 1 else found

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """The quantities as they stand in the heading."""
        return tuple(amount for text in self.texts for amount in amounts(text, self.programme))

    @cached_property
    def strengths(self) -> tuple[tuple[str, Strength], ...]:
        """The drugs with their strengths."""
        return tuple(each for text in self.texts for each in strengths(text, self.programme))

    @cached_property
    def rates(self) -> tuple[Rate, ...]:
        """The frequencies."""
        return tuple(rate for text in self.texts for rate in rates(text))

    @cached_property
    def durations(self) -> tuple[tuple[float, float], ...]:
        """The durations, in days."""
        return tuple((least, most) for text in self.texts for least, most, _, _ in durations(text))

    @cached_property
    def weeks_by_stroke(self) -> tuple[tuple[float, float], ...]:
        """How long visits told as "3x6" may last: either number may be the weeks."""
        if self.drugs:
            return ()
        return tuple((days, days) for text in self.texts for days in days_by_stroke(text))

    def named_by(self, statement: Statement) -> bool:
        """Whether the statement names this item's service or drug."""
        return bool(self.kinds & statement.kinds or self.drugs & statement.drugs)

    def alike(self, statement: Statement) -> bool:
        """Whether the statement names a service of this item's category."""
        categories = {kind_of(code, self.programme).category for code in statement.kinds}
        return self.treatment.category in categories


@lru_cache(maxsize=8)
def asked(letter: Reading) -> tuple[Asked, ...]:
    """The letter's items as facts."""
    return tuple(Asked(item, letter.programme) for item in letter.items)


def about(statement: Statement, item: Asked, items: tuple[Asked, ...]) -> bool:
    """Whether a statement of the item's rationale is about the item, and not about another one or some other treatment."""
    if item.named_by(statement):
        return True
    if statement.names_treatment:
        if statement.said is not Said.VERDICT or any(other.named_by(statement) for other in items):
            return False
        return item.alike(statement)
    return statement.said is Said.VERDICT or (statement.said is Said.REQUEST and statement.marked)


@dataclass(frozen=True)
class Difference:
    """Where a passage differs from the items that it speaks of."""

    item: Asked
    passage: Passage
    statement: Statement
    start: int
    end: int

    @property
    def weaker(self) -> Severity | None:
        """Only the letter's own verdict on another thing contradicts the letter; all else is for a person to look at."""
        return None if self.statement.said is Said.VERDICT else Severity.WARNING

    @property
    def quote(self) -> str:
        """The words that differ."""
        return self.passage.text[self.start : self.end]

    @property
    def where(self) -> str:
        """The passage in words."""
        if self.passage.item is None:
            return "The case summary"
        return "The rationale's verdict" if self.statement.said is Said.VERDICT else "The rationale"


Differs = Callable[[Asked, Statement], tuple[int, int] | None]
"""From and to which character of a statement's text it differs from the item; None where it does not."""

Fits = Callable[[Asked, Statement], bool]
"""Whether a statement tells the item's own figure."""


def differences(
    letter: Reading, differs: Differs, *, spoken: bool = False, fits: Fits | None = None
) -> Iterator[Difference]:
    """Where a verdict or request differs from its item; with `spoken` also where a treatment is only spoken of.

    What the case summary says was requested differs only where it fits none of the items that it may mean, and where
    no other request in it `fits`: then the one that differs was another request.
    """
    items = asked(letter)
    for item in items:
        seen = set[Said]()
        for statement in statements(item.item.rationale.text, letter.programme):
            if statement.said is Said.TREATMENT and not (spoken and item.named_by(statement)):
                continue
            if statement.said is Said.VERDICT and not item.named_by(statement):
                yield from _of_others(item, statement, items, differs)
            if not about(statement, item, items) or (statement.said in seen and statement.said is not Said.VERDICT):
                continue
            if span := differs(item, statement):
                seen.add(statement.said)
                yield _at(item, item.item.rationale, statement, span)
    summary = [each for each in statements(letter.summary.text, letter.programme) if each.said is not Said.TREATMENT]
    for statement in summary:
        meant = [item for item in items if item.named_by(statement)]
        if not meant or (fits and any(item.named_by(each) and fits(item, each) for item in meant for each in summary)):
            continue
        yield from _where_all(meant, letter.summary, statement, differs)


def _of_others(item: Asked, said: Statement, items: tuple[Asked, ...], differs: Differs) -> Iterator[Difference]:
    """Where the item's rationale tells the decision on another item ("as the surgery is not ...") otherwise than it is."""
    meant = [other for other in items if other is not item and other.named_by(said)]
    if meant:
        yield from _where_all(meant, item.item.rationale, said, differs)


def _where_all(meant: list[Asked], passage: Passage, said: Statement, differs: Differs) -> Iterator[Difference]:
    """Where a statement differs from every item that it may mean; that is for a person to look at."""
    request = replace(said, said=Said.REQUEST)
    spans = [differs(item, request) for item in meant]
    if spans[0] and all(spans):
        yield _at(meant[0], passage, request, spans[0])


def _at(item: Asked, passage: Passage, statement: Statement, span: tuple[int, int]) -> Difference:
    return Difference(item, passage, statement, statement.start + span[0], statement.start + span[1])


def goes_with(one: str, other: str, programme: str) -> bool:
    """Whether a phrase that names the one part of the body may mean the other."""
    table = fact_words(programme).goes_with
    return one == other or other in table.get(one, ()) or one in table.get(other, ())


def related(
    parts: frozenset[str] | set[str] | tuple[str, ...],
    others: frozenset[str] | set[str] | tuple[str, ...],
    programme: str,
) -> bool:
    """Whether any of the parts goes with any of the others."""
    return any(goes_with(part, other, programme) for part in parts for other in others)
