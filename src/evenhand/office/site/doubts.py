"""What nobody has verified in the law that this office applies, for the page about the site."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evenhand import programmes
from evenhand.law import Pack, Unverified, load_pack

KINDS = {
    "rules": "Time limits",
    "extensions": "Extra time when a paper comes by mail",
    "values": "Other numbers",
    "grounds": "Grounds on which a case is taken or not",
    "ladders": "Order in which evidence is weighed",
    "fees": "Fees",
    "requirements": "What a paper must contain",
    "calendars": "Holidays",
    "counting": "How days are counted",
}
MOST_EXAMPLES = 3


@dataclass(frozen=True, kw_only=True)
class Example:
    """One value in doubt."""

    title: str
    citation: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Doubts:
    """A programme's law in doubt: how many entries of each kind, with a few examples."""

    programme: str
    total: int
    kinds: tuple[tuple[str, int], ...]
    examples: tuple[Example, ...]


@cache
def doubts() -> tuple[Doubts, ...]:
    """For every programme that comes with this version. The law does not change while the site runs."""
    home = Path(programmes.__path__[0])
    names = sorted(path.parent.parent.name for path in home.glob("*/law/pack.yaml"))
    return tuple(_doubts(load_pack(name)) for name in names)


def _doubts(pack: Pack) -> Doubts:
    unverified = pack.unverified()
    counted = Counter(entry.kind for entry in unverified)
    first = {entry.kind: entry for entry in reversed(unverified)}
    return Doubts(
        programme=pack.programme.title,
        total=len(unverified),
        kinds=tuple((KINDS.get(kind, kind), number) for kind, number in counted.most_common()),
        examples=tuple(_example(pack, first[kind]) for kind, _ in counted.most_common(MOST_EXAMPLES)),
    )


def _example(pack: Pack, entry: Unverified) -> Example:
    laws = pack.rules() if entry.kind == "rules" else pack.values if entry.kind == "values" else {}
    law = laws.get(entry.name)
    name = entry.name.replace("_", " ").replace(".", ": ")
    title = law.title if law is not None else f"{KINDS.get(entry.kind, entry.kind)}: {name}"
    return Example(title=title, citation=entry.citation, words=entry.words)
