"""The disputed items of a published letter: heading and decision, two guideline lines, the rationale."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evenhand.letters.determination import Decision, Guideline, ItemDetermination
from evenhand.letters.extract import Line, NotALetter, unwrap
from evenhand.letters.guidelines import find
from evenhand.letters.wording import Wording, loosely

_DECISION = re.compile(r"[\s:]*\b(Upheld|Overturned)\W*$", re.IGNORECASE)
_ALONE = re.compile(r"^\W*(?:Upheld|Overturned)\W*$", re.IGNORECASE)
_CLAIMS, _REVIEWER, _RATIONALE = "claims", "reviewer", "rationale"


@dataclass(frozen=True)
class _Block:
    """One item's lines: where its label lines stand."""

    claims: int
    reviewer: int | None
    rationale: int | None


def read_items(lines: tuple[Line, ...], words: Wording) -> tuple[tuple[ItemDetermination, ...], list[str]]:
    """The items in their order and what is uncertain.

    Raises NotALetter where an item carries no decision: none is guessed.
    """
    lines = _after_the_opening(lines, words)
    blocks = _blocks(lines, words)
    if not blocks:
        raise NotALetter(
            f"the section on items has no line {words.labels.claims_administrator_guideline!r}, so no item can be told"
        )
    problems: list[str] = []
    starts = [_heading_start(lines, blocks, n, problems) for n in range(len(blocks))]
    if starts[0] > 0:
        problems.append(f"text before the first item was not read: {unwrap(lines[: starts[0]])[:80]!r}")
    items = []
    for n, block in enumerate(blocks):
        end = starts[n + 1] if n + 1 < len(blocks) else len(lines)
        items.append(_item(n + 1, lines, (starts[n], end), block, words, problems))
    return tuple(items), problems


def _after_the_opening(lines: tuple[Line, ...], words: Wording) -> tuple[Line, ...]:
    """Leaves out the fixed sentence that opens the section (it may run over two lines)."""
    for count in range(1, min(len(lines), 5)):
        if re.search(loosely(words.items_opening), unwrap(lines[:count]), re.IGNORECASE):
            return lines[count:]
    return lines


@cache
def _labels(words: Wording) -> tuple[tuple[str, re.Pattern[str]], ...]:
    def begins(labels: tuple[str, ...]) -> re.Pattern[str]:
        return re.compile(rf"^(?:{'|'.join(loosely(label) for label in labels)})\s*", re.IGNORECASE)

    return (
        (_CLAIMS, begins((words.labels.claims_administrator_guideline,))),
        (_REVIEWER, begins(words.labels.imr_guideline)),
        (_RATIONALE, begins((words.labels.rationale,))),
    )


def _blocks(lines: tuple[Line, ...], words: Wording) -> list[_Block]:
    """Items by their label lines: each begins with the claims administrator's label; the other two follow in order."""
    blocks: list[_Block] = []
    for place, line in enumerate(lines):
        kind = next((kind for kind, pattern in _labels(words) if pattern.match(line.text)), None)
        if kind == _CLAIMS:
            blocks.append(_Block(place, None, None))
        elif kind == _REVIEWER and blocks and blocks[-1].reviewer is None and blocks[-1].rationale is None:
            blocks[-1] = _Block(blocks[-1].claims, place, None)
        elif kind == _RATIONALE and blocks and blocks[-1].rationale is None:
            blocks[-1] = _Block(blocks[-1].claims, blocks[-1].reviewer, place)
    return blocks


def _heading_start(lines: tuple[Line, ...], blocks: list[_Block], n: int, problems: list[str]) -> int:
    """Where the heading of item n begins: by its bold type where the source tells, else by the paragraph it is."""
    label = blocks[n].claims
    floor = (blocks[n - 1].rationale or blocks[n - 1].claims) + 1 if n else 0
    bold = _by_weight(lines, label, floor)
    if bold is not None:
        return bold
    start, sure = _by_paragraph(lines, label, floor)
    if not sure:
        problems.append(
            f"item {n + 1}: a page ends before its heading; it may begin on the page before: {lines[start].text[:60]!r}"
        )
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


def _by_paragraph(lines: tuple[Line, ...], label: int, floor: int) -> tuple[int, bool]:
    """The paragraph above the label. Over a page's end it goes on only where the words before do not end a sentence."""
    start = label
    if start > floor and _ALONE.match(lines[start - 1].text):
        start -= 1  # the word alone on its line, with or without a space above it, belongs to the heading above
    foot, sure = start, True
    while start > floor:
        above = lines[start - 1]
        if start < foot and lines[start].gap:
            break
        if start < foot and above.page != lines[start].page:
            if not _heading_goes_on(lines, start, floor):
                break
            sure = False
        start -= 1
    return max(start, floor), sure


def _heading_goes_on(lines: tuple[Line, ...], start: int, floor: int) -> bool:
    """Whether the last paragraph of the page before is the first half of a heading, not the end of a rationale."""
    if re.search(r"[.!?][\"')\]]*$", lines[start - 1].text):
        return False
    first = start - 1
    while first > floor and not lines[first].gap:
        first -= 1
    return lines[first].gap or first == 0


def _item(
    number: int, lines: tuple[Line, ...], span: tuple[int, int], block: _Block, words: Wording, problems: list[str]
) -> ItemDetermination:
    start, end = span
    heading = unwrap(lines[start : block.claims])
    match = _DECISION.search(heading)
    if match is None:
        raise NotALetter(
            f"item {number} carries neither Upheld nor Overturned, and none is guessed; "
            f"its heading reads {heading[:120]!r}"
        )
    item = heading[: match.start()].rstrip(" :")
    if not item:
        problems.append(f"item {number}: the heading has no words besides its decision")
    original, authorized, eligible = _parts(item, words)
    if block.rationale is None:
        problems.append(f"item {number}: there is no line {words.labels.rationale!r}")
    if block.reviewer is None:
        problems.append(f"item {number}: there is no line {words.labels.imr_guideline[0]!r}")
    cuts = sorted(place for place in (block.claims, block.reviewer, block.rationale) if place is not None)

    def part(begin: int | None) -> str:
        if begin is None:
            return ""
        return _unlabelled(unwrap(lines[begin : next((cut for cut in cuts if cut > begin), end)]), words)

    claims, reviewer = find(part(block.claims), words), find(part(block.reviewer), words)
    problems += [f"item {number}: {fault}" for fault in _unread(claims, "claims administrator")]
    problems += [f"item {number}: {fault}" for fault in _unread(reviewer, "reviewer")]
    return ItemDetermination(
        number=number,
        item=item,
        decision=Decision(match.group(1).capitalize()),
        claims_administrator_guideline=claims,
        imr_guideline=reviewer,
        rationale=part(block.rationale),
        original_request=original,
        authorized=authorized,
        eligible_portion=eligible,
    )


def _unlabelled(text: str, words: Wording) -> str:
    for _, pattern in _labels(words):
        text = pattern.sub("", text, count=1)
    return text.strip()


def _unread(guideline: Guideline, side: str) -> list[str]:
    if guideline.citations or guideline.none_cited:
        return []
    return [f"the {side}'s guideline line names no source that could be told: {guideline.text[:80]!r}"]


@cache
def _formulas(words: Wording) -> tuple[re.Pattern[str], ...]:
    """The sentences that rename a partly authorized request; the closing "is" is sometimes missing."""
    patterns = []
    for sentence in words.partly_authorized:
        pieces = re.split(r"\{(\w+)\}", sentence)
        pattern = ""
        for place, piece in enumerate(pieces):
            if place % 2:
                pattern += rf"(?P<{piece}>.+?)"
            elif piece.strip() == "is":
                pattern += r"(?:\s+is)?"
            else:
                lead, tail = (r"\s*" if piece[:1] == " " else ""), (r"\s+" if piece[-1:] == " " else "")
                pattern += lead + loosely(piece) + tail
        patterns.append(re.compile(rf"^{pattern}$", re.IGNORECASE))
    return tuple(patterns)


def _parts(item: str, words: Wording) -> tuple[str | None, str | None, str | None]:
    """Original request, authorized part, part still disputed; all `None` where the item was not authorized in part."""
    for pattern in _formulas(words):
        match = pattern.match(item)
        if match:
            return match["original"].strip(), match["authorized"].strip(), match["eligible"].strip()
    return None, None, None
