"""How a defect gets into a clean letter, and where it then stands: the planters' common ground."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from tests.letters.planted.cites import Source
from tests.letters.planted.draft import Draft, DraftItem
from tests.letters.planted.generate import FAMILIES, make
from tests.letters.planted.request import Request, Sentence, data

from evenhand.letters.determination import Determination
from evenhand.letters.second_reader import Finding, Part, Profile

ANY = -1
"""Any item, or none."""
_TRIES = 400


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a finding is right: one of the parts, the item (None: the letter), and words that it must touch."""

    parts: tuple[Part, ...]
    item: int | None = None
    quote: str = ""

    def holds(self, finding: Finding, letter: Determination) -> bool:
        """Whether a finding stands here."""
        place = finding.place
        if place.part not in self.parts or (self.item != ANY and place.item != self.item):
            return False
        if not self.quote:
            return True
        if place.start is None or place.end is None:
            return False
        text = text_of(letter, place.part, place.item)
        return any(
            found.start() < place.end and place.start < found.end()
            for found in re.finditer(re.escape(self.quote), text)
        )


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A letter with one defect. A finding at any of the spots is right."""

    code: str
    variant: str
    letter: Determination
    spots: tuple[Spot, ...]
    profile: Profile = Profile.ISSUE


@dataclass
class Base:
    """A clean letter for a planter, and the seeded chance by which it chooses."""

    code: str
    family: str
    seed: int
    chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = Random(f"{self.code} {self.family} {self.seed}")

    def draft(
        self,
        *kinds: str,
        items: int | None = None,
        recent: bool = False,
        where: Callable[[Draft], object] = bool,
    ) -> Draft:
        """A clean letter with one of these treatments as its first item, for which `where` holds."""
        for attempt in range(_TRIES):
            found = make(self.family, self.seed * _TRIES + attempt, kinds=kinds, items=items, recent=recent)
            if where(found):
                return found
        raise LookupError(f"{self.code}: no letter of the family {self.family} fits {kinds}")

    def choose(self, *options: Any) -> Any:
        """One of the options."""
        return self.chance.choice(options)

    def variant(self, count: int) -> int:
        """Which of the variants this seed plants: each in its turn."""
        return (self.seed + FAMILIES.index(self.family)) % count

    def planted(self, draft: Draft, variant: str, *spots: Spot, profile: Profile = Profile.ISSUE) -> Planted:
        """The letter with its defect."""
        return Planted(code=self.code, variant=variant, letter=draft.letter(), spots=spots, profile=profile)


Planter = Callable[[Base], Planted]
PLANTERS: dict[str, Planter] = {}


def planter(code: str) -> Callable[[Planter], Planter]:
    """Enters a planter under the code of the check that must find what it plants."""

    def enter(plant: Planter) -> Planter:
        assert code not in PLANTERS, f"{code} has two planters"
        PLANTERS[code] = plant
        return plant

    return enter


def text_of(letter: Determination, part: Part, number: int | None) -> str:
    """The text of a part."""
    item = next((item for item in letter.items if item.number == number), None)
    if part is Part.SUMMARY:
        return letter.clinical_case_summary
    if part is Part.DOCUMENTS:
        return "\n".join(letter.documents_reviewed)
    if part is Part.REVIEWER:
        return ", ".join((*letter.reviewer.licensure, *letter.reviewer.specialties))
    if item is None:
        return ""
    return {
        Part.ITEM: item.item,
        Part.RATIONALE: item.rationale,
        Part.CLAIMS_GUIDELINE: item.claims_administrator_guideline.text,
        Part.REVIEWER_GUIDELINE: item.imr_guideline.text,
    }.get(part, "")


def rationale(item: DraftItem | int, quote: str = "") -> Spot:
    """A place in an item's reasons."""
    return Spot(parts=(Part.RATIONALE,), item=item if isinstance(item, int) else item.number, quote=quote)


def summary(quote: str = "") -> Spot:
    """A place in the clinical case summary."""
    return Spot(parts=(Part.SUMMARY,), item=ANY, quote=quote)


def put(sentences: list[Sentence], words: str, chance: Random, *, last: bool = True) -> None:
    """Puts a sentence among the others; not behind the last one unless `last`."""
    place = chance.randint(1, max(1, len(sentences) - (0 if last else 1)))
    sentences.insert(place, Sentence(role="planted", marked=words))


def put_somewhere(base: Base, draft: Draft, words: str) -> Spot:
    """Puts a sentence into the summary or into the reasons of an item, and says where."""
    if base.chance.random() < 0.5:
        put(draft.summary, words, base.chance)
        return summary(words)
    item = base.chance.choice(draft.items)
    put(item.reasons, words, base.chance)
    return rationale(item, words)


def bake(sentence: Sentence, requests: dict[int, Request]) -> None:
    """Writes the sentence's names out, so that later changes leave it alone."""
    sentence.marked, sentence.names = sentence.text(requests), {}


def other_words(old: str, new: str) -> str:
    """The words of `new` that differ from `old`."""
    before, after = old.split(), new.split()
    codes = [c for c in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes() if c[0] != "equal"]
    kept = [" ".join(after[j1:j2]) for _, _, _, j1, j2 in codes if j2 > j1]
    return max(kept, key=len, default="").strip(".,;:#")


def rename(sentence: Sentence, item: DraftItem, changed: Request, draft: Draft) -> str:
    """Lets a sentence call the item by other facts; the words that are now different."""
    requests = draft.requests()
    old = sentence.text(requests)
    new = sentence.text({**requests, item.number: changed})
    if old == new:
        return ""
    sentence.marked, sentence.names = new, {}
    return other_words(old, new)


def recite(item: DraftItem, source: Source, *, line: bool = True, reasons: bool = True) -> str:
    """Lets the item rest on another source; how the reasons then call it."""
    called = source.called[0]
    for sentence in item.reasons:
        for old in sorted(item.source.called, key=len, reverse=True):
            for word in (old, old[:1].upper() + old[1:]):
                if reasons and word in sentence.marked:
                    sentence.marked = sentence.marked.replace(word, called)
    if line:
        item.reviewer = source.line
    item.source = source
    return called


def drop(item: DraftItem, *roles: str) -> None:
    """Takes the sentences of these roles out of an item's reasons."""
    item.reasons = [sentence for sentence in item.reasons if sentence.role not in roles]


def named_kind(item: DraftItem) -> dict[str, Any]:
    """What kinds.yaml tells of the item's treatment."""
    told: dict[str, Any] = data("kinds")[item.request.kind]
    return told


def swap(request: Request, **changes: object) -> Request:
    """The request with other facts."""
    return replace(request, **changes)  # type: ignore[arg-type]


def joined(sentences: Iterable[Sentence], requests: dict[int, Request]) -> str:
    """The sentences as text."""
    return " ".join(sentence.text(requests) for sentence in sentences)
