"""Affiliations as a graph: who is tied to whom, by which names, and which path from a reviewer leads to a party.

    screener = Screener(reviewers, on, rules, Affiliations(parties=..., edges=...))
    for finding in screener.findings(case).get("R-1001", ()):
        finding.outcome, finding.text, finding.threshold_percent, finding.basis.citation

Under None stand the findings of the review organisation itself, which hold for every reviewer. No sentence holds a name.
"""

from evenhand.matching.affiliations.facts import Affiliations, BadAffiliations, Edge, EdgeKind, Party, PartyKind
from evenhand.matching.affiliations.screening import Finding, Screener, Tied
from evenhand.matching.affiliations.weighing import Outcome

__all__ = [
    "Affiliations",
    "BadAffiliations",
    "Edge",
    "EdgeKind",
    "Finding",
    "Outcome",
    "Party",
    "PartyKind",
    "Screener",
    "Tied",
]
