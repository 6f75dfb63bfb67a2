"""The shape of a programme's law pack: what the YAML files may hold.

Every number of the law is a *version*: it has a first day, a citation and a confidence mark, or an open question
instead of the number. The files are read strictly into these dataclasses; see `load` for the checks between fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from evenhand.law.facts import Means


class Confidence(StrEnum):
    """How well somebody verified a value."""

    READ = "read"
    SECONDARY = "secondary"
    PARTLY_READ = "partly_read"
    GENERAL_KNOWLEDGE = "general_knowledge"
    DEDUCED = "deduced"

    @property
    def verified(self) -> bool:
        """Whether the value was read in a primary or a secondary source."""
        return self in {Confidence.READ, Confidence.SECONDARY}


# From the surest to the least sure; a result is as sure as the least sure value that it rests on.
SUREST_FIRST = (
    Confidence.READ,
    Confidence.SECONDARY,
    Confidence.PARTLY_READ,
    Confidence.DEDUCED,
    Confidence.GENERAL_KNOWLEDGE,
)

WORDS = {
    Confidence.PARTLY_READ: "only part of the provision could be read",
    Confidence.GENERAL_KNOWLEDGE: "stated from general knowledge, not read in a source",
    Confidence.DEDUCED: "deduced, not read in a source",
}


def caution_words(confidence: Confidence, own: str | None = None) -> str | None:
    """What a person is told about an unverified value; None for a verified one without a caution of its own."""
    if confidence.verified:
        return own
    words = f"Unverified: {WORDS[confidence]}. Have a person check it before relying on it."
    return f"{own} {words}" if own else words


def least_sure(*marks: Confidence) -> Confidence:
    """The weakest of the marks."""
    return max(marks, key=SUREST_FIRST.index)


class Unit(StrEnum):
    """What a period counts."""

    CALENDAR_DAYS = "calendar_days"
    BUSINESS_DAYS = "business_days"
    HOURS = "hours"
    MONTHS = "months"


class Weekday(StrEnum):
    """Days of the week, Monday first, as `date.weekday` counts them."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """0 for Monday to 6 for Sunday."""
        return list(Weekday).index(self)


class Effect(StrEnum):
    """What a ground does to an item, the strongest first: an item takes the first effect that any of its grounds
    has."""

    DUPLICATE = "duplicate"
    INELIGIBLE = "ineligible"
    INFORMATION_REQUESTED = "information_requested"
    DEFERRED = "deferred"
    ELIGIBLE = "eligible"


class Basis(StrEnum):
    """Whether a requirement is law, or only practice or contract."""

    LAW = "law"
    PRACTICE = "practice"


Scalar = bool | int | float | date | str | tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Version:
    """What every dated value has. Without `valid_to` it holds until the next version begins."""

    valid_from: date
    citation: str
    confidence: Confidence
    valid_to: date | None = None
    source: tuple[str, ...] = ()
    caution: str | None = None
    unknown: str | None = None
    """The question to ask, where nobody could verify the value: then there is no value."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """A length of time. `back` counts towards the past."""

    count: int
    unit: Unit
    back: bool = False
    because: str | None = None


@dataclass(frozen=True, kw_only=True)
class RuleVersion(Version):
    """A time limit as it stood from a day on."""

    period: Period | None = None
    further: Period | None = None
    """A second period that follows the first from the same start (an approved extension)."""
    extension: str | None = None
    """The table of extensions for service that applies; without it the means of service changes nothing."""
    no_extension: str | None = None
    """Why no extension is added, for the person who expects one."""
    rolls: bool = True
    """Whether a last day that is no business day moves to the next one."""
    calendar: str | None = None


class RuleKind(StrEnum):
    """What the last day of a time limit means."""

    DUTY = "duty"
    """Something is owed by then; late is late."""
    RIGHT = "right"
    """Somebody may do something until then, and need not."""
    MARK = "mark"
    """A day from or to which something else is reckoned; nothing is due on it."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A time limit through the years."""

    title: str
    governed_by: str
    starts: str
    last_day: str
    versions: tuple[RuleVersion, ...]
    kind: RuleKind = RuleKind.DUTY


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What service by some means, at an address in some region, adds to a period."""

    means: tuple[Means, ...]
    regions: tuple[str, ...]
    citation: str
    confidence: Confidence
    source: tuple[str, ...] = ()
    period: Period | None = None
    unknown: str | None = None
    candidates: tuple[Period, ...] = ()
    """Where it is not settled: every extension that may apply, none (a count of 0) included."""


@dataclass(frozen=True, kw_only=True)
class ExtensionVersion(Version):
    """The extensions for service as they stood from a day on; every means and region occurs in exactly one grant."""

    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Extension:
    """A table of extensions for service."""

    title: str
    governed_by: str
    versions: tuple[ExtensionVersion, ...]


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
class Holiday:
    """One holiday: a fixed day, the nth or last weekday of a month (with days after it), or listed dates."""

    name: str
    citation: str
    confidence: Confidence
    valid_from: date
    valid_to: date | None = None
    source: tuple[str, ...] = ()
    month: int | None = None
    day: int | None = None
    weekday: Weekday | None = None
    nth: int | None = None
    """1 to 4 from the month's beginning; -1 is the last."""
    days_after: int = 0
    dates: tuple[date, ...] = ()
    observed: dict[Weekday, Weekday] = field(default_factory=dict)
    """Where the day falls on the first weekday, it is kept on the nearest second one."""


@dataclass(frozen=True, kw_only=True)
class HolidayList:
    """A list of days that are no business days."""

    title: str
    weekend: tuple[Weekday, ...]
    citation: str
    confidence: Confidence
    holidays: tuple[Holiday, ...]
    source: tuple[str, ...] = ()


class GroundDate(StrEnum):
    """Which date of the dispute governs a ground."""

    APPLICATION_RECEIVED = "application_received"
    UR_DECISION = "ur_decision"


@dataclass(frozen=True, kw_only=True)
class GroundVersion(Version):
    """What a ground of ineligibility does, from a day on."""

    effect: Effect
    explanation: str
    remedy: str
    unsettled: Effect | None = None
    """The effect where the facts leave the ground open and a person must decide."""
    appeal: str | None = None
    """The rule whose clock runs for a petition against the finding."""


@dataclass(frozen=True, kw_only=True)
class GroundLaw:
    """A ground on which a disputed item is not, or not yet, reviewed."""

    title: str
    governed_by: GroundDate
    versions: tuple[GroundVersion, ...]


@dataclass(frozen=True, kw_only=True)
class StepLaw:
    """One step of the evidence ladder."""

    code: str
    title: str
    may_leave_when: str
    leave_findings: tuple[str, ...]
    record: str
    citation: str
    confidence: Confidence
    source: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LadderVersion(Version):
    """The standards of medical necessity in their order, from a day on."""

    strictly_ordered: bool
    steps: tuple[StepLaw, ...]
    reasoning: str | None = None


@dataclass(frozen=True, kw_only=True)
class LadderLaw:
    """The evidence ladder through the years."""

    title: str
    governed_by: str
    versions: tuple[LadderVersion, ...]


@dataclass(frozen=True, kw_only=True)
class EntryVersion(Version):
    """One entry of a list of requirements, from a day on."""

    text: str
    value: Scalar | None = None
    basis: Basis = Basis.LAW


@dataclass(frozen=True, kw_only=True)
class Requirements:
    """A list of requirements by code: what a letter contains, what a reviewer is, which records are owed."""

    title: str
    governed_by: str
    entries: dict[str, tuple[EntryVersion, ...]]


@dataclass(frozen=True, kw_only=True)
class FeeRow:
    """One line of a fee schedule. A condition that is absent matches anything; the first line that matches holds."""

    stage: str | None = None
    expedited: bool | None = None
    pharmacy_only: bool | None = None
    other_physician: bool | None = None
    reviewers: int | None = None
    amount: int | None = None
    unknown: str | None = None
    confidence: Confidence | None = None
    """Where it differs from the schedule's."""


@dataclass(frozen=True, kw_only=True)
class FeeVersion(Version):
    """A fee schedule, from a day on."""

    rows: tuple[FeeRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FeeLaw:
    """The fees through the years."""

    title: str
    governed_by: str
    unit: str
    versions: tuple[FeeVersion, ...]


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
    grounds: dict[str, GroundLaw] = field(default_factory=dict)
    ladders: dict[str, LadderLaw] = field(default_factory=dict)
    requirements: dict[str, Requirements] = field(default_factory=dict)
    fees: dict[str, FeeLaw] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Region:
    """A region of addresses for extensions of time: the first in the list that fits holds."""

    name: str
    title: str
    countries: tuple[str, ...] = ()
    """As addresses write them; none means every country."""
    states: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A way of counting, with its authority."""

    text: str
    citation: str
    confidence: Confidence
    source: tuple[str, ...] = ()


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
