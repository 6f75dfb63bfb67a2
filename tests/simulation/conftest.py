"""Runs of the example through the real command, in folders of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import EXAMPLES

NECK = EXAMPLES / "neck-cold-therapy"
LUMBAR = EXAMPLES / "lumbar-four-items"


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Office:
    """An office in a folder of its own, worked by the command."""

    home: Path

    @property
    def database(self) -> Path:
        """Its SQLite file."""
        return self.home / "office.sqlite3"

    def evenhand(self, *arguments: str | Path) -> Ran:
        """Runs `evenhand ARGUMENTS` against this office."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("EVENHAND_")}
        environment["EVENHAND_DATABASE_URL"] = f"sqlite:///{self.database}"
        done = subprocess.run(
            [sys.executable, "-m", "evenhand.cli.main", *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=self.home,
            env=environment,
            timeout=300,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def run(self, bundle: Path, *more: str) -> Ran:
        """`evenhand run BUNDLE --out HOME/out/NAME`."""
        return self.evenhand("run", bundle, "--out", self.home / "out" / bundle.name, *more)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An empty office."""
    return Office(tmp_path)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office in which both examples were run. Tests must not change it; `copy_of` gives one to spoil."""
    office = Office(tmp_path_factory.mktemp("finished"))
    for bundle in (NECK, LUMBAR):
        ran = office.run(bundle)
        assert ran.code == 0, ran.err + ran.out
    return office


@pytest.fixture
def copy_of(finished: Office, tmp_path: Path) -> Office:
    """A copy of the finished office that a test may spoil."""
    home = tmp_path / "copy"
    try:
        shutil.copytree(finished.home, home)
    except shutil.Error:  # the last reader's write-ahead log went away meanwhile; it is whole without
        shutil.rmtree(home)
        shutil.copytree(finished.home, home)
    return Office(home)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A copy of the neck example that a test may change."""
    copy = tmp_path / "bundle" / "neck-cold-therapy"
    shutil.copytree(NECK, copy, ignore=shutil.ignore_patterns("sources"))
    return copy


def change(path: Path, old: str, new: str, count: int = 1) -> None:
    """Replaces text in a file; fails where the text is not there, so that no test passes by accident."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, count), encoding="utf-8")
