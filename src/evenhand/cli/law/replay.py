"""`evenhand law replay`: another pack over the same applications."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.law.options import json_option, print_json, programme_option, refusals

if TYPE_CHECKING:
    from evenhand.law.applications import Line
    from evenhand.law.replay import Replay, Sums

# Lines of a piece of work, and the bytes that it may hold; memory holds a few pieces, never the file.
LINES, BYTES = 250, 2_000_000
# Below this many bytes, starting more processes costs more than it saves.
ENOUGH_FOR_PROCESSES = 1_000_000


@dataclass(frozen=True)
class Part:
    """What came of one piece of work: the differences as plain data, what is wrong with lines, the sums."""

    differences: list[dict[str, Any]]
    faults: list[str]
    sums: Sums
    bytes: int


@click.command("replay")
@click.argument("applications", type=click.Path(path_type=Path))
@click.option(
    "--pack",
    "other",
    required=True,
    type=click.Path(path_type=Path),
    help="The other pack: a whole one, or a file or folder of only what it changes.",
)
@click.option("--jsonl", "out", type=click.Path(path_type=Path, dir_okay=False), help="Write every difference to FILE.")
@click.option(
    "--show", type=click.IntRange(min=0), default=10, show_default=True, help="How many differences to print."
)
@programme_option
@json_option
def command(applications: Path, other: Path, out: Path | None, show: int, programme: str, as_json: bool) -> None:
    """What would have come out differently under another pack, item by item and in sum.

    APPLICATIONS is an archive: one application a line (docs/schemas/filed-application.json). Each is screened on its
    own day under the programme's pack and under the other one, and its later time limits are counted under both.

    A line that cannot be read is named on standard error, and the others are compared; exit 1. Exit 0 if every line
    was compared, whatever came out.

    \b
    evenhand synthetic applications --count 1000 --out out/applications.jsonl
    evenhand law replay out/applications.jsonl --pack proposal/ --jsonl out/differences.jsonl
    """
    with refusals():
        from evenhand.law import load_pack
        from evenhand.law.load import load_other
        from evenhand.law.replay import Replay
        from evenhand.reading import BadFile, Fault

        if not applications.is_file():
            raise BadFile([Fault(file=str(applications), what="is no file; give an archive, one application a line")])
        if out is not None and _reads(out, applications, other):
            raise click.BadParameter(f"{out} is read here; the differences would take its place.", param_hint="--jsonl")
        replay = Replay(load_pack(programme), load_other(other, programme=programme))
    shown: list[dict[str, Any]] = []
    sums = _compare(applications, replay, out, lambda found: shown.append(found) if len(shown) < show else None)
    if as_json:
        from evenhand.reading import to_plain

        document = {"programme": programme, "pack": str(other), "changes": to_plain(replay.changes)}
        print_json({**document, "sums": sums.as_json(), "differences": shown})
    else:
        from evenhand.cli.law.replay_words import report

        for words in report(replay.changes, sums, shown):
            click.echo(words)
    sys.exit(1 if sums.bad_lines else 0)


def _reads(out: Path, applications: Path, other: Path) -> bool:
    """Whether `out` is the archive itself or a file of the other pack."""
    files = [applications, *(other.glob("*.yaml") if other.is_dir() else [other])]
    return out.exists() and any(file.exists() and out.samefile(file) for file in files)


def _compare(path: Path, replay: Replay, out: Path | None, show: Callable[[dict[str, Any]], None]) -> Sums:
    """Compares the whole archive; differences go to `out` and to `show` as they come, in the order of the lines."""
    from evenhand.cli.progress import progress
    from evenhand.cli.streams import json_lines
    from evenhand.law.replay import Sums

    sums = Sums()
    with ExitStack() as stack:
        write = stack.enter_context(json_lines(out)) if out is not None else None
        done = stack.enter_context(progress(f"Comparing {path.name}", path.stat().st_size))
        for part in _parts(path, replay):
            for fault in part.faults:
                click.echo(fault, err=True)
            for found in part.differences:
                show(found)
                if write is not None:
                    write(found)
            sums += part.sums
            done(part.bytes)
    return sums


def _parts(path: Path, replay: Replay) -> Iterator[Part]:
    """The pieces of the archive, compared on all cores where it is large, in their order."""
    pieces = _pieces(path)
    if path.stat().st_size < ENOUGH_FOR_PROCESSES:
        yield from (_compared(replay, path.name, piece) for piece in pieces)
        return
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with ProcessPoolExecutor(cores, initializer=_begin, initargs=(replay, path.name)) as pool:
        waiting: deque[Future[Part]] = deque(pool.submit(_work, piece) for piece in islice(pieces, 2 * cores))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(_work, piece) for piece in islice(pieces, 1))


def _pieces(path: Path) -> Iterator[list[Line]]:
    from evenhand.law.applications import lines

    piece: list[Line] = []
    size = 0
    with path.open("rb") as file:
        for line in lines(file):
            piece.append(line)
            size += len(line.text or b"")
            if len(piece) == LINES or size >= BYTES:
                yield piece
                piece, size = [], 0
    if piece:
        yield piece


# What a process of the pool works with; set once, when it starts.
_working: list[tuple[Replay, str]] = []


def _begin(replay: Replay, name: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the command stops it, not each of its processes
    _working.append((replay, name))


def _work(piece: list[Line]) -> Part:
    return _compared(*_working[0], piece)


def _compared(replay: Replay, name: str, piece: list[Line]) -> Part:
    """One piece of the archive under both packs."""
    from evenhand.law.applications import application_of
    from evenhand.law.replay import sums_of
    from evenhand.reading import BadFile, to_plain

    replayed, faults, bad = [], [], 0
    differences: list[dict[str, Any]] = []
    for line in piece:
        try:
            application = application_of(line, name=name)
        except BadFile as refused:
            faults += [str(fault) for fault in refused.faults]
            bad += 1
            continue
        one = replay.over(application)
        replayed.append(one)
        differing = chain(one.differing_items, one.differing_clocks)
        differences += [{"id": one.id, "line": line.number, **to_plain(found)} for found in differing]
    size = sum(len(line.text or b"") for line in piece)
    return Part(differences, faults, sums_of(replayed, bad_lines=bad), size)
