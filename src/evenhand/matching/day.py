"""A day of selection: everything that decides it, in the order in which it is solved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from evenhand.law.facts import PartyRole
from evenhand.matching.affiliations.facts import Affiliations
from evenhand.matching.facts import CaseToReview, Reviewer
from evenhand.matching.names import bare, name_parts
from evenhand.matching.qualifications import Qualifications
from evenhand.programmes import DEFAULT

Entry = TypeVar("Entry", CaseToReview, Reviewer)


class CannotSelect(ValueError):
    """What was given is no problem that can be solved: an id twice, more reviewers for a case than were approved."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What the office weighs, in thousandths of fit: its own rule, not law."""

    fit: int = 1000
    """What a fit of 0 costs more than a fit of 1."""
    load: int = 150
    """What a reviewer's last place costs more than an idle reviewer's first."""
    other_state: int = 60
    """What a reviewer without a licence of the preferred state costs."""
    risk_days: tuple[int, ...] = (3, 7, 14)
    """A case due within so many days ranks above those that have longer."""
    date_at_risk: int = 100
    """What a case due within the fewest days costs with a reviewer whose places are all taken already."""
    claims_administrator: int = 200
    """What a case costs that doubles a reviewer's fair share of one claims administrator's cases."""
    requesting_physician: int = 200
    """The same for one requesting physician's cases."""
    share_percent: int = 150
    """A fair share is so much of what each would have if all who may review a party's cases had equally many."""
    share_least: int = 2
    """So many cases of one party are never more than a fair share."""


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """How many cases a reviewer was given in the time that the office looks back on, by the parties who count."""

    reviewer: str
    claims_administrator: str = ""
    requesting_physician: str = ""
    cases: int = 1


@dataclass(frozen=True, kw_only=True)
class Day:
    """Cases and reviewers sorted by id, and what they are judged by."""

    cases: tuple[CaseToReview, ...]
    reviewers: tuple[Reviewer, ...]
    on: date
    rules: Qualifications
    policy: Policy = field(default_factory=Policy)
    programme: str = DEFAULT
    affiliations: Affiliations | None = None
    history: tuple[Earlier, ...] = ()
    seats: Mapping[str, int] = field(default_factory=dict)
    """By case: how many reviewers decide, where the law allows more than one (see `panel.seats`)."""

    def wanted(self, case: CaseToReview) -> int:
        """How many reviewers decide the case."""
        return self.seats.get(case.id, 1)


def sorted_by_id(entries: Iterable[Entry], what: str) -> tuple[Entry, ...]:
    """The entries by id, so that the order of a file changes nothing. Raises CannotSelect for an id that stands twice."""
    listed = list(entries)
    doubled = sorted(id for id, count in Counter(entry.id for entry in listed).items() if count > 1)
    if doubled:
        raise CannotSelect(
            f"{len(doubled)} {what} id(s) stand twice ({', '.join(doubled[:5])}); give each {what} its own id."
        )
    return tuple(sorted(listed, key=lambda entry: entry.id))


def party_key(case: CaseToReview, role: PartyRole) -> str:
    """Who of this role the case is with, in a form that is equal for equal names; empty where it names nobody.

    The first of the role counts: the company before its adjuster, the physician before the practice.
    """
    party = next((party for party in case.parties if party.role is role), None)
    if party is None:
        return ""
    return (bare(party.identifier) if party.identifier else "") or name_key(party.name)


def name_key(name: str) -> str:
    """A name in the form in which cases of one party are counted together."""
    return " ".join(name_parts(name))
