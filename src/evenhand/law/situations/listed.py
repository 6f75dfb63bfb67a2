"""Situations about what the pack lists: values, fees, lists of requirements, and when any of it changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.law.fees import FeeStage, fee
from evenhand.law.pack import Pack
from evenhand.law.refusals import Refused
from evenhand.law.requirements import requirements
from evenhand.law.schema import Basis, Holiday, Scalar, Version
from evenhand.law.situations.base import Situation, differs
from evenhand.law.versions import in_force

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ValueOn(Situation):
    """What a value is on a day."""

    value: str
    day: date
    gives: Scalar | None = None
    not_known: bool = False

    def __post_init__(self) -> None:
        """Refuses a situation that expects nothing, or a value and none at once."""
        if [self.gives is not None, self.not_known, self.refused is not None].count(True) != 1:
            raise ValueError("needs exactly one of gives, not_known and refused")

    @property
    def provisions(self) -> tuple[str, ...]:
        """The value."""
        return (f"values.{self.value}",)

    def differences(self, pack: Pack) -> Iterator[str]:
        """Looks the value up."""
        found = pack.value(self.value, self.day)
        yield from differs("the question is open", self.not_known, found.unknown is not None)
        yield from differs("value", self.gives, found.value)


@dataclass(frozen=True, kw_only=True)
class FeeOn(Situation):
    """What a review costs."""

    submitted: date
    stage: FeeStage = FeeStage.DETERMINED
    expedited: bool = False
    pharmacy_only: bool = False
    other_physician: bool = False
    reviewers: int = 1
    amount: int | None = None
    not_known: bool = False
    asks: str | None = None
    """Words of the question, where the amount is not known."""

    def __post_init__(self) -> None:
        """Refuses a situation that expects nothing, or an amount and none at once."""
        if [self.amount is not None, self.not_known, self.refused is not None].count(True) != 1:
            raise ValueError("needs exactly one of amount, not_known and refused")

    @property
    def provisions(self) -> tuple[str, ...]:
        """The schedule."""
        return ("fees.review",)

    def differences(self, pack: Pack) -> Iterator[str]:
        """Computes the fee."""
        found = fee(
            pack,
            self.submitted,
            self.expedited,
            self.pharmacy_only,
            self.stage,
            self.other_physician,
            self.reviewers,
        )
        yield from differs("the question is open", self.not_known, found.unknown is not None)
        yield from differs("amount", self.amount, found.amount)
        if self.asks is not None and self.asks not in (found.unknown or ""):
            yield from differs("the question", self.asks, found.unknown)


@dataclass(frozen=True, kw_only=True)
class ListOn(Situation):
    """What a list of requirements holds on a day: all its entries by code, or the value of one."""

    list: str
    day: date
    entries: tuple[str, ...] | None = None
    """Every entry in force, in the pack's order."""
    by_practice: tuple[str, ...] | None = None
    """Those of them that are practice or contract and not law."""
    not_known: tuple[str, ...] = ()
    """Those of them that are an open question."""
    entry: str | None = None
    gives: Scalar | None = None
    """The value of `entry`."""

    def __post_init__(self) -> None:
        """Refuses a situation that expects nothing, or a value of no entry."""
        said = (self.entries, self.by_practice, self.gives, self.refused)
        if all(part is None for part in said) or (self.gives is None) != (self.entry is None):
            raise ValueError("needs entries, by_practice, refused, or an entry and what it gives")

    @property
    def provisions(self) -> tuple[str, ...]:
        """The list and, where one is named, its entry."""
        codes = (self.entry,) if self.entry else self.entries or ()
        return (f"requirements.{self.list}", *(f"requirements.{self.list}.{code}" for code in codes))

    def differences(self, pack: Pack) -> Iterator[str]:
        """Asks for the list and compares."""
        found = {entry.code: entry for entry in requirements(pack, self.list, self.day)}
        if self.entries is not None:
            yield from differs("entries", self.entries, tuple(found))
            questions = tuple(code for code, entry in found.items() if entry.unknown is not None)
            yield from differs("open questions", self.not_known, questions)
        if self.by_practice is not None:
            practice = tuple(code for code, entry in found.items() if entry.law_or_practice is Basis.PRACTICE)
            yield from differs("by practice", self.by_practice, practice)
        if self.entry is not None:
            there = found.get(self.entry)
            yield from differs(self.entry, self.gives, there.value if there else "no such entry")


@dataclass(frozen=True, kw_only=True)
class History(Situation):
    """On which days provisions of the pack began, changed or ended, all on the same ones."""

    of: tuple[str, ...]
    """By section and name: rules.application, requirements.reviewer.not_qme, calendars.offices_closed.Labor Day."""
    changed: tuple[date, ...]
    """The first day of each version, and the first day after one that ended and had no successor."""
    governed_by: str | None = None
    """Which date of a dispute governs them, where that is one of the pack's words for it."""

    @property
    def provisions(self) -> tuple[str, ...]:
        """Those named."""
        return self.of

    def differences(self, pack: Pack) -> Iterator[str]:
        """Compares the days."""
        governed = {f"{entry.section}.{entry.name}": entry.governed_by for entry in pack.provisions()}
        histories = {f"{entry.section}.{entry.name}": entry.versions for entry in pack.provisions()}
        for name in self.of:
            if name.startswith("calendars."):
                found = _holiday_changes(pack, name)
            elif name in histories:
                found = _changes(histories[name])
            else:
                raise Refused(f"The pack has no {name}.")
            yield from differs(f"{name} changed on", self.changed, found)
            if self.governed_by is not None:
                yield from differs(f"{name} is governed by", self.governed_by, governed[name])


def _changes(versions: Sequence[Version]) -> tuple[date, ...]:
    days = {version.valid_from for version in versions}
    days |= {version.valid_to + DAY for version in versions if version.valid_to is not None}
    return tuple(day for day in sorted(days) if in_force(versions, day - DAY) is not in_force(versions, day))


def _holiday_changes(pack: Pack, name: str) -> tuple[date, ...]:
    _, calendar, called = name.split(".", 2)
    kept: list[Holiday] = [day for day in pack.calendar(calendar).law.holidays if day.name == called]
    if not kept:
        raise Refused(f"The pack has no {name}.")
    ends = {day.valid_to + DAY for day in kept if day.valid_to is not None}
    return tuple(sorted({day.valid_from for day in kept} ^ ends))
