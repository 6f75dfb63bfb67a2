"""A question to the public record: the parameters of the search page's address, and that address again.

The address is the whole state: a search can be sent to somebody, kept, and asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from evenhand.corpus.index import Filters

FILTERS = {"decision": "Decision", "category": "Treatment", "specialty": "Reviewer’s specialty", "year": "Year"}
MOST_LETTERS = 200
ON_A_PAGE = 10
# The engine keeps every hit before the page in memory, so nobody may leaf on without end.
MOST_PAGES = 500


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is searched for. `cut` says that the words were too long and only their beginning is searched."""

    words: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    page: int = 1
    cut: bool = False

    def chosen(self, name: str) -> str | None:
        """The value of the filter `name`, where there is one."""
        return dict(self.filters).get(name)

    def with_filter(self, name: str, value: str | None) -> Question:
        """The same question with another value for `name` (`None`: without it), from its first page."""
        rest = tuple((key, held) for key, held in self.filters if key != name)
        return replace(self, filters=rest if value is None else (*rest, (name, value)), page=1)

    def for_index(self) -> Filters:
        """The filters as the index takes them."""
        held = dict(self.filters)
        return Filters(**{name: held.get(name) for name in FILTERS})

    def address(self) -> str:
        """The part of the address after the path: `?q=…&decision=…&page=2`; `?` alone for the empty question."""
        pairs = [("q", self.words)] if self.words else []
        pairs += sorted(self.filters)
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return "?" + urlencode(pairs)


def question(parameters: Mapping[str, str]) -> Question:
    """Reads the parameters. What cannot be a value is left out; nothing is refused."""
    words = _plain(parameters.get("q", ""))
    filters = ((name, _plain(parameters.get(name, ""))[:MOST_LETTERS]) for name in FILTERS)
    return Question(
        words=words[:MOST_LETTERS].strip(),
        filters=tuple((name, value) for name, value in filters if value),
        page=_page(parameters.get("page", "")),
        cut=len(words) > MOST_LETTERS,
    )


def _plain(text: str) -> str:
    """Without control characters, white space made one."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        return 1
    return min(max(int(text), 1), MOST_PAGES)
