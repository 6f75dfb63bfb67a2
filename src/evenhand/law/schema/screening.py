"""The shape of eligibility: what screening can come to, effects, and grounds with the conditions under which they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from evenhand.law.schema.common import OWN, Version


class Outcome(StrEnum):
    """What screening comes to for one disputed item; the states of an item in the office follow from it."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    DEFERRED = "deferred"
    INFORMATION_REQUESTED = "information_requested"
    DUPLICATE = "duplicate"


class GroundDate(StrEnum):
    """Which date of the dispute governs a ground or an effect."""

    APPLICATION_RECEIVED = "application_received"
    UR_DECISION = "ur_decision"


@dataclass(frozen=True, kw_only=True)
class EffectVersion(Version):
    """What a ground of this effect does to an item, from a day on."""

    outcome: Outcome
    rank: int
    """Of several grounds the one whose effect has the lowest rank decides."""

    def faults(self) -> Iterator[str]:
        """What an effect comes to is needed to find anything at all."""
        if self.unknown is not None:
            yield "cannot be an open question; say what it comes to, or let a ground's case be unsettled"


@dataclass(frozen=True, kw_only=True)
class EffectLaw:
    """An effect that grounds can have."""

    title: str
    governed_by: GroundDate
    versions: tuple[EffectVersion, ...]


@dataclass(frozen=True, kw_only=True)
class OfValue:
    """Compared with a value of the pack, as it stands on the governing day."""

    value: str


@dataclass(frozen=True, kw_only=True)
class OfFact:
    """Compared with another fact of the dispute."""

    fact: str


Comparand = bool | int | date | str | tuple[str, ...] | OfValue | OfFact


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One question of fact (`evenhand.law.questions`), compared in one way. Of what is not known nothing holds but
    `known: false`."""

    fact: str
    known: bool | None = None
    equals: Comparand | None = None
    one_of: Comparand | None = None
    none_of: Comparand | None = None
    before: Comparand | None = None
    after: Comparand | None = None
    not_after: Comparand | None = None

    @cached_property
    def comparison(self) -> tuple[str, Comparand]:
        """How the fact is compared, and with what."""
        ways = (f.name for f in fields(self) if f.name not in {"fact", "known"})
        return next((way, value) for way in ways if (value := getattr(self, way)) is not None)


@dataclass(frozen=True, kw_only=True)
class GroundCase:
    """One way in which a ground holds: when all the conditions do."""

    when: tuple[Condition, ...]
    found: str
    """What is then said was found. Facts and values stand in braces: {application_received_on}."""
    unsettled: bool = False
    """Whether facts or law leave it open, so that a person must decide."""


@dataclass(frozen=True, kw_only=True)
class GroundVersion(Version):
    """When a ground of ineligibility holds and what it does, from a day on."""

    effect: str = ""
    explanation: str = ""
    remedy: str = ""
    cases: tuple[GroundCase, ...] = ()
    """The first that fits says what was found; with `every_case` all that fit."""
    as_before: bool = False
    """All this is as in the version above, because nobody read whether it changed."""
    every_case: bool = False
    unsettled: str | None = None
    """The effect where the facts leave the ground open and a person must decide."""
    appeal: str | None = None
    """The rule whose clock runs for a petition against the finding."""
    cure: str | None = None
    """The rule whose clock runs for curing it, where it can be cured."""

    def faults(self) -> Iterator[str]:
        """A version that is as the one above it says nothing of its own, and a case that is unsettled needs an effect."""
        said = [
            f.name for f in fields(self) if f.name not in {*OWN, "as_before"} and getattr(self, f.name) != f.default
        ]
        if self.as_before and said:
            yield f"is `as_before`, and says {', '.join(said)} itself; keep one"
        if self.unsettled is None and any(case.unsettled for case in self.cases):
            yield "has a case that is unsettled, and no effect for it as `unsettled`"


@dataclass(frozen=True, kw_only=True)
class GroundLaw:
    """A ground on which a disputed item is not, or not yet, reviewed."""

    title: str
    governed_by: GroundDate
    versions: tuple[GroundVersion, ...]

    def whole(self) -> GroundLaw:
        """The ground with every version complete: one that is `as_before` does what the version above it does."""
        versions: list[GroundVersion] = []
        for version in self.versions:
            if version.as_before and versions:
                version = replace(versions[-1], as_before=True, **{name: getattr(version, name) for name in OWN})
            versions.append(version)
        return replace(self, versions=tuple(versions))
