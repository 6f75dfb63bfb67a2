"""What each kind of edge is: how it counts, what it is called from either end, and whether it leads on."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.matching.affiliations.facts import EdgeKind
from evenhand.matching.facts import TieKind

K = EdgeKind


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of edge."""

    category: TieKind
    forward: str
    """What the source does: "is employed by"."""
    backward: str
    weighed: bool = False
    """Whether it counts only above the threshold of financial ties."""
    attaches: bool = False
    """Whether whoever has it belongs to the organisation, so that the organisation's own ties are looked at."""
    share_of: str = "of income"
    law: str = ""
    """The code of the law's entry about it."""


PROFESSIONAL, FINANCIAL, FAMILIAL = TieKind.PROFESSIONAL, TieKind.FINANCIAL, TieKind.FAMILIAL
KINDS = {
    K.OWNERSHIP: Kind(
        category=FINANCIAL, forward="owns", backward="is owned by", weighed=True, attaches=True, share_of=""
    ),
    K.EMPLOYMENT: Kind(
        category=PROFESSIONAL, forward="is employed by", backward="employs", attaches=True, law="employment"
    ),
    K.OFFICER: Kind(
        category=PROFESSIONAL, forward="is an officer or director of", backward="has as an officer or director",
        attaches=True, law="employment",
    ),
    K.PARTNERSHIP: Kind(
        category=PROFESSIONAL, forward="is a partner of", backward="is a partner of", attaches=True, law="partnership"
    ),
    K.SHAREHOLDING: Kind(
        category=PROFESSIONAL, forward="holds a share in", backward="has as a shareholder", attaches=True,
        law="shareholding",
    ),
    K.CONTRACTOR: Kind(
        category=FINANCIAL, forward="works under contract for", backward="has under contract", weighed=True,
        law="contractor",
    ),
    K.INCOME: Kind(category=FINANCIAL, forward="is paid by", backward="pays", weighed=True),
    K.LOAN: Kind(category=FINANCIAL, forward="is a creditor of", backward="owes money to", weighed=True),
    K.REFERRAL: Kind(
        category=FINANCIAL, forward="refers patients to", backward="is referred patients by", weighed=True
    ),
    K.NETWORK: Kind(category=PROFESSIONAL, forward="takes part in", backward="has as a participant"),
    K.PATIENT: Kind(
        category=PROFESSIONAL, forward="is a patient of", backward="is the physician of", law="physician_patient"
    ),
    K.KINSHIP: Kind(category=FAMILIAL, forward="", backward=""),
    K.EARLIER_INVOLVEMENT: Kind(
        category=PROFESSIONAL, forward="was involved before in a matter of",
        backward="had a matter in which an earlier part was taken by",
    ),
    K.STAFF_PRIVILEGES: Kind(
        category=PROFESSIONAL, forward="has staff privileges at", backward="gave staff privileges to",
        law="staff_privileges",
    ),
    K.PROGRAMME_FEES: Kind(
        category=FINANCIAL, forward="is paid for reviews by", backward="pays for reviews", weighed=True,
        law="programme_fees",
    ),
    K.PROFESSIONAL: Kind(
        category=PROFESSIONAL, forward="has a professional affiliation with",
        backward="has a professional affiliation with",
    ),
    K.FINANCIAL: Kind(
        category=FINANCIAL, forward="has a financial affiliation with", backward="has a financial affiliation with",
        weighed=True,
    ),
    K.FAMILIAL: Kind(
        category=FAMILIAL, forward="has a familial affiliation with", backward="has a familial affiliation with"
    ),
}  # fmt: skip

# Ties by which an organisation is tied to a party, where the reviewer belongs to the organisation.
OF_ORGANISATIONS = frozenset(
    {K.CONTRACTOR, K.INCOME, K.LOAN, K.REFERRAL, K.PARTNERSHIP, K.NETWORK, K.FINANCIAL, K.PROFESSIONAL}
)
# Ties of a person to the organisation whose people are screened with it.
OF_PEOPLE = frozenset({K.OFFICER, K.EMPLOYMENT})
# Ties of a physician or attorney to the group or firm that is screened with them.
OF_GROUPS = frozenset({K.EMPLOYMENT, K.OFFICER, K.PARTNERSHIP, K.SHAREHOLDING, K.OWNERSHIP})
# As what somebody manages an employer; whoever is something else is none of its management employees.
MANAGEMENT = frozenset(
    ["manager", "management", "director", "officer", "executive", "supervisor", "president", "vice president", "chief",
     "plant manager", "general manager", "management employee", "ceo", "cfo", "coo"]
)  # fmt: skip
