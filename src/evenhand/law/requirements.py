"""Lists of requirements as they stand on a day: one engine for reviewers, records and letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.law.pack import Pack
from evenhand.law.refusals import Refused
from evenhand.law.schema import Basis, Confidence, Scalar, caution_words
from evenhand.law.versions import in_force, known


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One entry of a list: what is required, with its provision and how sure it is. `law_or_practice` keeps custom
    apart from law."""

    code: str
    text: str
    value: Scalar | None
    citation: str
    confidence: Confidence
    law_or_practice: Basis
    unknown: str | None = None
    caution: str | None = None


def requirements(pack: Pack, name: str, on: date) -> tuple[Requirement, ...]:
    """The entries of the list `name` in force on `on`, in the pack's order. Raises Refused where none was in force
    yet."""
    law = known(pack.requirements, name, "list of requirements")
    versions = ((code, in_force(entry, on)) for code, entry in law.entries.items())
    found = tuple(
        Requirement(
            code=code,
            text=version.text,
            value=version.value,
            citation=version.citation,
            confidence=version.confidence,
            law_or_practice=version.basis,
            unknown=version.unknown,
            caution=caution_words(version.confidence, version.caution),
        )
        for code, version in versions
        if version is not None
    )
    if not found:
        first = min(entry[0].valid_from for entry in law.entries.values())
        raise Refused(f"{law.title}: the pack begins on {first}; {on} is before that.")
    return found
