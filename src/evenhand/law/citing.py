"""What a citation of a source must carry, and on which step of the evidence ladder a source stands, by date."""

from __future__ import annotations

from datetime import date

from evenhand.law.pack import Pack
from evenhand.law.requirements import Requirement, requirements
from evenhand.law.versions import in_force, known

FIELDS = "citation_fields"
STEPS = "source_steps"


def required_fields(pack: Pack, kind: str, on: date) -> Requirement | None:
    """What a citation of a source of this kind (mtus, guideline, study) must carry for a request of the day `on`.

    `value` has the names of the fields. None before anything was required. Raises Refused for an unknown kind.
    """
    entries = known(pack.requirements, FIELDS, "list of requirements").entries
    if in_force(known(entries, kind, "kind of citation"), on) is None:
        return None
    return next(entry for entry in requirements(pack, FIELDS, on) if entry.code == kind)


def missing_fields(pack: Pack, citation: object, on: date) -> tuple[str, ...]:
    """The required fields that the citation leaves empty. A citation has `kind` and the fields as attributes."""
    required = required_fields(pack, str(getattr(citation, "kind", "")), on)
    names = required.value if required and isinstance(required.value, tuple) else ()
    return tuple(name for name in names if not getattr(citation, name, None))


def step_of_source(pack: Pack, source: str, on: date) -> str | None:
    """The code of the ladder's step on which a source stands (mtus, acoem, odg, other, study); None before the ladder
    began. Raises Refused for an unknown source."""
    entries = known(pack.requirements, STEPS, "list of requirements").entries
    version = in_force(known(entries, source, "source of evidence"), on)
    return None if version is None else str(version.value)
