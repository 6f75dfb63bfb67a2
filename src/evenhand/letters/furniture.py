"""What stands on every page of a mailed letter and belongs to none of its sections: the running line at the head or foot.

    lines, number = without_furniture(lines, words)

Mailed letters of 2014 and 2015 bear their case number at the head of each page; extracted text has that line in the middle of a
sentence. It is taken out where it fills a line by itself. The case number that it names is handed on: such letters often have
no header block to say it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from evenhand.letters.extract import Line
from evenhand.letters.wording import Wording

_PLACES = {"{case_number}": r"(?P<case_number>[A-Z]{2}\d{2}-\d{5,9})", "{page}": r"\d{1,3}", "{pages}": r"\d{1,3}"}


def without_furniture(lines: tuple[Line, ...], words: Wording) -> tuple[tuple[Line, ...], str | None]:
    """The lines without running lines, and the case number that these name.

    A running line ends a page also where the text has no form feed, so what follows stands on the next page and begins no
    paragraph. A page's number alone counts only beside a running line: elsewhere it may be a number of the letter.
    """
    running, numbering = _running(words.running_lines), _running(words.page_numbers)
    named = [match for line in lines if (match := running.fullmatch(line.text))]
    if not named:
        return lines, None
    kept: list[Line] = []
    turned, after = 0, False
    for line in lines:
        if running.fullmatch(line.text) or (after and numbering.fullmatch(line.text)):
            turned, after = turned + (not after), True
            continue
        kept.append(replace(line, page=line.page + turned, gap=line.gap and not after))
        after = False
    numbers = [match["case_number"] for match in named]
    return tuple(kept), numbers[0] if len(set(numbers)) == 1 else None


@cache
def _running(sentences: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_one(sentence, place) for place, sentence in enumerate(sentences)), re.IGNORECASE)


def _one(sentence: str, place: int) -> str:
    """A sentence's pattern; a group's name may stand only once in the whole, so only the first sentence names it."""
    parts = re.split(r"(\{\w+\})", sentence)
    pattern = "".join(_PLACES.get(part) or r"\s+".join(map(re.escape, part.split(" "))) for part in parts)
    return pattern if place == 0 else pattern.replace("?P<case_number>", "?:")
