"""More time for a determination, approved by the Administrative Director (Lab. Code 4610.6(d)(2))."""

from __future__ import annotations

from datetime import date
from typing import Any

from evenhand.law.facts import Means
from evenhand.office.cases.clocks import as_kept, said, set_date
from evenhand.office.cases.models import Case, LegalDate
from evenhand.office.cases.moves import require_state
from evenhand.office.cases.queries import items, notified
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.correspondence.compose import Content
from evenhand.office.correspondence.dispatch import dispatch
from evenhand.office.events.chain import Actor, append
from evenhand.office.events.links import digest
from evenhand.office.people.acts import act
from evenhand.office.refusals import Refused
from evenhand.office.reviewers.identities import require_unnamed

# Which extended period belongs to which time limit. The law pack has none for the others.
EXTENDED = {
    "determination": "determination_extension",
    "determination_formulary": "determination_formulary_extension",
    "determination_expedited": "determination_expedited_extension",
}
CLOCKS = (*EXTENDED, *EXTENDED.values())
DECIDING = (
    CaseState.RECORDS_COMPLETE,
    CaseState.REVIEWER_SELECTED,
    CaseState.IN_REVIEW,
    CaseState.ADDITIONAL_INFORMATION,
    CaseState.DRAFTED,
    CaseState.QUALITY_REVIEW,
)


@act("extend_determination")
def extend_determination(
    *, actor: Actor, case: Case, reason: str, approved_on: date, means: Means
) -> list[dict[str, Any]]:
    """The Administrative Director approves more time, with a reason; the later legal date takes the place of the first, once.

    Every party is told. The reason goes into the notice and lies sealed with it; the event holds its digest.
    """
    require_state(case, *DECIDING, to="extend the time for the determination")
    require_unnamed(case, reason, "the reason")
    if not reason.strip():
        raise Refused(
            what="more time is approved without a reason",
            why="it takes extraordinary circumstances or good cause (Lab. Code 4610.6(d))",
            next="say in a sentence what they are",
        )
    row = _running(case, approved_on)
    rule = EXTENDED[row.rule]
    due = set_date(case=case, label="Determination, extended", rule=rule, start=date.fromisoformat(row.start[:10]))
    content = Content(
        kind="extension",
        reason=reason.strip(),
        items=items(case, ItemState.ELIGIBLE, ItemState.DECIDED),
        dates=[due, as_kept(row)],
    )
    row.superseded = True
    row.save(update_fields=["superseded"])
    sent = dispatch(case=case, content=content, parties=notified(case), means=means, on=approved_on, actor=actor)
    append(
        actor=actor,
        chain=case.chain,
        kind="determination_extended",
        effective=approved_on,
        data={"from": row.due, "due": said(due), "reason": digest(reason.strip()), "notices": sent},
    )
    return sent


def _running(case: Case, approved_on: date) -> LegalDate:
    """The decision clock that runs and can be extended. Raises Refused."""
    row = case.legal_dates.filter(rule__in=CLOCKS, superseded=False, met_on=None).last()
    if row is None or row.due is None:
        raise Refused(
            what=f"no time for a determination runs in case {case.number}",
            why="it runs from the complete records",
            next="find the records complete first",
        )
    if row.rule in EXTENDED.values():
        raise Refused(
            what=f"the time for the determination in case {case.number} was extended already, to {row.due}",
            why="Lab. Code 4610.6(d)(2) gives one extension",
            next="issue the determination; a late one stays valid and is reported as late",
        )
    if approved_on > date.fromisoformat(row.due[:10]):
        raise Refused(
            what=f"more time approved on {approved_on} comes after the last day, {row.due[:10]}",
            why="what has run out can no longer be extended (Lab. Code 4610.6(d)(2))",
            next="issue the determination; a late one stays valid and is reported as late",
        )
    return row
