"""An office on PostgreSQL is opened, or it is said in words why not; several machines on one database; the example end to end."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import DatabaseError
from django.db.utils import ConnectionHandler
from tests import postgresql
from tests.conftest import EXAMPLES
from tests.office.offices import command, environment, evenhand, rows

from evenhand.office import databases
from evenhand.office.configuration import configuration, django_database, normal_url, shown
from evenhand.reading import BadFile

OFFICES = True  # makes databases of the kind that the run tests
NECK = EXAMPLES / "neck-cold-therapy"
on_postgresql = pytest.mark.skipif(not postgresql.asked_for(), reason="needs PostgreSQL: run with --postgresql")


@pytest.mark.parametrize("given", ["postgresql://h", "postgresql:///", "postgresql://h:port/x", "mysql://h/x"])
def test_an_address_without_sense_is_refused_in_words(given: str) -> None:
    """No database named, a port that is none, another kind."""
    with pytest.raises(BadFile, match="allowed: "):
        normal_url(given)


def test_what_the_url_says_reaches_the_driver() -> None:
    """TLS, application name and the user's own settings go on; ours are added; the password is never shown."""
    url = "postgresql://imr:s%40cret@db.example:6432/office?sslmode=verify-full&sslrootcert=/ca.pem&options=-c%20work_mem%3D8MB"
    settings = django_database(url)
    options: Any = settings["OPTIONS"]
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db.example", "6432", "office")
    assert (settings["USER"], settings["PASSWORD"]) == ("imr", "s@cret")
    assert options["sslmode"] == "verify-full" and options["sslrootcert"] == "/ca.pem"
    assert "work_mem=8MB" in options["options"] and "statement_timeout" in options["options"]
    assert shown(url) == "PostgreSQL database office at db.example:6432"


def test_each_postgresql_database_has_a_home_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two databases never share keys or papers, nor with the SQLite file."""
    monkeypatch.delenv("EVENHAND_HOME")
    homes = set()
    for url in ("postgresql://h/one", "postgresql://h/two", "var/evenhand.sqlite3"):
        monkeypatch.setenv("EVENHAND_DATABASE_URL", url)
        homes.add(configuration().home)
    assert len(homes) == 3


def told(url: str) -> str:
    """What is said of a database that does not open."""
    try:
        ConnectionHandler({"default": django_database(url)})["default"].ensure_connection()
    except DatabaseError as error:
        return databases.in_words(error)
    raise AssertionError("it opened")


@on_postgresql
@pytest.mark.django_db
def test_every_trouble_has_its_words() -> None:
    """Server down, no such host, no such database, no such user, wrong password, a mistyped option."""
    there = postgresql.of("postgres")
    stranger = there.replace("postgres@", f"{postgresql.STRANGER}:{quote('wrong')}@")
    with psycopg.connect(there, autocommit=True) as server:
        server.execute(f"DROP ROLE IF EXISTS {postgresql.STRANGER}".encode())
        server.execute(f"CREATE ROLE {postgresql.STRANGER} LOGIN PASSWORD 'right'".encode())
    assert "no server answers there" in told("postgresql://postgres@127.0.0.1:1/office")
    assert "no server answers there" in told("postgresql://postgres@/office?host=/nowhere")
    assert "no server answers there" in told("postgresql://postgres@no.such.host.invalid/office")
    assert "has no database of this name" in told(postgresql.of("nothing_here"))
    assert "does not let this user in" in told(there.replace("postgres@", "nobody@"))
    assert "does not let this user in" in told(stranger) and "wrong" not in told(stranger)
    assert "option in the URL" in told(there + "&sslmood=require")


@on_postgresql
@pytest.mark.django_db
def test_a_server_that_is_too_old_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Older than what was tested: said, with both versions."""
    monkeypatch.setattr(databases, "OLDEST", 99)
    with pytest.raises(DatabaseError, match="PostgreSQL 99 or later is required") as refused:
        databases.require_known_kind()
    assert "upgrade it" in databases.in_words(refused.value)


@on_postgresql
@pytest.mark.slow
def test_the_command_refuses_in_words(tmp_path: Path) -> None:
    """No right to make tables, another encoding, no office there: exit 1, one line, no traceback."""
    with postgresql.database("bare") as url:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(b"DROP ROLE IF EXISTS reader")
            server.execute(b"CREATE ROLE reader LOGIN")
        for words, address, expected in (
            (("work", "--once"), url.replace("postgres@", "reader@"), "may not make tables there"),
            (("audit", "verify"), url, "there is no office in this database yet"),
        ):
            ran = evenhand(tmp_path, address, *words)
            assert ran.returncode == 1 and expected in ran.stderr, ran.stderr
            assert "Traceback" not in ran.stderr and len(ran.stderr.splitlines()) == 1, ran.stderr
    with psycopg.connect(postgresql.of("postgres"), autocommit=True) as server:
        server.execute(b"CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
        try:
            ran = evenhand(tmp_path, postgresql.of("ascii"), "work", "--once")
        finally:
            server.execute(b"DROP DATABASE ascii WITH (FORCE)")
    assert ran.returncode == 1 and "ENCODING 'UTF8'" in ran.stderr


@on_postgresql
@pytest.mark.slow
def test_three_machines_open_an_empty_database_at_once(tmp_path: Path) -> None:
    """Each with a home of its own, so that no lock file helps: the tables are made once, all open."""
    with postgresql.database("opening") as url:
        homes = [tmp_path / str(n) for n in range(3)]
        for home in homes:
            home.mkdir()
        started = [
            subprocess.Popen(
                command("work", "--once"), env=environment(home, url), cwd=home, stderr=subprocess.PIPE, text=True
            )
            for home in homes
        ]
        said = [process.communicate(timeout=120)[1] for process in started]
        assert [process.returncode for process in started] == [0, 0, 0], said
        assert len(rows(url, "SELECT name FROM django_migrations WHERE app = 'cases' AND name LIKE '0001%'")) == 1
        assert len(rows(url, "SELECT 1 FROM django_tasks_database_dbtaskresult")) == 1


@on_postgresql
@pytest.mark.slow
def test_the_example_end_to_end(tmp_path: Path) -> None:
    """Run, run again, run anew; nightly; a machine without the keys; a changed row found by the audit."""
    with postgresql.database("neck") as url:
        out = tmp_path / "out"
        first = evenhand(tmp_path, url, "run", NECK, "--out", out)
        assert first.returncode == 0 and "1. Hot/cold therapy unit with wrap: Upheld" in first.stdout, first.stderr
        assert {"letter.pdf", "proof.json", "timeline.txt"} <= {path.name for path in out.iterdir()}
        before = rows(url, "SELECT COUNT(*), MAX(id) FROM events_event")
        again = evenhand(tmp_path, url, "run", NECK, "--out", out)
        assert again.returncode == 0 and "nothing was changed" in again.stdout
        assert rows(url, "SELECT COUNT(*), MAX(id) FROM events_event") == before
        anew = evenhand(tmp_path, url, "run", NECK, "--out", out, "--fresh")
        assert anew.returncode == 0 and "EH15-0000002" in anew.stdout, anew.stderr
        night = evenhand(tmp_path, url, "nightly")
        assert night.returncode == 0 and "are whole" in night.stdout, night.stdout + night.stderr
        assert evenhand(tmp_path, url, "doctor").returncode == 0
        _without_keys(tmp_path / "elsewhere", url)
        _altered(tmp_path, url)


def _without_keys(home: Path, url: str) -> None:
    """Another machine that does not share the home is told so, before it does anything."""
    home.mkdir()
    ran = evenhand(home, url, "work", "--once")
    assert ran.returncode == 1 and "EVENHAND_HOME" in ran.stderr and "Traceback" not in ran.stderr
    doctor = evenhand(home, url, "doctor")
    assert doctor.returncode == 1 and "WRONG    key master.key" in doctor.stdout
    keys = home / "keys"
    keys.mkdir(exist_ok=True)
    (keys / "master.key").write_bytes(b"0" * 32)
    ran = evenhand(home, url, "work", "--once")
    assert ran.returncode == 1 and "another master key" in ran.stderr


def _altered(home: Path, url: str) -> None:
    """What a superuser can do: switch the trigger off, change a word, switch it on again."""
    with psycopg.connect(url, autocommit=True) as server:
        change = b"UPDATE events_event SET payload = replace(payload, 'Upheld', 'Overturned') WHERE kind = 'item_decided' AND chain = 'EH15-0000001'"
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
            server.execute(change)
        server.execute(b"ALTER TABLE events_event DISABLE TRIGGER ALL")
        assert server.execute(change).rowcount > 0
        server.execute(b"ALTER TABLE events_event ENABLE TRIGGER ALL")
    audit = evenhand(home, url, "audit", "verify")
    assert audit.returncode == 1 and "chain EH15-0000001, event 21 was changed" in audit.stdout, audit.stdout
