"""Where a section of the law stands in Evenhand: in the data, in the code, in the tests.

The data are read as YAML text, so that every place has its line; code and tests as Python text.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

import evenhand
from evenhand.law.load import home_of
from evenhand.law.refusals import Refused
from evenhand.law.sections import SUBDIVISIONS, Codes, Section, sections_in, sort_key
from evenhand.law.situations import folder_of, read_situations
from evenhand.typesetting.book.plan import plan_of

PACKAGE = Path(evenhand.__path__[0])
ROOT = PACKAGE.parents[1] if PACKAGE.parent.name == "src" else PACKAGE.parent
"""Files are named from here: the checkout, or where packages are installed."""

# In code and tests a section often stands without its code; a number with a dot and so many digits is one.
BARE = re.compile(rf"(?<![\w.-])(\d{{3,5}}(?:\.\d+)+)({SUBDIVISIONS}*)(?![\w-]|\.\d)")
INNER = {"versions", "entries", "holidays"}
"""Keys of a pack's file that are no name of an entry."""
LONGEST = 110
EXAMPLES = {"places.py", "where.py", "sections.py", "test_where.py", "test_sections.py"}
"""Modules that name sections only as examples of how one is written."""


@dataclass(frozen=True, kw_only=True)
class DataPlace:
    """A place in the data: the entry, the version's first day, and what is written there."""

    file: str
    line: int
    entry: str
    field: str
    valid_from: str | None
    words: str
    wider: bool
    """Whether it names the whole section (or a wider part of it) and not the subdivision that was asked for."""


@dataclass(frozen=True, kw_only=True)
class TextPlace:
    """A place in code, in a test, or a situation."""

    file: str
    line: int | None
    name: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Places:
    """Everything that was found, and sections near to it where nothing was."""

    section: str
    data: tuple[DataPlace, ...]
    code: tuple[TextPlace, ...]
    tests: tuple[TextPlace, ...]
    near: tuple[str, ...]

    @property
    def cited(self) -> bool:
        """Whether anything names the section itself; what names it only within a wider part does not count."""
        return any(not place.wider for place in self.data) or bool(self.code or self.tests)


def codes_of(programme: str) -> Codes:
    """The codes that the programme's citations name."""
    return plan_of(home_of(programme), programme).codes


def places_of(section: Section, programme: str) -> Places:
    """Every place of the section and of its subdivisions. Raises Refused for an unknown programme."""
    codes = codes_of(programme)
    scalars = tuple(_scalars(home_of(programme)))
    data = tuple(_data(section, scalars, codes))
    code = tuple(_in_python(section, PACKAGE, codes, _used(data)))
    tests = (*_situations(section, programme, {place.entry for place in data if not place.wider}, codes),)
    folder = ROOT / "tests"
    if folder.is_dir():
        tests += tuple(_in_python(section, folder, codes))
    found = Places(section=str(section), data=data, code=code, tests=tests, near=())
    return found if found.cited else replace(found, near=_near(section, scalars, codes))


@dataclass(frozen=True)
class _Scalar:
    file: str
    line: int
    path: tuple[str | int, ...]
    valid_from: str | None
    words: str


def _scalars(home: Path) -> Iterator[_Scalar]:
    for folder in (home / "law", home / "adopted"):
        for path in sorted(folder.glob("*.yaml")):
            tree = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            if tree is not None:
                yield from _walked(tree, _named(path), (), None)


def _walked(node: yaml.Node, file: str, path: tuple[str | int, ...], since: str | None) -> Iterator[_Scalar]:
    if isinstance(node, yaml.MappingNode):
        own = next((value.value for key, value in node.value if key.value == "valid_from"), since)
        for key, value in node.value:
            yield from _walked(value, file, (*path, key.value), own)
    elif isinstance(node, yaml.SequenceNode):
        for at, value in enumerate(node.value):
            yield from _walked(value, file, (*path, at), since)
    else:
        yield _Scalar(file, node.start_mark.line + 1, path, since, str(node.value))


def _data(section: Section, scalars: tuple[_Scalar, ...], codes: Codes) -> Iterator[DataPlace]:
    for scalar in scalars:
        named = sections_in(scalar.words, codes)
        exact = any(section.holds(one) for one in named)
        if exact or any(one.holds(section) for one in named):
            yield DataPlace(
                file=scalar.file,
                line=scalar.line,
                entry=_entry(scalar.path),
                field=str(next((part for part in reversed(scalar.path) if isinstance(part, str)), "")),
                valid_from=scalar.valid_from,
                words=scalar.words,
                wider=not exact,
            )


def _entry(path: tuple[str | int, ...]) -> str:
    """The entry by section and name, as situations name it: "rules.application", "requirements.reviewer.not_qme"."""
    names: list[str] = []
    for part in path[:-1]:
        if isinstance(part, int):
            break
        if part not in INNER:
            names.append(part)
    return ".".join(names) or str(path[0])


def _used(data: Iterable[DataPlace]) -> frozenset[str]:
    """The names by which code asks for the entries. A name of one word ("application") says too much else."""
    names = (place.entry.split(".")[1] for place in data if not place.wider and "." in place.entry)
    return frozenset(name for name in names if "_" in name)


def _in_python(section: Section, folder: Path, codes: Codes, used: frozenset[str] = frozenset()) -> Iterator[TextPlace]:
    for path in sorted(folder.rglob("*.py")):
        if path.name in EXAMPLES:
            continue
        text = path.read_text(encoding="utf-8")
        if section.number.removesuffix(".x") in text or any(name in text for name in used):
            for text_at, name, line in _texts(ast.parse(text), _module(path)):
                if line in used:
                    yield TextPlace(file=_named(path), line=text_at, name=name, words=f"asks for {line}")
                elif _names(line, section, codes):
                    yield TextPlace(file=_named(path), line=text_at, name=name, words=_cut(line.strip()))


def _texts(node: ast.AST, name: str) -> Iterator[tuple[int, str, str]]:
    """Every line of text in the tree: docstrings and constants, with the function or class around them."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _texts(child, f"{name}.{child.name}")
        elif isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield from ((child.lineno + at, name, line) for at, line in enumerate(child.value.splitlines()))
        else:
            yield from _texts(child, name)


def _names(line: str, section: Section, codes: Codes) -> bool:
    named = list(sections_in(line, codes))
    known = {one.number for one in named}
    named += [
        Section(code="", number=found[1], subdivisions=tuple(re.findall(r"\((\w+)\)", found[2])))
        for found in BARE.finditer(line)
        if found[1] not in known
    ]
    return any(section.holds(one) for one in named)


def _situations(section: Section, programme: str, entries: set[str], codes: Codes) -> Iterator[TextPlace]:
    """The situations about the entries, or whose sentence names the section."""
    try:
        told = read_situations(folder_of(programme))
    except Refused:
        return
    for one in told:
        about = sorted(entries.intersection(one.situation.provisions))
        if about or _names(one.situation.say, section, codes):
            yield TextPlace(file=one.file, line=None, name=", ".join(about), words=one.situation.say)


def _near(section: Section, scalars: tuple[_Scalar, ...], codes: Codes) -> tuple[str, ...]:
    """Sections that are cited: other parts of the same one first, then those whose number looks alike."""
    cited = {one for scalar in scalars for one in sections_in(scalar.words, codes)}
    same = [one for one in cited if one.same_section(section)]
    if same:
        return tuple(dict.fromkeys(str(one) for one in sorted(same, key=sort_key)))[:6]
    by_number: dict[str, Section] = {one.number: one for one in sorted(cited, key=sort_key, reverse=True)}
    alike = difflib.get_close_matches(section.number, by_number, n=5, cutoff=0.6)
    return tuple(by_number[number].whole for number in alike)


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _module(path: Path) -> str:
    parts = path.with_suffix("").relative_to(PACKAGE.parent if path.is_relative_to(PACKAGE) else ROOT).parts
    return ".".join(part for part in parts if part != "__init__")


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"
