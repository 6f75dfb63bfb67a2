"""Running situations against a pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evenhand.law.pack import Pack
from evenhand.law.situations.reading import Told


@dataclass(frozen=True, kw_only=True)
class Result:
    """A situation, and why it does not hold; no faults where it does."""

    told: Told
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the pack answers as the situation says."""
        return not self.faults


def run(pack: Pack, situations: Iterable[Told]) -> Iterator[Result]:
    """What each situation comes to under the pack, one by one."""
    for told in situations:
        yield Result(told=told, faults=told.situation.faults(pack))
