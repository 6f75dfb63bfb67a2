"""Mutants of a law pack: the pack with one value, day, condition or effect changed, for every one that there is.

Generic over the dataclasses of the schema: it knows no entry by name. What is wording (titles, explanations, citations, marks
of confidence) is no value and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from itertools import zip_longest
from typing import Any

from evenhand.law.load import assembled, pack_of
from evenhand.law.pack import Pack
from evenhand.law.schema import GroundVersion, Outcome, Period, Programme, RuleVersion, Topic, Unit, Version
from evenhand.reading import BadFile

DAY = timedelta(days=1)
ANOTHER = "another"
ANOTHER_ZONE = "America/Denver"

# Words for people, which no computation reads.
WORDING = {
    "asks", "because", "caution", "citation", "confidence", "explanation", "found", "governed_by", "last_day",
    "may_leave_when", "no_extension", "outcomes", "reasoning", "record", "remedy", "says", "source", "starts", "text", "title", "unit",
    "unknown",
}  # fmt: skip
# Where nothing is, something of the same kind is put, except in these: a value where none is needed changes nothing.
STAYS_ABSENT = {("EntryVersion", "value")}
# Lists in which the order decides; in the others it is only the order of reading.
ORDERED = {"steps", "regions"}
MOST_ALTERNATIVES = 3
ANSWERS = {"amount", "level", "period", "status", "then", "value"}
TOLD_FOR = {"appeal": Outcome.INELIGIBLE, "cure": Outcome.INFORMATION_REQUESTED}


@dataclass(frozen=True)
class Mutant:
    """One change: what is changed, and the pack that has it."""

    where: str
    programme: Programme
    topics: Mapping[str, Topic]

    def pack(self) -> Pack:
        """The changed pack, not checked: most changes are noticed by what the pack then answers."""
        return assembled(self.programme, self.topics)[0]

    def refused(self) -> bool:
        """Whether the loader's checks refuse the changed pack."""
        try:
            pack_of(self.programme, self.topics)
        except BadFile:
            return True
        return False


def mutants_of_topic(programme: Programme, topics: Mapping[str, Topic], file: str) -> Iterator[Mutant]:
    """Every mutant of one file of the pack. `where` begins with section and name: "rules.application: …"."""
    seen = _Seen(programme, topics)
    for section in (f.name for f in fields(Topic) if f.name not in {"topic", "sources"}):
        entries = getattr(topics[file], section)
        for name, entry in entries.items():
            for path, changed in seen.changes_in(entry):
                topic = replace(topics[file], **{section: {**entries, name: changed}})
                yield Mutant(f"{section}.{name}: {path}", programme, {**topics, file: topic})
            left = {other: entry for other, entry in entries.items() if other != name}
            topic = replace(topics[file], **{section: left})
            yield Mutant(f"{section}.{name}: left out", programme, {**topics, file: topic})


def mutants_of_programme(programme: Programme, topics: Mapping[str, Topic]) -> Iterator[Mutant]:
    """Every mutant of pack.yaml, but for the programme's own name."""
    for path, changed in _Seen(programme, topics).changes_in(programme):
        if path.split(":")[0] != "name":
            yield Mutant(f"programme.{path.split('[')[0].split(':')[0]}: {path}", changed, topics)


class _Seen:
    """The values that each field has somewhere in the pack: what else it could have."""

    def __init__(self, programme: Programme, topics: Mapping[str, Topic]) -> None:
        self.values: dict[tuple[str, str], list[Any]] = {}
        default = programme.default_calendar
        self.calendars = [name for topic in topics.values() for name in topic.calendars if name != default]
        self.effects = {name: law for topic in topics.values() for name, law in topic.effects.items()}
        for topic in topics.values():
            self._look(topic)

    def _look(self, value: Any) -> None:
        if is_dataclass(value) and not isinstance(value, type):
            for f in fields(value):
                inner = getattr(value, f.name)
                found = self.values.setdefault((type(value).__name__, f.name), [])
                if inner is not None and inner not in found:
                    found.append(inner)
                self._look(inner)
        elif isinstance(value, Mapping):
            for inner in value.values():
                self._look(inner)
        elif isinstance(value, tuple):
            for inner in value:
                self._look(inner)

    def changes_in(self, owner: Any) -> Iterator[tuple[str, Any]]:
        """Every change of one thing inside the dataclass: where and what, and the changed dataclass."""
        for f in fields(owner):
            value = getattr(owner, f.name)
            if _is_wording(f.name, value) or self.changes_nothing(owner, f.name):
                continue
            if f.default is None and value is not None:
                yield f"{f.name}: none", replace(owner, **{f.name: None})
            for path, changed in self.changes_of(type(owner).__name__, f.name, value):
                try:
                    yield f"{f.name}{path}", replace(owner, **{f.name: changed})
                except ValueError:
                    continue  # the dataclass itself refuses it
        yield from _open_questions(owner)
        yield from self._answers_made_up(owner)

    def changes_nothing(self, owner: Any, name: str) -> bool:
        """Whether no value of the field could make a difference beside the owner's other fields."""
        match owner:
            case Version(unknown=str()):
                return name not in {"valid_from", "valid_to"}  # nothing is computed from what nobody knows
            case RuleVersion(period=Period(unit=Unit.BUSINESS_DAYS)):
                return name == "rolls"  # what counts business days ends on one
            case Period(count=0):
                return name != "count"
            case Period(unit=Unit.BUSINESS_DAYS):
                return name == "back"  # no rule counts business days backwards
            case GroundVersion() if name == "every_case":
                return len(owner.cases) < 2
            case GroundVersion() if name == "unsettled":
                return not any(case.unsettled for case in owner.cases)
            case GroundVersion() if name in TOLD_FOR:
                # A petition is told of what is ineligible only, a cure of what information is requested for.
                return TOLD_FOR[name] not in self._outcomes_of(owner)
            case _:
                return False

    def _answers_made_up(self, owner: Any) -> Iterator[tuple[str, Any]]:
        """An open question is answered by what the pack has elsewhere."""
        if getattr(owner, "unknown", None) is None:
            return
        for f in fields(owner):
            if f.name in ANSWERS and getattr(owner, f.name) is None:
                for other in self.values.get((type(owner).__name__, f.name), [])[:MOST_ALTERNATIVES]:
                    yield f"{f.name}: made up ({_short(other)})", replace(owner, unknown=None, **{f.name: other})

    def _outcomes_of(self, ground: GroundVersion) -> set[Outcome]:
        effects = [self.effects[name] for name in (ground.effect, ground.unsettled) if name in self.effects]
        return {version.outcome for law in effects for version in law.versions}

    def changes_of(self, owner: str, name: str, value: Any) -> Iterator[tuple[str, Any]]:
        """Every change of one field's value."""
        match value:
            case None:
                yield from ((f": {_short(other)}", other) for other in self._others(owner, name, None))
            case Mapping():
                for key, inner in value.items():
                    for path, changed in self.changes_of(owner, name, inner):
                        yield f"[{key}]{path}", {**value, key: changed}
                    yield f"[{key}]: left out", {k: v for k, v in value.items() if k != key}
            case tuple():
                yield from self._changes_of_list(owner, name, value)
            case _ if is_dataclass(value):
                for path, changed in self.changes_in(value):
                    yield f".{path}", changed
            case _:
                yield from ((f": {_short(other)}", other) for other in self._alternatives(owner, name, value))

    def _changes_of_list(self, owner: str, name: str, value: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
        for index, inner in enumerate(value):
            before, after = value[:index], value[index + 1 :]
            if is_dataclass(inner):
                for path, changed in self.changes_of(owner, name, inner):
                    result = (*before, changed, *after)
                    if _ends_plainly(result) != _ends_plainly(value):
                        yield f"[{index}]{path}", result
            if isinstance(inner, date | int):
                for other in self._alternatives(owner, name, inner):
                    yield f"[{index}]: {_short(other)}", (*before, other, *after)
            yield f"[{index}] ({_short(inner)}): left out", (*before, *after)
            if name in ORDERED and is_dataclass(inner) and after:
                yield f"[{index}]: after the next", (*before, after[0], inner, *after[1:])
        yield from _answered(name, value)
        if name == "value":
            yield ": one more", (*value, ANOTHER)

    def _alternatives(self, owner: str, name: str, value: Any) -> Iterator[Any]:
        match value:
            case bool():
                yield not value
            case Enum():
                yield from [other for other in type(value) if other is not value]
            case int() | float():
                yield from (value + 1, value - 1)
            case date():
                yield from (value + DAY, value - DAY)
            case str() if name == "time_zone":
                yield ANOTHER_ZONE
            case str() if not value.endswith("."):
                yield ANOTHER
                yield from self._others(owner, name, value)
            case _:
                pass

    def _others(self, owner: str, name: str, value: Any) -> list[Any]:
        if (owner, name) in STAYS_ABSENT and value is None:
            return []
        there = self.calendars if name == "calendar" else self.values.get((owner, name), [])
        same = [other for other in there if other != value and not isinstance(other, tuple | Mapping)]
        if value is not None:
            same = [other for other in same if type(other) is type(value)]
        return same[:MOST_ALTERNATIVES]


def _is_wording(name: str, value: Any) -> bool:
    return name in WORDING and (name == "confidence" or name == "outcomes" or not isinstance(value, Enum))


def _ends_plainly(value: tuple[Any, ...]) -> tuple[Any, ...]:
    """The versions without a last day that says no more than that the next version begins after it."""
    return tuple(
        replace(entry, valid_to=None)
        if isinstance(entry, Version) and later is not None and entry.valid_to == later.valid_from - DAY
        else entry
        for entry, later in zip_longest(value, value[1:])
    )


def _open_questions(owner: Any) -> Iterator[tuple[str, Any]]:
    """What is known becomes an open question."""
    if not isinstance(owner, Version) or owner.unknown is not None:
        return
    base = {f.name for f in fields(Version)}
    payload = {f.name: f.default for f in fields(owner) if f.name not in base and f.default is not MISSING}
    yield ": nobody knows", replace(owner, unknown="What is it?", **payload)


def _answered(name: str, value: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """An open question among versions is answered by the version before it."""
    if name != "versions":
        return
    for index, version in enumerate(value):
        if index and getattr(version, "unknown", None) is not None:
            before = value[index - 1]
            known = replace(before, valid_from=version.valid_from, valid_to=version.valid_to)
            if known.unknown is None:
                yield f"[{index}]: as before", (*value[:index], known, *value[index + 1 :])


def _short(value: Any) -> str:
    if is_dataclass(value) and not isinstance(value, type):
        return getattr(value, "name", None) or getattr(value, "code", None) or type(value).__name__
    return value.value if isinstance(value, Enum) else str(value)
