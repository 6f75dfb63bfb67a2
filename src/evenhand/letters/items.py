"""The disputed items of a published letter: heading and decision, two guideline lines, the rationale."""

from __future__ import annotations

import re
from functools import cache

from evenhand.letters.determination import Decision, Guideline, ItemDetermination
from evenhand.letters.extract import Line, NotALetter, unwrap
from evenhand.letters.guidelines import find
from evenhand.letters.starts import Block, heading_starts
from evenhand.letters.wording import Wording, loosely

_DECISION = re.compile(r"[\s:]*\b(Upheld|Overturned)\W*$", re.IGNORECASE)
_CLAIMS, _REVIEWER, _RATIONALE = "claims", "reviewer", "rationale"


def read_items(lines: tuple[Line, ...], words: Wording) -> tuple[tuple[ItemDetermination, ...], list[str]]:
    """The items in their order and what is uncertain.

    An item without a decision stays without one and is named. Raises NotALetter where no item has any.
    """
    lines = _after_the_opening(lines, words)
    blocks = _blocks(lines, words)
    if not blocks:
        raise NotALetter(
            f"the section on items has no line {words.labels.claims_administrator_guideline!r}, so no item can be told"
        )
    problems: list[str] = []
    starts = heading_starts(lines, blocks, problems)
    if starts[0] > 0:
        problems.append(f"text before the first item was not read: {unwrap(lines[: starts[0]])[:80]!r}")
    items = []
    for n, block in enumerate(blocks):
        end = starts[n + 1] if n + 1 < len(blocks) else len(lines)
        items.append(_item(n + 1, lines, (starts[n], end), block, words, problems))
    if all(item.decision is None for item in items):
        raise NotALetter(
            f"no item carries Upheld or Overturned, and none is guessed; the first heading reads {items[0].item[:120]!r}"
        )
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


def _blocks(lines: tuple[Line, ...], words: Wording) -> list[Block]:
    """Items by their label lines: each begins with the claims administrator's label; the other two follow in order."""
    blocks: list[Block] = []
    labels = _labels(words)
    for place, line in enumerate(lines):
        kind = next((kind for kind, pattern in labels if pattern.match(line.text)), None)
        if kind == _CLAIMS:
            blocks.append(Block(place, None, None))
        elif kind == _REVIEWER and blocks and blocks[-1].reviewer is None and blocks[-1].rationale is None:
            blocks[-1] = Block(blocks[-1].claims, place, None)
        elif kind == _RATIONALE and blocks and blocks[-1].rationale is None:
            blocks[-1] = Block(blocks[-1].claims, blocks[-1].reviewer, place)
    return blocks


def _item(
    number: int, lines: tuple[Line, ...], span: tuple[int, int], block: Block, words: Wording, problems: list[str]
) -> ItemDetermination:
    start, end = span
    heading = unwrap(lines[start : block.claims])
    match = _DECISION.search(heading)
    if match is None:
        problems.append(f"item {number} carries neither Upheld nor Overturned, and none is guessed")
    item = heading[: match.start() if match else None].rstrip(" :")
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
        decision=Decision(match.group(1).capitalize()) if match else None,
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
