"""What all tests share: an office of their own in a temporary folder, never the one under var/."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from tests import postgresql

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"
EXAMPLES = REPOSITORY / "examples"

_home = tempfile.mkdtemp(prefix="evenhand-tests-")
os.environ["EVENHAND_HOME"] = _home
os.environ["EVENHAND_DATABASE_URL"] = (
    postgresql.of("evenhand") if postgresql.asked_for() else f"sqlite:///{_home}/office.sqlite3"
)
# Here and not in pyproject.toml: the settings read the environment above, and must not be read before it is set.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.office.settings")

# A machine that is busy elsewhere makes no test fail: how long things take is for the benchmarks and the tests of time limits.
settings.register_profile("evenhand", deadline=None)
settings.load_profile("evenhand")

_server: list[postgresql.Server] = []


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """`--postgresql`: the tests that need a database run on PostgreSQL instead of SQLite.

    The server starts here, before the other conftests import the office's models: by then the database must be named. Only the
    process that was called starts one; the workers of xdist inherit its address.
    """
    words = "run the tests that need a database on PostgreSQL (from a wheel; one server for the run)"
    parser.addoption("--postgresql", action="store_true", help=words)
    config = pluginmanager.get_plugin("pytestconfig")
    if config is not None and "--postgresql" in config.invocation_params.args and not postgresql.asked_for():
        try:
            _server.append(postgresql.Server())
        except Exception as error:
            raise pytest.UsageError(f"--postgresql: the server could not be started: {error}") from error
        os.environ["EVENHAND_TEST_POSTGRESQL"] = _server[0].url()
        os.environ["EVENHAND_DATABASE_URL"] = postgresql.of("evenhand")
    import django

    django.setup()


# Minutes of hashing passwords and of looking at every page in every role; what they hold is not a matter of the database. They
# run on PostgreSQL where they are named.
SAME_ON_BOTH = {"test_sweep", "test_signin"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what meets a database is run: the rest was run without."""
    if not config.getoption("--postgresql"):
        return
    named = {Path(argument.partition("::")[0]).stem for argument in config.args}
    left = SAME_ON_BOTH - named
    kept = [item for item in items if meets_database(item) and item.path.stem not in left]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def meets_database(item: pytest.Item) -> bool:
    """Whether the test stands on the run's database, or starts offices of the run's kind itself."""
    fixtures = getattr(item, "fixturenames", ())
    own = getattr(getattr(item, "module", None), "OFFICES", False)
    return "db" in fixtures or item.get_closest_marker("django_db") is not None or own


def pytest_unconfigure() -> None:
    """Stops the server that this process started."""
    while _server:
        _server.pop().stop()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real letters beside the repository; what needs it is skipped, visibly, where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real letters (../shared) is not here; this test reads it")
    return SHARED


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """The test database has the triggers that every opened office has."""
    from django.db import connection

    from evenhand.office.cases.states import REFUSALS
    from evenhand.office.events.triggers import APPEND_ONLY, install

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        install(connection, APPEND_ONLY + REFUSALS)
