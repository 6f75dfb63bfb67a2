"""Prose in sentences and clauses with their places, and whether something in it is denied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# A full stop ends a sentence before a capital, a digit or a bracket, even where the space is missing ("fusion.On"); not after
# an abbreviation ("mg." is one before "#" only), within a number or within a name of letters (L.P.). Pages of the file in
# brackets behind it belong to the sentence that rests on them ("was normal. [pages 3, 7–9]").
_ABBREVIATED = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|No|vs|e\.g|i\.e|etc|approx|St|Jr|Sr|et al|Fig|p|pp|cf|Inc"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])\.$"
)
_SENTENCE_END = re.compile(
    r"(?!(?<=\bmg)\.\s+#)[.!?][\"'”’)\]]*"
    r"(?:\s*\[pages?\s[\d,\s–-]+\])?(?=\s+[\"'“(\[]?[A-Z0-9#]|(?<=[a-z)]\.)[A-Z][a-z]|\s*$)|\n\s*\n"
)
_CLAUSE_END = re.compile(
    r"[;:]\s|\n|,?\s(?:but|however|although|though|(?<!\bnot )(?<!\bhas )(?<!\bhave )(?<!\bhad )yet|whereas|while|because)\b"
    r"|,\s(?:and|so|or|nor)\b"
)


_LONGEST_ABBREVIATION = 20
"""With the marks that may close a quotation behind it."""


@dataclass(frozen=True)
class Span:
    """A piece of a text and where it stands in it."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text in their order, without surrounding space."""
    found, begin, last = [], 0, len(text.rstrip())
    for match in _SENTENCE_END.finditer(text):
        end = text[max(begin, match.end() - _LONGEST_ABBREVIATION) : match.end()]
        if _ABBREVIATED.search(end.rstrip("\"'”’)]")) and match.end() < last:
            continue
        found.append(_trimmed(text, begin, match.end()))
        begin = match.end()
    found.append(_trimmed(text, begin, len(text)))
    return tuple(span for span in found if span.text)


def clauses(sentence: Span) -> Iterator[Span]:
    """The clauses of a sentence, placed in the text that the sentence stands in: where one ends, a denial in it ends too."""
    begin = 0
    for match in _CLAUSE_END.finditer(sentence.text):
        if span := _trimmed(sentence.text, begin, match.start()):
            yield _moved(span, sentence.start)
        begin = match.start() + 1
    yield _moved(_trimmed(sentence.text, begin, len(sentence.text)), sentence.start)


def clause_at(text: str, place: int) -> Span:
    """The clause in which a place of the text stands."""
    for sentence in sentences(text):
        if sentence.start <= place < sentence.end:
            for clause in clauses(sentence):
                if clause.start <= place < clause.end:
                    return clause
            return sentence
    return Span(0, len(text), text)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    body = piece.strip()
    return Span(start + lead, start + lead + len(body), body)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by, span.text)
