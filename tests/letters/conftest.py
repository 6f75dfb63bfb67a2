"""Letters of our own making in the wording of the published ones. People and facts are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

HEAD = """Case Number:   CM16-0999001
Date Assigned: 12/07/2016             Date of Injury: 03/02/2016
Decision Date: 01/05/2017             UR Denial Date: 11/29/2016
Priority:      Standard               Application     12/01/2016
                                      Received:
"""
MADE = """
HOW THE IMR FINAL DETERMINATION WAS MADE

The file went to one expert reviewer, who has no tie to a party.

The Expert Reviewer has the following credentials:
State(s) of Licensure: Arizona,California, New York
Certification(s)/Specialty: Preventive Medicine, Public Health &
General Preventive Medicine
"""
SUMMARY = """
CLINICAL CASE SUMMARY

The expert reviewer developed the following clinical case summary based on a review of the
case file, including all medical records:

The injured worker is a 44 year old who hurt the lower back on 03/02/2016. Care was given 1-
2 times per week from 10-28-
2016 on, with a pre-
and post-treatment scale, at 38° and on an Electro-
diagnostic table.
"""
OPENING = """
IMR ISSUES, DECISIONS AND RATIONALES

The Final Determination was based on decisions for the disputed items/services set forth
below:
"""


@pytest.fixture(scope="session")
def item_text() -> Callable[..., str]:
    """One item in the published wording: heading, both guideline lines, rationale."""

    def build(
        heading: str,
        claims: str = "Decision based on MTUS Low Back Complaints 2004.",
        reviewer: str = "Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies.",
        rationale: str = "The guideline asks for six weeks. The request is not medically necessary.",
        after: str = "\n\n",
    ) -> str:
        return (
            f"\n{heading}{after}Claims Administrator guideline: {claims}\n\n"
            f"MAXIMUS guideline: {reviewer}\n\nDecision rationale: {rationale}\n"
        )

    return build


@pytest.fixture(scope="session")
def letter_text() -> Callable[..., str]:
    """A whole letter around items."""

    def build(*items: str, head: str = HEAD) -> str:
        return head + MADE + SUMMARY + OPENING + "".join(items)

    return build
