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


APPEND_ONLY = tuple(
    Refusal(
        name=f"{table}_no_{statement.lower()}",
        table=table,
        before=statement,
        message=f"{table} is append-only: correct a fact by a later event",
    )
    for table in ("events_event", "events_checkpoint")
    for statement in ("UPDATE", "DELETE")
)


def install(connection: BaseDatabaseWrapper, refusals: tuple[Refusal, ...]) -> None:
    """Creates the triggers anew, so that they always say what the code says."""
    with connection.cursor() as cursor:
        for refusal in refusals:
            for statement in _statements(connection.vendor, refusal):
                cursor.execute(statement)


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that are there."""
    sql = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {row[0] for row in cursor.fetchall()}


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
