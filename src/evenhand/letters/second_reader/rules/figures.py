"""EH1: how much, how strong, how often, for how long, bought or rented: as request, summary and rationale say it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evenhand.letters.second_reader.catalogue import Law, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.prose import Span, sentences
from evenhand.letters.second_reader.reading import Fault, Passage, Reading
from evenhand.letters.second_reader.rules.amounts import amounts, durations, rates, requested_amounts, strengths
from evenhand.letters.second_reader.rules.asked import Asked, Fits, asked, differences
from evenhand.letters.second_reader.rules.requests import is_at_issue
from evenhand.letters.second_reader.rules.statements import Said, Statement, speaks_of, statements
from evenhand.treatments import describe

ASK = "Compare both with the request for authorization and correct the one that is wrong."


@check("EH104", Severity.ERROR, because=Law("as_requested"), to_do=ASK)
def quantity_differs(letter: Reading) -> Iterator[Fault]:
    """The rationale or the case summary tells another quantity than the item.

    An error where the rationale's own verdict on the item names a number of visits, tablets or pieces that the item
    does not; a warning where a request is told so. "Twice a week for six weeks" is twelve. Of a partly authorized
    request the original quantity, the part granted and the rest are all right. Sessions completed, numbers that a
    source allows, frequencies, strengths, levels and dates are left alone.
    """
    for each in differences(
        letter, lambda item, said: _quantity_differs(item, said, letter.programme), fits=_same_quantity(letter)
    ):
        if each.statement.said is not Said.VERDICT and _granted(each.passage.text, each.start, letter.programme):
            continue
        what = f"{each.where} says “{each.quote}”; item {each.item.number} asks for {_numbers(each.item)}."
        yield Fault(what, each.passage.place(each.start, each.end), each.weaker)


def _quantity_differs(item: Asked, said: Statement, programme: str) -> tuple[int, int] | None:
    found = [each for each in amounts(said.text, programme) if each.value > 0]
    units = {each.unit for each in item.amounts if each.unit} or ({"visit"} if item.rates else set())
    if not item.numbers or (said.said is not Said.VERDICT and speaks_of("history", said.text, programme)):
        return None
    if any(each.value in item.numbers for each in found):
        return None
    compared = [each for each in found if each.unit is None or not units or each.unit in units]
    if compared:
        return compared[0].start, compared[0].end
    often, long = [each for each in rates(said.text) if each.what == "time"], durations(said.text)
    if found or len(often) != 1 or len(long) != 1 or not units & {"visit"}:
        return None
    least, most = round(often[0].least * long[0][0]), round(often[0].most * long[0][1])
    return None if any(least <= value <= most for value in item.numbers) else (long[0][2], long[0][3])


def _same_quantity(letter: Reading) -> Fits:
    """Whether a statement tells the item's quantity."""

    def same(item: Asked, said: Statement) -> bool:
        counted = {each.value for each in amounts(said.text, letter.programme)}
        return bool(item.numbers & (counted or requested_amounts(said.text, letter.programme)))

    return same


def _granted(text: str, at: int, programme: str) -> bool:
    """Whether the sentence speaks of a part that was granted before."""
    return speaks_of("part_granted", _sentence(text, at).text, programme)


def _sentence(text: str, at: int) -> Span:
    return next((each for each in sentences(text) if each.start <= at < each.end), Span(0, len(text), text))


def _numbers(item: Asked) -> str:
    counted = list(dict.fromkeys(f"{each.value:g}" for each in item.amounts)) or [
        f"{value:g}" for value in sorted(item.numbers)
    ]
    return " or ".join(counted)


@check("EH105", Severity.ERROR, because=Law("as_requested"), to_do=ASK)
def dose_differs(letter: Reading) -> Iterator[Fault]:
    """The rationale or the case summary tells another strength of the same drug than the item.

    An error where the rationale's own verdict on the item names another strength; a warning where a request is told
    so, or where every strength of the drug in the rationale is another one. Strengths of other drugs, doses of a day,
    earlier doses and what sources say are left alone.
    """
    told = list(differences(letter, lambda item, said: _strength_differs(item, said, letter.programme)))
    for each in told:
        what = f"{each.where} says “{each.quote}”; item {each.item.number} says otherwise."
        yield Fault(what, each.passage.place(each.start, each.end), each.weaker)
    for item in asked(letter):
        passage = item.item.rationale
        if not any(each.passage == passage for each in told) and (span := _other_strength(item, letter)):
            what = f"The rationale speaks of “{passage.text[span[0] : span[1]]}”; item {item.number} says otherwise."
            yield Fault(what, passage.place(*span), Severity.WARNING)


def _strength_differs(item: Asked, said: Statement, programme: str) -> tuple[int, int] | None:
    for drug, strength in strengths(said.text, programme):
        known = [each for name, each in item.strengths if name == drug]
        if known and not any(each.fits(strength) for each in known):
            return strength.start, strength.end
    return None


def _other_strength(item: Asked, letter: Reading) -> tuple[int, int] | None:
    """The first other strength of the item's drug in the rationale, where none is the item's."""
    text, stray = item.item.rationale.text, None
    for sentence in item.item.rationale.sentences if item.strengths else ():
        for drug, strength in strengths(sentence.text, letter.programme):
            known = [each for name, each in item.strengths if name == drug]
            if known and any(each.fits(strength) for each in known):
                return None
            own = not any(
                speaks_of(group, sentence.text, letter.programme)
                for group in ("sources", "history", "earlier_deciders")
            )
            if known and own and stray is None:
                stray = (sentence.start + strength.start, min(sentence.start + strength.end, len(text)))
    return stray


@check("EH109", Severity.WARNING, because=Law("as_requested"), to_do=ASK)
def frequency_or_duration_differs(letter: Reading) -> Iterator[Fault]:
    """A verdict or a request is told with another frequency or duration than the item.

    `2x/week`, "twice weekly" and "two visits per week" are one frequency, and a range holds what lies in it. An item
    that names none, what sources allow, and care that went before are left alone.
    """
    for each in differences(letter, lambda item, said: _course_differs(item, said, letter.programme)):
        if each.statement.said is not Said.VERDICT and _granted(each.passage.text, each.start, letter.programme):
            continue
        what = f"{each.where} says “{each.quote}”; item {each.item.number} asks for another frequency or duration."
        yield Fault(what, each.passage.place(each.start, each.end))


def _course_differs(item: Asked, said: Statement, programme: str) -> tuple[int, int] | None:
    if said.said is not Said.VERDICT and speaks_of("history", said.text, programme):
        return None
    told = rates(said.text)
    known = [each for each in item.rates if any(each.what == rate.what for rate in told)]
    if known and not any(each.fits(rate) for each in known for rate in told if rate.what == each.what):
        return _rate_span(said.text)
    long = durations(said.text)
    lengths = item.durations or item.weeks_by_stroke
    if lengths and long and not any(_lasts(a, b) for a in lengths for b in long):
        return long[0][2], long[0][3]
    return None


# A month told as four weeks is the same; a fifth of difference is.
_LENIENCE = 1.15


def _lasts(one: tuple[float, float], other: tuple[float, float, int, int]) -> bool:
    return one[0] <= other[1] * _LENIENCE and other[0] <= one[1] * _LENIENCE


_RATE_WORDS = re.compile(
    r"\b(?:\d+|[a-z]+)\s+(?:times|visits|sessions|treatments|hours|tablets|capsules)\s+(?:daily|nightly|weekly|monthly)\b|(?:\b(?:\w+|\d+\s*(?:-|to)\s*\d+)\s*(?:x|times|visits?|sessions?|treatments?|hours?|days?|tablets?|capsules?)?\s*(?:an?|per|each|every|/)\s*"
    r"(?:day|night|week|wk|month)s?\b)|\b(?:once|twice|thrice)?\s*(?:daily|nightly|weekly|monthly)\b|\b[bqt]\.?i\.?[dw]\b|\bq\.?\s?\d+|\bevery\s+\w+\s+\w+",
    re.I,
)


def _rate_span(text: str) -> tuple[int, int]:
    found = _RATE_WORDS.search(text)
    return found.span() if found else (0, len(text))


@check(
    "EH110", Severity.WARNING, because=Law("as_requested"), to_do="Decide on purchase or rental as it was requested."
)
def acquisition_differs(letter: Reading) -> Iterator[Fault]:
    """The item asks to buy equipment and the verdict or a request speaks of renting it, or the other way about.

    A rental that the rationale only weighs against the purchase is left alone, and so are an earlier request told
    beside this one, and a phrase that names both.
    """
    for each in differences(letter, lambda item, said: _acquisition_differs(item, said, letter.programme)):
        at_issue = is_at_issue(_sentence(each.passage.text, each.start).text, letter.programme)
        if each.weaker and not at_issue and _requested_so(each.item, each.passage, letter.programme):
            continue
        what = (
            f"{each.where} says “{each.quote}”; item {each.item.number} is a {each.item.treatment.purchase_or_rental}."
        )
        yield Fault(what, each.passage.place(each.start, each.end))


def _requested_so(item: Asked, passage: Passage, programme: str) -> bool:
    """Whether the passage also tells the request as the item does: then the other was another request."""
    return any(
        describe(each.text, programme).purchase_or_rental is item.treatment.purchase_or_rental
        for each in statements(passage.text, programme)
        if each.said is Said.REQUEST and (passage.item is not None or item.named_by(each))
    )


def _acquisition_differs(item: Asked, said: Statement, programme: str) -> tuple[int, int] | None:
    wanted, told = item.treatment.purchase_or_rental, describe(said.text, programme).purchase_or_rental
    if wanted is None or told is None or told is wanted:
        return None
    word = re.search(r"\b(?:purchas\w*|rent\w*|to buy)\b", said.text, re.I)
    return word.span() if word else (0, len(said.text))
