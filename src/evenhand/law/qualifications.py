"""Who may review on a day, and whose ties to a reviewer are screened (Lab. Code 139.5(d))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.law.facts import PartyRole
from evenhand.law.pack import Pack, Value
from evenhand.law.requirements import Requirement, requirements
from evenhand.law.tables import Answer, answer
from evenhand.law.versions import known


class TieKind(StrEnum):
    """How somebody is affiliated."""

    FINANCIAL = "financial"
    PROFESSIONAL = "professional"
    FAMILIAL = "familial"


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
    used = pack.value("familial_list_used", on).value
    familial = next(entry for entry in requirements(pack, "familial_ties", on) if entry.code == used)
    relations = familial.value if isinstance(familial.value, tuple) else ()
    return Screening(
        parties=parties,
        familial=relations,
        familial_requirement=familial,
        financial_percent=pack.value("financial_tie_percent", on),
    )


def material_tie(
    pack: Pack,
    on: date,
    *,
    kind: TieKind,
    party: PartyRole,
    percent: float | None = None,
    exception: str | None = None,
) -> Answer:
    """Whether a tie with a screened party bars a reviewer selected on `on`.

    `percent`: of a financial tie, its share of yearly revenue or income; one that nobody stated is taken as above the
    threshold. `exception`: the code of what is no material affiliation (`no_ties`); it helps only a tie of its kind, or
    with its party. Raises Refused for an unknown code.
    """
    threshold = pack.value("financial_tie_percent", on).value
    over = percent is None or not isinstance(threshold, int | float) or percent > threshold
    excepted = False
    if exception is not None:
        entries = {entry.code: entry for entry in requirements(pack, "no_ties", on)}
        excepted = known(entries, exception, "exception").value in {TieKind(kind).value, party.value}
    facts = {"kind": TieKind(kind).value, "excepted": excepted, "above_threshold": over}
    return answer(pack, "material_tie", on, **facts)
