"""The file of a case against what the law of the day says is owed."""

from __future__ import annotations

from datetime import date

from evenhand.casefile.completeness import Completeness, assess
from evenhand.casefile.facts import CaseFile
from evenhand.casefile.owed import owed_papers
from evenhand.law.facts import PartyRole
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.models import Case
from evenhand.office.intake.queries import request_of
from evenhand.office.records.queries import case_file


def assess_case(case: Case, on: date, file: CaseFile | None = None) -> Completeness:
    """What is owed, what came from whom, what is missing, whether a reviewer may decide (8 CCR 9792.10.5, 9792.10.6(b)).

    Without `file` the file must have been indexed. Raises Refused where it was not.
    """
    window = case.legal_dates.get(rule="records_window", superseded=False)
    assert window.due is not None  # the rule has a number for every date
    return assess(
        owed_papers(pack_of(case), on, programme=case.programme),
        (file or case_file(case)).documents,
        senders={d.label: PartyRole(d.receipt.sender) for d in case.documents.select_related("receipt")},
        window_start=date.fromisoformat(window.due),
        window_end=request_of(case).dated,
    )
