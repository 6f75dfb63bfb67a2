"""Which version of a provision was in force on a day."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from evenhand.law.refusals import Refused
from evenhand.law.schema import Version

T = TypeVar("T")
V = TypeVar("V", bound=Version)


def in_force(versions: Sequence[V], on: date) -> V | None:
    """The version in force on `on`, or None before the first and in a gap. Versions are in order (the loader sees to
    it)."""
    last = None
    for version in versions:
        if version.valid_from <= on:
            last = version
    if last is None or (last.valid_to is not None and on > last.valid_to):
        return None
    return last


def faults_between(versions: Sequence[Version]) -> list[tuple[int, str]]:
    """What is wrong with the order of the versions: (index, words)."""
    found = []
    if not versions:
        return [(0, "has no version; add one with valid_from, citation and confidence")]
    for index, version in enumerate(versions):
        if version.valid_to is not None and version.valid_to < version.valid_from:
            found.append((index, f"ends on {version.valid_to}, before it begins on {version.valid_from}"))
    for index, (earlier, later) in enumerate(pairwise(versions), start=1):
        if later.valid_from <= earlier.valid_from:
            found.append(
                (
                    index,
                    f"begins on {later.valid_from}, not after the version above it ({earlier.valid_from}); versions "
                    "may not overlap",
                )
            )
        elif earlier.valid_to is not None and later.valid_from <= earlier.valid_to:
            found.append(
                (
                    index,
                    f"begins on {later.valid_from} while the version above it runs to {earlier.valid_to}; versions "
                    "may not overlap",
                )
            )
    return found


def version_on(versions: Sequence[V], on: date, title: str) -> V:
    """The version in force on `on`. Raises Refused, with the days on which there is one, where there is none."""
    version = in_force(versions, on)
    if version is not None:
        return version
    first = versions[0]
    if on < first.valid_from:
        raise Refused(
            f"{title}: exists from {first.valid_from} ({first.citation}); {on} is before that. "
            f"To compute as if it had been law, govern it by a later date: --governed {first.valid_from}."
        )
    raise Refused(
        f"{title}: the pack has no version for {on}. Govern it by a date of another version (--governed DATE)."
    )


def answered_on(versions: Sequence[V], on: date, title: str) -> V:
    """The version in force on `on`, which must not be an open question. Raises Refused with the question where it is."""
    version = version_on(versions, on, title)
    if version.unknown is not None:
        raise Refused(f"{title}: not known for {on}: {version.unknown}")
    return version


def known(entries: Mapping[str, T], name: str, kind: str) -> T:
    """The entry `name`. Raises Refused with the nearest known names."""
    try:
        return entries[name]
    except KeyError:
        if not entries:
            raise Refused(f"There is no {kind} {name!r} in the law pack, nor any other.") from None
        near = difflib.get_close_matches(name, entries, n=3) or sorted(entries)
        raise Refused(f"There is no {kind} {name!r} in the law pack. Did you mean: {', '.join(near)}?") from None
