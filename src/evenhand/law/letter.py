"""What a determination must contain, and who receives it (Lab. Code 4610.6(e)-(f); 8 CCR 9792.10.6(d))."""

from __future__ import annotations

from datetime import date

from evenhand.law.pack import Pack
from evenhand.law.requirements import Requirement, requirements


def contents(pack: Pack, on: date) -> tuple[Requirement, ...]:
    """What a determination made on `on` contains, by code."""
    return requirements(pack, "determination_contents", on)


def recipients(pack: Pack, on: date) -> tuple[Requirement, ...]:
    """Who receives a determination made on `on`; the codes are the roles."""
    return requirements(pack, "determination_recipients", on)
