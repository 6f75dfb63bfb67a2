"""Which affiliations bar a case: a register screened at once, or one reviewer's ties alone."""

from __future__ import annotations

from datetime import date

from evenhand.matching.affiliations.facts import Affiliations
from evenhand.matching.affiliations.screening import Finding, Screener
from evenhand.matching.facts import CaseToReview, Reviewer
from evenhand.matching.qualifications import Qualifications


def screen(
    case: CaseToReview,
    reviewer: Reviewer,
    on: date,
    qualifications: Qualifications,
    *,
    affiliations: Affiliations | None = None,
) -> tuple[Finding, ...]:
    """Every path from one reviewer to a party of the case, those that bar first; the review organisation's own are among
    them. Ended, future and small ties are reported as considered.

    For many cases and reviewers make one `Screener`.
    """
    return of(Screener([reviewer], on, qualifications, affiliations), case, reviewer.id)


def of(screener: Screener, case: CaseToReview, reviewer: str) -> tuple[Finding, ...]:
    """What a screener finds for one reviewer in a case, with what holds for everybody."""
    found = screener.findings(case)
    return (*found.get(reviewer, ()), *found.get(None, ()))
