"""What the claims administrator owes and did not send: the notice that says so (8 CCR 9792.10.5, 9792.12)."""

from __future__ import annotations

from datetime import date
from typing import Any

from evenhand.casefile.completeness import Finding
from evenhand.law import Refused as LawRefused
from evenhand.law.facts import Means
from evenhand.law.records import penalty_until
from evenhand.office.cases.clocks import as_kept, pack_of
from evenhand.office.cases.models import Case, LegalDate
from evenhand.office.cases.moves import move_case, require_state
from evenhand.office.cases.queries import notified
from evenhand.office.cases.states import CaseState
from evenhand.office.correspondence.compose import Content, Value
from evenhand.office.correspondence.dispatch import dispatch
from evenhand.office.events.chain import Actor, append
from evenhand.office.people.acts import act
from evenhand.office.records.completeness import assess_case
from evenhand.office.records.queries import indexed_so_far
from evenhand.office.refusals import Refused

RECORDS_RULES = ("records_mailed", "records_electronic", "records_expedited")


@act("send_deficiency_notice")
def send_deficiency_notice(*, actor: Actor, case: Case, on: date, means: Means) -> list[dict[str, Any]]:
    """Tells the claims administrator which records are missing and what lateness costs; everybody else gets a copy.

    Past the date the case becomes RECORDS_OVERDUE. What is missing is what the indexed file lacks on the law of the day.
    """
    require_state(case, CaseState.RECORDS_OPEN, CaseState.RECORDS_OVERDUE, to="send a notice of missing records")
    lacking = missing(case, on)
    if not lacking:
        raise Refused(
            what=f"nothing that is owed is missing in case {case.number}",
            why="every entry of 8 CCR 9792.10.5(a)(1) that is owed for certain came from the claims administrator",
            next="find the records complete",
        )
    row = records_date(case)
    if row is None or row.due is None:
        raise Refused(
            what=f"no date for the records runs in case {case.number}",
            why="records are asked for by the notice of assignment",
            next="send the notices of assignment first",
        )
    due = date.fromisoformat(row.due[:10])
    overdue = on > due
    moved = None
    if overdue and case.state == CaseState.RECORDS_OPEN:
        moved = move_case(case, CaseState.RECORDS_OVERDUE, actor)
    exposed = exposure(case, due, on) if overdue else {}
    values: dict[str, Value] = {"documents_were_due" if overdue else "documents_due": due, **exposed}
    content = Content(
        kind="records_deficiency",
        documents=[f"{finding.text} ({finding.citation})" for finding in lacking],
        dates=[as_kept(row)],
        values=values,
    )
    sent = dispatch(case=case, content=content, parties=notified(case), means=means, on=on, actor=actor)
    append(
        actor=actor,
        chain=case.chain,
        kind="deficiency_notice_sent",
        effective=on,
        data={
            "move": moved,
            "missing": [finding.code for finding in lacking],
            "due": row.due,
            "days_late": exposed.get("days_late", 0),
            "notices": sent,
        },
    )
    return sent


def missing(case: Case, on: date) -> tuple[Finding, ...]:
    """What is owed for certain and did not come from the claims administrator; a case without a file lacks all of it."""
    return assess_case(case, on, indexed_so_far(case)).missing


def records_date(case: Case) -> LegalDate | None:
    """The date by which the records must be here, where one runs or ran."""
    return case.legal_dates.filter(rule__in=RECORDS_RULES, superseded=False).last()


def exposure(case: Case, due: date, on: date) -> dict[str, Value]:
    """How late the records are and what that may cost by the law pack; no cost where nobody knows the amount, nothing before
    there was one."""
    try:
        cost = penalty_until(pack_of(case), due, on)
    except LawRefused:
        return {}
    told: dict[str, Value] = {"days_late": cost.days_late}
    return told if cost.amount is None else told | {"penalty_so_far": f"${cost.amount:,}"}
