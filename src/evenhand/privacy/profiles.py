"""Profiles, patterns and protected words, as data: `programmes/<programme>/publication/privacy.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from pathlib import Path

from evenhand.programmes import DEFAULT
from evenhand.reading import BadFile, Fault, read


class Dates(StrEnum):
    """What becomes of dates: they stay, or only the year stays."""

    KEEP = "keep"
    YEAR = "year"


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """What identifies by its form. A group named `keep` stays (a label before a number)."""

    name: str
    replacement: str
    pattern: str


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One way to de-identify, with what it rests on."""

    name: str
    title: str
    citation: str
    confidence: str
    note: str
    dates: Dates
    oldest_age: int | None
    patterns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PrivacyData:
    """All of the file."""

    patterns: tuple[Pattern, ...]
    eponyms: tuple[str, ...]
    clinical_nouns: tuple[str, ...]
    drugs: tuple[str, ...]
    everyday_words: tuple[str, ...]
    generic_words: tuple[str, ...]
    profiles: tuple[Profile, ...]

    def profile(self, name: str) -> Profile:
        """The profile called `name`. Raises BadFile with the names there are."""
        found = next((profile for profile in self.profiles if profile.name == name), None)
        if found is None:
            known = ", ".join(profile.name for profile in self.profiles)
            raise BadFile([Fault(file="--profile", what=f"there is no profile {name!r}; choose one of: {known}")])
        return found

    def compiled(self, profile: Profile) -> tuple[tuple[Pattern, re.Pattern[str]], ...]:
        """The patterns of a profile, ready to search with."""
        by_name = {pattern.name: pattern for pattern in self.patterns}
        return tuple((by_name[name], re.compile(by_name[name].pattern)) for name in profile.patterns)

    @cached_property
    def everyday(self) -> frozenset[str]:
        """Everyday words in small letters."""
        return frozenset(word.casefold() for word in self.everyday_words)

    @cached_property
    def generic(self) -> frozenset[str]:
        """Generic words of organisations in small letters."""
        return frozenset(word.casefold() for word in self.generic_words)

    @cached_property
    def clinical(self) -> frozenset[str]:
        """Eponyms and drugs in small letters: never taken for a misspelt name."""
        return frozenset(word.casefold() for word in (*self.eponyms, *self.drugs))


@cache
def privacy_data(programme: str = DEFAULT) -> PrivacyData:
    """The programme's privacy data. Raises BadFile where the file is damaged or a profile names an unknown pattern."""
    place = resources.files("evenhand.programmes") / programme / "publication" / "privacy.yaml"
    called = f"{programme}/publication/privacy.yaml"
    with resources.as_file(place) as path:
        data = read(PrivacyData, Path(path), name=called)
    known = {pattern.name for pattern in data.patterns}
    faults = [
        Fault(file=called, where=profile.name, what=f"names the pattern {name!r}, which is not there")
        for profile in data.profiles
        for name in profile.patterns
        if name not in known
    ]
    if faults:
        raise BadFile(faults)
    return data
