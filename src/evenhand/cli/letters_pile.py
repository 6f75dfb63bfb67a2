"""Reads a pile of letters on all cores: in order, with bounded memory, and past files that would stop a process.

Chunks of letters go through a window, so that a million files wait as paths and never as results. A file that takes a
worker down (a PDF built to hang or to take all memory) costs that worker, not the run: it is named with the reason.
"""

from __future__ import annotations

import json
import os
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from evenhand.letters.limits import SECONDS, bounded, stopped

Result = tuple[Path, dict[str, Any] | None, str]

ENDINGS = {".pdf", ".txt"}
EMPTY = "no letter is in this folder; it is searched for files that end in .pdf or .txt"
# Below this many letters, starting more processes costs more than it saves.
ENOUGH_FOR_PROCESSES = 24
_CHUNK = 8


def files_of(paths: tuple[Path, ...]) -> list[Path]:
    """The files to read: those named, and in folders every PDF or text file, in a stable order."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in ENDINGS)
        else:
            found.append(path)
    return found


def read_pile(files: list[Path], *, workers: int | None = None) -> Iterator[Result]:
    """Each file's letter, or the reason why it is none, in the given order; on all cores where there are many."""
    if len(files) < ENOUGH_FOR_PROCESSES:
        yield from map(read_one, files)
        return
    chunks = deque(files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK))
    while chunks:
        yield from _until_broken(chunks, workers or os.cpu_count() or 1)


def read_all(paths: tuple[Path, ...]) -> Iterator[Result]:
    """As `read_pile` for files and folders; a folder without letters is named too."""
    yield from ((path, None, EMPTY) for path in paths if path.is_dir() and not files_of((path,)))
    yield from read_pile(files_of(paths))


def _until_broken(chunks: deque[list[Path]], workers: int) -> Iterator[Result]:
    """Takes chunks off the left while the pool lives.

    Where a worker is lost, the chunk that was waited for is read a file at a time, each in a process of its own.
    """
    with _pool(workers) as pool:
        waiting: deque[tuple[list[Path], Future[list[Result]]]] = deque()
        try:
            while chunks or waiting:
                while chunks and len(waiting) < 4 * workers:
                    waiting.append((chunks[0], pool.submit(_read_chunk, chunks[0])))
                    chunks.popleft()
                yield from waiting[0][1].result()
                waiting.popleft()
            return
        except BrokenProcessPool:
            chunks.extendleft(chunk for chunk, _ in reversed(waiting))
    for path in chunks.popleft():
        yield _read_alone(path)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=workers, initializer=bounded)


def _read_chunk(paths: list[Path]) -> list[Result]:
    results = []
    for path in paths:
        signal.alarm(SECONDS)
        results.append(read_one(path))
    signal.alarm(0)
    return results


def _read_alone(path: Path) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(_read_chunk, [path]).result()[0]
        except BrokenProcessPool:
            return path, None, stopped()


def read_one(path: Path) -> Result:
    """One file's letter, or the reason why it is none."""
    from evenhand.letters.read import NotALetter, as_json, read_letter

    try:
        return path, as_json(read_letter(path, str(path))), ""
    except NotALetter as error:
        return path, None, str(error)
    except MemoryError:
        return path, None, stopped()


class Ledger:
    """The file of a long run: a JSON line for each letter, and beside it a line for each file that is none.

    Lines are written as they come, so that a run which was stopped can go on: what stands in either file is done.
    """

    def __init__(self, path: Path) -> None:
        self.letters = path
        self.refused = path.with_name(f"{path.name}.refused.jsonl")

    def done(self) -> set[str]:
        """The sources that are done. A last line that a stop cut in half is taken off."""
        return {source for path in (self.letters, self.refused) if path.exists() for source in _sources(path)}

    def written(self) -> bool:
        """Whether an earlier run left something."""
        return self.letters.exists() or self.refused.exists()

    def write(self, results: Iterator[Result]) -> Iterator[Result]:
        """Writes each result as it passes by."""
        with ExitStack() as stack:
            letters = stack.enter_context(self.letters.open("a", encoding="utf-8"))
            refused = stack.enter_context(self.refused.open("a", encoding="utf-8"))
            for path, letter, reason in results:
                out, entry = (refused, {"source": str(path), "reason": reason}) if letter is None else (letters, letter)
                out.write(json.dumps(entry, ensure_ascii=False) + "\n")
                out.flush()
                yield path, letter, reason


def _sources(path: Path) -> Iterator[str]:
    whole = 0
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                break
            whole += len(line)
            yield json.loads(line)["source"]
    if whole < path.stat().st_size:
        os.truncate(path, whole)
