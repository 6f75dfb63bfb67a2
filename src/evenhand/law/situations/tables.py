"""Situations about what follows from facts: the decision tables of the pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from evenhand.law.pack import Pack
from evenhand.law.schema import Confidence
from evenhand.law.situations.base import Situation, differs
from evenhand.law.tables import answer


@dataclass(frozen=True, kw_only=True)
class AnswerOn(Situation):
    """What follows from facts on a day."""

    table: str
    day: date
    facts: dict[str, bool | str] = field(default_factory=dict)
    follows: str | None = None
    """The outcome's code."""
    starts: str | None = None
    """The time limit that begins to run."""
    mark: Confidence | None = None
    """How sure the answer is, where that is what the situation is about."""
    not_known: bool = False

    def __post_init__(self) -> None:
        """Refuses a situation that expects nothing, or an outcome and none at once."""
        if [self.follows is not None, self.not_known, self.refused is not None].count(True) != 1:
            raise ValueError("needs exactly one of follows, not_known and refused")

    @property
    def provisions(self) -> tuple[str, ...]:
        """The table."""
        return (f"tables.{self.table}",)

    def differences(self, pack: Pack) -> Iterator[str]:
        """Asks the table."""
        found = answer(pack, self.table, self.day, **self.facts)
        yield from differs("the question is open", self.not_known, found.unknown is not None)
        yield from differs("what follows", self.follows, found.outcome)
        yield from differs("the time limit that starts", self.starts, found.rule)
        if self.mark is not None:
            yield from differs("how sure it is", self.mark, found.confidence)
