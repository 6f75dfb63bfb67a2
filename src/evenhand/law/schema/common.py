"""What every dated entry of a law pack has, and how sure anybody is of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum


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


class Basis(StrEnum):
    """Whether a requirement is law, or only practice or contract."""

    LAW = "law"
    PRACTICE = "practice"


Scalar = bool | int | float | date | str | tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A line inside a version that has a mark, or an open question, of its own."""

    name: str
    citation: str
    confidence: Confidence
    source: tuple[str, ...] = ()
    unknown: str | None = None


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

    def parts(self) -> Iterator[Part]:
        """The lines inside it that have a mark of their own."""
        return iter(())

    def faults(self) -> Iterator[str]:
        """What is wrong within it, in words."""
        return iter(())


OWN = tuple(entry.name for entry in fields(Version))
"""What a version says of itself, and never takes from the one above it."""


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A way of counting, with its authority."""

    text: str
    citation: str
    confidence: Confidence
    source: tuple[str, ...] = ()
