"""What a second reader finds in a determination, and the words by which it judges
(`publication/second_reader.yaml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path

from evenhand.reading import read


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """Something that the law requires is absent, or the letter contradicts itself."""
    WARNING = "warning"
    """A person must look: the reasons may not carry the decision."""
    NOTE = "note"
    """Worth mending."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One finding. `where` is the part of the letter ("letter", "item 2"); `why` ends with the provision."""

    code: str
    severity: Severity
    where: str
    what: str
    why: str
    what_to_do: str


@dataclass(frozen=True, kw_only=True)
class PhaseWords:
    """How long after the injury a complaint counts as acute and subacute, in days, and what that rests on."""

    acute_days: int
    subacute_days: int
    citation: str
    confidence: str


@dataclass(frozen=True, kw_only=True)
class Provision:
    """What a rule of the second reader rests on."""

    citation: str
    confidence: str

    def words(self) -> str:
        """The citation, marked where nobody read it in a source."""
        return cited(self.citation, self.confidence)


@dataclass(frozen=True, kw_only=True)
class SecondReader:
    """second_reader.yaml"""

    phases: PhaseWords
    postsurgical: tuple[str, ...]
    not_postsurgical: tuple[str, ...]
    reasons_to_leave: tuple[str, ...]
    notices: tuple[str, ...]
    verdict: str
    verdict_negations: tuple[str, ...]
    verdict_near_words: int
    ladder: Provision
    specialty: Provision
    dates: Provision
    contradiction: Provision


@cache
def second_reader(programme: str = "ca_dwc") -> SecondReader:
    """The second reader's words for `programme`. Raises BadFile where the file is damaged."""
    place = resources.files("evenhand.programmes") / programme / "publication" / "second_reader.yaml"
    with resources.as_file(place) as path:
        return read(SecondReader, Path(path), name=f"{programme}/publication/second_reader.yaml")


def cited(citation: str, confidence: str) -> str:
    """A citation in brackets; what was not read in a source says so."""
    return f"({citation})" if confidence in {"read", "secondary"} else f"({citation}; unverified)"


# Where a clause ends, a denial in it ends too.
_CLAUSE_ENDS = (". ", "? ", "; ", ": ", "\n", ", and ", ", but ", ", so ", ", yet ")


def verdicts(rationale: str, words: SecondReader) -> tuple[bool, ...]:
    """What each clause that speaks of medical necessity says: `True` necessary, `False` not.

    Fixed notices do not count, nor do clauses in which a word that denies stands far off: "though not a first choice
    in early care the MRI is medically necessary" may mean either to a machine, and nothing is claimed of it.
    """
    for notice in words.notices:
        place = rationale.casefold().find(notice.casefold())
        if place >= 0:
            rationale = rationale[:place]
    negation = re.compile("|".join(_negation(word) for word in words.verdict_negations), re.IGNORECASE)
    found = []
    for match in re.finditer(rf"{re.escape(words.verdict)}\b", rationale, re.IGNORECASE):
        begin = max(rationale.rfind(stop, 0, match.start()) for stop in _CLAUSE_ENDS)
        before = rationale[begin + 1 : match.start()].replace("’", "'")
        near = " ".join(before.split()[-words.verdict_near_words :])
        if negation.search(near):
            found.append(False)
        elif not negation.search(before):
            found.append(True)
    return tuple(found)


def _negation(word: str) -> str:
    """A pattern for a word that denies; "n't" stands at the end of another word."""
    return re.escape(word) if "'" in word else rf"\b{re.escape(word)}"
