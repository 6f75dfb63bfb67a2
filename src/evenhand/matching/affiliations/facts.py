"""Who is tied to whom: people and organisations, and the dated, weighted edges between them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PartyKind(StrEnum):
    """What somebody of the graph is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    FACILITY = "facility"
    MAKER = "maker"


class EdgeKind(StrEnum):
    """How the source of an edge is tied to its target."""

    OWNERSHIP = "ownership"
    """Owns a share of it; `percent` is the share."""
    EMPLOYMENT = "employment"
    """Is employed by it; `relation` says as what ("manager")."""
    OFFICER = "officer"
    """Is an officer or director of it."""
    PARTNERSHIP = "partnership"
    SHAREHOLDING = "shareholding"
    """Holds a share in a professional corporation."""
    CONTRACTOR = "contractor"
    """Works for it under contract; `percent` is the share of yearly income."""
    INCOME = "income"
    """Is paid by it: fees, royalties, grants; `percent` is the share of yearly income."""
    LOAN = "loan"
    """Is its creditor; `percent` is the share of yearly income or revenue."""
    REFERRAL = "referral"
    """Refers patients to it; `percent` is the share of yearly income or revenue that comes from it."""
    NETWORK = "network"
    """Takes part in a medical provider network, or has it."""
    PATIENT = "patient"
    """Is a patient of the target."""
    KINSHIP = "kinship"
    """Is the `relation` of the target: spouse, child, parent, ..."""
    EARLIER_INVOLVEMENT = "earlier_involvement"
    """Had to do with the target's matter before: examined, testified, reviewed. It does not end."""
    STAFF_PRIVILEGES = "staff_privileges"
    PROGRAMME_FEES = "programme_fees"
    """Is paid by the review organisation for reviews of this programme."""
    PROFESSIONAL = "professional"
    """A professional tie that is told by its kind alone."""
    FINANCIAL = "financial"
    FAMILIAL = "familial"


@dataclass(frozen=True, kw_only=True)
class Party:
    """Somebody of the graph. A reviewer's party has the reviewer's id; it may lack a name."""

    id: str
    kind: PartyKind
    name: str = ""
    former_names: tuple[str, ...] = ()
    """Earlier names, trade names, other spellings that are known."""
    identifiers: tuple[str, ...] = ()
    """With their register in front: `NPI 1999900025`, `FEIN 99-1999900`."""
    academic_center: bool = False
    """Whether it is an academic medical center, whose part in a network is no tie."""
    review_organisation: bool = False
    """Whether it is the review organisation that selects reviewers here."""


@dataclass(frozen=True, kw_only=True)
class Edge:
    """One tie, from a party to another, both by id."""

    source: str
    target: str
    kind: EdgeKind
    relation: str = ""
    percent: float | None = None
    valid_from: date | None = None
    """Empty: since before anybody asked."""
    valid_to: date | None = None
    learned_from: str = ""


class BadAffiliations(ValueError):
    """Parties and edges that are no graph: an id twice, an edge to nobody, a percentage that is none."""


@dataclass(frozen=True, kw_only=True)
class Affiliations:
    """The graph as it is written down. An edge may also start or end at a reviewer's id that no party bears."""

    parties: tuple[Party, ...] = ()
    edges: tuple[Edge, ...] = ()

    def check(self, reviewers: frozenset[str] = frozenset()) -> None:
        """Raises BadAffiliations with what is wrong, the first five of each kind."""
        counts = Counter(party.id for party in self.parties)
        known = reviewers | counts.keys()
        strangers = [id for edge in self.edges for id in (edge.source, edge.target) if id not in known]
        loops = [edge.source for edge in self.edges if edge.source == edge.target]
        shares = [f"{edge.source}-{edge.target}" for edge in self.edges if not _is_share(edge.percent)]
        turned = [
            f"{edge.source}-{edge.target}"
            for edge in self.edges
            if edge.valid_from and edge.valid_to and edge.valid_to < edge.valid_from
        ]
        faults = {
            "ids stand twice": [id for id, count in counts.items() if count > 1],
            "ends of edges are neither a party nor a reviewer": strangers,
            "parties are tied to themselves": loops,
            "percentages are not from 0 to 100": shares,
            "ties end before they begin": turned,
        }
        told = [f"{what}: {', '.join(ids[:5])}" for what, ids in faults.items() if ids]
        if told:
            raise BadAffiliations("; ".join(told))


def _is_share(percent: float | None) -> bool:
    return percent is None or 0 <= percent <= 100
