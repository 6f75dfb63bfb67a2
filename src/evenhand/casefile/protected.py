"""Which segments of a medical record the programme's law protects beyond the rest, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evenhand import programmes
from evenhand.law.schema import Confidence
from evenhand.programmes import DEFAULT
from evenhand.reading import read


@dataclass(frozen=True, kw_only=True)
class ProtectedCategory:
    """One kind of specially protected information, with the rule that protects it."""

    code: str
    title: str
    citation: str
    confidence: Confidence


@dataclass(frozen=True, kw_only=True)
class ProtectedCategories:
    """vocabulary/protected.yaml of a programme."""

    categories: tuple[ProtectedCategory, ...]


@cache
def protected_categories(programme: str = DEFAULT) -> tuple[ProtectedCategory, ...]:
    """The categories of the programme, in its order."""
    folder = Path(programmes.__path__[0]) / programme
    return read(ProtectedCategories, folder / "vocabulary" / "protected.yaml").categories
