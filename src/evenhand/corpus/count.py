"""Plain counts over published decisions. The unit is the item: a letter with four items is four decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.corpus.decision import PublishedDecision
from evenhand.letters.determination import Decision


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What a corpus holds. Withdrawn decisions are counted apart and nowhere else."""

    decisions: int
    withdrawn: int
    items: int
    items_overturned: int
    outcomes: dict[str, int]
    years: dict[str, int]
    """Items by the year of the decision; `unknown` where the letter has no date."""
    categories: dict[str, tuple[int, int]]
    """Items and overturned items by treatment category."""

    @property
    def overturned_share(self) -> float | None:
        """Overturned items of all items, 0 to 1; `None` where there is no item."""
        return self.items_overturned / self.items if self.items else None


def count(decisions: Iterable[PublishedDecision]) -> Counts:
    """Counts decisions, items and outcomes."""
    outcomes: Counter[str] = Counter()
    years: Counter[str] = Counter()
    items: Counter[str] = Counter()
    overturned: Counter[str] = Counter()
    standing = withdrawn = 0
    for decision in decisions:
        letter = decision.determination
        if letter is None:
            withdrawn += 1
            continue
        standing += 1
        outcomes[letter.outcome.value if letter.outcome else "unknown"] += 1
        year = str(letter.header.decision_date.year) if letter.header.decision_date else "unknown"
        for place, item in enumerate(letter.items):
            if item.decision is None:
                continue
            category = decision.categories[place].category if place < len(decision.categories) else "unclassified"
            years[year] += 1
            items[category] += 1
            overturned[category] += item.decision is Decision.OVERTURNED
    return Counts(
        decisions=standing,
        withdrawn=withdrawn,
        items=items.total(),
        items_overturned=overturned.total(),
        outcomes=dict(sorted(outcomes.items())),
        years=dict(sorted(years.items())),
        categories={name: (n, overturned[name]) for name, n in items.most_common()},
    )
