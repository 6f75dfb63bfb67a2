"""Who may review on a day, and whose ties to a reviewer are screened (Lab. Code 139.5(d))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.law.facts import PartyRole
from evenhand.law.pack import Pack, Value
from evenhand.law.requirements import Requirement, requirements


@dataclass(frozen=True, kw_only=True)
class Screening:
    """Whose ties count: the parties by role, the relations that are familial, the share of income that is financial
    (in percent)."""

    parties: tuple[tuple[PartyRole, Requirement], ...]
    familial: tuple[str, ...]
    familial_requirement: Requirement
    financial_percent: Value

    def roles(self) -> frozenset[PartyRole]:
        """The roles that are screened."""
        return frozenset(role for role, _ in self.parties)


def reviewer_requirements(pack: Pack, on: date) -> tuple[Requirement, ...]:
    """What a reviewer selected on `on` must be; what is practice and not law is marked so."""
    return requirements(pack, "reviewer", on)


def screening(pack: Pack, on: date) -> Screening:
    """Whose ties are screened for a reviewer selected on `on`. A financial tie is an interest above
    `financial_percent`."""
    parties = tuple((PartyRole(str(entry.value)), entry) for entry in requirements(pack, "screened_parties", on))
    (familial,) = requirements(pack, "familial_ties", on)
    relations = familial.value if isinstance(familial.value, tuple) else ()
    return Screening(
        parties=parties,
        familial=relations,
        familial_requirement=familial,
        financial_percent=pack.value("financial_tie_percent", on),
    )
