"""What every situation has: a sentence, what it is about, and whether a pack answers as it says."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from evenhand.law.pack import Pack
from evenhand.law.refusals import Refused


@dataclass(frozen=True, kw_only=True)
class Situation(ABC):
    """One sentence about the law, and what follows from it for a question to the pack."""

    say: str
    """The sentence."""
    lines: tuple[str, ...] = ()
    """The lines of the working statement of the law that it holds: "LAW 12.4"."""
    refused: str | None = None
    """Where the pack is to refuse the question: words of the refusal."""

    @property
    @abstractmethod
    def provisions(self) -> tuple[str, ...]:
        """The entries of the pack that it is about, by section and name: "rules.application"."""

    @abstractmethod
    def differences(self, pack: Pack) -> Iterator[str]:
        """What the pack answers otherwise than the situation says, in words."""

    def faults(self, pack: Pack) -> tuple[str, ...]:
        """Why the situation does not hold under the pack; empty where it does."""
        try:
            found = tuple(self.differences(pack))
        except Refused as refusal:
            return () if self.refused and self.refused in str(refusal) else (f"is refused: {refusal}",)
        return ("was to be refused, and is answered",) if self.refused else found

    def starting_from(self, case: Mapping[str, Any]) -> Self:
        """The situation told of the case from which the folder's situations start; most need none."""
        return self


def differs(what: str, said: object, found: object) -> Iterator[str]:
    """One difference, where what was said is not what is found."""
    if said != found:
        yield f"{what}: said {_in_words(said)}, found {_in_words(found)}"


def _in_words(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, tuple | list | set | frozenset):
        return ", ".join(str(entry) for entry in value) or "nothing"
    return str(value)
