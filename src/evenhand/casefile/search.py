"""Words and phrases in the pages of a file.

    search(file, 'pseudarthrosis "C6-7" flexion*')

A page is found when it has all the words and all the quoted phrases; `*` ends a beginning of a word. Case does not
matter, and a phrase may run over the end of a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evenhand.casefile.facts import CaseFile

CONTEXT = 60
"""Characters of the page shown on either side of a hit."""

# Typographic marks that people do not type; each becomes one character, so that places in the text stay the same.
_PLAIN = str.maketrans("‘’‚“”„‐‑‒–—−\u00a0", "'''\"\"\"------ ")
_TERM = re.compile(r'"([^"]*)"?|(\S+)')


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One place where a word or phrase stands. `start` and `end` count characters in the page's text."""

    page: int
    document: str
    in_document: int
    start: int
    end: int
    term: str
    excerpt: str


class EmptyQuery(ValueError):
    """The query holds nothing to look for."""


def search(file: CaseFile, query: str) -> tuple[Hit, ...]:
    """Every place of every term, on the pages that have all of them, in page order. Raises EmptyQuery."""
    patterns = _patterns(query)
    hits: list[Hit] = []
    for page in file.pages:
        text = page.text.translate(_PLAIN)
        found = [(term, list(pattern.finditer(text))) for term, pattern in patterns]
        if not all(matches for _, matches in found):
            continue
        on_page = [
            Hit(
                page=page.number,
                document=page.document,
                in_document=page.in_document,
                start=match.start(),
                end=match.end(),
                term=term,
                excerpt=_excerpt(page.text, match.start(), match.end()),
            )
            for term, matches in found
            for match in matches
        ]
        hits.extend(sorted(on_page, key=lambda hit: (hit.start, hit.end)))
    return tuple(hits)


def _patterns(query: str) -> list[tuple[str, re.Pattern[str]]]:
    patterns = []
    for phrase, word in _TERM.findall(query.translate(_PLAIN)):
        term = (phrase or word).strip()
        if any(character.isalnum() for character in term):
            patterns.append((term, _pattern(term)))
    if not patterns:
        raise EmptyQuery('There is nothing to look for; write a word, or a phrase in "quotation marks".')
    return patterns


def _pattern(term: str) -> re.Pattern[str]:
    beginning = term.endswith("*")
    words = [re.escape(word) for word in term.rstrip("*").split()]
    ending = r"\w*" if beginning else r"(?!\w)"
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + ending, re.IGNORECASE)


def _excerpt(text: str, start: int, end: int) -> str:
    left, right = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    words = " ".join(text[left:right].split())
    return f"{'… ' if left else ''}{words}{' …' if right < len(text) else ''}"
