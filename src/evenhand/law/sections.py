"""The sections that a citation names: "8 CCR 9792.10.5(a)(1); Lab. Code 4610.5(l), (o)" is three of them.

What a programme's codes are called is data (`codes` below): the name in citations and the title in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

Codes = Mapping[str, str]
"""The names of codes as citations write them, each with its title in full."""

# "9792.9.x" names all sections that begin so.
NUMBER = r"\d+(?:\.\d+)*(?:\.x|[a-z])?"
SUBDIVISIONS = r"(?:\([A-Za-z0-9]{1,5}\))"
SIGN = r"(?:sections?|secs?\.|§+)?\s*"
Counted = tuple[tuple[int, str], ...]
# What may stand between two sections of one code; words such as "text of" end the list.
BETWEEN = r"\s*(?:,\s*(?:and|or|formerly)?|;?\s*(?:and|or)\b|[-–])\s*"


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section of a code. `code` is empty where a person gave only the number; `last` ends a range of sections."""

    code: str
    number: str
    subdivisions: tuple[str, ...] = ()
    last: str = ""

    def __str__(self) -> str:
        through = f"-{self.last}" if self.last else ""
        return f"{self.code} {self.number}{through}{self.inside}".strip()

    @property
    def whole(self) -> str:
        """The section without its subdivisions: "8 CCR 9792.10.5"."""
        return f"{self.code} {self.number}{f'-{self.last}' if self.last else ''}".strip()

    @property
    def inside(self) -> str:
        """The subdivisions as they are written: "(a)(1)"."""
        return "".join(f"({part})" for part in self.subdivisions)

    def same_section(self, other: Section) -> bool:
        """Whether both lie in one section, or one in the range of the other; a code that is not named fits any."""
        if self.code and other.code and self.code != other.code:
            return False
        return _between(self, other.number) or _between(other, self.number)

    def holds(self, other: Section) -> bool:
        """Whether `other` is this section or a subdivision of it."""
        return self.same_section(other) and other.subdivisions[: len(self.subdivisions)] == self.subdivisions


def sort_key(section: Section) -> tuple[str, Counted, Counted, Counted]:
    """Sections in the order of the books: 9792.9 before 9792.10, (a)(2) before (a)(10), a section before a range that begins
    with it."""
    return section.code, _counted(section.number), _counted(section.last), tuple(map(_part, section.subdivisions))


def sections_in(text: str, codes: Codes) -> tuple[Section, ...]:
    """Every section that the text names with its code, in its order."""
    return tuple(section for found in _pattern(tuple(codes)).finditer(text) for section in _listed(found))


def section_of(words: str, codes: Codes) -> Section | None:
    """What a person asks for: a section with or without its code ("4610.5(h)"), the code by name or title. None if it
    is none."""
    titles = {title.casefold(): name for name, title in codes.items()}
    titles |= {name.casefold(): name for name in codes}
    for title in sorted(titles, key=len, reverse=True):
        if words.strip().casefold().startswith(title):
            words, code = words.strip()[len(title) :], titles[title]
            break
    else:
        code = ""
    found = re.fullmatch(rf"\s*,?\s*{SIGN}({NUMBER})\s*((?:{SUBDIVISIONS}\s*)*)\s*", words, re.IGNORECASE)
    return Section(code=code, number=found[1], subdivisions=_parts(found[2])) if found else None


def authorities_in(citation: str, codes: Codes) -> tuple[str, ...]:
    """The parts of a citation that name no section: decisions, practice, forms."""
    if not sections_in(citation, codes):
        return (citation.strip(),)
    parts = (part.strip() for part in citation.split(";"))
    return tuple(part for part in parts if part and not sections_in(part, codes))


@lru_cache
def _pattern(codes: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(codes, key=len, reverse=True)) or r"(?!)"
    numbered = rf"{NUMBER}(?:[-–]{NUMBER})?{SUBDIVISIONS}*"
    further = rf"{BETWEEN}(?:{numbered}|{SUBDIVISIONS}+)(?![\w-])"
    # "Civ. Code" must not be found inside another code's name; a day (2014-04-01) is no section.
    return re.compile(rf"(?<![\w.])(?P<code>{names})\s+{SIGN}(?P<list>{numbered}(?:{further})*)")


def _listed(found: re.Match[str]) -> Iterator[Section]:
    number, last = "", ""
    for match in re.finditer(rf"({NUMBER})?(?:[-–]({NUMBER}))?({SUBDIVISIONS}*)", found["list"]):
        if not match[0]:
            continue
        if match[1]:
            number, last = match[1], match[2] or ""
        yield Section(code=found["code"], number=number, last=last, subdivisions=_parts(match[3]))


def _parts(written: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\(([^)]*)\)", written))


def _between(section: Section, number: str) -> bool:
    if section.number.endswith(".x"):
        return number.startswith(section.number[:-1])
    if not section.last:
        return section.number == number
    return _counted(section.number) <= _counted(number) <= _counted(section.last)


def _counted(number: str) -> Counted:
    return tuple((int(digits), letter) for digits, letter in re.findall(r"(\d+)([a-z]?)", number))


def _part(part: str) -> tuple[int, str]:
    return (int(part), "") if part.isdigit() else (0, part)
