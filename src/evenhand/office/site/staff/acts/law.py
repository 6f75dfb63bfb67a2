"""What stands beside a form: the law as the pack has it, and what will follow from the act, computed before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenhand.law import Refused as RefusedByLaw
from evenhand.law.deadlines import length
from evenhand.law.facts import Means
from evenhand.law.schema import caution_words
from evenhand.law.versions import in_force
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.models import Case, Party
from evenhand.office.cases.states import CASE_TRANSITIONS, CaseState
from evenhand.office.correspondence.addresses import reach
from evenhand.office.correspondence.compose import languages_for, means_for

WORDS = {
    Means.PERSONAL: "in person",
    Means.MAIL: "by mail",
    Means.FAX: "by fax",
    Means.ELECTRONIC: "electronically",
}


@dataclass(frozen=True, kw_only=True)
class LawLine:
    """A sentence of the law with its citation, how sure the pack is of it, and the caution where it is not."""

    text: str
    citation: str
    confidence: str = ""
    caution: str | None = None
    title: str = "What the law says"
    """Its heading; no two on a page are the same."""


@dataclass(frozen=True, kw_only=True)
class Follow:
    """What will follow: a sentence, and the computed date where there is one."""

    text: str
    deadline: Mapping[str, Any] | None = None


LANGUAGES = {"en": "English", "es": "Spanish"}


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """What will be sent to one party: how many papers, in which languages, how, and where."""

    to: str
    means: str
    where: str
    count: int
    languages: str


def rule_line(case: Case, rule: str, on: date) -> LawLine:
    """A time limit of the pack in a sentence, as it stands on a day."""
    law = pack_of(case).rule(rule)
    version = in_force(law.versions, on)
    if version is None:
        return LawLine(
            text=f"The law of {on} has no such time limit.", citation="the programme's law pack", title=law.title
        )
    if version.period is None:
        return LawLine(text=version.unknown or "", citation=version.citation, title=law.title)
    return LawLine(
        title=law.title,
        text=f"{length(version.period).capitalize()}. It starts with: {law.starts}. {law.last_day}",
        citation=version.citation,
        confidence=version.confidence.value,
        caution=caution_words(version.confidence, version.caution),
    )


def way_line(case: Case, target: CaseState) -> LawLine | None:
    """Where the act takes the case, with the citation of that line of the table of transitions."""
    way = next((t for t in CASE_TRANSITIONS if t.source == case.state and t.target == target), None)
    if way is None:
        return None
    return LawLine(
        title=f"On to “{CaseState(way.target).label}”",
        text=f"The case goes from “{CaseState(way.source).label}” to “{CaseState(way.target).label}”.",
        citation=way.citation,
    )


def date_follow(
    label: str, case: Case, rule: str, start: date, *, means: Means = Means.PERSONAL, party: Party | None = None
) -> Follow:
    """The legal date that an act will set, computed as the act will compute it."""
    region = (party.region if party is not None else "") or None
    try:
        deadline = pack_of(case).due(rule, start, means=means, region=region)
    except RefusedByLaw as error:
        return Follow(text=f"{label}: {error}")
    return Follow(text=label, deadline=deadline.as_json())


def outgoing(case: Case, parties: list[Party], means: Means, on: date, *, letter: bool = False) -> list[Outgoing]:
    """What an act will send: each party's papers, in the way in which the party can really be reached on that day.

    The `letter` goes out once, with its summary in every language of the party.
    """
    sent = []
    for party in parties:
        how = means_for(party, means, on)
        place = reach(party, on)
        where = {Means.ELECTRONIC: place.email, Means.FAX: place.fax}.get(how) or ", ".join(place.address)
        languages = languages_for(case, party.role)
        sent.append(
            Outgoing(
                to=f"{party.role.replace('_', ' ')}: {party.name}",
                means=WORDS[how],
                where=where,
                count=len(languages) + letter,
                languages=" and ".join(LANGUAGES.get(language, language) for language in languages),
            )
        )
    return sent
