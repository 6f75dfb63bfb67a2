"""Situations about drugs under the formulary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.law.drug_list import DrugList, ListedDrug
from evenhand.law.formulary import Drug, Prescribing, formulary_status
from evenhand.law.pack import Pack
from evenhand.law.schema.formulary import DrugStatus
from evenhand.law.situations.base import Situation, differs


@dataclass(frozen=True, kw_only=True)
class DrugOn(Situation):
    """What a drug is under the formulary, and whether it needs review before it is dispensed."""

    day: date
    drug: Drug
    listed: ListedDrug | None = None
    """Its line of a drug list that has no other; none for a drug that is not listed."""
    facts: Prescribing
    status: DrugStatus | None = None
    review: bool = False
    fill: str | None = None
    """The fill by which it needs no review."""
    asked: int = 0
    """How much nobody has said that might spare the review."""

    @property
    def provisions(self) -> tuple[str, ...]:
        """The status, and the fill."""
        named = (f"fills.{self.fill}",) if self.fill else ()
        return (*named, f"drug_statuses.{self.status.value}", "fills") if self.status else ("drug_statuses",)

    def differences(self, pack: Pack) -> Iterator[str]:
        """Asks for the status under that list."""
        drugs = DrugList(
            title="The list of the situation", valid_from=self.day, drugs=(self.listed,) if self.listed else ()
        )
        found = formulary_status(pack, drugs, self.drug, self.facts, self.day)
        yield from differs("status", self.status, found.status)
        yield from differs("needs review", self.review, found.review_needed)
        yield from differs("fill", self.fill, found.fill)
        yield from differs("asked", self.asked, len(found.missing))
