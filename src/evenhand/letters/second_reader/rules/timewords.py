"""The words and measures of the checks on dates and ages, and how a list of words is looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from evenhand.letters.second_reader.reading import Reading
from evenhand.letters.second_reader.words import words


@dataclass(frozen=True, kw_only=True)
class Measures:
    """The measures of dates.yaml, where each has its reason."""

    years_back: int
    years_ahead: int
    youngest_at_injury: int
    oldest_at_injury: int
    record_years: int
    factor: float
    factor_longer: float
    slack_days: int
    several_years: int


@dataclass(frozen=True, kw_only=True)
class DateWords:
    """dates.yaml"""

    measures: Measures
    future_before: tuple[str, ...]
    future_adjacent: tuple[str, ...]
    records: tuple[str, ...]
    future_after: tuple[str, ...]
    told: tuple[str, ...]
    sources: tuple[str, ...]
    injury_names: tuple[str, ...]
    mishaps: tuple[str, ...]
    opening_sentences: int
    worker_acts: tuple[str, ...]
    onsets: tuple[str, ...]
    no_mishaps: tuple[str, ...]
    not_names: tuple[str, ...]
    not_between: tuple[str, ...]
    not_behind: tuple[str, ...]
    other_injury: tuple[str, ...]
    general: tuple[str, ...]
    relatives: tuple[str, ...]
    persons: tuple[str, ...]
    things: tuple[str, ...]
    bounds_before: tuple[str, ...]
    bounds_after: tuple[str, ...]
    at_injury: tuple[str, ...]
    complaints: tuple[str, ...]
    not_complaints: tuple[str, ...]


def date_words(letter: Reading) -> DateWords:
    """The words of the letter's programme."""
    known: DateWords = words(DateWords, "dates", letter.programme)
    return known


@lru_cache(maxsize=128)
def any_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of these words or phrases; "*" at the end of one stands for any ending."""
    parts = [re.escape(term.rstrip("*")) + (r"\w*" if term.endswith("*") else "") for term in terms]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=16)
def injury_name(names: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for what names the injury."""
    return re.compile("|".join(rf"(?:(?<!\w){name})" for name in names), re.IGNORECASE)


def words_before(text: str, place: int, count: int) -> str:
    """So many words before a place, in lower case."""
    return " ".join(text[:place].casefold().split()[-count:])


def words_after(text: str, place: int, count: int) -> str:
    """So many words behind a place, in lower case."""
    return " ".join(text[place : place + 30 * count].casefold().split()[:count])
