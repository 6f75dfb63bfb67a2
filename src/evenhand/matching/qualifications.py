"""What a reviewer must be on a day, as plain data; and those data from a programme's law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from evenhand.law.facts import PartyRole
from evenhand.law.pack import Pack
from evenhand.law.qualifications import reviewer_requirements, screening
from evenhand.law.requirements import Requirement, requirements


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Where a rule comes from. `confidence` is the law pack's mark; all but read and secondary is unverified."""

    text: str
    citation: str
    confidence: str


@dataclass(frozen=True, kw_only=True)
class Qualifications:
    """What a reviewer must be. A number that is None is not asked for; without a threshold every financial tie bars."""

    years_of_practice: float | None
    hours_a_week: float | None
    qme_excluded: bool
    discipline_excluded: bool
    certification_required_kinds: tuple[str, ...]
    financial_threshold_percent: float | None
    preferred_licence_state: str | None
    screened_roles: frozenset[PartyRole] = frozenset(PartyRole)
    screened_people: Mapping[PartyRole, str] = field(default_factory=dict)
    """By role of an organisation: which of its people are screened with it ("everybody", "management")."""
    screened_groups: frozenset[PartyRole] = frozenset()
    """The roles of people whose medical group or firm is screened with them."""
    familial_relations: tuple[str, ...] | None = None
    """Who is family; without a list every relative is."""
    citations: Mapping[str, Basis] = field(default_factory=dict)
    """By code: licence, certification, discipline, qme, practice_years, practice_hours, preferred_state, financial,
    familial, `screened_<role>` for every role, `tie_<code>` for professional ties and those that are none."""

    def basis(self, *codes: str) -> Basis:
        """The basis of the first of `codes` that has one; otherwise the office's own rule."""
        for code in codes:
            if code in self.citations:
                return self.citations[code]
        return Basis(text="", citation="rule of the review organisation", confidence="deduced")


# The law pack's codes of a reviewer's requirements, and this package's.
_CODES = {
    "knowledgeable": "specialty",
    "unrestricted_licence": "licence",
    "board_certification": "certification",
    "no_discipline": "discipline",
    "not_qme": "qme",
    "home_state_preferred": "preferred_state",
    "active_practice_years": "practice_years",
    "active_practice_hours_a_week": "practice_hours",
}


def from_law(pack: Pack, on: date) -> Qualifications:
    """What the programme's law and practice ask of a reviewer selected on `on`. Raises the pack's Refused."""
    required = {_CODES[entry.code]: entry for entry in reviewer_requirements(pack, on) if entry.code in _CODES}
    screened = screening(pack, on)
    bases = {code: _basis(entry) for code, entry in required.items()}
    bases |= {f"screened_{role.value}": _basis(entry) for role, entry in screened.parties}
    bases["familial"] = _basis(screened.familial_requirement)
    ties = (*requirements(pack, "professional_ties", on), *requirements(pack, "no_ties", on))
    bases |= {f"tie_{entry.code}": _basis(entry) for entry in ties}
    people = {PartyRole(entry.code): str(entry.value) for entry in _listed(pack, "screened_people", on)}
    percent = screened.financial_percent
    bases["financial"] = Basis(text=percent.unit or "", citation=percent.citation, confidence=str(percent.confidence))
    kinds = required["certification"].value if "certification" in required else ()
    state = required["preferred_state"].value if "preferred_state" in required else None
    return Qualifications(
        years_of_practice=_number(required.get("practice_years")),
        hours_a_week=_number(required.get("practice_hours")),
        qme_excluded="qme" in required,
        discipline_excluded="discipline" in required,
        certification_required_kinds=tuple(str(kind) for kind in kinds) if isinstance(kinds, tuple) else (),
        financial_threshold_percent=float(percent.value) if isinstance(percent.value, int | float) else None,
        preferred_licence_state=str(state) if state is not None else None,
        screened_roles=screened.roles(),
        screened_people=people,
        screened_groups=frozenset(PartyRole(entry.code) for entry in _listed(pack, "screened_groups", on)),
        familial_relations=screened.familial,
        citations=bases,
    )


def _listed(pack: Pack, name: str, on: date) -> tuple[Requirement, ...]:
    """A list that not every programme has."""
    return requirements(pack, name, on) if name in pack.requirements else ()


def _basis(entry: Requirement) -> Basis:
    return Basis(text=entry.text, citation=entry.citation, confidence=str(entry.confidence))


def _number(entry: Requirement | None) -> float | None:
    return float(entry.value) if entry is not None and isinstance(entry.value, int | float) else None
