"""Plain words for what a pack holds: days, lengths, fields, one line for a version of anything."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from functools import singledispatch

from evenhand.law.deadlines import SERVED, length
from evenhand.law.facts import Means
from evenhand.law.schema import (
    Basis,
    Confidence,
    EntryVersion,
    ExtensionVersion,
    FeeVersion,
    Grant,
    GroundVersion,
    LadderVersion,
    Period,
    RuleVersion,
    TableVersion,
    ValueVersion,
    Version,
)
from evenhand.law.schema.formulary import FillVersion
from evenhand.law.schema.mtus import ChapterVersion
from evenhand.law.schema.screening import EffectVersion

MARKS = {
    Confidence.READ: ("Read", "read in the provision itself, or on an official page"),
    Confidence.SECONDARY: ("Secondary source", "read in a source about the provision"),
    Confidence.PARTLY_READ: ("Partly read", "only part of the provision could be read"),
    Confidence.DEDUCED: ("Deduced", "follows from something that was read"),
    Confidence.GENERAL_KNOWLEDGE: ("General knowledge", "believed, not read in a source"),
}
"""The word on the mark, and what it means. From the surest to the least sure."""

LONGEST = 240
"""How much of a text a list of many shows."""

OPEN = ("Open question", "nobody could find the value; every result that needs it asks this question instead")

NAME = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")

LABELS = {
    "may_leave_when": "May be left when",
    "leave_findings": "Finding that allows it",
    "record": "What must be recorded",
    "rolls": "Moves off a day that is no business day",
    "unsettled": "Where the facts leave it open",
    "appeal": "Time limit of the petition",
    "why": "Reason",
}
ABOUT_A_VERSION = {field.name for field in dataclasses.fields(Version)} | {"as_before"}
"""What every version has: shown with its history, not with what it says."""


def day_words(day: date) -> str:
    """A day as a person writes it: "April 1, 2014"."""
    if isinstance(day, datetime):
        return f"{day:%B} {day.day}, {day.year}, {day:%H:%M %Z}".strip()
    return f"{day:%B} {day.day}, {day.year}"


def label(name: str) -> str:
    """A field or a code as a person reads it: "may_leave_when" is "May be left when"."""
    if name in LABELS:
        return LABELS[name]
    words = re.sub(r"[_.]+", " ", name).strip()
    return words[:1].upper() + words[1:]


def written(name: str, words: Mapping[str, str]) -> str:
    """A name of the data with its words as a person writes them: "not_qme" with initials."""
    return re.sub(r"[a-z]+", lambda found: words.get(found[0], found[0]), name.replace("_", " "))


def words_of(value: object) -> str:
    """Any value of a pack in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value).replace("_", " ")
    if isinstance(value, Period):
        return _period(value)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, int | float):
        return f"{value:,}" if abs(value) >= 1000 else str(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{words_of(key)}: {words_of(entry)}" for key, entry in value.items())
    if isinstance(value, list | tuple):
        joint = "; " if any(dataclasses.is_dataclass(entry) or "," in words_of(entry) for entry in value) else ", "
        return joint.join(words_of(entry) for entry in value)
    if dataclasses.is_dataclass(value):
        return ", ".join(f"{label(name).lower()} {words_of(entry)}" for name, entry in said(value))
    # A name of the data stands for itself: "as_before" is told as "as before".
    return str(value).replace("_", " ") if NAME.fullmatch(str(value)) else str(value)


def said(thing: object) -> Iterator[tuple[str, object]]:
    """The fields in which a version (or a line of one) says something of its own: not empty, and none that all have."""
    assert dataclasses.is_dataclass(thing)
    for field in dataclasses.fields(thing):
        value = getattr(thing, field.name)
        common = field.name in ABOUT_A_VERSION
        if not common and value is not None and value != () and value != {} and value != field.default:
            yield field.name, value


def sentence(words: str) -> str:
    """The words with a capital letter and a full stop."""
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!", ":")) else ".")


@singledispatch
def summary(version: Version) -> str:
    """What a version says, in a line. A kind that is not known here is told field by field."""
    if version.unknown is not None:
        return version.unknown
    telling = told_by(version)
    if telling is not None:
        return str(getattr(version, telling))
    return "; ".join(f"{label(name).lower()}: {words_of(value)}" for name, value in said(version))


TELLING = ("text", "says", "explanation", "how", "used_when")
"""Fields that tell a version in a sentence by themselves."""


def told_by(version: Version) -> str | None:
    """The field that tells the version in a sentence, if its kind has one."""
    return next((name for name in TELLING if isinstance(getattr(version, name, None), str)), None)


@summary.register
def _rule(version: RuleVersion) -> str:
    if version.period is None:
        return version.unknown or ""
    further = f", and then {_period(version.further)}" if version.further else ""
    return _period(version.period) + further


@summary.register
def _extension(version: ExtensionVersion) -> str:
    return version.unknown or "; ".join(f"{granted(grant)} {served(grant)}" for grant in version.grants)


@summary.register
def _value(version: ValueVersion) -> str:
    if version.value is None:
        return version.unknown or ""
    return f"{words_of(version.value)} {version.unit}" if version.unit else words_of(version.value)


@summary.register
def _ground(version: GroundVersion) -> str:
    return f"{label(words_of(version.effect))}. {version.explanation}"


@summary.register
def _effect(version: EffectVersion) -> str:
    decides = f"where several effects meet, this one is the {_nth(version.rank)} to decide"
    return f"The status of the item becomes “{words_of(version.outcome)}”; {decides}"


def _nth(rank: int) -> str:
    return {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}.get(rank, f"number {rank}")


@summary.register
def _ladder(version: LadderVersion) -> str:
    return version.unknown or " → ".join(step.title for step in version.steps)


@summary.register
def _entry(version: EntryVersion) -> str:
    words = version.unknown or version.text
    return f"{words.removesuffix('.')} (practice, not law)" if version.basis is Basis.PRACTICE else words


@summary.register
def _chapter(version: ChapterVersion) -> str:
    return version.unknown or f"{version.title} ({version.publisher}, {version.edition_date})"


@summary.register
def _table(version: TableVersion) -> str:
    if version.unknown is not None or not version.rows:
        return version.unknown or "The lines of the version before are still used; nobody read whether they changed"
    lines = "1 line" if len(version.rows) == 1 else f"{len(version.rows)} lines, of which the first that fits holds"
    return f"A table of {lines}"


@summary.register
def _fill(version: FillVersion) -> str:
    supply = f"{version.supply_days} days" if version.supply_days is not None else "as the drug list says"
    when = f"from day {version.first_day} to day {version.last_day}, counted from the {words_of(version.day_zero)}"
    return version.unknown or f"{when}; supply: {supply}"


@summary.register
def _fees(version: FeeVersion) -> str:
    amounts = sorted({row.amount for row in version.rows if row.amount is not None})
    if not amounts:
        return version.unknown or ""
    span = words_of(amounts[0]) if len(amounts) == 1 else f"{words_of(amounts[0])} to {words_of(amounts[-1])}"
    return f"{span}, by kind of review"


def granted(grant: Grant) -> str:
    """What a line of an extension table adds: "5 calendar days", "nothing", "not settled"."""
    if grant.period is None:
        return "not settled"
    return _period(grant.period) if grant.period.count else "nothing"


def served(grant: Grant) -> str:
    """By which means and where: "by mail or by fax (ca)"."""
    means = " or ".join(SERVED.get(Means(one), one) for one in grant.means)
    return f"{means} ({', '.join(grant.regions)})"


def short(version: Version) -> str:
    """What fits on a bar of a time line; empty where nothing does."""
    if version.unknown is not None:
        return "?"
    return summary(version)


def _period(period: Period) -> str:
    back = " back" if period.back else ""
    because = f" ({period.because})" if period.because else ""
    return f"{length(period)}{back}{because}"


def cut(words: str) -> str:
    """The words as far as a list of many shows them."""
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"
