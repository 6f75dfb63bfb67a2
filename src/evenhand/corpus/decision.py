"""A published decision: the de-identified determination with what a reader of the public record needs to place it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import PurePath

from evenhand.letters.determination import Determination
from evenhand.letters.read import as_json
from evenhand.treatments import describe

_AGE = re.compile(r"\b(\d{2,3})[\s-]*(?:years?|yrs?\.?)[\s-]*(?:old|of\s+age)\b", re.IGNORECASE)
_OLDEST_BAND = 90


class Origin(StrEnum):
    """Where a decision came from. What a script replayed is never shown as an import of a real letter, nor the
    reverse."""

    OFFICE = "office"
    REPLAY = "replay"
    IMPORT = "import"


@dataclass(frozen=True, kw_only=True)
class ItemCategory:
    """How one item is classed for counting and filtering."""

    category: str
    sub_category: str | None = None
    drug_class: str | None = None


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """What stays of a withdrawn decision: that it was, when it went, and why."""

    withdrawn_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class PublishedDecision:
    """One decision of the public record. A withdrawn one has a tombstone and no determination."""

    id: str
    case_number: str | None
    programme: str
    profile: str
    """The privacy profile under which it was de-identified; `as_published` for a letter that somebody else
    published."""
    source: Origin
    version: int = 1
    published_on: date | None = None
    determination: Determination | None = None
    categories: tuple[ItemCategory, ...] = ()
    """One for each item, in the items' order."""
    age_band: str | None = None
    withdrawn: Tombstone | None = None


def decision_of(
    determination: Determination,
    *,
    programme: str,
    source: Origin,
    profile: str,
    published_on: date | None = None,
) -> PublishedDecision:
    """The published decision for a determination that is de-identified already. Its source keeps only the file's
    name."""
    bare = replace(determination, source=PurePath(determination.source).name)
    treatments = [describe(item.item) for item in bare.items]
    return PublishedDecision(
        id=f"{programme}/{bare.header.case_number or _unnumbered(bare)}",
        case_number=bare.header.case_number,
        programme=programme,
        published_on=published_on,
        profile=profile,
        source=source,
        determination=bare,
        categories=tuple(
            ItemCategory(category=t.category, sub_category=t.sub_category, drug_class=t.drug_class) for t in treatments
        ),
        age_band=age_band(bare.clinical_case_summary),
    )


def withdraw(decision: PublishedDecision, *, on: date, reason: str) -> PublishedDecision:
    """The decision as a tombstone: the content goes, the address and the fact stay."""
    return PublishedDecision(
        id=decision.id,
        case_number=decision.case_number,
        programme=decision.programme,
        profile=decision.profile,
        source=decision.source,
        version=decision.version,
        published_on=decision.published_on,
        withdrawn=Tombstone(withdrawn_on=on, reason=reason),
    )


def age_band(summary: str) -> str | None:
    """The ten years in which the first age of the summary lies ("40-49"); from 90 on one band."""
    found = _AGE.search(summary)
    if found is None:
        return None
    age = int(found.group(1))
    decade = age // 10 * 10
    return f"{_OLDEST_BAND} and over" if age >= _OLDEST_BAND else f"{decade}-{decade + 9}"


def _unnumbered(determination: Determination) -> str:
    """An address from the content, for a letter whose case number nobody knows: the same letter gets the same one."""
    content = {**as_json(determination), "source": None}
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return f"unnumbered-{digest[:16]}"
