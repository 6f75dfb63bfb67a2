"""What nobody may set aside: contents that the law asks of every determination, missing in the structure itself."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.letters.second_reader.words import words
from evenhand.programmes import DEFAULT


@dataclass(frozen=True, kw_only=True)
class Never:
    """never.yaml"""

    never: dict[str, str]


def never_set_aside(programme: str = DEFAULT) -> dict[str, str]:
    """The codes of the checks whose error no reason sets aside, each with why."""
    known: Never = words(Never, "never", programme)
    return known.never
