"""Where a party is reached on a day. The party's own row holds what stands now; rows beside it hold what stood before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.office.cases.models import Party
from evenhand.office.correspondence.models import PartyAddress


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How somebody is reached."""

    organisation: str
    address: tuple[str, ...]
    region: str
    email: str
    phone: str
    fax: str


def reach(party: Party, on: date | None = None) -> Reach:
    """How the party is reached on a day; without a day, now."""
    rows = [] if on is None else [r for r in party.addresses.all() if r.from_on is None or r.from_on <= on]
    # An address without a day is the one before all changes; of two of the same day the later entry corrects the first.
    row: Party | PartyAddress = max(rows, key=lambda r: (r.from_on or date.min, r.pk)) if rows else party
    return Reach(
        organisation=row.organisation,
        address=tuple(row.address),
        region=row.region,
        email=row.email,
        phone=row.phone,
        fax=row.fax,
    )


def keep_former(party: Party, recorded_by: str) -> None:
    """Before the first change of a party's address: what stood until now becomes the first row of its history."""
    if not party.addresses.exists():
        PartyAddress.objects.create(
            party=party,
            from_on=None,
            organisation=party.organisation,
            address=party.address,
            region=party.region,
            email=party.email,
            phone=party.phone,
            fax=party.fax,
            recorded_by=recorded_by,
        )
