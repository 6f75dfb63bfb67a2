"""What the search in the browser looks through: one entry for each article and each line of a list."""

from __future__ import annotations

import json
from collections.abc import Iterator

from evenhand.law.schema import HolidayList
from evenhand.typesetting.book.model import CALENDARS, Article, Book, Chapter
from evenhand.typesetting.book.words import sentence, summary


def search_index(book: Book) -> bytes:
    """The index as a script that a page may load from a disk."""
    entries = [
        entry for chapter in book.chapters for article in chapter.articles for entry in _entries(chapter, article)
    ]
    entries += [_days_off(name, calendar.law) for name, calendar in book.pack.calendars.items()]
    written = ",\n".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries)
    return f"window.RULE_BOOK = [\n{written}\n];\n".encode()


def _entries(chapter: Chapter, article: Article) -> Iterator[dict[str, str]]:
    """`t` title, `l` link, `k` chapter, `c` citations, `n` names in the data, `x` text."""
    for provision in article.provisions:
        versions = provision.versions
        starts = str(getattr(article.entry, "starts", ""))
        said = dict.fromkeys(sentence(version.unknown or summary(version)) for version in reversed(versions))
        yield {
            "t": article.line_title(provision),
            "l": article.line_link(provision),
            "k": chapter.title,
            "c": "; ".join(dict.fromkeys(version.citation for version in versions)),
            "n": provision.name,
            "x": " ".join([*said, sentence(starts) if starts else ""]).strip(),
        }


def _days_off(name: str, listed: HolidayList) -> dict[str, str]:
    """A list of days off: found by its title, by "holiday" and "weekend", and by the name of each of its days."""
    cited = (listed.citation, *(day.citation for day in listed.holidays))
    days = ", ".join(dict.fromkeys(day.name for day in listed.holidays))
    return {
        "t": listed.title,
        "l": f"{CALENDARS}.html#calendars-{name}",
        "k": "How days are counted",
        "c": "; ".join(dict.fromkeys(cited)),
        "n": name,
        "x": f"Holidays and weekends: {days}.",
    }
