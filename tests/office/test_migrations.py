"""From the first release to today: nothing is lost, what is filled in is right, the log stays whole; and no old step is changed.

`first_release.json.gz` is the database of the first release (all tables at 0001) after it had run `neck-cold-therapy` to its end and
`lumbar-four-items` without `review.yaml`, which stops in review: its rows, table by table, as SQLite gave them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from tests.conftest import REPOSITORY
from tests.office.offices import default_database, office_in, ready_office

from evenhand.office.cases.models import Case
from evenhand.office.cases.queries import notified
from evenhand.office.cases.states import REFUSALS
from evenhand.office.configuration import configuration
from evenhand.office.events.triggers import APPEND_ONLY, install, missing
from evenhand.office.events.verify import verify
from evenhand.office.jobs.invariants import broken
from evenhand.office.opening import OURS, _up_to_date

HERE = Path(__file__).parent
FIRST = [(app, "0001_initial") for app in sorted(OURS)]
OFFICES = True  # makes databases of the kind that the run tests
pytestmark = pytest.mark.slow


def first_release() -> dict[str, dict[str, Any]]:
    """The rows of the first release: table: columns, rows."""
    told: dict[str, dict[str, Any]] = json.loads(gzip.decompress((HERE / "first_release.json.gz").read_bytes()))
    return told


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[None]:
    """An office of the first release, opened by today's code. The tests leave it as it is."""
    home = tmp_path_factory.mktemp("upgraded")
    with (
        pytest.MonkeyPatch.context() as environment,
        django_db_blocker.unblock(),
        office_in(home, "old") as url,
        default_database(url),
    ):
        environment.setenv("EVENHAND_HOME", str(home))
        _fill()
        _up_to_date(only_look=False)
        yield


def _fill() -> None:
    """Tables of the first release, its rows, its triggers."""
    executor = MigrationExecutor(connection)
    executor.migrate(FIRST)
    apps = executor.loader.project_state(FIRST).apps
    rows = first_release()
    with transaction.atomic(), connection.constraint_checks_disabled():
        for model in apps.get_models(include_auto_created=True):
            table = rows.get(model._meta.db_table)
            if table is None:
                continue
            fields = {field.column: field for field in model._meta.concrete_fields}
            assert set(table["columns"]) == set(fields), model
            model._base_manager.bulk_create(
                model(**{fields[c].attname: _value(fields[c], v) for c, v in zip(table["columns"], row, strict=True)})
                for row in table["rows"]
            )
        for sql in connection.ops.sequence_reset_sql(_no_style(), list(apps.get_models(include_auto_created=True))):
            connection.cursor().execute(sql)
    there = connection.introspection.table_names()
    install(connection, tuple(r for r in APPEND_ONLY + REFUSALS if r.table in there))


def _no_style() -> Any:
    from django.core.management.color import no_style

    return no_style()


def _value(field: Any, value: Any) -> Any:
    """A value as SQLite gave it, for any database."""
    if value is None:
        return None
    if field.get_internal_type() == "BinaryField":
        return bytes.fromhex(value)
    if field.get_internal_type() == "JSONField":
        return json.loads(value)
    if field.get_internal_type() == "DateTimeField":
        from datetime import UTC, datetime

        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return field.to_python(value)


def test_nothing_of_the_first_release_is_lost(upgraded: None) -> None:
    """Every row of every table is there, with every value of every column that it had."""
    from django.apps import apps

    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    for name, table in first_release().items():
        model = models[name]
        fields = {field.column: field for field in model._meta.concrete_fields}
        gone = set(table["columns"]) - set(fields)
        assert not gone, f"{name}: {gone} was dropped; say here where its content went"
        names = [fields[column].attname for column in table["columns"]]
        now = {tuple(_plain(value) for value in row) for row in model._base_manager.order_by("pk").values_list(*names)}
        then = {
            tuple(_plain(_value(fields[c], v)) for c, v in zip(table["columns"], row, strict=True))
            for row in table["rows"]
        }
        assert then <= now, f"{name}: {list(then - now)[:2]}"


def _plain(value: Any) -> str:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    return json.dumps(value, sort_keys=True, default=str)


def test_the_log_of_the_first_release_stays_whole(upgraded: None) -> None:
    """Chains, checkpoints, triggers; every case agrees with its events."""
    assert verify(configuration()).findings == ()
    assert missing(connection, APPEND_ONLY + REFUSALS) == set()
    assert broken() == ()


def test_what_later_releases_added_is_filled_in(upgraded: None) -> None:
    """Milestones from the events, the next duty from the legal dates, the name to sort by from the application."""
    closed, waiting = Case.objects.order_by("opened_on")
    assert milestones(closed) == ["2015-01-28", "2015-01-29", "2015-02-13", "2015-03-10", "2015-04-20"]
    assert (closed.next_due_on, closed.next_due_label) == (None, "")
    assert milestones(waiting) == ["2025-05-15", "2025-05-16", "2025-05-27", "None", "None"]
    assert (str(waiting.next_due_on), waiting.next_due_label) == ("2025-06-03", "Determination")
    for case in (closed, waiting):
        form = case.applications.order_by("id")[0].form["employee"]
        assert case.worker_name == f"{form['last_name']}, {form['first_name']}".casefold()
        assert notified(case)


def milestones(case: Case) -> list[str]:
    """Eligible, assigned, records complete, issued, closed."""
    return [
        str(day)
        for day in (case.eligible_on, case.assigned_on, case.records_complete_on, case.issued_on, case.closed_on)
    ]


def test_an_upgraded_office_refuses_as_before(upgraded: None) -> None:
    """The triggers of the first release do not hinder the way here, and today's stand at its end."""
    for sql in (
        "UPDATE events_event SET actor = 'x'",
        "DELETE FROM cases_party",
        "UPDATE cases_case SET state = 'RECEIVED'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(sql)


def test_a_database_of_a_later_version_is_not_opened(tmp_path: Path, django_db_blocker: Any) -> None:
    """An old program does not write into tables it does not know."""
    from evenhand.reading import BadFile

    with django_db_blocker.unblock(), ready_office(tmp_path, "later") as url, default_database(url):
        sql = "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '0999_later', CURRENT_TIMESTAMP)"
        connection.cursor().execute(sql)
        with pytest.raises(BadFile, match="later version"):
            _up_to_date(only_look=False)


def test_the_steps_of_the_first_release_are_as_they_were() -> None:
    """Offices have gone these steps; whoever must correct one adds another."""
    for line in (HERE / "first_release.sha256").read_text().splitlines():
        digest, path = line.split()
        assert hashlib.sha256((REPOSITORY / path).read_bytes()).hexdigest() == digest, path
