"""Names of the licensing states, as a letter prints them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from evenhand.programmes import DEFAULT
from evenhand.reading import read_text


@dataclass(frozen=True, kw_only=True)
class _States:
    """vocabulary/states.yaml of a programme."""

    states: dict[str, str]


def state_name(code: str, programme: str = DEFAULT) -> str:
    """The name of a state by its postal code ("CA"); a code that the programme does not list comes back as it is."""
    return _states(programme).get(code.upper(), code)


@cache
def _states(programme: str) -> dict[str, str]:
    text = files(f"evenhand.programmes.{programme}").joinpath("vocabulary/states.yaml").read_text(encoding="utf-8")
    return read_text(_States, text, name="states.yaml").states
