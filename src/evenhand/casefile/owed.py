"""What the law of a day says is owed, together with the kinds of paper that satisfy each entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from evenhand import programmes
from evenhand.casefile.completeness import Owed
from evenhand.casefile.facts import DocumentKind
from evenhand.law.pack import Pack
from evenhand.law.records import owed
from evenhand.programmes import DEFAULT
from evenhand.reading import read


@dataclass(frozen=True, kw_only=True)
class SatisfiedBy:
    """Which papers satisfy one entry of the law's list."""

    code: str
    kinds: tuple[DocumentKind, ...]
    within_window: bool = False
    only_if_any: bool = False


@dataclass(frozen=True, kw_only=True)
class OwedKinds:
    """vocabulary/owed_papers.yaml of a programme."""

    entries: tuple[SatisfiedBy, ...]


def owed_papers(pack: Pack, on: date, *, programme: str = DEFAULT) -> tuple[Owed, ...]:
    """What the claims administrator owes after a notice of assignment of `on`, with the law's words and citations.

    An entry of the law of which the programme's vocabulary says nothing is owed by any paper, and only if there is
    any: a new duty in the law never makes an old file incomplete unnoticed. Raises what the law raises where its pack
    had not begun.
    """
    satisfied = {entry.code: entry for entry in _kinds(programme).entries}
    everything = tuple(DocumentKind)
    return tuple(
        Owed(
            code=requirement.code,
            text=requirement.text,
            citation=requirement.citation,
            kinds=entry.kinds if entry else everything,
            within_window=entry.within_window if entry else False,
            only_if_any=entry.only_if_any if entry else True,
        )
        for requirement in owed(pack, on)
        for entry in [satisfied.get(requirement.code)]
    )


@cache
def _kinds(programme: str) -> OwedKinds:
    folder = Path(programmes.__path__[0]) / programme
    return read(OwedKinds, folder / "vocabulary" / "owed_papers.yaml")
