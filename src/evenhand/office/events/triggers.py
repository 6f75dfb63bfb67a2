"""Rules that the database itself keeps, on SQLite and on PostgreSQL. Installed after every migration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """`before` this kind of statement on `table`, where `when` holds (SQL over OLD and NEW), the database refuses."""

    name: str
    table: str
    before: Literal["UPDATE", "DELETE", "INSERT"]
    message: str
    when: str = "1 = 1"
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
        for refusal in refusals:
            if refusal.name in lacking:
                for statement in _statements(connection.vendor, refusal):
                    cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper, refusals: tuple[Refusal, ...]) -> set[str]:
    """Names of the triggers that are not there, or that are there under the name but do something else."""
    sql = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, NULL FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        there = dict(cursor.fetchall())
    wanted = [refusal for refusal in refusals if refusal.only in {None, connection.vendor}]
    return {
        refusal.name
        for refusal in wanted
        if refusal.name not in there or there[refusal.name] not in {None, _statements(connection.vendor, refusal)[-1]}
    }


def kept(table: str) -> Refusal:
    """Rows of the table are never deleted."""
    message = f"{table}: what was entered stays; correct it by a later entry"
    return Refusal(name=f"{table}_kept", table=table, before="DELETE", message=message)


def _statements(vendor: str, refusal: Refusal) -> tuple[str, ...]:
    """SQL from constants of ours only; nothing here comes from outside."""
    words = refusal.message.replace("'", "''")
    if vendor == "sqlite":
        return (
            f"DROP TRIGGER IF EXISTS {refusal.name}",
            f"CREATE TRIGGER {refusal.name} BEFORE {refusal.before} ON {refusal.table} WHEN {refusal.when} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END",
        )
    function = f"{refusal.name}_refuse"
    return (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"DROP TRIGGER IF EXISTS {refusal.name} ON {refusal.table}",
        f"CREATE TRIGGER {refusal.name} BEFORE {refusal.before} ON {refusal.table} FOR EACH ROW "
        f"WHEN ({refusal.when}) EXECUTE FUNCTION {function}()",
    )
