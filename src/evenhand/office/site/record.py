"""The public record as the pages read it: one decision by its address, the latest ones, how many there are.

The corpus is a file of lines that is replaced as a whole. Where each decision lies in it is noted once for each state
of the file, so that a page reads one line and not the whole record.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from evenhand.corpus.decision import PublishedDecision
from evenhand.corpus.store import FILE
from evenhand.reading import BadFile, Fault, from_plain

Stamp = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a decision lies in the file (bytes), and what is needed to sort and count it."""

    start: int
    length: int
    newest: tuple[str, str]
    items: int
    withdrawn: bool


@dataclass(frozen=True, kw_only=True)
class Holdings:
    """How many decisions stand in the record, on how many disputed items."""

    decisions: int
    items: int


_noted: dict[Path, tuple[Stamp, dict[str, Place]]] = {}
_noting = threading.Lock()


def find(folder: Path, address: str) -> PublishedDecision | None:
    """The decision at `address`, a tombstone too; `None` where nothing was ever published there. Raises BadFile."""
    return next(iter(find_all(folder, (address,))), None)


def find_all(folder: Path, addresses: tuple[str, ...]) -> tuple[PublishedDecision, ...]:
    """The decisions at `addresses`, in that order; unknown addresses are left out. Raises BadFile."""
    with _opened(folder) as (file, places):
        return tuple(_read(file, folder, places[address]) for address in addresses if address in places)


def of_case(folder: Path, number: str) -> tuple[str, ...]:
    """The addresses of the decisions in the case of that number, in any spelling of its letters. Raises BadFile."""
    wanted = number.strip().casefold()
    with _opened(folder) as (_, places):
        return tuple(address for address in places if address.rpartition("/")[2].casefold() == wanted)


def latest(folder: Path, most: int) -> tuple[PublishedDecision, ...]:
    """The decisions that were published last, newest first. Raises BadFile."""
    with _opened(folder) as (file, places):
        standing = sorted((place for place in places.values() if not place.withdrawn), key=lambda p: p.newest)
        return tuple(_read(file, folder, place) for place in reversed(standing[-most:]))


def holdings(folder: Path) -> Holdings:
    """What stands in the record; withdrawn decisions are not counted. Raises BadFile."""
    with _opened(folder) as (_, places):
        standing = [place for place in places.values() if not place.withdrawn]
        return Holdings(decisions=len(standing), items=sum(place.items for place in standing))


@contextmanager
def _opened(folder: Path) -> Iterator[tuple[BinaryIO, dict[str, Place]]]:
    """The file with its places. Both belong to one state of the file, even if it is replaced meanwhile."""
    path = folder / FILE
    try:
        file = path.open("rb")
    except FileNotFoundError:
        with Path(os.devnull).open("rb") as nothing:
            yield nothing, {}
        return
    except OSError as error:
        raise BadFile([Fault(file=str(path), what=f"cannot be read: {error.strerror}")]) from None
    with file:
        status = os.fstat(file.fileno())
        stamp = (status.st_ino, status.st_size, status.st_mtime_ns)
        with _noting:
            held = _noted.get(path)
            if held is None or held[0] != stamp:
                held = (stamp, dict(_places(file, path)))
                _noted[path] = held
        yield file, held[1]


def _places(file: BinaryIO, path: Path) -> Iterator[tuple[str, Place]]:
    start = 0
    for number, line in enumerate(file, 1):
        if line.strip():
            yield _place(line, number, start, path)
        start += len(line)


def _place(line: bytes, number: int, start: int, path: Path) -> tuple[str, Place]:
    try:
        plain = json.loads(line)
        letter = plain.get("determination") or {}
        decided = (letter.get("header") or {}).get("decision_date")
        place = Place(
            start=start,
            length=len(line),
            newest=(plain.get("published_on") or "", decided or ""),
            items=len(letter.get("items", ())),
            withdrawn=plain.get("withdrawn") is not None,
        )
        return str(plain["id"]), place
    except (ValueError, AttributeError, KeyError, TypeError):
        fault = Fault(file=str(path), line=number, what="is not a published decision; import the letter anew")
        raise BadFile([fault]) from None


def _read(file: BinaryIO, folder: Path, place: Place) -> PublishedDecision:
    file.seek(place.start)
    return from_plain(PublishedDecision, json.loads(file.read(place.length)), name=str(folder / FILE))
