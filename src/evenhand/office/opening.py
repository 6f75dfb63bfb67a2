"""Opens the office for a command: settings, database, migrations, triggers."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evenhand.office.configuration import Configuration, normal_url, shown, sqlite_path
from evenhand.reading import BadFile, Fault

# The apps whose tables are ours; a package's own may run ahead without harm.
OURS = {
    "events",
    "people",
    "cases",
    "correspondence",
    "intake",
    "reviewers",
    "records",
    "reviews",
    "issuing",
    "publishing",
}


def name_database(database: str | None) -> None:
    """Makes `database` (URL or path) the one that is opened. Raises BadFile for a kind that the office does not know."""
    if database:
        os.environ["EVENHAND_DATABASE_URL"] = normal_url(database)


def open_office(database: str | None = None, *, must_exist: bool = False, only_look: bool = False) -> None:
    """Sets Django up on `database` (URL or path; default EVENHAND_DATABASE_URL) and brings tables and triggers up to date.

    `must_exist` refuses a database that is not there instead of making an empty one; `only_look` changes nothing, so that an audit
    finds what is missing. Raises BadFile in words.
    """
    name_database(database)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.office.settings")
    import django  # before any folder is made: without the office's packages nothing is left behind
    from django.core.exceptions import ImproperlyConfigured

    from evenhand.office.configuration import configuration

    places = configuration()
    path = sqlite_path(places.database_url)
    if path is not None:
        _require_sqlite(path, must_exist=must_exist)
    try:
        places.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadFile([Fault(file=str(places.home), what=f"cannot be made: {error.strerror}")]) from None
    from django.db import DatabaseError

    try:
        django.setup()
        from evenhand.office.databases import in_words, require_known_kind

        require_known_kind()
        with alone(places.home, "opening"):
            _up_to_date(must_exist=must_exist, only_look=only_look)
    except DatabaseError as error:
        raise BadFile([Fault(file=shown(places.database_url), what=in_words(error))]) from None
    except ImproperlyConfigured as error:
        what = str(error).splitlines()[0]
        if "psycopg" in what:
            what = "PostgreSQL's driver is not installed here; get it: pip install 'evenhand[postgresql]'"
        raise BadFile([Fault(file=shown(places.database_url), what=what)]) from None
    if path is None and not only_look:
        _require_keys(places)
    if path is not None and path.exists():
        path.chmod(0o600)  # names and findings of real people lie in it


@contextmanager
def alone(home: Path, what: str) -> Iterator[None]:
    """Only one process at a time does `what` to the office in `home`, or on its PostgreSQL from any machine; another waits."""
    from evenhand.office.databases import held

    with (home / f".{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with held(what):
            yield


def _require_keys(places: Configuration) -> None:
    """Raises BadFile where the database holds what was sealed or signed with keys that are not in this machine's home."""
    from evenhand.office.cases.storage import require_right_key
    from evenhand.office.events.checkpoint import require_signing_key
    from evenhand.office.events.models import Checkpoint
    from evenhand.office.refusals import Refused

    try:
        require_right_key()
        if Checkpoint.objects.exists():
            require_signing_key(places)
    except BadFile as error:
        what = f"{error.faults[0].what}. Machines on one database share one home: name it in EVENHAND_HOME"
        raise BadFile([Fault(file=error.faults[0].file, what=what)]) from None
    except Refused as refusal:
        what = f"{refusal.what}: {refusal.why}. Machines on one database share one home: name it in EVENHAND_HOME"
        raise BadFile([Fault(file=str(places.master_key), what=what)]) from None


def _require_sqlite(path: Path, *, must_exist: bool) -> None:
    if must_exist and not path.exists():
        what = "there is no office here yet; make one with `evenhand run BUNDLE` or name another with --database"
        raise BadFile([Fault(file=str(path), what=what)])
    if path.is_dir():
        raise BadFile([Fault(file=str(path), what="is a folder; name an SQLite file in it")])
    if path.exists() and path.stat().st_size and path.open("rb").read(15) != b"SQLite format 3":
        raise BadFile([Fault(file=str(path), what="is not an SQLite database; name another file with --database")])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadFile([Fault(file=str(path), what=f"its folder cannot be made: {error.strerror}")]) from None


def _up_to_date(*, only_look: bool, must_exist: bool = False) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from evenhand.office.cases.states import REFUSALS
    from evenhand.office.databases import without_limits
    from evenhand.office.events.triggers import APPEND_ONLY, install

    executor = MigrationExecutor(connection)
    applied = set(executor.loader.applied_migrations)
    if must_exist and not applied:
        what = "there is no office in this database yet; make one with `evenhand run BUNDLE` or name another"
        raise BadFile([Fault(file="--database", what=what)])
    if later := {app for app, name in applied - set(executor.loader.disk_migrations)} & OURS:
        what = f"its tables are those of a later version of Evenhand ({', '.join(sorted(later))}); use that version"
        raise BadFile([Fault(file="--database", what=what)])
    behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if only_look and behind:
        what = "its tables are not those of this version; open it once with another command (`evenhand serve`)"
        raise BadFile([Fault(file="--database", what=what)])
    if only_look:
        return
    if behind:
        without_limits()
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()  # and its settings; the next statement opens another
    # Not after migrations only: a kill between the two would leave a log that anybody could change.
    install(connection, APPEND_ONLY + REFUSALS)
