"""What citations in free text are made of: names of sources, titles, chapter numbers, editions, years, pages, sections.

Every word of a text is looked up once by itself; only where it begins something known is a pattern tried.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from evenhand.citations.editions import Edition, Source
from evenhand.citations.index import Index, index
from evenhand.treatments.vocabulary import plain

_SIDES = (110, 280)
"""So far before and after a source's name the parts of its citation are looked for."""
_WORD = re.compile(r"[A-Za-z0-9]+")
_JOINT = r"[\s,/&–-]+(?:(?:and|&)\s+)?"
_PARTS = re.compile(
    r"""
    (?P<sections>section(?:s|\(s\))?\s*:)
  | (?P<pages>(?:page\(s\)\s*:?\s*(?:pages?\s*)?|pages?\s+|pgs?\b\.?\s*|pp?\.\s*)
      (?P<numbers>\d{1,4}(?:\s*[-–]\s*\d{1,4})?(?:\s*(?:,|and|&)\s*\d{1,4}(?:\s*[-–]\s*\d{1,4})?(?![\d/]))*)(?:\s+of\s+\d+)?)
  | (?P<chapter>(?:chapter|ch\.)\s*(?P<number>\d{1,2})\b)
  | (?P<edition>(?:\d{1,2}(?:st|nd|rd|th)|second|third)\s+(?:annual\s+)?ed(?:ition\b|\.))
  | (?P<table>table\s+\d+[-–]\d+[a-z]?)
  | (?P<updated>updated\s+\d{1,2}/\d{1,2}/(?P<short>\d{2,4})\)?)
  | (?P<year>(?<![-/\d.$#])(?:19|20)\d\d\b(?![-/\d]))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PART_WORDS = frozenset(
    (
        "section",
        "sections",
        "page",
        "pages",
        "pg",
        "pgs",
        "p",
        "pp",
        "chapter",
        "ch",
        "second",
        "third",
        "table",
        "updated",
    )
)
_DISOWNED = re.compile(
    r"\b(?:non[-\s]|outside\s+(?:of\s+)?(?:the\s+)?|not\s+base\s+\w+\s+decision\s+on\s+(?:the\s+)?)\Z", re.I
)
"""Before a name: it is said that the source was not used."""
_INNER = {"pages": "numbers", "chapter": "number", "updated": "short"}
"""Tokens whose value is a part of them."""
_DATED = re.compile(r"\W{1,3}(?:(?:medical\s+treatment\s+)?guidelines?\W{1,3})?(?:(?:19|20)\d\d|section|page)", re.I)


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a citation: what it is, where it stands, its value."""

    kind: str
    start: int
    end: int
    value: str


@dataclass(frozen=True)
class Grammar:
    """The patterns of one programme, compiled once; `names` and `titles` by their first word."""

    book: Index
    names: dict[str, re.Pattern[str]]
    titles: dict[str, re.Pattern[str]]
    codes: dict[str, str]
    """The source or body that a plain name means."""
    full_titles: frozenset[str]
    """Plain titles of the schedule that need no publisher's name beside them where a year, section or page follows."""
    works: dict[str, re.Pattern[str]]
    law: re.Pattern[str]
    """A section of the regulation that holds the schedule, or a range of them."""
    law_begins: frozenset[str]


@cache
def grammar(programme: str) -> Grammar:
    """The programme's grammar of citations in free text."""
    book = index(programme)
    law = sorted({section.split(".")[0] for section in book.by_section})
    number = rf"(?:{'|'.join(law) or '(?!)'})\.\d{{1,2}}(?:\.\d{{1,2}})?(?:\([a-z0-9]\))*"
    sources = (Source.MTUS, Source.ODG, Source.ACOEM)
    schedule = book.titles[Source.MTUS].editions_in_order()
    return Grammar(
        book=book,
        names=_by_first_word(_names(book)),
        titles=_by_first_word(
            (title, rf"(?i:{_loose(title)})\b") for source in sources for title in book.titles[source].editions
        ),
        codes=_codes(book),
        full_titles=frozenset(_full_titles(schedule)),
        works={code: re.compile(rf"\b(?:{_any(t.editions)})\b", re.I) for code, t in book.works.items() if t.editions},
        law=re.compile(rf"{number}(?:\s*(?:[-–]|through|to)\s*§*\s*{number})?"),
        law_begins=frozenset(law),
    )


def tokens_in(text: str, words: Grammar) -> Iterator[Token]:
    """The tokens near a source's name, in order."""
    for begin, end in _windows(text, words):
        behind = begin
        for word in _WORD.finditer(text, begin, end):
            if word.start() >= behind and (token := _token(text, word.start(), word.group().lower(), words)):
                yield token
                behind = token.end


def title_at(text: str, place: int, words: Grammar) -> Token | None:
    """The title that begins at a place of the text."""
    word = _WORD.match(text, place)
    pattern = words.titles.get(word.group().lower()) if word else None
    match = pattern.match(text, place) if pattern else None
    return Token("title", match.start(), match.end(), match.group()) if match else None


def stands_alone(text: str, title: Token, words: Grammar) -> bool:
    """Whether a title of the schedule is followed by a year, a section or a page, so that it is a citation by itself."""
    return plain(title.value) in words.full_titles and _DATED.match(text, title.end) is not None


def _token(text: str, place: int, word: str, words: Grammar) -> Token | None:
    if match := _name_at(text, place, word, words):
        return Token("name", match.start(), match.end(), match.group())
    if word in words.law_begins and (match := words.law.match(text, place)):
        return Token("regulation", match.start(), match.end(), match.group())
    if word in words.titles and (title := title_at(text, place, words)):
        return title
    if (word in _PART_WORDS or word[0].isdigit()) and (match := _PARTS.match(text, place)):
        kind = match.lastgroup or ""
        return Token(kind, match.start(), match.end(), match[_INNER.get(kind, kind)])
    return None


def _name_at(text: str, place: int, word: str, words: Grammar) -> re.Match[str] | None:
    pattern = words.names.get(word)
    if pattern is None or _DISOWNED.search(text, max(0, place - 40), place):
        return None
    return pattern.match(text, place)


def _windows(text: str, words: Grammar) -> list[tuple[int, int]]:
    """The stretches of the text around what only a citation holds."""
    found: list[tuple[int, int]] = []
    for word in _WORD.finditer(text):
        place, lower = word.start(), word.group().lower()
        if not (
            (lower in words.names and _name_at(text, place, lower, words))
            or (lower in words.law_begins and words.law.match(text, place))
            or (lower in words.titles and (title := title_at(text, place, words)) and stands_alone(text, title, words))
        ):
            continue
        begin, end = max(0, place - _SIDES[0]), word.end() + _SIDES[1]
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return [(_at_a_word(text, begin), end) for begin, end in found]


def _at_a_word(text: str, place: int) -> int:
    """The place, moved on to where no word is cut."""
    while 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum():
        place += 1
    return place


# --- patterns --------------------------------------------------------------------------------------------------------


def _by_first_word(patterns: Iterable[tuple[str, str]]) -> dict[str, re.Pattern[str]]:
    """Patterns of names by the first word of the name, the longest name first."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for name, pattern in patterns:
        word = _WORD.search(name)
        if word:
            found[word.group().lower()].append((-len(name), pattern))
    return {word: re.compile("|".join(p for _, p in sorted(set(many)))) for word, many in found.items()}


def _names(book: Index) -> Iterator[tuple[str, str]]:
    """Each name with its pattern: long ones in any case, short ones as they are written."""
    guide = "|".join(map(re.escape, book.book.guideline_words)) or r"(?!)"
    unless = "|".join(map(re.escape, book.book.not_cited)) or r"(?!)"
    after = rf"(?!\w)(?![\s-]+(?:{unless})\b)"
    for names in book.book.organisations.values():
        for name in names:
            yield name, (_spelled(name) if name.isupper() else f"(?i:{_spelled(name)})") + after
    for body in book.book.bodies:
        for name in (body.name, *body.also):
            yield name, f"(?i:{_spelled(name)})" + after
        for name in body.short:
            yield name, _spelled(name) + after
        for name in body.weak:
            yield name, rf"{_spelled(name)}(?=[^.;]{{0,40}}\b(?:{guide})\b)" + after


def _full_titles(schedule: Iterable[Edition]) -> Iterator[str]:
    """Plain titles of several words, and other names that go on from them ("... Guidelines")."""
    for edition in schedule:
        title = plain(edition.title)
        if " " in title:
            yield title
            yield from (name for name in map(plain, edition.also) if name.startswith(f"{title} "))


def _codes(book: Index) -> dict[str, str]:
    named = [(code, names) for code, names in book.book.organisations.items()]
    named += [(body.code, (body.name, *body.also, *body.short, *body.weak)) for body in book.book.bodies]
    return {plain(name): code for code, names in reversed(named) for name in names}


def _any(titles: Iterable[str]) -> str:
    return "|".join(_loose(title) for title in sorted(titles, key=lambda title: (-len(title), title)))


def _loose(title: str) -> str:
    """A pattern for a plain title, with whatever signs stand between its words."""
    return _JOINT.join(re.escape(word) for word in title.split() if word != "and")


def _spelled(name: str) -> str:
    return r"\s+".join(re.escape(part).replace("'", "['’]?").replace(r"\-", r"[-\s]") for part in name.split())
