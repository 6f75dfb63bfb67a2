"""What is different between two packs: which entries, which of their versions, which fields.

An entry is compared by what it says, not by the file in which it stands; versions belong together by the day on which
they begin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from evenhand.law.load import pack_of
from evenhand.law.overlay import key_of
from evenhand.law.pack import Pack
from evenhand.law.schema import Programme, Topic
from evenhand.reading import to_plain

PROGRAMME = "programme"
SECTIONS = tuple(each.name for each in fields(Topic) if each.name != "topic")


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field that the two packs have otherwise; None where one of them does not have it."""

    where: str
    """The path inside the entry: `versions[2014-04-01].effect`; empty for the entry as a whole."""
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """One entry that the two packs have otherwise, or that only one of them has."""

    section: str
    name: str
    title: str
    differences: tuple[Difference, ...]

    @property
    def provision(self) -> str:
        """The entry by its path in the pack: `rules.application`."""
        return f"{self.section}.{self.name}"


def changes(before: Pack, after: Pack) -> tuple[Change, ...]:
    """Every entry that is different, in the order of the sections and of the files."""
    found = []
    for section, name in _entries(before, after):
        one, other = _entry(before, section, name), _entry(after, section, name)
        if one != other:
            title = getattr(other if other is not None else one, "title", name)
            differences = tuple(_differences("", to_plain(one), to_plain(other)))
            found.append(Change(section=section, name=name, title=title, differences=differences))
    return tuple(found)


def with_changes(pack: Pack, other: Pack, *made: Change) -> Pack:
    """`pack` with these entries, and only these, as `other` has them. Raises BadFile where they cannot stand without
    the rest."""
    programme, law = pack.programme, pack.law
    sections: dict[str, Any] = {"sources": {**other.sources, **pack.sources}}
    for change in made:
        entry = _entry(other, change.section, change.name)
        if change.section == PROGRAMME:
            programme = replace(programme, **{change.name: entry})
            continue
        section = sections.setdefault(change.section, dict(getattr(law, change.section)))
        section.pop(change.name, None)
        if entry is not None:
            section[change.name] = entry
    return pack_of(programme, {"pack": replace(law, **sections)})


def _entries(*packs: Pack) -> Iterator[tuple[str, str]]:
    """The section and name of each entry of any of the packs."""
    for each in fields(Programme):
        yield PROGRAMME, each.name
    for section in SECTIONS:
        for name in dict.fromkeys(name for pack in packs for name in getattr(pack.law, section)):
            yield section, name


def _entry(pack: Pack, section: str, name: str) -> Any:
    return getattr(pack.programme, name) if section == PROGRAMME else getattr(pack.law, section).get(name)


def _differences(where: str, before: Any, after: Any) -> Iterator[Difference]:
    one, other = _by_name(before), _by_name(after)
    if one is None or other is None:
        yield Difference(where=where, before=_said(before), after=_said(after))
        return
    for name in dict.fromkeys((*one, *other)):
        if one.get(name) == other.get(name):
            continue
        place = f"{where}{name}" if name.startswith("[") or not where else f"{where}.{name}"
        yield from _differences(place, one.get(name), other.get(name))


def _by_name(value: Any) -> Mapping[str, Any] | None:
    """The parts of a value by what tells them apart: fields by name, versions by their first day, holidays by theirs."""
    if isinstance(value, Mapping):
        return value
    key = key_of(value) if value else None
    if key is None:
        return None
    by_key = {f"[{each[key]}]": each for each in value}
    return by_key if len(by_key) == len(value) else None


def _said(value: Any) -> str | None:
    """A value on one line: fields without those that say nothing."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        told = (f"{name}: {_said(each)}" for name, each in value.items() if each is not None and each not in ([], {}))
        return "{" + ", ".join(told) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(str(_said(each)) for each in value) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)
