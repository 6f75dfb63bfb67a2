"""What `evenhand law replay` prints for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evenhand.law.changes import Change
from evenhand.law.replay import Sums

LONGEST = 300


def report(changes: Sequence[Change], sums: Sums, shown: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The whole report, a line at a time: how the packs differ, the sums, the first differences with their reasons."""
    yield from _changes(changes)
    yield ""
    yield from _sums(sums)
    for found in shown:
        yield ""
        yield from _clock(found) if "rule" in found else _item(found)
    left = sums.differing_items + sums.differing_clocks - len(shown)
    if left:
        yield ""
        yield f"{left:,} more; --show N prints more of them, --jsonl FILE writes all."


def _changes(changes: Sequence[Change]) -> Iterator[str]:
    if not changes:
        yield "The packs say the same."
        return
    yield f"The packs differ in {len(changes)} {'entry' if len(changes) == 1 else 'entries'}:"
    for change in changes:
        yield f"  {change.provision}: {change.title}"
        for each in change.differences:
            place = f"{each.where}: " if each.where else ""
            if each.before is None:
                yield f"    {place}new: {_short(each.after)}"
            elif each.after is None:
                yield f"    {place}gone: {_short(each.before)}"
            else:
                yield f"    {place}{_short(each.before)} -> {_short(each.after)}"


def _short(words: str | None) -> str:
    text = " ".join((words or "").split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _sums(sums: Sums) -> Iterator[str]:
    bad = f" {sums.bad_lines:,} lines could not be read." if sums.bad_lines else ""
    yield f"{sums.applications:,} applications compared; {sums.differing_applications:,} come out differently.{bad}"
    yield f"Disputed items: {sums.differing_items:,} of {sums.items:,} differ{_share(sums.differing_items, sums.items)}."
    for (was, now), count in sums.statuses.most_common():
        yield f"  {was.replace('_', ' ')} -> {now.replace('_', ' ')}: {count:,}"
    yield from _counted("  In what they differ", sums.aspects)
    yield from _counted("  Grounds that hold now and did not", sums.grounds_gained)
    yield from _counted("  Grounds that held and no longer do", sums.grounds_lost)
    share = _share(sums.differing_clocks, sums.clocks)
    yield f"Later time limits: {sums.differing_clocks:,} of {sums.clocks:,} end otherwise{share}."
    yield from _counted("  Which", sums.rules)
    yield from _counted("By the entry that makes the difference", sums.provisions)


def _share(part: int, whole: int) -> str:
    return f" ({part / whole:.1%})" if whole else ""


def _counted(title: str, counts: Mapping[str, int]) -> Iterator[str]:
    if counts:
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        yield f"{title}: {', '.join(f'{name} {count:,}' for name, count in ranked)}"


def _item(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"{found['id']} (line {found['line']}), item {found['number']}: {found['item']}"
    for side in ("before", "after"):
        yield f"  {side}: {_answer(found[side])}"
        yield from (f"    {words}" for words in found[f"explained_{side}"])
    yield f"  because of: {', '.join(found['because'])}"


def _answer(answer: Mapping[str, Any]) -> str:
    said = [answer["status"].replace("_", " "), *answer["grounds"]]
    if answer["last_day"] is not None:
        said.append(f"last day to apply {answer['last_day']['words']}")
    said += [f"petition by {clock}" for clock in answer["appeal"]]
    said += [f"cure by {clock}" for clock in answer["cure"]]
    return "; ".join(said)


def _clock(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"{found['id']} (line {found['line']}), {found['rule']}: {found['before']} -> {found['after']}"
    for side in ("before", "after"):
        yield f"  {side}:"
        yield from (f"    {words}" for words in found[f"explained_{side}"])
    yield f"  because of: {', '.join(found['because'])}"
