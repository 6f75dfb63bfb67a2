"""Rules that the database itself keeps, on SQLite and on PostgreSQL. Installed after every migration."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from django.db.backends.base.base import BaseDatabaseWrapper

ALWAYS = "1 = 1"
# PostgreSQL's numbers (pg_trigger.tgtype) for BEFORE, each row (TRUNCATE: each statement), and the kind of statement.
ROW_BEFORE = {"INSERT": 7, "DELETE": 11, "UPDATE": 19, "TRUNCATE": 34}
# A trigger as it stands: its table, its function and that one's text, when it fires, that it is on, that nothing limits it.
THERE = (
    "SELECT t.tgname, c.relname, f.proname, f.prosrc, t.tgtype, t.tgenabled, t.tgqual IS NULL FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc f ON f.oid = t.tgfoid "
    "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """`before` this kind of statement on `table`, where `when` holds (SQL over OLD and NEW), the database refuses."""

    name: str
    table: str
    before: Literal["UPDATE", "DELETE", "INSERT", "TRUNCATE"]
    message: str
    when: str = ALWAYS
    only: Literal["sqlite", "postgresql"] | None = None
    """For one database only, where the other has no such way."""


APPEND_ONLY = tuple(
    Refusal(
        name=f"{table}_no_{statement.lower()}",
        table=table,
        before=statement,
        message=f"{table} is append-only: correct a fact by a later event",
    )
    for table in ("events_event", "events_checkpoint")
    for statement in ("UPDATE", "DELETE")
) + tuple(
    # SQLite's INSERT OR REPLACE deletes without asking the triggers; PostgreSQL has no such statement.
    Refusal(
        name=f"{table}_no_replace",
        table=table,
        before="INSERT",
        when=f"EXISTS (SELECT 1 FROM {table} old WHERE old.id = NEW.id OR ({same}))",  # noqa: S608  (constants of ours)
        message=f"{table} is append-only: an entry is never replaced",
        only="sqlite",
    )
    for table, same in (
        ("events_event", "old.chain = NEW.chain AND old.number = NEW.number"),
        ("events_checkpoint", "old.number = NEW.number"),
    )
)


def install(connection: BaseDatabaseWrapper, refusals: tuple[Refusal, ...]) -> None:
    """Creates the triggers that are missing or that say something else than the code says."""
    lacking = missing(connection, refusals)
    with connection.cursor() as cursor:
        for refusal in _here(connection.vendor, refusals):
            if refusal.name in lacking:
                for statement in _statements(connection.vendor, refusal):
                    cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper, refusals: tuple[Refusal, ...]) -> set[str]:
    """Names of the triggers that are not there, or that are there under the name but do something else."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(THERE)
        there = {row[0]: row[1:] for row in cursor.fetchall()}
    return {
        refusal.name
        for refusal in _here(connection.vendor, refusals)
        if there.get(refusal.name) != _expected(connection.vendor, refusal)
    }


def kept(table: str) -> Refusal:
    """Rows of the table are never deleted."""
    message = f"{table}: what was entered stays; correct it by a later entry"
    return Refusal(name=f"{table}_kept", table=table, before="DELETE", message=message)


def _here(vendor: str, refusals: tuple[Refusal, ...]) -> list[Refusal]:
    """The refusals of this kind of database. PostgreSQL's TRUNCATE empties a table without asking for each row."""
    wanted = [refusal for refusal in refusals if refusal.only in {None, vendor}]
    if vendor == "sqlite":
        return wanted
    emptied = [
        replace(refusal, name=f"{refusal.table}_no_truncate", before="TRUNCATE")
        for refusal in wanted
        if refusal.before == "DELETE" and refusal.when == ALWAYS
    ]
    return wanted + emptied


def _statements(vendor: str, refusal: Refusal) -> tuple[str, ...]:
    """SQL from constants of ours only; nothing here comes from outside."""
    if vendor == "sqlite":
        words = refusal.message.replace("'", "''")
        return (
            f"DROP TRIGGER IF EXISTS {refusal.name}",
            f"CREATE TRIGGER {refusal.name} BEFORE {refusal.before} ON {refusal.table} WHEN {refusal.when} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END",
        )
    each = "STATEMENT" if refusal.before == "TRUNCATE" else "ROW"
    return (
        f"CREATE OR REPLACE FUNCTION {refusal.name}_refuse() RETURNS trigger LANGUAGE plpgsql AS $${_body(refusal)}$$",
        f"DROP TRIGGER IF EXISTS {refusal.name} ON {refusal.table}",
        f"CREATE TRIGGER {refusal.name} BEFORE {refusal.before} ON {refusal.table} FOR EACH {each} "
        f"EXECUTE FUNCTION {refusal.name}_refuse()",
    )


def _body(refusal: Refusal) -> str:
    """The condition stands in the function and not in the trigger: PostgreSQL keeps a function's text as it was written, so that
    it can be compared with the code."""
    words = refusal.message.replace("'", "''")
    row = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD", "TRUNCATE": "NULL"}[refusal.before]
    return (
        f" BEGIN IF {refusal.when} THEN RAISE EXCEPTION USING MESSAGE = '{words}', "
        f"ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END "
    )


def _expected(vendor: str, refusal: Refusal) -> tuple[object, ...]:
    """What the database says of the trigger if it is as it must be."""
    if vendor == "sqlite":
        return (_statements(vendor, refusal)[-1],)
    kind = ROW_BEFORE[refusal.before]
    return (refusal.table, f"{refusal.name}_refuse", _body(refusal), kind, "O", True)
