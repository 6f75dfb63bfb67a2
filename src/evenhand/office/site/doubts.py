"""What nobody has verified in the law that this office applies, for the page about the site."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from evenhand.law import Pack, Unverified, load_pack
from evenhand.law.load import programme_names
from evenhand.law.schema import Status
from evenhand.office.working_law import working_law

KINDS = {
    "rules": "Time limits",
    "extensions": "Extra time when a paper comes by mail",
    "values": "Other numbers",
    "effects": "What a ground does to an item",
    "grounds": "Grounds on which a case is taken or not",
    "ladders": "Order in which evidence is weighed",
    "fees": "Fees",
    "requirements": "What a paper must contain, and other lists",
    "tables": "What follows from the facts",
    "standards": "Standards of medical necessity",
    "chapters": "Chapters of the guidelines, and when they held",
    "evidence": "Strength of evidence",
    "drug_statuses": "Status of a drug on the formulary",
    "fills": "First supplies of a drug without asking",
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
    adopted: int
    """How many open questions this office answers by readings that it adopted."""
    kinds: tuple[tuple[str, int], ...]
    examples: tuple[Example, ...]


@cache
def doubts() -> tuple[Doubts, ...]:
    """For every programme that an office can work by (a sketch is none). The law does not change while the site runs."""
    whole = [name for name in programme_names() if load_pack(name).programme.status is Status.COMPLETE]
    return tuple(_doubts(working_law(name), asked=_questions(load_pack(name))) for name in whole)


def _questions(pack: Pack) -> int:
    """How many of the pack's versions hold a question instead of a value."""
    return sum(version.unknown is not None for provision in pack.provisions() for version in provision.versions)


def _doubts(pack: Pack, *, asked: int) -> Doubts:
    unverified = pack.unverified()
    counted = Counter(entry.kind for entry in unverified)
    first = {entry.kind: entry for entry in reversed(unverified)}
    return Doubts(
        programme=pack.programme.title,
        total=len(unverified),
        adopted=asked - _questions(pack),
        kinds=tuple((KINDS.get(kind, kind), number) for kind, number in counted.most_common()),
        examples=tuple(_example(pack, first[kind]) for kind, _ in counted.most_common(MOST_EXAMPLES)),
    )


def _example(pack: Pack, entry: Unverified) -> Example:
    laws = pack.rules() if entry.kind == "rules" else pack.values if entry.kind == "values" else {}
    law = laws.get(entry.name)
    name = entry.name.replace("_", " ").replace(".", ": ")
    title = law.title if law is not None else f"{KINDS.get(entry.kind, entry.kind)}: {name}"
    return Example(title=title, citation=entry.citation, words=entry.words)
