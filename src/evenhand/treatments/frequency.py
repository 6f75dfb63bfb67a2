"""How often: the many ways to write a frequency, told in one way, so that two texts can be compared.

`2x/week`, `twice weekly`, `two visits per week` and `b.i.w.` all say `2 times a week`; `q6h` says `every 6 hours`.
"""

from __future__ import annotations

import re
from functools import partial

from evenhand.treatments.numbers import RANGE, digits

_PERIOD = r"(?P<period>day|night|week|wk|month|mo|year|yr)s?"
_ADVERBS = {
    "daily": "day",
    "nightly": "night",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
}
_ADVERB = rf"(?P<adverb>{'|'.join(_ADVERBS)})"
_PER = rf"\s*(?:an?|per|each|every|/)\s*{_PERIOD}\b"
_SELDOM = {"once": "1", "twice": "2", "thrice": "3"}
_WHAT = r"(?P<what>times?|x|visits?|sessions?|treatments?|hours?|hrs?|days?|tablets?|tabs?|capsules?|caps?|box(?:es)?|patch(?:es)?)"
_AS_TIMES = ("time", "x", "visit", "session", "treatment")
_NAMES = {
    "hr": "hour",
    "tab": "tablet",
    "cap": "capsule",
    "boxe": "box",
    "patche": "patch",
    "wk": "week",
    "mo": "month",
    "yr": "year",
}
_LATIN = {
    "qd": "1 time a day",
    "bid": "2 times a day",
    "tid": "3 times a day",
    "qid": "4 times a day",
    "biw": "2 times a week",
    "tiw": "3 times a week",
    "qhs": "at bedtime",
    "hs": "at bedtime",
    "prn": "as needed",
    "qod": "every other day",
}
_PHRASES = {
    "at bedtime": "at bedtime",
    "every night": "at bedtime",
    "at night": "at bedtime",
    "before bed": "at bedtime",
    "nightly": "at bedtime",
    "as needed": "as needed",
}

# A bare number before an adverb is no frequency ("#60 daily"); one before "a week" is ("2 a week").
_COUNTED = re.compile(
    rf"(?<![#\w.])(?:(?P<seldom>once|twice|thrice)(?:{_PER}|\s*{_ADVERB}\b|\s+{_PERIOD.replace('period', 'bare')}\b)"
    rf"|(?P<count>{RANGE})\s*(?:{_WHAT}\s*)?{_PER.replace('period', 'span')}"
    rf"|(?P<often_count>{RANGE})\s*(?:x|times?)\s*(?P<per>day|week|wk|month)\b"
    rf"|(?P<number>{RANGE})\s*{_WHAT.replace('what', 'thing')}\s+{_ADVERB.replace('adverb', 'often')}\b)",
    re.I,
)
_EVERY = re.compile(
    rf"\b(?:every|q)\.?\s*(?P<count>{RANGE})\s*(?P<period>h|hours?|hrs?|days?|weeks?|wks?|months?)\b", re.I
)
_EACH = re.compile(r"\bevery\s+(?P<other>other\s+)?(?P<period>day|hour|week|month)\b", re.I)
_ABBREVIATED = re.compile(
    r"\b(?P<latin>q\.?o\.?d|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|b\.?i\.?w|t\.?i\.?w|q\.?h\.?s|h\.s|q\.?d|p\.?r\.?n)\b\.?",
    re.I,
)
_PLAIN = re.compile(rf"\b(?:{'|'.join(_PHRASES)})\b", re.I)
_LONE = re.compile(rf"\b{_ADVERB}\b", re.I)


def read_frequency(text: str) -> tuple[str | None, str]:
    """The frequencies of a text in the order in which they stand, and the text without them."""
    found: list[tuple[int, str]] = []
    for pattern, told in (
        (_EVERY, _every),
        (_COUNTED, _counted),
        (_EACH, _each),
        (_ABBREVIATED, lambda m: _LATIN[m["latin"].lower().replace(".", "")]),
        (_PLAIN, lambda m: _PHRASES[m.group().lower()]),
        (_LONE, lambda m: _times("1", _ADVERBS[m["adverb"].lower()])),
    ):
        found += [(match.start(), told(match)) for match in pattern.finditer(text)]
        # As many signs as before: places found later are told in the same text. "4 weekly visits" stay 4 visits.
        mark = " " if pattern is _LONE else ";"
        text = pattern.sub(partial(_blank, mark), text)
    told_once = dict.fromkeys(words for _, words in sorted(found))
    return ", ".join(told_once) or None, text


def _blank(mark: str, match: re.Match[str]) -> str:
    return mark.ljust(len(match.group()))


def _counted(match: re.Match[str]) -> str:
    adverb, period = (
        match["adverb"] or match["often"],
        match["period"] or match["bare"] or match["span"] or match["per"],
    )
    often = _ADVERBS[adverb.lower()] if adverb else _singular(period)
    if match["seldom"]:
        return _times(_SELDOM[match["seldom"].lower()], often)
    count, what = (
        digits(match["count"] or match["number"] or match["often_count"]),
        _singular(match["what"] or match["thing"] or "time"),
    )
    if what in _AS_TIMES:
        return _times(count, often)
    return f"{count} {what if count == '1' else _plural(what)} a {often}"


def _every(match: re.Match[str]) -> str:
    period = _singular(match["period"])
    period = "hour" if period == "h" else period
    count = digits(match["count"])
    return f"every {period}" if count == "1" else f"every {count} {period}s"


def _each(match: re.Match[str]) -> str:
    period = match["period"].lower()
    return f"every other {period}" if match["other"] else _times("1", period)


def _times(count: str, period: str) -> str:
    return f"{count} {'time' if count == '1' else 'times'} a {period}"


def _singular(word: str) -> str:
    word = word.lower()
    word = word[:-1] if word.endswith("s") else word
    return _NAMES.get(word, word)


def _plural(word: str) -> str:
    return f"{word}es" if word.endswith(("x", "ch")) else f"{word}s"
