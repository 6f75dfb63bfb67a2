"""A pack that is only a sketch: every version says so, and with it every result that rests on one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from evenhand.law.schema import Programme, Status, Topic, Version
from evenhand.law.schema.topic import VERSIONED

V = TypeVar("V", bound=Version)


def faults_of(programme: Programme) -> Iterator[tuple[str, str]]:
    """What is wrong with what pack.yaml says about its state: (field, words)."""
    if (programme.status is Status.SKETCH) != (programme.caution is not None):
        yield "caution", "belongs to a sketch, and a sketch has one; give `status: sketch` and `caution` together"


def with_caution(topic: Topic, words: str | None) -> Topic:
    """The topic with `words` before the caution of each of its versions; without words, the topic as it is."""
    if words is None:
        return topic
    sections: dict[str, Any] = {
        section: {
            name: replace(entry, versions=_cautioned(entry.versions, words))
            for name, entry in getattr(topic, section).items()
        }
        for section in VERSIONED
    }
    lists = {
        name: replace(law, entries={code: _cautioned(versions, words) for code, versions in law.entries.items()})
        for name, law in topic.requirements.items()
    }
    return replace(topic, **sections, requirements=lists)


def _cautioned(versions: tuple[V, ...], words: str) -> tuple[V, ...]:
    return tuple(replace(each, caution=f"{words} {each.caution}" if each.caution else words) for each in versions)
