"""Where the heading of an item begins: by its bold type, else by the paragraph it is, else by how the lines are filled.

Text without blank lines (`pdftotext` plain or `-raw`) marks no paragraph. There a paragraph ends with a sentence, or with
a line that had room for the next word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evenhand.letters.extract import Line

_ALONE = re.compile(r"^\W*(?:Upheld|Overturned)\W*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")
# How a heading of several sentences begins and goes on: a request that was authorized in part is renamed in it.
_RENAMED = re.compile(r"IMR eligible|original\s+request,", re.IGNORECASE)
_RENAMED_FROM = re.compile(r"was the\s+original request\.", re.IGNORECASE)
# Beyond this many lines no heading goes without a mark of its own.
_LONGEST = 12
# Letters of a line's end that a word might have filled though it stands on the next line: type is not of even width.
_ROOM = 10


@dataclass(frozen=True)
class Block:
    """One item's lines: where its label lines stand."""

    claims: int
    reviewer: int | None
    rationale: int | None


def heading_starts(lines: tuple[Line, ...], blocks: list[Block], problems: list[str]) -> list[int]:
    """The first line of each item's heading. What is uncertain goes to `problems`."""
    return [_heading_start(lines, blocks, n, problems) for n in range(len(blocks))]


def _heading_start(lines: tuple[Line, ...], blocks: list[Block], n: int, problems: list[str]) -> int:
    label = blocks[n].claims
    floor = (blocks[n - 1].rationale or blocks[n - 1].claims) + 1 if n else 0
    bold = _by_weight(lines, label, floor)
    if bold is not None:
        return bold
    start, crossed = _by_paragraph(lines, label, floor)
    if n == 0 and start == 0:
        return start  # everything after the section's opening sentence is the first heading
    if start == floor or _holds_a_sentence(lines, start, label):
        start, told = _by_filling(lines, label, start)
        if not told:
            said = "no space and no sentence's end shows where its heading begins"
            problems.append(f"item {n + 1}: {said}: {lines[start].text[:60]!r}")
    elif crossed:
        said = "a page ends before its heading; it may begin on the page before"
        problems.append(f"item {n + 1}: {said}: {lines[start].text[:60]!r}")
    return start


def _by_weight(lines: tuple[Line, ...], label: int, floor: int) -> int | None:
    """The run of bold lines above the label (the decision word alone on a line is not bold).

    `None` where weight tells nothing.
    """
    if lines[label].bold is not True:
        return None
    start = label
    while start > floor and (lines[start - 1].bold or (start == label and _ALONE.match(lines[start - 1].text))):
        start -= 1
    return start if start < label and any(line.bold for line in lines[start:label]) else None


def _foot(lines: tuple[Line, ...], label: int, floor: int) -> int:
    """The decision word alone on its line, with or without a space above it, belongs to the heading above."""
    return label - 1 if label > floor and _ALONE.match(lines[label - 1].text) else label


def _by_paragraph(lines: tuple[Line, ...], label: int, floor: int) -> tuple[int, bool]:
    """The paragraph above the label, and whether it was followed over a page's end.

    It goes on there only where the words before do not end a sentence.
    """
    foot = start = _foot(lines, label, floor)
    crossed = False
    while start > floor:
        above = lines[start - 1]
        if start < foot and lines[start].gap:
            break
        if start < foot and above.page != lines[start].page:
            if not _heading_goes_on(lines, start, floor):
                break
            crossed = True
        start -= 1
    return max(start, floor), crossed


def _heading_goes_on(lines: tuple[Line, ...], start: int, floor: int) -> bool:
    """Whether the last paragraph of the page before is the first half of a heading, not the end of a rationale."""
    if _SENTENCE_END.search(lines[start - 1].text):
        return False
    first = start - 1
    while first > floor and not lines[first].gap:
        first -= 1
    return lines[first].gap or first == 0


def _holds_a_sentence(lines: tuple[Line, ...], start: int, label: int) -> bool:
    """Whether what stands above the label is a rationale's end besides the heading: a sentence ends on one of its lines.

    A renamed request holds sentences of its own, from the first of them on.
    """
    text = [line.text for line in lines[start : max(label - 1, start)]]
    own = next((n for n in range(len(text)) if _RENAMED_FROM.search(" ".join(text[: n + 1]))), len(text))
    return any(_SENTENCE_END.search(line) for line in text[:own])


def _by_filling(lines: tuple[Line, ...], label: int, floor: int) -> tuple[int, bool]:
    """The lines above the label up to the nearest paragraph's end, and whether one was found."""
    foot = _foot(lines, label, floor)
    start = max(foot - 1, floor)
    width = max((len(line.text) for line in lines[floor:label]), default=0)
    while start > floor and foot - start < _LONGEST:
        above, here = lines[start - 1].text, lines[start].text
        heading = " ".join(line.text for line in lines[start:label])
        renamed = _RENAMED.search(heading) and not _RENAMED_FROM.search(heading)
        first_word = (here.split() or [""])[0]
        if not renamed and (_SENTENCE_END.search(above) or len(above) + 1 + len(first_word) < width - _ROOM):
            return start, True
        start -= 1
    return start, False
