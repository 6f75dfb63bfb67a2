"""The words and measures of the checks on writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from evenhand.letters.second_reader.reading import Passage, Reading
from evenhand.letters.second_reader.words import words


@dataclass(frozen=True, kw_only=True)
class Measures:
    """The measures of writing.yaml, where each has its reason."""

    highest_grade: float
    fewest_words: int
    most_syllables: int
    longest_sentence: int


@dataclass(frozen=True, kw_only=True)
class StyleWords:
    """writing.yaml"""

    measures: Measures
    placeholders: tuple[str, ...]
    not_placeholders: tuple[str, ...]
    may_double: tuple[str, ...]
    never_last: tuple[str, ...]
    never_closes: tuple[str, ...]
    whole_endings: tuple[str, ...]
    may_begin: tuple[str, ...]
    glue_before: tuple[str, ...]
    glue_after: tuple[str, ...]
    little_before: tuple[str, ...]
    little_after: tuple[str, ...]
    verbs_before: tuple[str, ...]
    verbs_after: tuple[str, ...]
    common: tuple[str, ...]
    real_words: tuple[str, ...]
    word_beginnings: tuple[str, ...]
    word_endings: tuple[str, ...]
    cased_names: tuple[str, ...]
    abbreviations: dict[str, tuple[str, ...]]


def style_words(letter: Reading) -> StyleWords:
    """The words of the letter's programme."""
    known: StyleWords = words(StyleWords, "writing", letter.programme)
    return known


@lru_cache(maxsize=8)
def joined(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Patterns as one."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def own_words(letter: Reading) -> Iterator[Passage]:
    """What is written for this letter: the summary and the rationales."""
    yield from (passage for passage in (letter.summary, *(item.rationale for item in letter.items)) if passage.text)
