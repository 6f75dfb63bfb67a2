"""What components are given: small frozen records that views fill in. A component takes a dict with the same names as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a time line. `reasons` is what the law engine says of a date (its JSON): steps, citation, confidence."""

    title: str
    due: str | date | None = None
    met: str | date | None = None
    words: str = ""
    who: str = ""
    reasons: dict[str, Any] | None = None
    dated: bool = True
    """Whether it is a legal date, which has a badge, or only something that happened on `met`."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a stepper: `done`, `current`, `next`, or `stopped` where the way ended."""

    title: str
    state: Literal["done", "current", "next", "stopped"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a data table. `sort` is the value of `?sort=` that sorts by it; `number` sets it right."""

    title: str
    sort: str = ""
    number: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A data table. The first cell of each row is its heading. Cells are text or safe HTML."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    sorted_by: str = ""
    """`due` or `-due`: the column by which the rows are sorted, with a minus from the end."""
    empty: str = "Nothing to show."


@dataclass(frozen=True, kw_only=True)
class File:
    """One file of a list. `words` say its kind and size: `PDF, 3 pages`."""

    title: str
    url: str = ""
    words: str = ""
    date: str | date | None = None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A tab, a step of a breadcrumb or a line of a navigation."""

    title: str
    url: str = ""
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a page of confirmation asks: what will be done, what follows, the word on the button, where to go back."""

    title: str
    consequences: Sequence[str]
    button: str
    back: str
    danger: bool = False
    fields: dict[str, str] = field(default_factory=dict)
