"""The review organisation's own name and address: configuration, never code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from evenhand.office.configuration import configuration
from evenhand.reading import read


@dataclass(frozen=True, kw_only=True)
class OrganisationSettings:
    """What EVENHAND_ORGANISATION holds. The defaults are an example organisation that does not exist."""

    name: str = "Evenhand Review Organization (example)"
    address: tuple[str, ...] = ("100 Example Plaza, Suite 400", "Sacramento, CA 95814")
    phone: str = "(916) 555-0100"
    email: str = "imr@example.org"
    website: str = "imr.example.org"
    medical_director: str = "Office of the Medical Director"
    case_prefix: str = "EH"


@cache
def organisation() -> OrganisationSettings:
    """The organisation. Raises BadFile where the configured file is wrong."""
    path = configuration().organisation_file
    return read(OrganisationSettings, path) if path else OrganisationSettings()
