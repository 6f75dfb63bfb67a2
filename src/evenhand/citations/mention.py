"""A citation as it stands in free text: what it says, and from where to where."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.citations.cited import Reference


@dataclass(frozen=True, kw_only=True)
class Mention(Reference):
    """A citation with its place in the text; what the text does not say is absent."""

    start: int
    end: int
    text: str
