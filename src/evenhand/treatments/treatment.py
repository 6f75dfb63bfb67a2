"""A requested treatment as facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

UNCLASSIFIED = "unclassified"
"""The category of a request whose words no rule knows."""


class Side(StrEnum):
    """The side of the body that a request names."""

    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"


class Acquisition(StrEnum):
    """Whether equipment is to be bought or rented."""

    PURCHASE = "purchase"
    RENTAL = "rental"


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """One requested service or good. What its words do not say is `None` or empty."""

    text: str
    """The request as it was worded."""
    category: str
    """The programme's category, or `unclassified`."""
    sub_category: str | None = None
    drug_class: str | None = None
    kind: str | None = None
    """The vocabulary's code of the service (`mri`, `epidural_injection`, `cold_therapy`); none for drugs."""
    drugs: tuple[str, ...] = ()
    """Generic names, in the order of the text."""
    body_parts: tuple[str, ...] = ()
    side: Side | None = None
    levels: tuple[str, ...] = ()
    """Spinal levels and segments, written out: `L4-L5`, `C6`."""
    quantity: float | None = None
    unit: str | None = None
    """What the quantity counts: `visit`, `session`, `tablet`, `millilitre` ..."""
    dose: str | None = None
    form: str | None = None
    frequency: str | None = None
    duration: str | None = None
    refills: int | None = None
    purchase_or_rental: Acquisition | None = None
    retrospective: bool = False
    retrospective_dates: tuple[date, ...] = ()
    """Dates of service of what was already supplied."""
    associated_surgical_service: bool = False
    """Whether the request stands or falls with an operation."""

    @property
    def body_part(self) -> str | None:
        """The first part of the body that the request names."""
        return self.body_parts[0] if self.body_parts else None
