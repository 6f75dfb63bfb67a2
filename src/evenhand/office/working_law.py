"""The law that this office works by: the programme's pack, with the readings that the organisation adopted where the pack asks.

An open question of the pack has no number. An office cannot wait for one, so it may adopt readings: data files in the
language of the pack that answer its questions and nothing else. Every result that uses one says so.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from evenhand.law import Pack, adopted_readings, load_pack
from evenhand.office.configuration import configuration


@cache
def working_law(programme: str) -> Pack:
    """The law of a programme as this office applies it. Raises BadFile where the adopted readings are wrong."""
    return load_pack(programme, adopting=readings(programme))


def readings(programme: str) -> Path | None:
    """The readings in use: those that come with Evenhand, the organisation's own, or none."""
    chosen = configuration().adopted_law
    if chosen == "none":
        return None
    return adopted_readings(programme) if chosen == "earlier" else Path(chosen)
