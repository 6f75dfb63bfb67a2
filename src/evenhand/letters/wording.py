"""How a programme's published letters are worded, as data: `programmes/<programme>/publication/letters.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from evenhand.programmes import DEFAULT
from evenhand.reading import read


@dataclass(frozen=True, kw_only=True)
class Headings:
    """Section headings, each alone on its line."""

    made: str
    documents: str
    summary: str
    items: str


@dataclass(frozen=True, kw_only=True)
class OtherLayout:
    """A layout of another year: its letter, its title, and the words that all must stand near the top."""

    layout: str
    title: str
    marks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HeaderLabels:
    """Labels of the header block."""

    case_number: str
    date_assigned: str
    date_of_injury: str
    decision_date: str
    ur_denial_date: str
    priority: str
    application_received: str


@dataclass(frozen=True, kw_only=True)
class CredentialLabels:
    """Labels of what is said of the reviewer."""

    licensure: str
    specialties: str


@dataclass(frozen=True, kw_only=True)
class ItemLabels:
    """Labels within an item.

    The reviewer's side is called by the review organisation's name, so it has several spellings.
    """

    claims_administrator_guideline: str
    imr_guideline: tuple[str, ...]
    rationale: str


@dataclass(frozen=True, kw_only=True)
class GuidelineWords:
    """Fixed sentences of the guideline lines."""

    none_cited: str
    outside: tuple[str, ...]
    primary_source: str
    primary: str
    other: tuple[str, ...]
    other_joined: str
    sections: str
    pages: str


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """An organisation that publishes guidelines, and how letters spell it (longest first wins)."""

    name: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Wording:
    """Everything the reader must know of one programme's letters.

    One object a programme: it is compared by identity, since patterns are remembered by it for every line of every letter.
    """

    headings: Headings
    other_layouts: tuple[OtherLayout, ...]
    layout_b_until: date
    header: HeaderLabels
    credentials: CredentialLabels
    summary_opening: str
    items_opening: str
    labels: ItemLabels
    running_lines: tuple[str, ...]
    page_numbers: tuple[str, ...]
    partly_authorized: tuple[str, ...]
    guideline: GuidelineWords
    chapters: tuple[str, ...]
    sections_with_commas: tuple[str, ...]
    organisations: tuple[Publisher, ...]


@cache
def wording(programme: str = DEFAULT) -> Wording:
    """The wording of `programme`'s letters. Raises BadFile where the data file is damaged."""
    folder = resources.files("evenhand.programmes") / programme / "publication" / "letters.yaml"
    with resources.as_file(folder) as path:
        return read(Wording, Path(path), name=f"{programme}/publication/letters.yaml")


def loosely(words: str) -> str:
    """A pattern for fixed `words` whose spaces may be any white space, at a hyphen's line end too."""
    return r"\s+".join(re.escape(part).replace(r"\-", r"\-\s?") for part in words.split())
