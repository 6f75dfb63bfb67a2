"""A letter's sections by their headings, and which layout it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from evenhand.letters.extract import Line, NotALetter
from evenhand.letters.wording import Wording

HEAD = "head"


@dataclass(frozen=True)
class Sections:
    """The lines of each section. What stands before the first heading is under `head`."""

    parts: Mapping[str, tuple[Line, ...]]

    def get(self, name: str) -> tuple[Line, ...]:
        """The lines of a section, none where the letter lacks it."""
        return self.parts.get(name, ())


def plain(text: str) -> str:
    """A line for comparison: one space, no case, no colon at the end."""
    return re.sub(r"\s+", " ", text).strip().rstrip(":").casefold()


def split(
    lines: tuple[Line, ...], headings: Mapping[str, str], *, stands: Callable[[Line], bool] = lambda line: True
) -> Sections:
    """Parts the lines at headings that stand alone on their line; only the first of each counts, and only in the
    given order. `stands` says whether a line can be a heading at all.
    """
    names = list(headings)
    wanted = {plain(words): name for name, words in headings.items()}
    parts: dict[str, list[Line]] = {HEAD: []}
    current, reached = HEAD, -1
    for line in lines:
        name = wanted.get(plain(line.text))
        if name is not None and names.index(name) > reached and stands(line):
            current, reached = name, names.index(name)
            parts[name] = []
        else:
            parts[current].append(line)
    return Sections({name: tuple(found) for name, found in parts.items()})


def published(lines: tuple[Line, ...], words: Wording) -> Sections:
    """The sections of a letter in layout A or B. Raises NotALetter where it is something else, and says what."""
    headings = {name: getattr(words.headings, name) for name in ("made", "documents", "summary", "items")}
    sections = split(lines, headings)
    if "items" in sections.parts:
        return sections
    if "made" in sections.parts:
        raise NotALetter(f"the letter breaks off: there is no section {words.headings.items!r}; get the whole letter")
    raise NotALetter(
        "no heading of a determination letter was found, "
        f"such as {words.headings.made!r} or {words.headings.items!r}; "
        "check that the file is a Final Determination Letter"
    )
