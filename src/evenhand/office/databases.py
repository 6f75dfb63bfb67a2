"""What the office's two databases do differently: waiting for one another, and what they say when it does not work."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, IntegrityError, NotSupportedError, connection, transaction

from evenhand.office.refusals import Refused

# PostgreSQL's names for: serialization failure, deadlock, lock not available, statement cancelled (too slow), connection ended.
IN_THE_WAY = frozenset({"40001", "40P01", "55P03", "57014"})
ONCE = frozenset({"event_number_once_in_chain", "event_key_once_in_chain"})


OLDEST = 15
# sqlstates, what is in the words where there is no state (a connection that never was), what to do.
TROUBLES: tuple[tuple[frozenset[str], tuple[str, ...], str], ...] = (
    (
        frozenset({"28P01", "28000"}),
        ("password authentication failed", "no password supplied", "no pg_hba.conf entry", "role "),
        "the server does not let this user in; check user and password in the URL, or name the password in PGPASSWORD",
    ),
    (
        frozenset({"3D000"}),
        ("FATAL: database",),
        "the server has no database of this name; make it: createdb --encoding=UTF8 NAME",
    ),
    (
        frozenset(),
        (
            "Connection refused",
            "No such file or directory",
            "not known",
            "not translate",
            "timeout expired",
            "No route",
        ),
        "no server answers there; start it, or correct host and port in the URL",
    ),
    (frozenset(), ("invalid connection option", "invalid sslmode"), "an option in the URL is none of PostgreSQL's"),
    (frozenset(), ("SSL", "certificate"), "the connection cannot be made safe; see sslmode and sslrootcert in the URL"),
    (frozenset(), ("or later is required",), "the server is too old; upgrade it"),
    (
        frozenset({"42501"}),
        ("permission denied",),
        "this user may not make tables there; make it the owner: ALTER DATABASE NAME OWNER TO USER",
    ),
    (frozenset({"25006"}), ("read-only transaction",), "this is a standby, which cannot be written; name the primary"),
    (frozenset({"53300"}), ("too many clients", "remaining connection slots"), "the server has no connection left"),
)


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
    """As `serialise`, for longer than a transaction: as long as the block lasts, or this process. On SQLite nothing is held.

    The lock has a connection of its own: whatever the block does with the other one, it is kept.
    """
    if connection.vendor != "postgresql":
        yield
        return
    keeper = connection.copy()
    try:
        with keeper.cursor() as cursor:
            # Whoever waits for another machine's migration waits longer than for a row.
            cursor.execute("SET lock_timeout = '30min'")
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [_number(name)])
        yield
    finally:
        keeper.close()


def without_limits() -> None:
    """Lets this connection's statements take as long as they need, until it is closed: migrations of a large office."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SET lock_timeout = '5min'")


def require_known_kind() -> None:
    """Raises DatabaseError where the server is older than what the office was tested on, or would garble what people write."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
    version: int = connection.pg_version  # type: ignore[attr-defined]
    if version // 10_000 < OLDEST:
        raise NotSupportedError(f"PostgreSQL {OLDEST} or later is required (found {version // 10_000})")
    if encoding != "UTF8":
        raise NotSupportedError(f"the database's encoding is {encoding}; make one with ENCODING 'UTF8'")


def in_words(error: BaseException) -> str:
    """What to do about a database that cannot be opened, and what it said itself, without its password."""
    said = " ".join(str(error).split())
    state = sqlstate(error)
    for states, words, advice in TROUBLES:
        if state in states or any(word in said for word in words):
            return f"{advice} (it says: {said[:300]})"
    return f"the database cannot be opened: {said[:300]}"


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
