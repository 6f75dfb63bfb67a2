"""Events as lines that people read: who in which role did what, when; whether a script replayed it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.office.cases.models import Case
from evenhand.office.events.models import Event
from evenhand.office.events.tags import is_tag
from evenhand.office.people.queries import reviewers_among
from evenhand.office.people.roles import Role
from evenhand.office.reviewers.queries import tags_in
from evenhand.office.words import headed

ROLES = frozenset(role.value for role in Role)
SOURCES = {"replay": "replayed by a script", "system": "done by the system", "import": "imported", "person": ""}


@dataclass(frozen=True, kw_only=True)
class EventLine:
    """One event."""

    number: int
    what: str
    detail: str
    actor: str
    role: str
    effective: date
    recorded_at: datetime
    source: str
    hash: str


# Kinds of events whose names say too little.
EVENTS = {
    "glass_broken": "Closed part opened with a reason",
    "broken_glass_looked_at": "Looked at what was opened with a reason",
    "case_exported": "Proof taken out",
    "case_read": "Case file looked at",
    "finding_explained": "Error of the second reader explained",
    "finding_overridden": "Error of the second reader overridden",
}


def event_lines(events: Iterable[Event], *, with_reviewer: bool) -> list[EventLine]:
    """The events in their order, each in words. The reviewer's pseudonym only for those who may know which reviewer it is.

    It is left out of sign-ins as well: who signed out when would tell who read when. In the log of a case itself stands a
    keyed tag, which is turned back here."""
    events = list(events)
    whose = _whose_tags(events) if with_reviewer else {}
    hidden = set() if with_reviewer else reviewers_among(e.actor for e in events if e.role not in ROLES)
    return [
        EventLine(
            number=event.number,
            what=EVENTS.get(event.kind) or headed(event.kind),
            detail=_detail(event),
            actor=whose.get(event.actor, event.actor)
            if with_reviewer or (event.role != Role.REVIEWER and event.actor not in hidden)
            else "",
            role=Role(event.role).words if event.role in ROLES else event.role,
            effective=event.effective,
            recorded_at=event.recorded_at,
            source=SOURCES.get(event.source, event.source),
            hash=event.hash[:8],
        )
        for event in events
    ]


def _whose_tags(events: Iterable[Event]) -> dict[str, str]:
    """The pseudonyms behind the tags that these events bear."""
    chains = {event.chain for event in events if is_tag(event.actor)}
    found: dict[str, str] = {}
    for case in Case.objects.filter(number__in=chains):
        found |= tags_in(case)
    return found


def _detail(event: Event) -> str:
    """Where the event took the case, and its citation; which finding was set aside."""
    data = json.loads(event.payload).get("data", {})
    if data.get("check"):
        return f"{data['check']}, {'item ' + str(data['item']) if data.get('item') else 'the letter as a whole'}"
    moves = [data["move"]] if data.get("move") else data.get("moves", [])
    return "; ".join(
        f"{move['from'].replace('_', ' ').lower()} to {move['to'].replace('_', ' ').lower()} ({move['citation']})"
        for move in moves
    )
