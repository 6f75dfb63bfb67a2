"""The words, measures and provisions by which the second reader judges: a file for each group of checks, in the programme's
folder `publication/second_reader/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TypeVar

from evenhand.programmes import DEFAULT
from evenhand.reading import read

Words = TypeVar("Words")


@cache
def words(shape: type[Words], group: str, programme: str = DEFAULT) -> Words:
    """The words of a group of checks, in its own shape. Raises BadFile where the file is damaged."""
    name = f"{programme}/publication/second_reader/{group}.yaml"
    with resources.as_file(resources.files("evenhand.programmes").joinpath(name)) as path:
        return read(shape, Path(path), name=name)


@dataclass(frozen=True, kw_only=True)
class Provision:
    """What a check rests on: the rule in words, its citation, and how sure it is that it was read."""

    says: str
    citation: str
    confidence: str

    def words(self) -> str:
        """The rule with its citation, marked where nobody read it in a source."""
        return f"{self.says} {cited(self.citation, self.confidence)}"


@dataclass(frozen=True, kw_only=True)
class Provisions:
    """provisions.yaml"""

    provisions: dict[str, Provision]


def provision(code: str, programme: str = DEFAULT) -> Provision:
    """The provision of that code. Raises KeyError for a code that the programme does not have."""
    known: Provisions = words(Provisions, "provisions", programme)
    return known.provisions[code]


def cited(citation: str, confidence: str) -> str:
    """A citation in brackets; what was not read in a source says so."""
    return f"({citation})" if confidence in {"read", "secondary"} else f"({citation}; unverified)"
