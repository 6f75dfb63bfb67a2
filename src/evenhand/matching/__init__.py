"""Who may review, and who fits best: qualifications, conflicts, and the best selection for all waiting cases at once.

    rules = from_law(load_pack(), on)
    selection = solve(cases, reviewers, on, rules, seed=7)
    selection.reviewer_of("case-1")
    explain(selection, "case-1")
    verify(selection.problem, {"case-1": "R-1001"}, selection.certificate, seed=7)

Reviewers are pseudonymous ids here. No sentence that this package writes holds anybody's name.
"""

from evenhand.matching.certificate import Certificate, Proof
from evenhand.matching.day import CannotSelect, Day, Earlier, Policy
from evenhand.matching.explain import Explanation, explain
from evenhand.matching.gather import case_to_review
from evenhand.matching.opening import Unassigned
from evenhand.matching.qualifications import Basis, Qualifications, from_law
from evenhand.matching.qualify import Assessment, assess
from evenhand.matching.solve import Chosen, Selection, day_of, prepare, solve, solve_day
from evenhand.matching.standing import Reason
from evenhand.matching.verify import verify

__all__ = [
    "Assessment",
    "Basis",
    "CannotSelect",
    "Certificate",
    "Chosen",
    "Day",
    "Earlier",
    "Explanation",
    "Policy",
    "Proof",
    "Qualifications",
    "Reason",
    "Selection",
    "Unassigned",
    "assess",
    "case_to_review",
    "day_of",
    "explain",
    "from_law",
    "prepare",
    "solve",
    "solve_day",
    "verify",
]
