"""Where on the body: parts, side, spinal levels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evenhand.treatments.treatment import Side
from evenhand.treatments.vocabulary import TreatmentWords, plain

# How many vertebrae (or nerve roots) each part of the spine has; more is no level but some other code.
_MOST = {"C": 8, "T": 12, "L": 6, "S": 5}
_JOIN = r"\s*(?:-|/|to|through)\s*"
# "L3-4, 4-5" and "C4-C5-C6" go on with the letter that stands before.
_CHAIN = re.compile(rf"\b([CTLS])-?(\d{{1,2}}){_JOIN}([CTLS])?-?(\d{{1,2}}){_JOIN}(?=[CTLS]?-?\d{{1,2}}\b)")
_GOES_ON = re.compile(
    r"\b([CTLS])-?(\d{1,2}-(?:[CTLS])?\d{1,2})(\s*(?:,|&|and|,\s*and)\s*)(\d{1,2})-(\d{1,2}|S1)\b(?!\s*(?:x|times|visit|session|per|week|wk))"
)
_SPACED = re.compile(r"\b([CTLS]) (\d{1,2}\s*[-/]\s*[CTLS]?\s?\d{1,2})\b")
_LEVELS = re.compile(rf"\b([CTLS])-?(\d{{1,2}})(?:{_JOIN}([CTLS])?-?(\d{{1,2}}))?(?![\d.%])\b")
_IN_WORDS = re.compile(
    rf"\b(cervical|thoracic|lumbar)\s+(\d{{1,2}}){_JOIN}(\d{{1,2}})(?!\s*(?:times|x|visit|session|per|week|/))\b", re.I
)
_SIDES = {
    Side.LEFT: re.compile(r"\b(?:left|lt|lue|lle)\b|\(L\)", re.I),
    Side.RIGHT: re.compile(r"\b(?:right|rt|rue|rle)\b|\(R\)", re.I),
    Side.BILATERAL: re.compile(r"\b(?:bilat(?:eral(?:ly)?)?|both|bue|ble)\b|\bb/l\b", re.I),
}
# A lone capital letter is a side only before a part that has two sides ("R knee", not "L spine").
_PAIRED = r"(?:shoulder|elbow|forearm|wrist|hand|thumb|finger|hip|knee|ankle|foot|heel|arm|leg|eye|ear|upper|lower)s?\b"
_LETTERS = {Side.LEFT: re.compile(rf"\bL\.?\s+{_PAIRED}"), Side.RIGHT: re.compile(rf"\bR\.?\s+{_PAIRED}")}


@dataclass(frozen=True, kw_only=True)
class Site:
    """What a text says of the place."""

    body_parts: tuple[str, ...]
    side: Side | None
    levels: tuple[str, ...]


def read_site(text: str, words: TreatmentWords) -> Site:
    """Parts of the body in the order of the text, the side, and the spinal levels that `text` names."""
    levels = _levels(text)
    parts = _parts(text, words)
    if not parts:
        letters = {level[0] for level in levels}
        parts = tuple(part.code for part in words.body_parts if letters & set(part.level or ""))
    return Site(body_parts=parts, side=_side(text, parts), levels=levels)


def spelled_levels(text: str) -> str:
    """Spinal levels written out one by one: `C4-C5-C6` is `C4-C5, C5-C6`, and `L3-4, 4-5` is `L3-4, L4-5`."""
    text = _SPACED.sub(r"\1\2", text)
    before = None
    while text != before:
        before = text
        text = _CHAIN.sub(lambda m: f"{m[1]}{m[2]}-{m[3] or m[1]}{m[4]}, {m[3] or m[1]}{m[4]}-", text)
        text = _GOES_ON.sub(_with_letter, text)
    return text


def _with_letter(match: re.Match[str]) -> str:
    letter, span, between, first, second = match.groups()
    last = span.rpartition("-")[2]
    # 4-5 goes on after 3-4 or 4; 2-3 after 4-5 might be a frequency.
    if not last.isdecimal() or int(first) != int(last):
        return match.group()
    return f"{letter}{span}{between}{letter}{first}-{second}"


def without_levels(text: str) -> str:
    """The text with its spinal levels taken out, so that their numbers are not taken for quantities."""
    return _IN_WORDS.sub(r"\1 ;", _LEVELS.sub(lambda m: ";" if _named(m) else m.group(), text))


def _parts(text: str, words: TreatmentWords) -> tuple[str, ...]:
    """The longest words count: the hand of "hand held", and the back of "low back", name no part of their own."""
    named = words.named_parts
    found: dict[str, bool] = {}
    for match in words.patterns.parts.finditer(plain(text)):
        word = match.group() if match.group() in named else match.group().removesuffix("s")
        for part in named[word]:
            found[part.code] = found.get(part.code, False) or word in part.always
    return tuple(code for code, always in found.items() if always or not set(words.within.get(code, ())) & set(found))


def _side(text: str, parts: tuple[str, ...]) -> Side | None:
    named = [
        side
        for side, pattern in _SIDES.items()
        if pattern.search(text) or (side in _LETTERS and _LETTERS[side].search(text))
    ]
    if Side.BILATERAL in named or (len(named) == 2 and len(parts) == 1):
        return Side.BILATERAL
    # Two sides for several parts: which is which cannot be told.
    return named[0] if len(named) == 1 else None


def _named(match: re.Match[str]) -> tuple[str, ...]:
    """The levels of one match, or nothing where the numbers are no levels (an L0631 is a code of a brace)."""
    letter, first, other, second = match.groups()
    if not 1 <= int(first) <= _MOST[letter]:
        return ()
    start = f"{letter}{int(first)}"
    if second is None:
        return (start,)
    end = other or letter
    return (f"{start}-{end}{int(second)}",) if 1 <= int(second) <= _MOST[end] else ()


def _levels(text: str) -> tuple[str, ...]:
    found = [(match.start(), level) for match in _LEVELS.finditer(text) for level in _named(match)]
    for match in _IN_WORDS.finditer(text):
        letter = match.group(1)[0].upper()
        if int(match.group(3)) <= _MOST[letter]:
            found.append((match.start(), f"{letter}{int(match.group(2))}-{letter}{int(match.group(3))}"))
    return tuple(dict.fromkeys(level for _, level in sorted(found)))
