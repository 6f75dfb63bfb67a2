"""YAML text to a frozen dataclass, with every fault found in one go."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from evenhand.reading.faults import BadFile, Fault

T = TypeVar("T")
Location = tuple[str | int, ...]

# A paper that a person writes by hand is far smaller; what is larger is a mistake or an attack.
MOST_BYTES = 20_000_000
DEEPEST = 500


class _Loader(yaml.CSafeLoader):
    """Refuses doubled keys, which YAML would silently let the last one win."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    seen: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, bool) or not isinstance(key, str | int | date):
            # YAML reads `on:`, `no:` and `yes:` as true and false.
            what = f"the key {getattr(key_node, 'value', '')!r} must be in quotes"
            raise yaml.constructor.ConstructorError(None, None, what, key_node.start_mark)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"{key!r} stands here twice; keep one", key_node.start_mark
            )
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(kind: type[T], path: Path, *, name: str | None = None) -> T:
    """Reads the YAML file at `path` into the dataclass `kind`. Raises BadFile; `name` is what faults call the file."""
    called = name or path.name
    return read_text(kind, _text_of(path, called), name=called)


def read_plain(path: Path) -> dict[str, Any]:
    """Reads the YAML file at `path` as plain data, for files that are put together before they are checked. Raises
    BadFile."""
    return dict(_fields(_text_of(path, path.name), path.name, "expected a block of fields"))


def _text_of(path: Path, called: str) -> str:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise BadFile([Fault(file=called, what="is no ordinary file (a device or a pipe); give a file")])
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise BadFile([Fault(file=called, what=f"is {size:,} bytes long; at most {MOST_BYTES:,} are read")])
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise BadFile([Fault(file=called, what=f"is missing; expected at {path}")]) from None
    except UnicodeDecodeError as error:
        raise BadFile([Fault(file=called, what=f"is not UTF-8 text (byte {error.start}); save it as UTF-8")]) from None
    except (OSError, ValueError) as error:
        if isinstance(error, BadFile):
            raise
        what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise BadFile([Fault(file=called, what=what)]) from None


def read_text(kind: type[T], text: str, *, name: str) -> T:
    """Reads YAML `text` into the dataclass `kind`. Raises BadFile with all faults."""
    return _checked(kind, _fields(text, name, _what_it_holds(kind)), name, text)


def _fields(text: str, name: str, expected: str) -> Mapping[str, Any]:
    """YAML text as the block of fields that every file of ours is. `expected` is said where it is none."""
    if not text.strip():
        raise BadFile([Fault(file=name, what=f"is empty; {expected}")])
    try:
        _refuse_aliases(text, name)
        _refuse_towers(text, name)
        value = yaml.load(text, Loader=_Loader)  # noqa: S506  (a safe loader, made stricter)
    except BadFile:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        what = f"is not valid YAML: {error.problem or 'cannot be read'}"
        raise BadFile([Fault(file=name, line=mark.line + 1 if mark else None, what=what)]) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise BadFile([Fault(file=name, what=f"is not valid YAML: {str(error).splitlines()[0]}")]) from None
    except (AttributeError, LookupError, TypeError):
        # The parser trips over a tag that its value does not fit, such as !!bool perhaps.
        what = "is not valid YAML: a value does not fit its tag (!!); no file of ours needs one"
        raise BadFile([Fault(file=name, what=what)]) from None
    if not isinstance(value, Mapping):
        raise BadFile([Fault(file=name, what=f"holds no fields; {expected}")])
    return value


def _refuse_aliases(text: str, name: str) -> None:
    """A few lines of anchors and aliases can stand for a thousand million values; no file of ours needs them."""
    if "&" in text and "*" in text:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent):
                mark = event.start_mark
                what = f"*{event.anchor} refers to another place; write the values out"
                raise BadFile([Fault(file=name, line=mark.line + 1 if mark else None, what=what)])


def _refuse_towers(text: str, name: str) -> None:
    """The parser recurses, and a tower of a hundred thousand brackets would end the process instead of raising."""
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        dashes = len(line) - len(line.lstrip("- "))
        opened = line.count("[") + line.count("{")
        depth = max(0, depth + opened - line.count("]") - line.count("}"))
        if max(depth, opened, dashes) > DEEPEST:
            raise BadFile([Fault(file=name, line=number, what="is nested too deeply; no file of ours is")])


def from_plain(kind: type[T], value: object, *, name: str) -> T:
    """Plain data (as read from YAML or JSON) to the dataclass `kind`. Raises BadFile with all faults."""
    return _checked(kind, value, name, None)


def read_json(kind: type[T], text: bytes, *, name: str, line: int | None = None) -> T:
    """JSON `text` to the dataclass `kind`, without a detour over plain data: for archives of a great many lines.

    A value of another type than its field's is a fault, also where it could be taken for it ("true", 0 for a day). Of a
    doubled key the last counts, as in JSON everywhere. Raises BadFile with all faults, each with the `line` given.
    """
    try:
        adapter: TypeAdapter[T] = _adapter(cast(Hashable, kind))
        return adapter.validate_json(text, strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
    if details[0]["type"] == "json_invalid":
        # The reader names a line of the text that it was given, which here is one line of a file.
        error_words = str(details[0].get("ctx", {}).get("error")).partition(" at line ")[0]
        what = f"is not valid JSON: {error_words}"
        raise BadFile([Fault(file=name, line=line, what=what)])
    raise BadFile([Fault(file=name, line=line, where=_path(each["loc"]), what=_words(each)) for each in details])


def _checked(kind: type[T], value: object, name: str, text: str | None) -> T:
    try:
        adapter: TypeAdapter[T] = _adapter(cast(Hashable, kind))
        return adapter.validate_python(value)
    except ValidationError as error:
        # Only a fault needs its line, so only then is the text parsed a second time.
        tree = yaml.compose(text, Loader=yaml.CSafeLoader) if text is not None else None
        raise BadFile([_fault(name, detail, tree) for detail in error.errors()]) from None


_PLAIN = frozenset({str, int, float, bool, type(None)})


def to_plain(value: object) -> Any:
    """A dataclass as plain data: dates ISO, enums their values, tuples lists. The inverse of `from_plain`."""
    if type(value) in _PLAIN:  # nearly all that is asked; an enum is never one of these
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(entry) for entry in value]
    return value


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """The reader of a dataclass, made once."""
    _forbid_unknown_fields(kind, set())
    return TypeAdapter(kind)


def _forbid_unknown_fields(kind: Any, seen: set[type]) -> None:
    """pydantic reads plain dataclasses, but ignores what it does not know unless each is told otherwise."""
    for argument in getattr(kind, "__args__", ()):
        _forbid_unknown_fields(argument, seen)
    if not (isinstance(kind, type) and dataclasses.is_dataclass(kind)) or kind in seen:
        return
    seen.add(kind)
    kind.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
    import typing

    for hint in typing.get_type_hints(kind).values():
        _forbid_unknown_fields(hint, seen)


def _what_it_holds(kind: type) -> str:
    names = ", ".join(f.name for f in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else kind.__name__
    return f"expected the fields: {names}"


def _fault(name: str, detail: ErrorDetails, tree: yaml.Node | None) -> Fault:
    location = detail["loc"]
    where = _path(location)
    return Fault(file=name, where=where, line=_line(tree, location), what=_words(detail))


def _path(location: Location) -> str:
    words = ""
    for part in location:
        words += f"[{part}]" if isinstance(part, int) else (f".{part}" if words else str(part))
    return words


def _line(tree: yaml.Node | None, location: Location) -> int | None:
    """The line on which the innermost part of `location` that exists begins."""
    node = tree
    if node is None:
        return None
    line = node.start_mark.line
    for part in location:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line
        else:
            break
    return line + 1


def _words(detail: ErrorDetails) -> str:
    """One line: what is wrong and what is allowed."""
    kind, context, given = detail["type"], detail.get("ctx", {}), detail.get("input")
    shown = repr(given) if isinstance(given, str | int | float | bool | type(None)) else f"a {type(given).__name__}"
    if len(shown) > 60:
        shown = shown[:57] + "..."
    if kind in {"missing", "missing_argument", "missing_keyword_only_argument"}:
        return "is missing; add it"
    if kind in {"unexpected_keyword_argument", "extra_forbidden"}:
        return "is not a field here; remove it or check the spelling (docs/schemas/ lists the fields)"
    if kind == "enum":
        return f"is {shown}; allowed: {context.get('expected')}"
    if kind.startswith("date"):
        return f"is {shown}; a date is written YYYY-MM-DD"
    if kind.startswith("bool"):
        return f"is {shown}; allowed: true, false"
    if kind.startswith(("int", "float")):
        return f"is {shown}; a number is needed"
    if kind == "string_type":
        return f"is {shown}; text is needed (put it in quotes)"
    if kind in {"tuple_type", "list_type"}:
        return f"is {shown}; a list is needed (lines that begin with '- ')"
    if kind in {"dataclass_type", "dict_type"}:
        return f"is {shown}; a block of fields is needed"
    if kind == "value_error":
        return str(context.get("error", detail["msg"]))
    return f"is {shown}: {detail['msg']}"
