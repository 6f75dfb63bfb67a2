"""Who may review, and who fits best: qualifications, conflicts, and the best selection for all waiting cases at once.

    rules = from_law(load_pack(), on)
    selection = solve(cases, reviewers, on, rules, seed=7)
    selection.reviewer_of("case-1")
    explain(selection, "case-1")

Reviewers are pseudonymous ids here. No sentence that this package writes holds anybody's name.
"""

from evenhand.matching.explain import Explanation, explain
from evenhand.matching.gather import case_to_review
from evenhand.matching.network import Policy
from evenhand.matching.qualifications import Basis, Qualifications, from_law
from evenhand.matching.qualify import Assessment, assess
from evenhand.matching.solve import CannotSelect, Chosen, Selection, Unassigned, prepare, solve
from evenhand.matching.standing import Reason
from evenhand.matching.verify import verify

__all__ = [
    "Assessment",
    "Basis",
    "CannotSelect",
    "Chosen",
    "Explanation",
    "Policy",
    "Qualifications",
    "Reason",
    "Selection",
    "Unassigned",
    "assess",
    "case_to_review",
    "explain",
    "from_law",
    "prepare",
    "solve",
    "verify",
]
