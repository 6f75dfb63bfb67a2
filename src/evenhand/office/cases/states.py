"""States of a case and of an item, and the only ways between them (from, to, who, citation).

The same table makes the database triggers: a state that is not reached by a line of it cannot be stored.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from evenhand.office.events.triggers import Refusal, kept
from evenhand.office.people.roles import Role


class CaseState(models.TextChoices):
    """Where a case stands."""

    RECEIVED = "RECEIVED", "application received"
    SCREENING = "SCREENING", "eligibility under review"
    INFORMATION_REQUESTED = "INFORMATION_REQUESTED", "information requested for eligibility"
    ASSIGNED = "ASSIGNED", "assigned to the review organization"
    RECORDS_OPEN = "RECORDS_OPEN", "waiting for records"
    RECORDS_COMPLETE = "RECORDS_COMPLETE", "records complete"
    RECORDS_OVERDUE = "RECORDS_OVERDUE", "records overdue"
    REVIEWER_SELECTED = "REVIEWER_SELECTED", "reviewer selected"
    IN_REVIEW = "IN_REVIEW", "in review"
    ADDITIONAL_INFORMATION = "ADDITIONAL_INFORMATION", "additional information requested"
    DRAFTED = "DRAFTED", "determination drafted"
    QUALITY_REVIEW = "QUALITY_REVIEW", "in quality review"
    ISSUED = "ISSUED", "determination issued"
    CLOSED = "CLOSED", "closed"
    TERMINATED = "TERMINATED", "terminated"


class ItemState(models.TextChoices):
    """Where a disputed item stands."""

    DISPUTED = "DISPUTED", "disputed"
    ELIGIBLE = "ELIGIBLE", "eligible"
    INELIGIBLE = "INELIGIBLE", "not eligible"
    DEFERRED = "DEFERRED", "deferred"
    DUPLICATE = "DUPLICATE", "filed before"
    AUTHORISED = "AUTHORISED", "authorised by the claims administrator"
    WITHDRAWN = "WITHDRAWN", "withdrawn"
    DECIDED = "DECIDED", "decided"


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One way from state to state."""

    source: str
    target: str
    by: Role
    citation: str


_C, _I, _R = CaseState, ItemState, Role


def _way(source: str, target: str, by: Role, citation: str) -> Transition:
    return Transition(source=source, target=target, by=by, citation=citation)


CASE_TRANSITIONS: tuple[Transition, ...] = (
    _way(_C.RECEIVED, _C.SCREENING, _R.INTAKE, "8 CCR 9792.10.3(a)"),
    _way(_C.SCREENING, _C.INFORMATION_REQUESTED, _R.INTAKE, "8 CCR 9792.10.3(b)"),
    _way(_C.SCREENING, _C.INFORMATION_REQUESTED, _R.ADMINISTRATIVE_DIRECTOR, "8 CCR 9792.10.3(b)"),
    _way(_C.INFORMATION_REQUESTED, _C.SCREENING, _R.INTAKE, "8 CCR 9792.10.3(c)"),
    _way(_C.SCREENING, _C.ASSIGNED, _R.ADMINISTRATIVE_DIRECTOR, "8 CCR 9792.10.3(c)"),
    _way(_C.SCREENING, _C.CLOSED, _R.ADMINISTRATIVE_DIRECTOR, "8 CCR 9792.10.3(c): not eligible, with reasons"),
    _way(_C.ASSIGNED, _C.SCREENING, _R.ADMINISTRATIVE_DIRECTOR, "8 CCR 9792.10.3(f)"),
    _way(_C.ASSIGNED, _C.RECORDS_OPEN, _R.CASE_MANAGER, "8 CCR 9792.10.4(b)"),
    _way(_C.RECORDS_OPEN, _C.RECORDS_COMPLETE, _R.CASE_MANAGER, "8 CCR 9792.10.5"),
    _way(_C.RECORDS_OPEN, _C.RECORDS_OVERDUE, _R.CASE_MANAGER, "8 CCR 9792.10.5; 9792.12"),
    _way(_C.RECORDS_OVERDUE, _C.RECORDS_COMPLETE, _R.CASE_MANAGER, "8 CCR 9792.10.6(b)(2)"),
    _way(_C.RECORDS_COMPLETE, _C.RECORDS_OVERDUE, _R.CASE_MANAGER, "8 CCR 9792.10.5: a paper turns out to be missing"),
    _way(_C.RECORDS_COMPLETE, _C.REVIEWER_SELECTED, _R.CREDENTIALING, "Lab. Code 139.5(d)"),
    _way(_C.REVIEWER_SELECTED, _C.RECORDS_COMPLETE, _R.REVIEWER, "Lab. Code 139.5(d): the reviewer declined"),
    _way(_C.REVIEWER_SELECTED, _C.IN_REVIEW, _R.REVIEWER, "Lab. Code 4610.6(b)"),
    _way(_C.IN_REVIEW, _C.ADDITIONAL_INFORMATION, _R.CASE_MANAGER, "Lab. Code 4610.6(b); 8 CCR 9792.10.5(c)"),
    _way(_C.ADDITIONAL_INFORMATION, _C.IN_REVIEW, _R.CASE_MANAGER, "8 CCR 9792.10.5(c)"),
    _way(_C.IN_REVIEW, _C.DRAFTED, _R.REVIEWER, "8 CCR 9792.10.6(d)"),
    _way(_C.DRAFTED, _C.QUALITY_REVIEW, _R.MEDICAL_DIRECTOR, "Lab. Code 139.5(d)(3)"),
    _way(_C.QUALITY_REVIEW, _C.DRAFTED, _R.MEDICAL_DIRECTOR, "Lab. Code 139.5(d)(3)"),
    _way(_C.DRAFTED, _C.IN_REVIEW, _R.MEDICAL_DIRECTOR, "Lab. Code 139.5(d)(3): returned to the reviewer with reasons"),
    _way(_C.QUALITY_REVIEW, _C.ISSUED, _R.MEDICAL_DIRECTOR, "Lab. Code 4610.6(d)-(g)"),
    _way(_C.ISSUED, _C.CLOSED, _R.CASE_MANAGER, "8 CCR 9792.10.7"),
    *(
        _way(source, _C.TERMINATED, _R.CASE_MANAGER, "8 CCR 9792.10.6(a): no item is left")
        for source in (
            _C.RECEIVED,
            _C.SCREENING,
            _C.INFORMATION_REQUESTED,
            _C.ASSIGNED,
            _C.RECORDS_OPEN,
            _C.RECORDS_COMPLETE,
            _C.RECORDS_OVERDUE,
            _C.REVIEWER_SELECTED,
            _C.IN_REVIEW,
            _C.ADDITIONAL_INFORMATION,
            _C.DRAFTED,
            _C.QUALITY_REVIEW,
        )
    ),
)

ITEM_TRANSITIONS: tuple[Transition, ...] = (
    _way(_I.DISPUTED, _I.ELIGIBLE, _R.ADMINISTRATIVE_DIRECTOR, "Lab. Code 4610.5(k)"),
    _way(_I.DISPUTED, _I.INELIGIBLE, _R.ADMINISTRATIVE_DIRECTOR, "8 CCR 9792.10.3"),
    _way(_I.DISPUTED, _I.DEFERRED, _R.ADMINISTRATIVE_DIRECTOR, "8 CCR 9792.10.3(d)"),
    _way(_I.DISPUTED, _I.DUPLICATE, _R.ADMINISTRATIVE_DIRECTOR, "8 CCR 9792.10.3(a)"),
    _way(_I.DEFERRED, _I.ELIGIBLE, _R.ADMINISTRATIVE_DIRECTOR, "Lab. Code 4610.5(h)(2)"),
    _way(_I.INELIGIBLE, _I.ELIGIBLE, _R.ADMINISTRATIVE_DIRECTOR, "8 CCR 10575: petition granted"),
    _way(_I.ELIGIBLE, _I.INELIGIBLE, _R.ADMINISTRATIVE_DIRECTOR, "8 CCR 9792.10.3(f)"),
    _way(_I.DISPUTED, _I.AUTHORISED, _R.CASE_MANAGER, "8 CCR 9792.10.6(a)"),
    _way(_I.ELIGIBLE, _I.AUTHORISED, _R.CASE_MANAGER, "8 CCR 9792.10.6(a)"),
    _way(_I.DEFERRED, _I.AUTHORISED, _R.CASE_MANAGER, "8 CCR 9792.10.6(a)"),
    # Until the determination is issued a decision binds nobody: the acts see to it that the case was not issued.
    _way(_I.DECIDED, _I.AUTHORISED, _R.CASE_MANAGER, "8 CCR 9792.10.6(a)"),
    _way(_I.DISPUTED, _I.WITHDRAWN, _R.CASE_MANAGER, "Lab. Code 4610.5(g)"),
    _way(_I.DEFERRED, _I.WITHDRAWN, _R.CASE_MANAGER, "Lab. Code 4610.5(g)"),
    _way(_I.ELIGIBLE, _I.WITHDRAWN, _R.CASE_MANAGER, "Lab. Code 4610.5(g)"),
    _way(_I.DECIDED, _I.WITHDRAWN, _R.CASE_MANAGER, "Lab. Code 4610.5(g)"),
    _way(_I.ELIGIBLE, _I.DECIDED, _R.REVIEWER, "8 CCR 9792.10.6(d)"),
    _way(_I.DECIDED, _I.ELIGIBLE, _R.MEDICAL_DIRECTOR, "Lab. Code 139.5(d)(3): returned to the reviewer"),
)


def lawful(transitions: tuple[Transition, ...], source: str, target: str, by: str) -> Transition | None:
    """The line of the table that allows it, or `None`."""
    return next((t for t in transitions if (t.source, t.target, t.by) == (source, target, by)), None)


def _refusal(name: str, table: str, transitions: tuple[Transition, ...]) -> Refusal:
    ways = ", ".join(sorted({f"'{t.source}>{t.target}'" for t in transitions}))
    when = f"OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN ({ways})"
    return Refusal(
        name=name,
        table=table,
        before="UPDATE",
        when=when,
        message=f"{table}: this change of state is not in the table of transitions",
    )


def _begins(name: str, table: str, state: str) -> Refusal:
    return Refusal(
        name=name, table=table, before="INSERT", when=f"NEW.state <> '{state}'", message=f"{table}: begins as {state}"
    )


REFUSALS = (
    _refusal("cases_case_lawful_state", "cases_case", CASE_TRANSITIONS),
    _refusal("cases_item_lawful_state", "cases_disputeditem", ITEM_TRANSITIONS),
    _begins("cases_case_begins", "cases_case", CaseState.RECEIVED),
    _begins("cases_item_begins", "cases_disputeditem", ItemState.DISPUTED),
    Refusal(
        name="cases_case_never_deleted",
        table="cases_case",
        before="DELETE",
        message="cases_case: a case is closed, never deleted",
    ),
    Refusal(
        name="reviews_findingoverride_unchanged",
        table="reviews_findingoverride",
        before="UPDATE",
        message="reviews_findingoverride: what was set aside with a reason stays as it was said",
    ),
    *(
        kept(table)
        for table in (
            "cases_legaldate",
            "cases_disputeditem",
            "cases_party",
            "correspondence_notice",
            "correspondence_returnedpaper",
            "correspondence_printbatch",
            "correspondence_batchpaper",
            "correspondence_message",
            "correspondence_partyaddress",
            "correspondence_partychange",
            "correspondence_contactentry",
            "intake_application",
            "records_receipt",
            "records_document",
            "records_protectedsegment",
            "people_caseaccess",
            "people_breakglass",
            "people_rolechange",
            "reviews_pagereading",
            "reviews_draft",
            "reviews_findingoverride",
            "issuing_letter",
            "publishing_publication",
        )
    ),
)
