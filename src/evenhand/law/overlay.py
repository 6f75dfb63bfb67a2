"""One set of files laid over another: a changed regulation, or the readings that an office adopted, is a changed data file.

A file laid over a pack says only what it changes. An entry that the pack has keeps every field that the file does not
name; its versions are joined by the day on which they begin (holidays by their name), so a version replaces the one of the
same day or is added.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evenhand.reading import BadFile, Fault, read_plain

Topics = dict[str, dict[str, Any]]
BEGINS = "valid_from"
TITLE = "topic"


def topics_in(folder: Path, *, besides: str) -> Topics:
    """The plain content of every topic's file in the folder, by file name. Raises BadFile with the faults of all."""
    if not folder.exists():
        raise BadFile([Fault(file=str(folder), what="is missing; give a folder of YAML files, or one such file")])
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else [folder]
    faults: list[Fault] = []
    topics: Topics = {}
    for path in paths:
        if path.name == besides:
            continue
        try:
            topics[path.name] = read_plain(path)
        except BadFile as bad:
            faults.extend(bad.faults)
    if not topics and not faults:
        faults.append(Fault(file=str(folder), what="holds no YAML file; a law pack has one a topic"))
    if faults:
        raise BadFile(faults)
    return topics


def laid_over(below: Topics, above: Topics) -> Topics:
    """`below` with what `above` changes, each entry in the file in which it stood; new entries stay in their own file.
    Raises BadFile for what is no entry."""
    faults = [fault for file, content in above.items() for fault in _no_blocks(file, content)]
    if faults:
        raise BadFile(faults)
    topics = dict(below)
    for file, content in above.items():
        own: dict[str, Any] = {}
        for section, entries in content.items():
            if not isinstance(entries, Mapping):
                own[section] = entries
                continue
            for name, entry in entries.items():
                home = _home(topics, section, name)
                if home is None:
                    own.setdefault(section, {})[name] = entry
                else:
                    topics[home] = _with(topics[home], section, name, entry)
        if any(isinstance(value, Mapping) for value in own.values()):
            topics[_free(file, below)] = own
    return topics


def _no_blocks(file: str, content: Mapping[str, Any]) -> list[Fault]:
    """What stands in a file of changes and changes no entry: it must not pass as if it had."""
    faults = []
    for section, entries in content.items():
        if section == TITLE and not isinstance(entries, str):
            faults.append(Fault(file=file, where=section, what="must be text, the title of the file"))
        if section != TITLE and not isinstance(entries, Mapping):
            what = "is no block of entries, each by its name, so it would change nothing; mend it or take it out"
            faults.append(Fault(file=file, where=section, what=what))
    return faults


def _home(topics: Topics, section: str, name: str) -> str | None:
    """The file in which the entry stands."""
    return next((file for file, content in topics.items() if name in (content.get(section) or {})), None)


def _free(file: str, taken: Topics) -> str:
    """A name for a file of new entries that hides none of the pack's own."""
    return f"over-{file}" if file in taken else file


def _with(content: dict[str, Any], section: str, name: str, entry: object) -> dict[str, Any]:
    changed = {**content[section], name: _merged(content[section][name], entry)}
    return {**content, section: changed}


def _merged(below: object, above: object) -> object:
    """Fields by name, versions by their first day; anything else is replaced."""
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        return {**below, **{key: _merged(below.get(key), value) for key, value in above.items()}}
    key = key_of(below)
    if key is not None and key == key_of(above):
        assert isinstance(below, list) and isinstance(above, list)
        changed = {str(entry[key]) for entry in above}
        kept = [entry for entry in below if str(entry[key]) not in changed]
        # Two of the same day in one file stay two, so that the loader sees that they overlap.
        joined = [*kept, *above]
        return sorted(joined, key=lambda entry: str(entry[BEGINS])) if key == BEGINS else joined
    return above


def key_of(value: object) -> str | None:
    """By what the entries of a list are told apart: holidays by their name, versions by their first day."""
    if not isinstance(value, list) or not all(isinstance(entry, Mapping) for entry in value):
        return None
    return next((key for key in ("name", BEGINS) if all(key in entry for entry in value)), None)
