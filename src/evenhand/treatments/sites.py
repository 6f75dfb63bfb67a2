"""Where on the body: parts, side, spinal levels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evenhand.treatments.treatment import Side
from evenhand.treatments.vocabulary import TreatmentWords, plain, words_pattern

# How many vertebrae (or nerve roots) each part of the spine has; more is no level but some other code.
_MOST = {"C": 8, "T": 12, "L": 6, "S": 5}
_JOIN = r"\s*(?:-|/|to|through)\s*"
_LEVELS = re.compile(rf"\b([CTLS])-?(\d{{1,2}})(?:{_JOIN}([CTLS])?-?(\d{{1,2}}))?(?![\d.%])\b")
_IN_WORDS = re.compile(
    rf"\b(cervical|thoracic|lumbar)\s+(\d{{1,2}}){_JOIN}(\d{{1,2}})(?!\s*(?:times|x|visit|session|per|week|/))\b", re.I
)
_SIDES = {
    Side.LEFT: r"\b(?:left|lt)\b|\(L\)",
    Side.RIGHT: r"\b(?:right|rt)\b|\(R\)",
    Side.BILATERAL: r"\b(?:bilateral(?:ly)?|both)\b",
}


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
        letters = [level[0] for level in levels]
        parts = tuple(part.code for part in words.body_parts if part.level in letters)
    return Site(body_parts=parts, side=_side(text, parts), levels=levels)


def without_levels(text: str) -> str:
    """The text with its spinal levels taken out, so that their numbers are not taken for quantities."""
    return _IN_WORDS.sub(r"\1 ;", _LEVELS.sub(lambda m: ";" if _named(m) else m.group(), text))


def _parts(text: str, words: TreatmentWords) -> tuple[str, ...]:
    flat = plain(text)
    found = {}
    for part in words.body_parts:
        match = words_pattern(part.words).search(flat)
        if match:
            found[part.code] = match.start()
    kept = [code for code in found if not set(words.within.get(code, ())) & set(found)]
    return tuple(sorted(kept, key=lambda code: found[code]))


def _side(text: str, parts: tuple[str, ...]) -> Side | None:
    named = [
        side
        for side, pattern in _SIDES.items()
        if re.search(pattern, text, re.IGNORECASE if "(" not in pattern else re.I)
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
