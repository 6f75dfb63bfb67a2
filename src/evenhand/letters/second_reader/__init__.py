"""The second reader: what a determination lacks, what does not fit together, which provision that touches, what to do.

    for finding in check_letter(read_letter(path)):
        print(finding.code, finding.severity, finding.where, finding.what)

It decides nothing and corrects nothing. A finding is a question to a person; words like "unverified" mark provisions
that nobody read in a source yet. The checks stand in `rules/`, a module for each group; how one is written says `catalogue`.
"""

from __future__ import annotations

from datetime import date

from evenhand.letters.determination import Determination
from evenhand.letters.second_reader import rules
from evenhand.letters.second_reader.catalogue import Check, entered
from evenhand.letters.second_reader.finding import Finding, Ground, Part, Place, Profile, Severity
from evenhand.letters.second_reader.reading import NeedsDate, Reading
from evenhand.programmes import DEFAULT

__all__ = [
    "Check",
    "Finding",
    "Ground",
    "NeedsDate",
    "Part",
    "Place",
    "Profile",
    "Severity",
    "check_letter",
    "checks",
]


def checks() -> tuple[Check, ...]:
    """Every check, by code."""
    assert rules.MODULES  # importing the modules has entered their checks
    return entered()


def check_letter(
    letter: Determination,
    *,
    on: date | None = None,
    profile: Profile = Profile.PUBLISHED,
    programme: str = DEFAULT,
) -> tuple[Finding, ...]:
    """The findings on a letter: those of the whole letter first, then item by item, each by code.

    `on` is the day whose law counts; without it the day of the utilization review decision, or the latest date that
    the letter names. Raises NeedsDate where there is none. Law: the contents of a determination and the evidence
    ladder, both from the programme's pack.
    """
    reading = Reading(letter, on=on, profile=profile, programme=programme)
    found = [finding for each in checks() for finding in each.findings(reading)]
    return tuple(sorted(found, key=lambda finding: (finding.place.item or 0, finding.code)))
