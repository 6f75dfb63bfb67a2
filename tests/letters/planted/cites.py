"""Which source answers a made-up request on its day: the guideline line, and how reasons call the source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from tests.letters.planted.request import data

CHANGED = date(2016, 7, 28)
"""From this day the schedule's chapter on chronic pain is the edition of 2016, and opioids have a chapter of their own."""
SEQUENCE = date(2015, 7, 20)
"""From this day the schedule itself says in which order sources are searched."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A cited source: `line` as a guideline line tells it, `called` how reasons may call it."""

    line: str
    called: tuple[str, ...]
    outside: bool = False


def source_for(cites: str, site: str, day: date) -> Source:
    """The source that `cites` of kinds.yaml means on that day for that part of the body."""
    what, _, section = cites.partition("/")
    place = data("sites")[site]
    if what == "complaint":
        return chapter(place["chapter"], place["year"], section)
    if what == "acupuncture":
        return chapter("Acupuncture Treatment", 2007, "Frequency and duration")
    if what == "postsurgical":
        return chapter("Postsurgical Treatment", 2009, place["part"].capitalize())
    if what == "odg":
        return disability_guideline(place["odg"], section, day.year)
    if what == "opioids" and day >= CHANGED:
        return chapter("Opioid Treatment", 2016, "Opioids for Chronic Pain")
    if what == "opioids":
        section = "Opioids, criteria for use"
    before, _, after = section.partition("/")
    if day >= CHANGED:
        return chapter("Chronic Pain Medical Treatment", 2016, after or before)
    return chapter("Chronic Pain Medical Treatment", 2009, before)


def chapter(title: str, year: int, section: str) -> Source:
    """A chapter of the schedule."""
    return Source(
        line=f"Decision based on MTUS {title} {year}, Section(s): {section}.",
        called=(
            f"MTUS {title} {year}, section {section}",
            f"the {title} chapter of the MTUS ({year})",
            f"the MTUS guideline {title} {year}",
        ),
    )


def disability_guideline(title: str, section: str, year: int) -> Source:
    """A chapter of the Official Disability Guidelines."""
    return Source(
        line=(
            "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines. "
            f"Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), {year}, {title} Chapter, {section}."
        ),
        called=(
            f"the Official Disability Guidelines (ODG), {title} Chapter, {section}",
            f"the Official Disability Guidelines (ODG) of {year}, {title} Chapter",
        ),
        outside=True,
    )


def claims_line(source: Source, site: str, day: date, chance: Random) -> str:
    """What the claims administrator relied on: the same source, another one, or by the fixed sentence none."""
    choice = chance.random()
    if choice < 0.2:
        return "The Claims Administrator did not cite any medical evidence for its decision."
    place = data("sites")[site]
    outside = "The Claims Administrator based their decision on recommendation(s) outside of the MTUS Guidelines. "
    if choice < 0.45:
        other = f"Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), {day.year}, {place['odg']} Chapter."
        return outside + other
    return source.line.replace("The Expert Reviewer", "The Claims Administrator")
