"""What all tests share: an office of their own in a temporary folder, never the one under var/."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"
EXAMPLES = REPOSITORY / "examples"

_home = tempfile.mkdtemp(prefix="evenhand-tests-")
os.environ["EVENHAND_HOME"] = _home
os.environ["EVENHAND_DATABASE_URL"] = f"sqlite:///{_home}/office.sqlite3"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.office.settings")


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
