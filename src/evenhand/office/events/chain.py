"""Appending to a chain: canonical JSON, SHA-256 over it, the hash of the event before inside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from django.db import transaction

from evenhand.office.configuration import configuration, secret
from evenhand.office.databases import serialise
from evenhand.office.events.links import FIRST, canonical, digest
from evenhand.office.events.models import Event
from evenhand.office.events.tags import PREFIX, TAGGED_ROLE, is_tagged, tag_of

Source = Literal["person", "system", "import", "replay"]

_appended: ContextVar[int] = ContextVar("events appended so far", default=0)
_key: ContextVar[str | None] = ContextVar("idempotency key of the next event", default=None)


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts, in which role, and how we know: a person at a screen, the system, an import, or a script that replays."""

    username: str
    role: str
    source: Source


@contextmanager
def under_key(key: str) -> Iterator[None]:
    """The next event bears this key; a second event with the same key in a chain is refused by the database."""
    token = _key.set(key)
    try:
        yield
    finally:
        _key.reset(token)


def append(*, actor: Actor, chain: str, kind: str, effective: date, data: Mapping[str, Any]) -> Event:
    """Appends one event to `chain`. `effective` is the legal day of the act; the time of recording is taken now.

    Must run in the transaction of the act itself. `data` holds procedure and digests, never names or medical text: an event
    cannot be deleted, and a case's papers must be able to be.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is appended in the transaction of its act")
    # A case's lock protects its own chain; the accounts', the register's and other chains have only this.
    serialise(f"chain {chain}")
    last = Event.objects.filter(chain=chain).order_by("-number").first()
    number = last.number + 1 if last else 1
    previous = last.hash if last else FIRST
    recorded = datetime.now(UTC).replace(microsecond=0)
    key = _key.get()
    who = name_in(chain, actor)
    payload = canonical(
        {
            "actor": who,
            "chain": chain,
            "data": data,
            "effective": effective.isoformat(),
            "key": key,
            "kind": kind,
            "number": number,
            "previous": previous,
            "recorded": recorded.isoformat(),
            "role": actor.role,
            "source": actor.source,
        }
    )
    _appended.set(_appended.get() + 1)
    return Event.objects.create(
        chain=chain,
        number=number,
        kind=kind,
        key=key,
        actor=who,
        role=actor.role,
        source=actor.source,
        effective=effective,
        recorded_at=recorded,
        payload=payload,
        previous=previous,
        hash=digest(payload),
    )


def name_in(chain: str, actor: Actor) -> str:
    """How the events of a chain name an actor: a reviewer by the keyed tag of the dispute, everybody else by the user name."""
    return reviewer_tag(chain, actor.username) if is_tagged(chain, actor.role) else actor.username


def reviewer_tag(dispute: str, reviewer: str) -> str:
    """The tag that stands for a reviewer in the events of a dispute (Lab. Code 4610.6(f)). Raises BadFile where its key is gone."""
    key = configuration().tag_key
    may_make = key.exists() or not Event.objects.filter(role=TAGGED_ROLE, actor__startswith=PREFIX).exists()
    return tag_of(dispute, reviewer, secret(key, may_make=may_make))


def appended() -> int:
    """How many events were appended in this thread so far; an act compares it before and after."""
    return _appended.get()


def done(chain: str, key: str) -> bool:
    """Whether the act with this key is already in the chain."""
    return Event.objects.filter(chain=chain, key=key).exists()
