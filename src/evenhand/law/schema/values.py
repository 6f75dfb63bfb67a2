"""The shape of values, lists of requirements and fees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, product

from evenhand.law.schema.common import OWN, Basis, Confidence, Part, Scalar, Version


@dataclass(frozen=True, kw_only=True)
class ValueVersion(Version):
    """A value as it stood from a day on."""

    value: Scalar | None = None
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class NamedValue:
    """A value that is no time limit: an amount, a date, a percentage, a list of words."""

    title: str
    governed_by: str
    versions: tuple[ValueVersion, ...]


@dataclass(frozen=True, kw_only=True)
class EntryVersion(Version):
    """One entry of a list of requirements, from a day on."""

    text: str = ""
    value: Scalar | None = None
    basis: Basis = Basis.LAW
    as_before: bool = False
    """All this is as in the version above, because nobody read whether it changed."""

    def faults(self) -> Iterator[str]:
        """A version that is as the one above it says nothing of its own; any other says what is required, or asks."""
        if self.as_before and (self.text or self.value is not None or self.basis is not Basis.LAW or self.unknown):
            yield "is `as_before`, and says something itself; keep one"
        if not self.as_before and not self.text and self.unknown is None:
            yield "needs its `text`, or `as_before: true`, or the open question as `unknown`"


@dataclass(frozen=True, kw_only=True)
class Requirements:
    """A list of requirements by code: what a letter contains, what a reviewer is, which records are owed."""

    title: str
    governed_by: str
    entries: dict[str, tuple[EntryVersion, ...]]

    def whole(self) -> Requirements:
        """The list with every version complete: one that is `as_before` requires what the version above it does."""
        return replace(self, entries={code: _whole(versions) for code, versions in self.entries.items()})


def _whole(versions: tuple[EntryVersion, ...]) -> tuple[EntryVersion, ...]:
    found: list[EntryVersion] = []
    for version in versions:
        if version.as_before and found:
            version = replace(found[-1], as_before=True, **{name: getattr(version, name) for name in OWN})
        found.append(version)
    return tuple(found)


class FeeStage(StrEnum):
    """How far the review had come when it ended."""

    BEFORE_REVIEWER = "before_reviewer"
    AFTER_REVIEWER = "after_reviewer"
    DETERMINED = "determined"


@dataclass(frozen=True, kw_only=True)
class FeeRow:
    """One line of a fee schedule. A condition that is absent matches anything; no two lines fit the same review."""

    stage: FeeStage | None = None
    expedited: bool | None = None
    pharmacy_only: bool | None = None
    other_physician: bool | None = None
    reviewers: int | None = None
    amount: int | None = None
    unknown: str | None = None
    confidence: Confidence | None = None
    """Where it differs from the schedule's."""

    def fits(self, facts: Mapping[str, str | bool | int]) -> bool:
        """Whether every condition that is stated holds."""
        return all(getattr(self, name) in {None, fact} for name, fact in facts.items())


CONDITIONS = ("stage", "expedited", "pharmacy_only", "other_physician", "reviewers")


@dataclass(frozen=True, kw_only=True)
class FeeVersion(Version):
    """A fee schedule, from a day on: every review finds at most one line."""

    rows: tuple[FeeRow, ...] = ()
    otherwise: str | None = None
    """The question to ask about a review that no line fits."""

    def parts(self) -> Iterator[Part]:
        """What no line fits."""
        if self.otherwise is not None:
            yield Part(name="otherwise", citation=self.citation, confidence=self.confidence, unknown=self.otherwise)

    def faults(self) -> Iterator[str]:
        """Lines without an amount, two lines that fit the same review, and reviews that nothing is said of."""
        if (self.unknown is None) != bool(self.rows):
            yield "needs either rows or the open question as `unknown`"
        for index, row in enumerate(self.rows):
            if (row.amount is None) == (row.unknown is None):
                yield f"rows[{index}] needs either an amount or the open question as `unknown`"
        for (above, one), (below, other) in combinations(enumerate(self.rows), 2):
            if all(_meet(getattr(one, name), getattr(other, name)) for name in CONDITIONS):
                yield f"rows[{above}] and rows[{below}] fit the same review; state what tells them apart"
        left = [facts for facts in self._reviews() if not any(row.fits(facts) for row in self.rows)]
        if self.rows and left and self.otherwise is None:
            yield f"has no line for {left[0]}; give it, or the open question as `otherwise`"
        if not left and self.otherwise is not None:
            yield "has a line for every review, so nobody asks `otherwise`; leave it out"

    def _reviews(self) -> Iterator[dict[str, str | bool | int]]:
        """Every kind of review, with one reviewer more than the lines name."""
        most = max((row.reviewers or 1 for row in self.rows), default=0) + 1
        both = (False, True)
        for values in product(tuple(FeeStage), both, both, both, range(1, most + 1)):
            yield dict(zip(CONDITIONS, values, strict=True))


def _meet(one: object, other: object) -> bool:
    """Whether something can fulfill both conditions."""
    return one is None or other is None or one == other


@dataclass(frozen=True, kw_only=True)
class FeeLaw:
    """The fees through the years."""

    title: str
    governed_by: str
    unit: str
    versions: tuple[FeeVersion, ...]
