"""What the sentences of a rationale do: decide, tell what a source says, speak of this worker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import combinations

from evenhand.letters.second_reader.phrases import lower, phrases
from evenhand.letters.second_reader.prose import Span, sentences
from evenhand.letters.second_reader.reading import ItemReading, Reading
from evenhand.letters.second_reader.rules.mentions import drugs, kinds
from evenhand.letters.second_reader.words import words


@dataclass(frozen=True, kw_only=True)
class ReasonWords:
    """reasons.yaml"""

    sources: tuple[str, ...]
    worker: tuple[str, ...]
    papers: tuple[str, ...]
    everybody: tuple[str, ...]
    generic: tuple[str, ...]
    verdicts: tuple[str, ...]
    had: tuple[str, ...]
    dependence: tuple[str, ...]
    causes: tuple[str, ...]
    applies: tuple[str, ...]
    earlier_source: tuple[str, ...]
    same_share: float
    same_least_words: int
    boilerplate_share: float
    boilerplate_least_sentences: int
    reason_least_words: int


def reason_words(programme: str) -> ReasonWords:
    """The words of the group."""
    known: ReasonWords = words(ReasonWords, "reasons", programme)
    return known


_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[./-]\d+)*")
_DATE = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](?:\d{2})?(\d{2})\b")
# A figure that speaks of somebody: of a scale, in degrees, of strength, a count of visits.
_MEASURE = re.compile(
    r"\b(\d+(?:\.\d+)?)\s*(?:/|out of)\s*(?:10|5)\b|\b(\d+)[- ]?(?:degrees?|year[- ]old|visits?|sessions?|%|percent)"
)
_STEM = 6


def tokens(text: str) -> tuple[str, ...]:
    """The words and figures of a text, in lower case."""
    return tuple(_TOKEN.findall(text.lower().replace("’", "'")))


def stems(text: str) -> frozenset[str]:
    """The words of four letters or more by their first six."""
    return frozenset(word[:_STEM] for word in tokens(text) if len(word) > 3 and word[0].isalpha())


@cache
def _generic(programme: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in reason_words(programme).generic)


@cache
def facts_of(text: str) -> frozenset[str]:
    """Dates and figures of a text, each in one form."""
    days = {f"{int(m[1])}-{int(m[2])}-{m[3]}" for m in _DATE.finditer(text)}
    return frozenset(days | {m.group().replace(" ", "") for m in _MEASURE.finditer(text.lower())})


_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@cache
def _amounts_of(item: str) -> frozenset[str]:
    """The numbers of an item, and what two of them make: twice a week for six weeks is twelve visits."""
    said = _NUMBER.findall(item)
    small = [int(number) for number in said if number.isdecimal() and len(number) < 3]
    return frozenset(said) | {str(one * other) for one, other in combinations(small, 2)}


def _not_of(item: str, figures: frozenset[str]) -> frozenset[str]:
    """The figures that are no amount of the item itself; dates stay."""
    amounts = _amounts_of(item)
    return frozenset(
        figure
        for figure in figures
        if (not figure[-1].isalpha() and figure[-1] != "%") or _NUMBER.findall(figure)[0] not in amounts
    )


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence of a rationale and what it does."""

    span: Span
    decides: bool
    """It says that something is necessary or not, and gives no reason beside."""
    applies: bool
    """It says, in words that fit any item, that what was found meets the source or not: "these findings do not satisfy it"."""
    general: bool
    """It tells what a source says or what holds for everybody."""
    facts: frozenset[str]
    """What it says of this worker that the case summary says too."""


@lru_cache(maxsize=256)
def _argument(rationale: str, item: str, summary: str, programme: str) -> Argument:
    return Argument(rationale, item, summary, programme)


def argument_of(item: ItemReading, letter: Reading) -> Argument:
    """The rationale of an item, read once."""
    return _argument(item.rationale.text, item.heading.text, letter.summary.text, letter.programme)


class Argument:
    """A rationale, sentence by sentence."""

    def __init__(self, rationale: str, item: str, summary: str, programme: str) -> None:
        self._words = reason_words(programme)
        self._item = stems(item)
        self._heading = item.lower()
        self._programme = programme
        self._summary = summary
        self._text = rationale
        self._spans = sentences(rationale)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in their order."""
        found: list[Sentence] = []
        for span in self._spans:
            found.append(self._sentence(span, bool(found) and not found[-1].general))
        return tuple(found)

    @cached_property
    def content(self) -> frozenset[str]:
        """The words that carry a reason: neither the item's own nor such as every rationale may hold."""
        return stems(phrases(self._words.verdicts).without(self._text)) - self._item - _generic(self._programme)

    @cached_property
    def figures(self) -> frozenset[str]:
        """The dates and figures that the rationale names beside the item's own."""
        return _not_of(self._heading, facts_of(self._text))

    @property
    def depends(self) -> bool:
        """Whether it says, in a sentence or two, that the item falls with an operation or another treatment."""
        if len(self._spans) > 2 or not phrases(self._words.causes).search(self._text):
            return False
        if len(list(phrases(self._words.verdicts).finditer(self._text))) < 2:
            return False
        operation = any(m.group() not in self._heading for m in phrases(self._words.dependence).finditer(self._text))
        return operation or bool(_care_of(self._text, self._programme) - _care_of(self._heading, self._programme))

    def _sentence(self, span: Span, goes_on: bool) -> Sentence:
        """`goes_on`: the sentence before speaks of this worker; what holds for everybody would say so."""
        known, text = self._words, span.text
        without = phrases(known.verdicts).without(text)
        decides = without != lower(text) and len(self._left(without)) < 3
        own = phrases(known.worker).search(text) is not None
        papers = phrases(known.papers).search(text) is not None
        source = phrases(known.sources).search(text) is not None
        everybody = phrases(known.everybody).search(text) is not None
        shared = self._shared(text)
        told = _not_of(self._heading, facts_of(text) & facts_of(self._summary))
        of_worker = own or papers or bool(told) or (goes_on and not source and not everybody) or len(shared) > 1
        general = not own and not told and (source or (everybody and not papers) or not of_worker)
        facts = frozenset() if general else shared | told
        points = phrases(known.applies).search(text) is not None and not told and len(self._left(without)) < 3
        return Sentence(span=span, decides=decides and not facts, applies=points, general=general, facts=facts)

    def _left(self, text: str) -> frozenset[str]:
        return stems(text) - self._item - _generic(self._programme)

    def _shared(self, text: str) -> frozenset[str]:
        """What a sentence has in common with the case summary, beside the item's own words."""
        same = (stems(text) & _summary_stems(self._summary)) - self._item - _generic(self._programme)
        if " pain" in text.lower() and " pain" in self._summary.lower() and " no " not in text.lower():
            same |= {"pain"}
        return same | (self._care(text) if phrases(self._words.had).search(text) else frozenset())

    def _care(self, text: str) -> frozenset[str]:
        """The services and drugs that a sentence on earlier care names, and the summary too."""
        return _care_of(text, self._programme) & _care_of(self._summary, self._programme)


@lru_cache(maxsize=1024)
def _care_of(text: str, programme: str) -> frozenset[str]:
    named = {code for each in kinds(text, programme) for code in each.what}
    return frozenset(named | {each.what[0] for each in drugs(text, programme)})


@cache
def _summary_stems(summary: str) -> frozenset[str]:
    return stems(summary)


def shingles(text: str, without: frozenset[str]) -> frozenset[tuple[str, ...]]:
    """The runs of three words of a text, the given words left out."""
    said = [word for word in tokens(text) if word not in without]
    return frozenset(zip(said, said[1:], said[2:], strict=False))
