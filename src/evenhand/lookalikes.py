"""Letters that look alike, and signs that nobody sees: what makes two equal names differ for a machine only."""

from __future__ import annotations

import re

# Latin letters that no decomposition makes plain.
_STROKES = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ŀ": "l"}
# Cyrillic and Greek letters with the shape of a Latin one, in one of the cases at least. Small and capital go together,
# so that a name is folded alike in both.
_SHAPES = {
    **dict(zip("авекмнорстухіјѕԁԛԝһѵ", "abekmhopctyxijsdqwhv", strict=True)),
    **dict(zip("αβεζηικμνορτυχϲ", "abezhikmnoptyxc", strict=True)),
}


def _both_cases(table: dict[str, str]) -> dict[int, str]:
    # Not every capital is one letter with a small one of its own (`ı` and `I`).
    capitals = {sign.upper(): plain.upper() for sign, plain in table.items() if sign.upper().lower() == sign}
    return {ord(sign): plain for sign, plain in {**table, **capitals}.items()}


_PLAIN = _both_cases(_STROKES)
_LATIN = _both_cases({**_STROKES, **_SHAPES})
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile(r"[\u0370-\u052f]")
# Soft hyphen, zero-width space, joiners and marks of direction, word joiner and its kin, byte order mark.
UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


def to_latin(text: str) -> str:
    """Letters that look Latin made Latin, sign for sign, so that places stay.

    A word that keeps a Cyrillic or Greek letter without such a likeness is a word of that script and stays.
    """
    plain = text.translate(_PLAIN)
    return _WORD.sub(_word, plain) if _FOREIGN.search(plain) else plain


def _word(match: re.Match[str]) -> str:
    latin = match.group().translate(_LATIN)
    return match.group() if _FOREIGN.search(latin) else latin
