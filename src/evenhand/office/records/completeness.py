"""The file of a case against what the law of the day says is owed."""

from __future__ import annotations

from datetime import date

from evenhand.casefile.completeness import Completeness, assess
from evenhand.law.records import records_owed
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.models import Case
from evenhand.office.intake.queries import dispute_of
from evenhand.office.records.queries import case_file


def assess_case(case: Case) -> Completeness:
    """What is owed, what came from whom, what is missing, and whether a reviewer may decide on it."""
    dispute = dispute_of(case)
    window = case.legal_dates.get(rule="records_window", superseded=False)
    return assess(
        records_owed(pack_of(case), dispute.application.filing.received_on),
        case_file(case).documents,
        window_start=date.fromisoformat(window.due or dispute.request_for_authorization.dated.isoformat()),
        senders={document.label: document.receipt.sender for document in case.documents.select_related("receipt")},
    )
