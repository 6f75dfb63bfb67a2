"""EH1: the treatment, as request, summary and rationale speak of it: its place on the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evenhand.letters.second_reader.catalogue import Law, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.prose import Span, clauses
from evenhand.letters.second_reader.reading import Fault, Passage, Reading
from evenhand.letters.second_reader.rules.asked import Asked, Difference, asked, differences, related
from evenhand.letters.second_reader.rules.mentions import (
    Spot,
    fact_words,
    levels,
    same_levels,
    spots,
)
from evenhand.letters.second_reader.rules.statements import Said, Statement, is_rule, speaks_of, statements
from evenhand.treatments import Side, describe

OPPOSITE = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
ASK = "Compare both with the request for authorization and correct the one that is wrong."


@check("EH101", Severity.ERROR, because=Law("as_requested"), to_do=ASK)
def side_differs(letter: Reading) -> Iterator[Fault]:
    """The rationale or the case summary speaks of the other side of the body than the item.

    An error where the rationale's own verdict on the item names another side of the same part of the body. A warning
    where a request is told with the other side, or where the rationale or the case summary speaks of the other side
    and nothing in the letter says why. It leaves alone: other parts of the body, earlier care, comparisons ("the
    uninjured left knee"), what sources say, a side that another item asks for, and verdicts that decide a bilateral
    request side by side.
    """
    told = list(_once(differences(letter, lambda item, said: _side_differs(item, said, letter), spoken=True)))
    for each in told:
        sides = sorted(side.value for side in _sides_of(each.item))
        what = f"{each.where} says “{each.quote}”; item {each.item.number} asks for the {' and '.join(sides)} side."
        yield Fault(what, each.passage.place(each.start, each.end), each.weaker)
    for item, passage, spot in _stray_sides(letter):
        if not any(each.passage == passage for each in told):
            where = "The case summary" if passage.item is None else "The rationale"
            side = " and ".join(sorted(side.value for side in item.sides(spot.parts)))
            other = (
                f"item {item.number} asks for the {side} side" if side else "the case summary speaks of the other side"
            )
            what = f"{where} speaks of “{passage.text[spot.start : spot.end]}”; {other}."
            yield Fault(what, passage.place(spot.start, spot.end), Severity.WARNING)


def _sides_of(item: Asked) -> set[Side]:
    found = {spot.side for spot in item.spots if spot.side}
    return found or ({item.treatment.side} if item.treatment.side else set())


def _side_differs(item: Asked, said: Statement, letter: Reading) -> tuple[int, int] | None:
    """The words of the statement that name another side of the item's part."""
    if not _sides_of(item) or speaks_of("comparisons", said.text, letter.programme):
        return None
    same = [spot for spot in spots(said.text, letter.programme) if set(spot.parts) & item.parts]
    told = [spot for spot in same if spot.side]
    if not told and not spots(said.text, letter.programme):
        side = describe(said.text, letter.programme).side
        word = side and re.search(rf"\b(?:{side.value}|both|[LR]T)\w*", said.text, re.I)
        return word.span() if word and side not in _sides_of(item) else None
    wrong = [spot for spot in told if (asks := item.sides(spot.parts)) and spot.side not in asks]
    if not wrong or len(wrong) < len(told):
        return None
    if item.sides(wrong[0].parts) == {Side.BILATERAL} and (
        said.said is Said.TREATMENT or _both_told(item, said, letter)
    ):
        return None
    # Both sides may be two items of the letter, or two headings' words.
    asks = {side for other in asked(letter) for side in other.sides(wrong[0].parts)}
    if item.sides(wrong[0].parts) == set(OPPOSITE) or (wrong[0].side is Side.BILATERAL and set(OPPOSITE) <= asks):
        return None
    return wrong[0].start, wrong[0].end


def _both_told(item: Asked, like: Statement, letter: Reading) -> bool:
    """Whether a bilateral request is told side by side by verdicts, or by what is said to be requested."""
    said = {
        spot.side
        for passage in (item.item.rationale, letter.summary)
        for each in statements(passage.text, letter.programme)
        if each.said is like.said
        for spot in spots(each.text, letter.programme)
        if set(spot.parts) & item.parts
    }
    return {Side.LEFT, Side.RIGHT} <= said or Side.BILATERAL in said


def _stray_sides(letter: Reading) -> Iterator[tuple[Asked, Passage, Spot]]:
    """Where a passage speaks of the other side of an item's part, and the letter does not say why."""
    items = asked(letter)
    summary = list(_own_spots(letter.summary, letter.programme, lenient=True))
    for item in items:
        own = list(_own_spots(item.item.rationale, letter.programme))
        whole = list(_own_spots(item.item.rationale, letter.programme, lenient=True))
        for part in sorted(item.parts):
            asks = item.sides((part,))
            if not asks and (stray := _unlike_summary(own, summary, part)):
                yield item, item.item.rationale, stray
            if len(asks) != 1 or not asks <= set(OPPOSITE):
                continue
            right, wrong = next(iter(asks)), OPPOSITE[next(iter(asks))]
            if any({wrong, Side.BILATERAL} & other.sides((part,)) for other in items):
                continue
            known = _sides_at(summary, part)
            for near in _tied(part, letter.programme) - item.parts:
                if (stray := _first(own, near, wrong)) and _sides_at(summary, near) == {right}:
                    yield item, item.item.rationale, stray
            if (stray := _first(own, part, wrong)) and (
                not {wrong, Side.BILATERAL} & known or not {right, Side.BILATERAL} & _sides_at(whole, part)
            ):
                yield item, item.item.rationale, stray
            if (stray := _first(summary, part, wrong)) and not {right, Side.BILATERAL} & known:
                yield item, letter.summary, stray


def _tied(part: str, programme: str) -> set[str]:
    """The parts of the same limb that go with a part: "the left hand" is told of the left wrist."""
    table = fact_words(programme).same_limb
    return {other for group in table if part in group for other in group} - {part}


def _unlike_summary(own: list[Spot], summary: list[Spot], part: str) -> Spot | None:
    """Where the reasons name one side and the case summary only the other, for an item that names none."""
    here, there = _sides_at(own, part), _sides_at(summary, part)
    if len(here) != 1 or len(there) != 1 or not here | there <= set(OPPOSITE) or here == there:
        return None
    return _first(own, part, next(iter(here)))


# Words by which a clause speaks of another place or time.
_NOT_HERE = ("history", "comparisons", "earlier_deciders")


def _own_spots(passage: Passage, programme: str, *, lenient: bool = False) -> Iterator[Spot]:
    """The parts of the body of which the passage speaks itself; with `lenient` also those of sources, history and comparisons."""
    for clause in passage.sentences if lenient else _own_clauses(passage, programme):
        for spot in spots(clause.text, programme):
            yield replace(spot, start=spot.start + clause.start, end=spot.end + clause.start)


def _own_clauses(passage: Passage, programme: str) -> Iterator[Span]:
    """The clauses in which a passage speaks of this worker, here and now: not as a source, of the past, or to compare."""
    for sentence in passage.sentences:
        if not speaks_of("sources", sentence.text, programme):
            for clause in clauses(sentence):
                if not is_rule(clause.text) and not any(
                    speaks_of(group, clause.text, programme) for group in _NOT_HERE
                ):
                    yield clause


def _sides_at(found: list[Spot], part: str) -> set[Side]:
    return {spot.side for spot in found if spot.side and part in spot.parts}


def _first(found: list[Spot], part: str, side: Side) -> Spot | None:
    return next((spot for spot in found if spot.side is side and part in spot.parts), None)


@check("EH102", Severity.ERROR, because=Law("as_requested"), to_do=ASK)
def body_part_differs(letter: Reading) -> Iterator[Fault]:
    """The rationale or the case summary speaks of another part of the body than the item.

    An error where the rationale's own verdict on the item names only parts that do not go with the item's. A warning
    where a request or the treatment is told with another part, or where the rationale or the case summary nowhere
    names the item's part and names others, or where the rationale names a part that nothing else in the letter knows.
    Parts that go together (hand and wrist, the low back and the leg whose nerve it holds) do not differ; an item that
    names no part is left alone.
    """
    told = list(_once(differences(letter, lambda item, said: _part_differs(item, said, letter.programme), spoken=True)))
    for each in told:
        parts = _in_words(each.item.parts)
        what = f"{each.where} speaks of “{each.quote}”; item {each.item.number} is about the {parts}."
        yield Fault(what, each.passage.place(each.start, each.end), each.weaker)
    for item in asked(letter):
        for passage in (item.item.rationale, letter.summary):
            if (
                item.parts
                and not any(each.passage == passage for each in told)
                and (spot := _only_others(item, passage, letter))
            ):
                where = "The case summary" if passage.item is None else "The rationale"
                quote, parts = passage.text[spot.start : spot.end], _in_words(item.parts)
                what = f"{where} speaks of “{quote}”; item {item.number} is about the {parts}."
                yield Fault(what, passage.place(spot.start, spot.end), Severity.WARNING)


def _part_differs(item: Asked, said: Statement, programme: str) -> tuple[int, int] | None:
    found = spots(said.text, programme)
    told = [spot for spot in found if not spot.by_level] or list(found)
    if not item.parts or not told or any(related(spot.parts, item.told_parts, programme) for spot in told):
        return None
    return told[0].start, told[0].end


def _only_others(item: Asked, passage: Passage, letter: Reading) -> Spot | None:
    """The first part of the body that the passage names, where none goes with the item's; or the first that nothing
    else in the letter knows."""
    found = list(_own_spots(passage, letter.programme, lenient=True))
    own = list(_own_spots(passage, letter.programme))
    if (own or found) and not any(related(spot.parts, item.parts, letter.programme) for spot in found):
        return (own or found)[0]
    if passage.item is None:
        return None
    known = {part for spot in _own_spots(letter.summary, letter.programme, lenient=True) for part in spot.parts}
    known |= {part for other in asked(letter) for part in other.parts}
    return next((spot for spot in own if not related(spot.parts, known, letter.programme)), None)


def _in_words(codes: frozenset[str]) -> str:
    return " and ".join(sorted(code.replace("_", " ") for code in codes))


@check("EH103", Severity.ERROR, because=Law("as_requested"), to_do=ASK)
def level_differs(letter: Reading) -> Iterator[Fault]:
    """The rationale or the case summary names other spinal levels than the item.

    An error where the rationale's own verdict on the item names a level that the item does not; a warning where a
    request or the treatment is told at another level, where no level of the rationale is one of the item's, or where
    the rationale finds something at a level that nothing else in the letter knows. A span is read as its steps (L4-S1
    is L4-L5 and L5-S1), and a root or vertebra lies in the spans that it bounds. Findings at other levels that the
    case summary knows are left alone.
    """
    told = list(
        _once(differences(letter, lambda item, said: _level_differs(item, said, letter.programme), spoken=True))
    )
    for each in told:
        what = f"{each.where} names “{each.quote}”; item {each.item.number} asks for {', '.join(sorted(each.item.levels))}."
        yield Fault(what, each.passage.place(each.start, each.end), each.weaker)
    for item in asked(letter):
        passage = item.item.rationale
        if item.levels and not any(each.passage == passage for each in told) and (stray := _stray_level(item, letter)):
            quote, asks = passage.text[stray[0] : stray[1]], ", ".join(sorted(item.levels))
            what = f"The rationale speaks of “{quote}”; item {item.number} asks for {asks}."
            yield Fault(what, passage.place(*stray), Severity.WARNING)


def _stray_level(item: Asked, letter: Reading) -> tuple[int, int] | None:
    """The first level of the rationale, where none is the item's; or the first of its own findings that nothing else in the letter
    knows."""
    text, programme = item.item.rationale.text, letter.programme
    found = levels(text, programme)
    if found and not any(same_levels(each.what, item.levels) for each in found):
        return found[0].start, found[0].end
    known = {step for each in levels(letter.summary.text, programme) for step in each.what}
    known |= {step for other in asked(letter) for step in other.levels}
    own = [(clause.start, clause.end) for clause in _own_clauses(item.item.rationale, programme)]
    for each in found:
        here = any(start <= each.start < end for start, end in own)
        if here and known - item.levels and not same_levels(each.what, known):
            return each.start, each.end
    return None


def _level_differs(item: Asked, said: Statement, programme: str) -> tuple[int, int] | None:
    found = levels(said.text, programme)
    if not item.levels or not found:
        return None
    if said.said is Said.TREATMENT and any(same_levels(each.what, item.levels) for each in found):
        return None
    return next(
        ((each.start, each.end) for each in found if not all(same_levels([step], item.levels) for step in each.what)),
        None,
    )


def _once(found: Iterator[Difference]) -> Iterator[Difference]:
    """Each place once."""
    seen = set()
    for each in found:
        key = (each.passage.item, each.start)
        if key not in seen:
            seen.add(key)
            yield each
