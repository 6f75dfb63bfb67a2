"""How the citations of the two sides differ: what utilization review relied on, and what the reviewer did."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from evenhand.citations.editions import Edition
from evenhand.citations.registry import Resolution


class Difference(StrEnum):
    """How near two sides' sources are, the nearest first. `none`: one side, or neither, cites anything that is known."""

    SAME_PASSAGE = "same_passage"
    SAME_EDITION = "same_edition"
    OTHER_SECTION = "other_section"
    OTHER_EDITION = "other_edition"
    OTHER_CHAPTER = "other_chapter"
    OTHER_SOURCE = "other_source"
    NONE = "none"


_ORDER = tuple(Difference)


def compare(one: Iterable[Resolution], other: Iterable[Resolution]) -> Difference:
    """The nearest that any citation of the one side comes to any of the other."""
    left = [found for found in one if found.resolved]
    right = [found for found in other if found.resolved]
    return min((_between(a, b) for a in left for b in right), key=_ORDER.index, default=Difference.NONE)


def _between(one: Resolution, other: Resolution) -> Difference:
    """Two citations: the same edition and, where both name passages, whether they share one; else how far apart."""
    if one.identity == other.identity:
        if not (one.passages and other.passages):
            return Difference.SAME_EDITION
        shared = set(one.passages) & set(other.passages)
        return Difference.SAME_PASSAGE if shared else Difference.OTHER_SECTION
    if one.edition and other.edition:
        return _editions(one.edition, other.edition)
    return Difference.OTHER_SOURCE


def _editions(one: Edition, other: Edition) -> Difference:
    if one.source is not other.source or one.publisher != other.publisher:
        return Difference.OTHER_SOURCE
    same = one.chapter == other.chapter if one.chapter else one.title == other.title
    return Difference.OTHER_EDITION if same else Difference.OTHER_CHAPTER
