"""The house keeps its own rules: what is written down about files, functions, tests and numbers holds."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from evenhand.cli.schemas import schemas
from tests.conftest import REPOSITORY

SOURCE = REPOSITORY / "src" / "evenhand"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TESTS = sorted((REPOSITORY / "tests").rglob("test_*.py"))
CRAFTS = {
    "reading", "law", "treatments", "citations", "typesetting", "matching", "privacy", "casefile", "letters", "corpus",
    "synthetic",
}  # fmt: skip
LONGEST_FILE = 450
LONGEST_FUNCTION = 60

# Numbers of days that the law counts with; in logic they would be law outside the packs.
LEGAL_DAYS = {2, 3, 5, 10, 12, 15, 20, 30, 35, 45, 90}
# Sections of statutes and regulations ("4610.5", "9792.10.3", "10088"): allowed in comments and docstrings only.
SECTION = re.compile(r"\b(?:4610\.\d|4616\.\d|5307\.27|979[02]\.\d+|978[59]\.\d+|9768\.\d+)")
# Paths of one machine: homes, temporary and mounted folders. The web's and the PDF's own slashes are none.
MACHINE = re.compile(r"(?<![\w.:/<])/(?:home|root|work|Users|mnt|media|opt|tmp)/[\w.-]+")


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _called(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _docstrings(tree: ast.Module) -> set[int]:
    """The constants that are docstrings: of modules, classes, functions, and the line below a field."""
    return {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def test_there_is_something_to_look_at() -> None:
    """The house and its tests were found; the other tests here would pass on an empty folder."""
    assert len(MODULES) > 100
    assert len(TESTS) > 30


@pytest.mark.parametrize("path", TESTS, ids=_called)
def test_tests_say_what_holds(path: Path) -> None:
    """Every test function has a docstring that states the behaviour."""
    mute = [f.name for f in _functions(_tree(path)) if f.name.startswith("test_") and not ast.get_docstring(f)]
    assert not mute


def test_files_are_short() -> None:
    """No source file is longer than can be read in one sitting."""
    lengths = {_called(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length >= LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    """No function is longer than a page. Decorators (the command line's options) are not counted."""
    long = {
        f"{_called(path)}: {function.name}": length
        for path in MODULES
        for function in _functions(_tree(path))
        if (length := (function.end_lineno or function.lineno) - function.lineno + 1) >= LONGEST_FUNCTION
    }
    assert long == {}


def test_no_path_of_a_machine() -> None:
    """No file in src names a folder of the machine it was written on."""
    named = {}
    for path in SOURCE.rglob("*"):
        if path.is_file() and path.suffix in {".py", ".yaml", ".typ", ".css", ".html", ".txt", ".json", ".js"}:
            found = [
                place
                for place in MACHINE.findall(path.read_text(encoding="utf-8"))
                if not place.startswith("/tmp/neck")
            ]
            if found:
                named[_called(path)] = found
    assert named == {}


def test_no_legal_number_in_logic() -> None:
    """No time span in code has a number of days that the law counts with: those are looked up in the packs."""
    spans = []
    for path in MODULES:
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "timedelta":
                counts = [k.value for k in node.keywords if k.arg == "days"] + node.args[:1]
                spans += [
                    f"{_called(path)}:{node.lineno}: {ast.unparse(node)}"
                    for count in counts
                    if isinstance(count, ast.Constant) and count.value in LEGAL_DAYS
                ]
    assert spans == []


def test_no_section_in_the_crafts() -> None:
    """No craft's code cites a statute or regulation: citations come from the packs; docstrings may name them."""
    cited = []
    for path in MODULES:
        if path.relative_to(SOURCE).parts[0] not in CRAFTS:
            continue
        tree = _tree(path)
        exempt = _docstrings(tree)
        cited += [
            f"{_called(path)}:{node.lineno}: {node.value[:60]}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in exempt
            and SECTION.search(node.value)
        ]
    assert cited == []


def test_schemas_are_those_of_the_dataclasses() -> None:
    """docs/schemas/ holds exactly what `evenhand schemas` would write now."""
    folder = REPOSITORY / "docs" / "schemas"
    held = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()}
    now = schemas()
    assert sorted(held) == sorted(now)
    assert [name for name in now if held[name] != now[name]] == [], "run `make schemas`"
