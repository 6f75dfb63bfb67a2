"""Phrases of a word list, found in a text: whole words without regard to case, and gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby

_GAP = r"(?:[\w'’/-]+,?\s+){0,3}?"
"""Up to three words, where a phrase has a `*`."""


class Phrases:
    """The phrases of a list. What is found is in lower case; its place is that in the text."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.pattern = _pattern(words)
        self._compiled = re.compile(self.pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """The first phrase in the text."""
        return self._compiled.search(lower(text))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every phrase in the text."""
        return self._compiled.finditer(lower(text))

    def without(self, text: str) -> str:
        """The text, in lower case, without the phrases."""
        return self._compiled.sub(" ", lower(text))


@cache
def phrases(words: tuple[str, ...]) -> Phrases:
    """The phrases of a list. `*` stands for up to three words, a hyphen also for a space or nothing, a word's last `+` for any
    ending. An empty list finds nothing."""
    return Phrases(words)


@lru_cache(maxsize=4096)
def lower(text: str) -> str:
    """The text in lower case, sign by sign, so that places stay."""
    small = text.lower()
    return (
        small if len(small) == len(text) else "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
    )


def _pattern(words: tuple[str, ...]) -> str:
    if not words:
        return r"(?!)"
    # Within a first letter the longest phrase counts; the letter alone sorts most of a text's words out.
    listed = sorted(set(map(str.lower, words)), key=lambda phrase: (phrase[0], -len(phrase), phrase))
    letters = (
        f"{re.escape(letter)}(?:{'|'.join(_one(phrase)[len(re.escape(letter)) :] for phrase in same)})"
        for letter, same in groupby(listed, key=lambda phrase: phrase[0])
    )
    return rf"(?<!\w)(?:{'|'.join(letters)})(?!\w)"


def _one(phrase: str) -> str:
    parts = []
    for word in phrase.split():
        if word == "*":
            parts.append(_GAP)
            continue
        word, ending = (word[:-1], r"\w*") if word.endswith("+") and len(word) > 1 else (word, "")
        parts.append(re.escape(word).replace(r"\-", r"[-–\s]?").replace("'", "['’]") + ending + r"\s+")
    joined = "".join(parts)
    return joined.removesuffix(r"\s+").removesuffix(_GAP)
