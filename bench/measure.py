"""How the benchmarks measure: CPU seconds of this process and its children, in turns (A B A B), median of five."""

from __future__ import annotations

import gc
import os
import platform
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True)
class Taken:
    """What one contestant took, the medians over all rounds, in seconds."""

    name: str
    cpu: float
    wall: float


def cpu_seconds() -> float:
    """CPU seconds so far, all threads of this process and all of its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def in_turns(contestants: dict[str, Callable[[], object]], *, rounds: int = ROUNDS, warm: bool = True) -> list[Taken]:
    """Lets the contestants run one after the other, `rounds` times over; the medians, in the order given.

    `warm` runs each once before, unmeasured, so that nobody pays for imports and caches.
    """
    if warm:
        for run in contestants.values():
            run()
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            gc.collect()
            cpu, wall = cpu_seconds(), time.perf_counter()
            run()
            taken[name].append((cpu_seconds() - cpu, time.perf_counter() - wall))
    return [
        Taken(name, statistics.median(cpu for cpu, _ in each), statistics.median(wall for _, wall in each))
        for name, each in taken.items()
    ]


def head(title: str, *, rounds: int = ROUNDS) -> None:
    """The title, and what the figures were measured on."""
    print(f"{title}\n  Python {platform.python_version()}, {os.cpu_count()} cores; in turns, median of {rounds}")


def line(what: str, figure: str) -> None:
    """One figure."""
    print(f"  {what:<76} {figure}")


def against(ours: Taken, peer: Taken, *, count: int = 1, of: str = "") -> None:
    """Our CPU seconds as a multiple of the peer's; with `count`, how many a second as well."""
    line(f"{ours.name}", _figure(ours, count, of))
    line(f"{peer.name}", _figure(peer, count, of))
    line(f"ratio: {ours.name} / {peer.name}", f"{ours.cpu / max(peer.cpu, 1e-9):.2f}")


def _figure(taken: Taken, count: int, of: str) -> str:
    rate = f"  ({count / max(taken.cpu, 1e-9):,.0f} {of} a CPU second)" if of else ""
    return f"{taken.cpu:9.4f} s CPU {taken.wall:9.4f} s wall{rate}"
