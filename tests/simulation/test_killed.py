"""Killed at every step and started again: the case finishes, nothing is doubled, nothing is lost."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.simulation.conftest import NECK, Office

pytestmark = pytest.mark.slow


def acts_of(office: Office) -> list[tuple[str, str]]:
    """Kind and key of every event of the case, in order."""
    with sqlite3.connect(office.database) as database:
        rows = database.execute(
            "SELECT kind, key FROM events_event WHERE chain LIKE 'EH15%' ORDER BY number"
        ).fetchall()
    return [(kind, key) for kind, key in rows if kind != "case_exported"]


def rows_of(office: Office) -> dict[str, int]:
    """How many rows each table of the office has, the log and the accounts apart."""
    with sqlite3.connect(office.database) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [
            t
            for t in tables
            if t.split("_")[0]
            in {"cases", "correspondence", "intake", "reviewers", "records", "reviews", "issuing", "publishing"}
        ]
        return {table: database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in kept}


def test_killed_at_every_step_the_case_finishes(tmp_path: Path) -> None:
    """SIGKILL inside every transaction and behind every commit: the same acts and rows as in a run that nobody disturbed."""
    office = Office(tmp_path)
    script = Path(__file__).with_name("killed_run.py")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("EVENHAND_")}
    environment["EVENHAND_DATABASE_URL"] = f"sqlite:///{office.database}"
    folder = tmp_path / "out" / NECK.name
    done = subprocess.run(
        [sys.executable, str(script), str(NECK), str(folder)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    alone = Office(tmp_path / "alone")
    alone.home.mkdir()
    assert alone.run(NECK).code == 0
    acts = acts_of(office)
    assert acts == acts_of(alone) and len(set(acts)) == len(acts)
    assert json.loads(done.stdout)["kills"] >= 2 * len(acts)
    assert rows_of(office) == rows_of(alone)
    assert office.evenhand("audit", "verify").code == 0
    told = {path.name for path in folder.iterdir()}
    assert told == {path.name for path in (alone.home / "out" / NECK.name).iterdir()}
    assert not [path for path in folder.parent.iterdir() if path.name.startswith(".")]


def test_killed_while_the_folder_is_written_leaves_no_half_folder(tmp_path: Path) -> None:
    """The folder is there as a whole or not at all: killed in the middle of writing, the next run brings it."""
    office = Office(tmp_path)
    code = (
        "import os, signal, sys, pathlib\n"
        "real = pathlib.Path.write_bytes\n"
        "def write(self, data):\n"
        "    if self.name == 'proof.json': os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return real(self, data)\n"
        "pathlib.Path.write_bytes = write\n"
        "sys.argv = ['evenhand', 'run', sys.argv[1], '--out', sys.argv[2]]\n"
        "from evenhand.cli.main import main\n"
        "main()\n"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith("EVENHAND_")}
    environment["EVENHAND_DATABASE_URL"] = f"sqlite:///{office.database}"
    folder = tmp_path / "out" / NECK.name
    killed = subprocess.run(
        [sys.executable, "-c", code, str(NECK), str(folder)],
        capture_output=True,
        env=environment,
        timeout=300,
        check=False,
    )
    assert killed.returncode == -9
    assert not folder.exists()
    assert office.run(NECK).code == 0
    assert (folder / "proof.json").is_file()
    assert [path.name for path in folder.parent.iterdir()] == [NECK.name]
    assert office.evenhand("audit", "verify").code == 0
