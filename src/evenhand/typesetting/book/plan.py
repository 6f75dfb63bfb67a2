"""How a programme's rule book is laid out: `book/book.yaml` and `book/example.yaml` in the programme's folder. Without
them the book has a chapter for each file of the pack, in the order of their names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from evenhand.law import Means
from evenhand.reading import read


@dataclass(frozen=True, kw_only=True)
class ChapterPlan:
    """One file of the pack, and what it is about in a sentence or two."""

    file: str
    about: str


@dataclass(frozen=True, kw_only=True)
class BookPlan:
    """book.yaml."""

    title: str
    about: str
    codes: dict[str, str] = field(default_factory=dict)
    """The codes as citations write them, each with its title in full."""
    words: dict[str, str] = field(default_factory=dict)
    """Words in the names of the data, as a person writes them: initials, and spellings."""
    chapters: tuple[ChapterPlan, ...] = ()
    last_year: int | None = None
    """The last year whose days off are listed."""
    glossary: str | None = None
    """The list of requirements that is the book's glossary: the value of an entry is the term."""


@dataclass(frozen=True, kw_only=True)
class ExampleStep:
    """One time limit of the worked example: what happened, and what is asked of the law."""

    what: str
    rule: str
    start: date | datetime
    served: Means = Means.PERSONAL
    address: str | None = None
    governed: date | None = None
    then: str | None = None
    """What came of it."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """example.yaml: a made-up case, told by its time limits."""

    title: str
    about: str
    steps: tuple[ExampleStep, ...]


def plan_of(home: Path, title: str) -> BookPlan:
    """The plan of the book of the programme whose folder is `home`, or a bare one with the programme's `title`. Raises
    BadFile."""
    path = home / "book" / "book.yaml"
    if not path.exists():
        return BookPlan(title=f"The rule book: {title}", about="")
    return read(BookPlan, path)


def example_of(home: Path) -> Example | None:
    """The worked example of the programme whose folder is `home`, if it has one. Raises BadFile."""
    path = home / "book" / "example.yaml"
    return read(Example, path) if path.exists() else None
