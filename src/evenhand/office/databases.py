"""What the office's two databases do differently: waiting for one another, and what they say when it does not work."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, IntegrityError, connection, transaction

from evenhand.office.refusals import Refused

# PostgreSQL's names for: serialization failure, deadlock, lock not available, statement cancelled (too slow), connection ended.
IN_THE_WAY = frozenset({"40001", "40P01", "55P03", "57014"})
ONCE = frozenset({"event_number_once_in_chain", "event_key_once_in_chain"})


class Busy(Refused):
    """Somebody else was working on the same thing; nothing was changed."""


def serialise(name: str) -> None:
    """Until this transaction ends, nobody else is behind this line under the same name: they wait here.

    On PostgreSQL an advisory lock of the transaction, which holds across machines. SQLite has one writer at a time anyway (its
    transactions begin IMMEDIATE).
    """
    here = transaction.get_connection()
    if not here.in_atomic_block:
        raise RuntimeError("a name is held by a transaction; there is none")
    if here.vendor == "postgresql":
        with here.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(name)])


@contextmanager
def held(name: str) -> Iterator[None]:
    """As `serialise`, for longer than a transaction: as long as the block lasts, or the connection. On SQLite nothing is held."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        # Whoever waits for another machine's migration waits longer than for a row.
        cursor.execute("SET lock_timeout = '30min'")
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [_number(name)])
    try:
        yield
    finally:
        # The connection goes with its lock and its settings; the next query opens another.
        connection.close()


@contextmanager
def refused_when_busy() -> Iterator[None]:
    """Makes a refusal in words of an error that only means that somebody else was at work. Stands outside the transaction."""
    try:
        yield
    except DatabaseError as error:
        if not (in_the_way(error) or _is_second(error)):
            raise
        raise Busy(
            what="this was not done",
            why="somebody else was working on the same case at the same moment",
            next="look at what is there now, then try again",
        ) from None


def in_the_way(error: DatabaseError) -> bool:
    """Whether the error says only that somebody else was at work."""
    return sqlstate(error) in IN_THE_WAY or "database is locked" in str(error)


def _is_second(error: DatabaseError) -> bool:
    """Whether an event was refused because the same event is there already."""
    if not isinstance(error, IntegrityError):
        return False
    words = str(error)
    return any(name in words for name in ONCE) or "events_event.chain" in words


def sqlstate(error: BaseException) -> str | None:
    """PostgreSQL's five characters for what went wrong."""
    return getattr(error.__cause__, "sqlstate", None)


def _number(name: str) -> int:
    """PostgreSQL's advisory locks have 64-bit numbers for names."""
    return int.from_bytes(hashlib.sha256(f"evenhand {name}".encode()).digest()[:8], "big", signed=True)
