"""The decisions of a folder: one JSON document a line in `decisions.jsonl`, replaced as a whole or not at all.

add(Path("corpus"), decisions)      # the same decisions again change nothing
for decision in decisions_in(Path("corpus")): ...
"""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from evenhand.corpus.decision import PublishedDecision, withdraw
from evenhand.corpus.papers import drop_papers
from evenhand.reading import BadFile, Fault, from_plain, to_plain

FILE = "decisions.jsonl"


@dataclass(frozen=True, kw_only=True)
class Added:
    """What adding changed, by the decisions' addresses."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    """Already withdrawn, and so not published again: a tombstone is only lifted by a person."""


def decisions_in(folder: Path) -> Iterator[PublishedDecision]:
    """Every decision of the folder, tombstones too, in the order of their addresses. Raises BadFile with the line at
    fault."""
    path = folder / FILE
    if not holds_decisions(folder):
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield from_plain(PublishedDecision, json.loads(line.decode("utf-8")), name=str(path))
            except (ValueError, RecursionError) as error:
                fault = Fault(file=str(path), line=number, what=f"{_why(error)}; import the letter anew")
                raise BadFile([fault]) from None


def _why(error: Exception) -> str:
    if isinstance(error, BadFile):
        first = error.faults[0]
        return f"{first.where}: {first.what}" if first.where else first.what
    if isinstance(error, UnicodeDecodeError):
        return "is not UTF-8 text"
    return "is nested too deeply" if isinstance(error, RecursionError) else "is not JSON"


def holds_decisions(folder: Path) -> bool:
    """Whether the folder has a file of decisions. Raises BadFile where the place cannot be a corpus."""
    if folder.exists() and not folder.is_dir():
        raise BadFile([Fault(file=str(folder), what="is a file, and a corpus is a folder; name the folder it lies in")])
    path = folder / FILE
    if path.exists() and not path.is_file():
        raise BadFile([Fault(file=str(path), what="is no regular file; move it away and import the letters anew")])
    return path.exists()


def add(folder: Path, decisions: Iterable[PublishedDecision]) -> Added:
    """Adds decisions, or replaces those of the same address; a changed one gets the next version number."""
    with _alone(folder):
        held = {decision.id: decision for decision in decisions_in(folder)}
        lists: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": [], "withdrawn": []}
        for decision in decisions:
            before = held.get(decision.id)
            if before is None:
                lists["new"].append(decision.id)
                held[decision.id] = replace(decision, version=1)
            elif before.withdrawn is not None:
                lists["withdrawn"].append(decision.id)
            elif replace(decision, version=before.version) == before:
                lists["unchanged"].append(decision.id)
            else:
                lists["changed"].append(decision.id)
                held[decision.id] = replace(decision, version=before.version + 1)
        if lists["new"] or lists["changed"]:
            _write(folder, held)
    return Added(**{name: tuple(ids) for name, ids in lists.items()})


def withdraw_from(folder: Path, address: str, *, on: date, reason: str) -> PublishedDecision:
    """Withdraws a decision and leaves its tombstone. Raises BadFile where there is no such decision."""
    with _alone(folder):
        held = {decision.id: decision for decision in decisions_in(folder)}
        if address not in held:
            raise BadFile([Fault(file=str(folder / FILE), what=f"holds no decision {address!r}; check the address")])
        if held[address].withdrawn is None:
            gone = withdraw(held[address], on=on, reason=reason)
            held[address] = replace(gone, version=held[address].version + 1)
            _write(folder, held)
        drop_papers(folder, address)
        return held[address]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time; another waits."""
    holds_decisions(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadFile(
            [Fault(file=str(folder), what=f"cannot be made: {error.strerror}; choose another folder")]
        ) from None
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(folder: Path, held: dict[str, PublishedDecision]) -> None:
    """Writes beside the file and swaps, so that a reader sees the old lines or the new ones."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=folder, prefix=".decisions-", suffix=".new", delete=False
    ) as out:
        try:
            for address in sorted(held):
                out.write(json.dumps(to_plain(held[address]), ensure_ascii=False, sort_keys=True) + "\n")
            out.flush()
            os.fsync(out.fileno())
            Path(out.name).chmod(0o644)
            Path(out.name).replace(folder / FILE)
        except BaseException:
            Path(out.name).unlink(missing_ok=True)
            raise
