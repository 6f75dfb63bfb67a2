"""The files of a law pack: pack.yaml, and a file a topic."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import get_args, get_type_hints

from evenhand.law.schema.clocks import Extension, HolidayList, Rule
from evenhand.law.schema.common import Cited
from evenhand.law.schema.evidence import EvidenceLaw
from evenhand.law.schema.formulary import FillLaw, StatusLaw
from evenhand.law.schema.mtus import ChapterLaw
from evenhand.law.schema.screening import EffectLaw, GroundLaw
from evenhand.law.schema.standards import LadderLaw, NecessityLaw
from evenhand.law.schema.tables import TableLaw
from evenhand.law.schema.values import FeeLaw, NamedValue, Requirements


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where something was read, and how much of it."""

    address: str
    read: str


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One file of the pack. The folder holds a file a topic; each holds the sections that its topic needs."""

    topic: str
    rules: dict[str, Rule] = field(default_factory=dict)
    extensions: dict[str, Extension] = field(default_factory=dict)
    values: dict[str, NamedValue] = field(default_factory=dict)
    calendars: dict[str, HolidayList] = field(default_factory=dict)
    effects: dict[str, EffectLaw] = field(default_factory=dict)
    grounds: dict[str, GroundLaw] = field(default_factory=dict)
    standards: dict[str, NecessityLaw] = field(default_factory=dict)
    ladders: dict[str, LadderLaw] = field(default_factory=dict)
    chapters: dict[str, ChapterLaw] = field(default_factory=dict)
    evidence: dict[str, EvidenceLaw] = field(default_factory=dict)
    drug_statuses: dict[str, StatusLaw] = field(default_factory=dict)
    fills: dict[str, FillLaw] = field(default_factory=dict)
    requirements: dict[str, Requirements] = field(default_factory=dict)
    fees: dict[str, FeeLaw] = field(default_factory=dict)
    tables: dict[str, TableLaw] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)


def _versioned() -> tuple[str, ...]:
    kinds = {name: get_args(hint) for name, hint in get_type_hints(Topic).items()}
    return tuple(
        name
        for name, kind in kinds.items()
        if len(kind) == 2 and "versions" in {entry.name for entry in fields(kind[1])}
    )


VERSIONED = _versioned()
"""The sections whose entries have `versions`."""


@dataclass(frozen=True, kw_only=True)
class Region:
    """A region of addresses for extensions of time: the first in the list that fits holds."""

    name: str
    title: str
    countries: tuple[str, ...] = ()
    """As addresses write them; none means every country."""
    states: tuple[str, ...] = ()


class Status(StrEnum):
    """How far a pack has come."""

    COMPLETE = "complete"
    """Everything that could be read is there; what could not is marked."""
    SKETCH = "sketch"
    """Enough to show that the engine holds this law; not enough to work by."""


@dataclass(frozen=True, kw_only=True)
class Programme:
    """pack.yaml: whose law this is."""

    name: str
    title: str
    home_state: str
    time_zone: str
    begins: date
    default_calendar: str
    regions: tuple[Region, ...]
    first_day: Cited
    rolling: Cited
    status: Status = Status.COMPLETE
    caution: str | None = None
    """What every result of a sketch says beside its own cautions."""
