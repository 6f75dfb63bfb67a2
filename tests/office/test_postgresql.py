"""What only PostgreSQL has: its own ways around a trigger, its own faults, its own settings."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from tests import postgresql

from evenhand.office.cases.states import REFUSALS
from evenhand.office.configuration import configuration
from evenhand.office.events.triggers import APPEND_ONLY, install, missing
from evenhand.office.events.verify import verify

pytestmark = [
    pytest.mark.skipif(not postgresql.asked_for(), reason="needs PostgreSQL: run with --postgresql"),
    pytest.mark.django_db,
]


@pytest.mark.parametrize("table", ["events_event", "events_checkpoint", "cases_party", "cases_case"])
def test_a_table_is_not_emptied(table: str) -> None:
    """TRUNCATE does not ask for each row; the database refuses it all the same."""
    with pytest.raises(DatabaseError, match=r"append-only|stays|never deleted"), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE events_event DISABLE TRIGGER events_event_no_update",
        "DROP TRIGGER events_event_no_update ON events_event",
        "CREATE OR REPLACE FUNCTION events_event_no_update_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NEW; END $$",
        "CREATE OR REPLACE TRIGGER events_event_no_update BEFORE UPDATE ON events_event FOR EACH ROW WHEN (false) "
        "EXECUTE FUNCTION events_event_no_update_refuse()",
        "CREATE OR REPLACE TRIGGER events_event_no_update AFTER UPDATE ON events_event FOR EACH ROW "
        "EXECUTE FUNCTION events_event_no_update_refuse()",
    ],
)
def test_a_trigger_that_was_made_harmless_is_found_and_mended(statement: str) -> None:
    """Switched off, dropped, emptied, limited, too late: the audit names it, and the next opening mends it."""
    assert missing(connection, APPEND_ONLY + REFUSALS) == set()
    connection.cursor().execute(statement)
    assert missing(connection, APPEND_ONLY) == {"events_event_no_update"}
    assert any("events_event_no_update" in finding for finding in verify(configuration()).findings)
    install(connection, APPEND_ONLY)
    assert missing(connection, APPEND_ONLY) == set()
