"""Opens the office for a command: settings, database, migrations, triggers."""

from __future__ import annotations

import os

from evenhand.office.configuration import normal_url, sqlite_path
from evenhand.reading import BadFile, Fault


def name_database(database: str | None) -> None:
    """Makes `database` (URL or path) the one that is opened. Raises BadFile for a kind that the office does not know."""
    if database:
        os.environ["EVENHAND_DATABASE_URL"] = normal_url(database)


def open_office(database: str | None = None, *, must_exist: bool = False) -> None:
    """Sets Django up on `database` (URL or path; default EVENHAND_DATABASE_URL) and brings its tables up to date.

    `must_exist` refuses a database that is not there instead of making an empty one. Raises BadFile in words.
    """
    name_database(database)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.office.settings")
    from evenhand.office.configuration import configuration

    url = configuration().database_url
    path = sqlite_path(url)
    if path is not None:
        if must_exist and not path.exists():
            what = "there is no office here yet; make one with `evenhand run BUNDLE` or name another with --database"
            raise BadFile([Fault(file=str(path), what=what)])
        if path.exists() and path.stat().st_size and path.read_bytes()[:15] != b"SQLite format 3":
            raise BadFile([Fault(file=str(path), what="is not an SQLite database; name another file with --database")])
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadFile([Fault(file=str(path), what=f"its folder cannot be made: {error.strerror}")]) from None
    import django
    from django.db import DatabaseError, connection

    django.setup()
    try:
        from django.core.management import call_command
        from django.db.migrations.executor import MigrationExecutor

        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise BadFile([Fault(file=url.split("@")[-1], what=f"the database cannot be opened: {error}")]) from None
