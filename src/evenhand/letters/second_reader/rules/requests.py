"""Where a sentence tells what is requested: behind "the physician seeks", "at issue is", "Plan:", or before "was requested"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from evenhand.letters.second_reader.words import words


@dataclass(frozen=True, kw_only=True)
class RequestWords:
    """requests.yaml"""

    asks: tuple[str, ...]
    matters: tuple[str, ...]
    concerns: tuple[str, ...]
    at_issue: tuple[str, ...]
    labels: tuple[str, ...]
    between: tuple[str, ...]
    asked: tuple[str, ...]
    asked_in_past: tuple[str, ...]
    identified: tuple[str, ...]


class Requested(NamedTuple):
    """From and to which character of a sentence it names what is requested; `at` is where the words that say so stand."""

    at: int
    start: int
    end: int


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    rf"|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH}\s+\d{{4}}|{_MONTH}\s+\d{{4}})"
)
_WHEN = rf"\(?(?:(?:on|of|dated|from|as\s+of|made|recorded),?\s+){{0,2}}{_DAY}\)?"
_BE = r"(?:is|was|are|were)"
# "The request that was denied is for ...": of the words between, no verb is the sentence's own.
_OWN = rf"(?:(?:\s+(?:that|which)\s+{_BE}|\s+(?!(?:{_BE}|has|have|had|for|if|whether)\b)(?!of\s+\D)[\w/.'’()-]+,?)){{0,8}}?"
_ENDS = re.compile(
    r"\s(?:but|however|because|although|which|who|after|since|while|whereas|where|when|so|as(?!\s+an?\s+(?:purchase|rental)\b))\s"
    r"|\.\s|:\s"
    r"|\s\(?(?:was|were|is|are|has|had|have|would|will|did|does)\s"
    # A list goes on behind a semicolon; another thought has its own verb.
    r"|;\s(?=[^;]*\b(?:was|were|is|are|has|had|have|would|will|did|does|denied|issued|declined|certified|modified|approved)\b)",
    re.I,
)
_BEGINS = re.compile(r"[;:]\s|\bthat\s|\b(?:but|however),?\s|\brequests?\s+for\s", re.I)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|does|did|will|would|can|could|remains?|shows?|showed)\b", re.I)

_LONGEST = 1500
"""So many characters hold any list of requests; what goes on longer is no prose."""


@cache
def _reader(programme: str) -> _Reader:
    return _Reader(words(RequestWords, "requests", programme))


def requested(sentence: str, programme: str) -> Iterator[Requested]:
    """What a sentence says is requested; first what stands behind the words that say so."""
    return _reader(programme).requested(sentence)


def is_at_issue(sentence: str, programme: str) -> bool:
    """Whether a sentence says of something that it is what this review is about: no earlier request then."""
    return _reader(programme).at_issue.search(sentence) is not None


class _Reader:
    """The words of one programme as patterns."""

    def __init__(self, said: RequestWords) -> None:
        asks, at_issue = _any(said.asks), _any(said.at_issue)
        self.at_issue = re.compile(rf"\b(?:{at_issue}|the\s+(?:present\s+)?dispute)\b", re.I)
        between = rf"(?:(?:{_any(said.between)}\b|{_WHEN},?)(?:\s*:\s*|\s+))*"
        self._before = re.compile(
            rf"\b(?:{_any(said.labels)}\s*(?:\([^()]{{0,40}}\)|,?\s*{_WHEN})?\s*:"
            rf"|{_any(said.matters)}{_OWN}\s+{_any(said.concerns)}(?=\s)"
            rf"|{at_issue}(?:\s+(?:here|now|today|in\s+this\s+\w+))?(?:,?\s+{_WHEN})?,?(?:\s+{_BE}\b|(?=:))"
            rf"|{asks}\b)(?:\s*,?\s+(?={_WHEN}))?:?\s*{between}",
            re.I,
        )
        identified = (
            rf"{_any(said.identified)},?\s+(?:(?:that|which|of|in|for|at)\s+)?(?:[\w'’.-]+\s+){{0,5}}?"
            rf"(?:{asks}|review|dispute|request|decision|appeal)"
        )
        self._behind = re.compile(
            rf"\b(?:(?:{_BE}|(?:has|have)\s+been|been)\s+(?:(?:also|not|now|then|only|further)\s+)*"
            rf"(?:{_any(said.asked)}|{at_issue}|{identified})"
            rf"|(?:was|were)\s+(?:(?:also|then|further)\s+)*{_any(said.asked_in_past)}"
            # A note leaves the verb out: "MRI requested 3/4/2016", "MRI denied."
            rf"|{_any(said.asked)}(?=\s*(?:[.;,)]|$|{_WHEN}|by\s)))(?!\w)",
            re.I,
        )

    def requested(self, said: str) -> Iterator[Requested]:
        """What the sentence says is requested."""
        for match in self._before.finditer(said):
            least, most = match.end(), min(match.end() + _LONGEST, len(said))
            end = _ENDS.search(said, least, most)
            yield Requested(match.start(), least, end.start() if end else most)
        for match in self._behind.finditer(said):
            yield Requested(match.start(), _begin(said, match.start()), match.start())


def _begin(said: str, until: int) -> int:
    """Where a phrase that ends at `until` begins: behind the last mark of another thought. A list's semicolon marks none."""
    begin = last = max(0, until - _LONGEST)
    for match in _BEGINS.finditer(said, begin, until):
        if match[0][0] != ";" or _FINITE.search(said, last, match.start()):
            begin = match.end()
        last = match.end()
    return begin


def _any(listed: Iterable[str]) -> str:
    return "(?:" + "|".join(listed).replace(" ", r"\s+") + ")"
