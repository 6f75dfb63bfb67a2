"""Numbers in words and figures."""

from __future__ import annotations

import re

_UP_TO_TWENTY = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
NUMBERS = dict(zip(_UP_TO_TWENTY, range(1, 21), strict=True)) | {
    "twenty-four": 24,
    "thirty": 30,
    "thirty-six": 36,
    "forty": 40,
    "forty-five": 45,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
    "one hundred": 100,
    "one hundred twenty": 120,
}
_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True))
NUM = rf"(?:\d+(?:\.\d+)?|(?:{_WORDS})\b)"
RANGE = rf"{NUM}(?:\s*(?:-|to|or)\s*{NUM})?"
_SAID_TWICE = re.compile(rf"\b(?:{_WORDS})\s*\((\d+)\)", re.I)
_WORD = re.compile(rf"\b(?:{_WORDS})\b", re.I)


def said_once(text: str) -> str:
    """`Eight (8) visits` says eight once: `8 visits`."""
    return _SAID_TWICE.sub(r"\1", text)


def number(word: str) -> float:
    """The number that a word or figure says."""
    return float(NUMBERS.get(word.lower(), 0) or word)


def digits(text: str) -> str:
    """Numbers in words become figures, and a range is told with `to`: `one - 2` is `1 to 2`."""
    figures = _WORD.sub(lambda match: str(NUMBERS[match.group().lower()]), text.strip().lower())
    return re.sub(r"\s+", " ", re.sub(r"(?<=\d)\s*-\s*(?=\d)", " to ", figures))
