"""`pip install evenhand` without extras: every craft, and words where the office is asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from evenhand.cli.main import COMMANDS
from tests.conftest import EXAMPLES, REPOSITORY

pytestmark = pytest.mark.slow

SOURCE = REPOSITORY / "src" / "evenhand"

# Imports every module but those of the office and the simulation, and prints their names.
WALK = """
import importlib, pkgutil, sys, evenhand
above = ("evenhand.office", "evenhand.simulation")
walked = []
for found in pkgutil.walk_packages(evenhand.__path__, "evenhand."):
    if not found.name.startswith(above):
        importlib.import_module(found.name)
        walked.append(found.name)
assert "django" not in sys.modules
print("\\n".join(walked))
"""

TYPESET = """
import sys
from datetime import date
from pathlib import Path
from evenhand.letters.own import OwnLetter
from evenhand.letters.read import read_letter
from evenhand.letters.write import write_letter
from evenhand.reading import from_plain
from evenhand.typesetting.texts import read_texts
import json
letter = from_plain(OwnLetter, json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), name=sys.argv[1])
write_letter(letter, read_texts(), Path(sys.argv[2]))
print(read_letter(Path(sys.argv[2]) / "letter.pdf").header.case_number)
"""


@dataclass(frozen=True)
class Bare:
    """An environment in which the wheel was installed without extras."""

    home: Path
    wheel: Path
    source: frozenset[str]
    """The files of the source tree when the wheel was built."""

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Runs a program of the environment, in a folder away from the source."""
        program, *rest = words
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DJANGO_", "PYTHON"))}
        return subprocess.run(
            [self.home / "bin" / program, *rest],
            capture_output=True,
            text=True,
            cwd=self.home,
            env=clean,
            timeout=300,
            check=False,
        )

    def evenhand(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Runs `evenhand WORDS`."""
        return self.run("evenhand", *words)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Bare:
    """The wheel, built as a package index would get it and installed with nothing but what it asks for."""
    folder = tmp_path_factory.mktemp("bare")
    home, pip = folder / "env", [sys.executable, "-m", "pip"]
    quiet = ["-q", "--disable-pip-version-check"]
    source = frozenset(
        path.relative_to(SOURCE.parent).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    )
    _done([*pip, "wheel", *quiet, "--no-deps", "--wheel-dir", folder / "dist", REPOSITORY])
    (wheel,) = (folder / "dist").glob("evenhand-*.whl")
    _done([sys.executable, "-m", "venv", "--without-pip", home])
    _done([*pip, "--python", home / "bin" / "python", "install", *quiet, wheel])
    return Bare(home, wheel, source)


def _done(words: list[str | Path]) -> None:
    done = subprocess.run(words, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, f"{' '.join(map(str, words))}\n{done.stderr[-2000:]}"


def test_no_django(bare: Bare) -> None:
    """The base install brings no Django, and no server."""
    found = bare.run(
        "python", "-c", "import importlib.util as u; print([n for n in ('django', 'granian') if u.find_spec(n)])"
    )
    assert found.stdout.strip() == "[]", found.stderr


def test_every_craft_imports(bare: Bare) -> None:
    """Every module but those of the office and the simulation can be imported without the office's extra."""
    walked = bare.run("python", "-c", WALK)
    assert walked.returncode == 0, walked.stderr
    crafts = {name.split(".")[1] for name in walked.stdout.split()}
    assert {path.parent.name for path in SOURCE.glob("*/__init__.py")} - crafts == {"office", "simulation"}


def test_data_files_are_inside(bare: Bare) -> None:
    """The wheel holds every file of the source tree: the law, the texts, the typesetter's templates, the pages."""
    held = set(zipfile.ZipFile(bare.wheel).namelist())
    assert len(bare.source) > 150
    assert bare.source <= held, sorted(bare.source - held)[:10]


def test_law_due(bare: Bare) -> None:
    """The law answers there: thirty days and five for the post after 23 December 2014 end on 27 January 2015."""
    told = bare.evenhand("law", "due", "application", "--from", "2014-12-23", "--service", "mail", "--json")
    assert told.returncode == 0, told.stderr
    assert date.fromisoformat(json.loads(told.stdout)["due"]) == date(2015, 1, 27)


def test_letter_is_typeset(bare: Bare, tmp_path: Path) -> None:
    """A letter is typeset there as PDF/UA with the packaged template and fonts, and can be read again."""
    own = REPOSITORY / "tests" / "letters" / "own_letter.json"
    made = bare.run("python", "-c", TYPESET, own, tmp_path / "letter")
    assert made.returncode == 0, made.stderr
    number = json.loads(own.read_text(encoding="utf-8"))["determination"]["header"]["case_number"]
    assert made.stdout.strip() == number
    assert b"pdfuaid" in (tmp_path / "letter" / "letter.pdf").read_bytes()


def test_case_file_is_indexed(bare: Bare, tmp_path: Path) -> None:
    """OCR works there: its engine and its language model come with the wheel's own dependencies."""
    scanned = EXAMPLES / "neck-cold-therapy" / "records" / "operative-report-2011-03-08.pdf"
    told = bare.evenhand("casefile", "index", scanned, "--out", tmp_path / "file", "--json")
    assert told.returncode == 0, told.stderr
    assert '"ocr"' in (tmp_path / "file" / "index.json").read_text(encoding="utf-8")
    assert "PREOPERATIVE DIAGNOSIS" in (tmp_path / "file" / "text" / "0001.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [("run", EXAMPLES / "neck-cold-therapy"), ("serve",), ("audit", "verify", "--database", "office.sqlite3")],
    ids=lambda words: words[0],
)
def test_office_is_asked_for_in_words(bare: Bare, words: tuple[str | Path, ...]) -> None:
    """A command that needs the office says how to get it, exit 1, without a traceback."""
    (bare.home / "office.sqlite3").touch()  # so that `audit` finds a database and goes on to open it
    told = bare.evenhand(*words)
    assert told.returncode == 1
    assert "pip install 'evenhand[office]'" in told.stderr
    assert f"`evenhand {words[0]}`" in told.stderr
    assert "Traceback" not in told.stderr + told.stdout


def test_help_lists_every_command(bare: Bare) -> None:
    """`evenhand --help`, and the help of each command, need no office."""
    assert bare.evenhand("--help").returncode == 0
    for name in COMMANDS:
        told = bare.evenhand(name, "--help")
        assert told.returncode == 0, told.stderr
        assert "Usage: evenhand" in told.stdout


def test_doctor_names_what_is_missing(bare: Bare) -> None:
    """`evenhand doctor` names the office as missing and says how to get it."""
    told = bare.evenhand("doctor")
    assert told.returncode == 1
    assert "pip install 'evenhand[office]'" in told.stdout
