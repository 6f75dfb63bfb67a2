"""Situations about the papers of a case: what late ones cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.law.pack import Pack
from evenhand.law.records import penalty_until
from evenhand.law.situations.base import Situation, differs


@dataclass(frozen=True, kw_only=True)
class LateRecords(Situation):
    """What records cost that come some days after they were due."""

    due: date
    days_late: int
    amount: int | None = None
    not_known: bool = False

    def __post_init__(self) -> None:
        """Refuses a situation that expects nothing, or an amount and none at once."""
        if [self.amount is not None, self.not_known, self.refused is not None].count(True) != 1:
            raise ValueError("needs exactly one of amount, not_known and refused")

    @property
    def provisions(self) -> tuple[str, ...]:
        """The amount of a day, and the most in one case."""
        return ("values.late_records_per_day", "values.late_records_cap")

    def differences(self, pack: Pack) -> Iterator[str]:
        """Computes the penalty."""
        found = penalty_until(pack, self.due, self.due + timedelta(days=self.days_late))
        yield from differs("the question is open", self.not_known, found.unknown is not None)
        yield from differs("amount", self.amount, found.amount)
