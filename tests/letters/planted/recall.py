"""How many planted defects the checks find, and what they say of clean letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from tests.letters.planted import plant_contents, plant_dates, plant_evidence, plant_facts, plant_reasons, plant_writing
from tests.letters.planted.generate import FAMILIES, make
from tests.letters.planted.planting import PLANTERS, Base, Planted

from evenhand.letters.determination import Determination
from evenhand.letters.second_reader import Check, Finding, Profile, Severity, check_letter, checks
from evenhand.letters.second_reader.reading import Reading
from evenhand.programmes import DEFAULT

MODULES = (plant_contents, plant_dates, plant_evidence, plant_facts, plant_reasons, plant_writing)
"""Importing them has entered their planters."""
EACH = 60
"""Planted letters for each code: ten of each family."""
CLEAN = 240
"""Clean letters: forty of each family."""


@dataclass
class Recall:
    """What one check found of what was planted for it."""

    code: str
    letters: int = 0
    found: int = 0
    missed: list[tuple[Planted, tuple[Finding, ...]]] = field(default_factory=list)
    """Letters in which it said nothing, or pointed elsewhere (then with what it said)."""

    @property
    def share(self) -> float:
        """The share found, at its place."""
        return self.found / self.letters


@cache
def known() -> dict[str, Check]:
    """The checks that there are, by code."""
    return {each.code: each for each in checks()}


def plant(code: str, family: str, seed: int) -> Planted:
    """A letter of a family with the defect of a code; the same for the same seed."""
    assert MODULES
    return PLANTERS[code](Base(code, family, seed))


def planted_letters(code: str, each: int = EACH) -> Iterator[Planted]:
    """As many letters with the defect, the families in turn."""
    for number in range(each):
        yield plant(code, FAMILIES[number % len(FAMILIES)], number // len(FAMILIES))


def findings(check: Check, letter: Determination, profile: Profile) -> tuple[Finding, ...]:
    """What one check says of a letter."""
    return tuple(check.findings(Reading(letter, on=None, profile=profile, programme=DEFAULT)))


def recall(code: str, each: int = EACH) -> Recall:
    """What the check of a code finds of what was planted."""
    result = Recall(code)
    for planted in planted_letters(code, each):
        said = findings(known()[code], planted.letter, planted.profile)
        result.letters += 1
        if any(spot.holds(finding, planted.letter) for spot in planted.spots for finding in said):
            result.found += 1
        else:
            result.missed.append((planted, said))
    return result


def clean_letters(count: int = CLEAN) -> Iterator[Determination]:
    """Letters in which nothing is wrong."""
    for number in range(count):
        yield make(FAMILIES[number % len(FAMILIES)], 100_000 + number).letter()


@cache
def said_of_clean(count: int = CLEAN) -> tuple[tuple[Determination, tuple[Finding, ...]], ...]:
    """Each clean letter with all that both profiles' checks say of it."""
    return tuple(
        (letter, tuple(dict.fromkeys(f for profile in Profile for f in check_letter(letter, profile=profile))))
        for letter in clean_letters(count)
    )


def clean_share(severity: Severity = Severity.ERROR) -> float:
    """The share of clean letters with a finding of that severity."""
    said = said_of_clean()
    return sum(any(f.severity is severity for f in found) for _, found in said) / len(said)


def clean_codes() -> Counter[str]:
    """On how many clean letters each code speaks."""
    return Counter(code for _, found in said_of_clean() for code in {f.code for f in found})


def table(results: Iterable[Recall]) -> str:
    """The results as a table in Markdown."""
    spoken = clean_codes()
    lines = [
        "| code | check | severity | planted | found | recall | on clean letters |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in results:
        check = known()[each.code]
        lines.append(
            f"| {each.code} | {check.name} | {check.severity} | {each.letters} | {each.found} | {each.share:.0%} "
            f"| {spoken[each.code] / CLEAN:.1%} |"
        )
    shares = ", ".join(f"{severity} {clean_share(severity):.1%}" for severity in Severity)
    lines += ["", f"Clean letters ({CLEAN}) with a finding: {shares}."]
    return "\n".join(lines)
