"""How the letters of 2013-14 are worded, as data: `programmes/<programme>/publication/letters_2013.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from evenhand.letters.wording import loosely
from evenhand.programmes import DEFAULT
from evenhand.reading import read

Spellings = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HeaderWords:
    """What stands before each fact of the header: a label, or words of a sentence."""

    case_number: Spellings
    date_assigned: Spellings
    date_of_injury: Spellings
    decision_date: Spellings
    ur_denial_date: Spellings
    priority: Spellings
    application_received: Spellings


@dataclass(frozen=True, kw_only=True)
class CredentialWords:
    """What stands before the reviewer's specialties and states of licensure, in prose and as labels."""

    certified: str
    subspecialty: str
    licensed: str
    labelled_licensure: str
    labelled_specialties: str


@dataclass(frozen=True, kw_only=True)
class LayoutC:
    """Headings and labels of "Independent Medical Review", 2013-14."""

    made: Spellings
    documents: Spellings
    summary: Spellings
    items: Spellings
    claims: Spellings
    reviewer: Spellings
    rationale: Spellings


@dataclass(frozen=True, kw_only=True)
class LayoutD:
    """Labels of "Medical Professional Review". The rationale's label tells the decision."""

    items: Spellings
    summary: Spellings
    documents: Spellings
    guideline: Spellings
    rationale_upheld: Spellings
    rationale_overturned: Spellings
    reviewer: Spellings


@dataclass(frozen=True, kw_only=True)
class LayoutE:
    """Headings and labels of the notice of 2013."""

    decision: Spellings
    qualifications: Spellings
    summary: Spellings
    documents: Spellings
    item: str
    relied_upon: Spellings
    rationale: Spellings


@dataclass(frozen=True, kw_only=True)
class OlderWording:
    """Everything the reader must know of the letters of 2013-14."""

    caution: str
    decision_phrases: Spellings
    negation: str
    heading_frames: Spellings
    header: HeaderWords
    credentials: CredentialWords
    claims_sentences: Spellings
    reviewer_sentences: Spellings
    sources: Spellings
    layout_c: LayoutC
    layout_d: LayoutD
    layout_e: LayoutE


@cache
def older_wording(programme: str = DEFAULT) -> OlderWording:
    """The wording of `programme`'s letters of 2013-14. Raises BadFile where the data file is damaged."""
    place = resources.files("evenhand.programmes") / programme / "publication" / "letters_2013.yaml"
    with resources.as_file(place) as path:
        return read(OlderWording, Path(path), name=f"{programme}/publication/letters_2013.yaml")


@cache
def any_of(spellings: Spellings) -> str:
    """A pattern for any of the spellings, the longest first, with any white space where a space stands."""
    return "(?:" + "|".join(loosely(each) for each in sorted(spellings, key=len, reverse=True)) + ")"


@cache
def opening(spellings: Spellings) -> re.Pattern[str]:
    """The spellings at a line's beginning."""
    return re.compile(rf"^{any_of(spellings)}\s*", re.IGNORECASE | re.MULTILINE)
