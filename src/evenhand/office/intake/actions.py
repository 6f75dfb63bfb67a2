"""From the application to the finding of eligibility."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from evenhand.law import Outcome
from evenhand.law.disputes import SettledGround
from evenhand.law.eligibility import ItemFinding, screen
from evenhand.law.facts import Application as ApplicationForm
from evenhand.law.facts import EarlierReview, Means, OtherParty, PartyRole, RequestForAuthorization, UrDecision, UrKind
from evenhand.law.versions import version_on
from evenhand.office.cases.clocks import keep_date, meet, pack_of, said, set_date
from evenhand.office.cases.models import Case
from evenhand.office.cases.moves import end_case, move_case, move_item, require_state
from evenhand.office.cases.queries import items, notified, party
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.cases.storage import new_key
from evenhand.office.correspondence.compose import Content
from evenhand.office.correspondence.dispatch import dispatch
from evenhand.office.events.chain import Actor, append
from evenhand.office.events.links import canonical, digest
from evenhand.office.intake.ending import (
    BEFORE_ISSUE,
    TerminationReason,
    end_item,
    ground_of,
    left,
    notices_of_end,
    open_items,
)
from evenhand.office.intake.entry import enter_items, enter_parties, next_case_number
from evenhand.office.intake.models import Application, InformationRequest
from evenhand.office.intake.queries import dispute_of, employee_key, request_of, ur_decision_of
from evenhand.office.people.acts import act
from evenhand.office.refusals import Refused
from evenhand.programmes import DEFAULT
from evenhand.reading import to_plain

# What a finding of the law makes of an item.
STATE_OF = {
    Outcome.ELIGIBLE: ItemState.ELIGIBLE,
    Outcome.INELIGIBLE: ItemState.INELIGIBLE,
    Outcome.DEFERRED: ItemState.DEFERRED,
    Outcome.DUPLICATE: ItemState.DUPLICATE,
}


@act("receive_application")
def receive_application(
    *,
    actor: Actor,
    form: ApplicationForm,
    request_for_authorization: RequestForAuthorization,
    ur_decision: UrDecision,
    other_parties: Sequence[OtherParty] = (),
    earlier_reviews: Sequence[EarlierReview] = (),
    entered_on: date,
    programme: str = DEFAULT,
    replay: tuple[str, str] | None = None,
) -> Case:
    """Enters an application and opens its case. `replay` is (name, digest) of the bundle that a script plays again."""
    received = form.filing.received_on
    case = Case.objects.create(
        number=next_case_number(received),
        programme=programme,
        priority=form.ur_type.value,
        opened_on=received,
        worker_name=f"{form.employee.last_name}, {form.employee.first_name}".casefold(),
        replay_of=replay[0] if replay else None,
        replay_digest=replay[1] if replay else None,
    )
    new_key(case)
    enter_parties(case, form, other_parties, ur_decision)
    enter_items(case, form, ur_decision)
    Application.objects.create(
        case=case,
        received_on=received,
        entered_on=entered_on,
        claim_number=form.employee.claim_number,
        employee_key=employee_key(form.employee),
        ur_decided_on=ur_decision.decided_on,
        form=to_plain(form),
        request_for_authorization=to_plain(request_for_authorization),
        ur_decision=to_plain(ur_decision),
        earlier_reviews=to_plain(list(earlier_reviews)),
    )
    append(
        actor=actor,
        chain=case.chain,
        kind="application_received",
        effective=received,
        data={
            "entered_on": entered_on.isoformat(),
            "means": form.filing.means.value,
            "filed_by": form.filing.filed_by.value,
            "items": case.items.count(),
            "form": digest(canonical(to_plain(form))),
            "ur_decision": digest(canonical(to_plain(ur_decision))),
            "request_for_authorization": digest(canonical(to_plain(request_for_authorization))),
            "replay_of": digest(replay[0]) if replay else None,
        },
    )
    return case


@act("screen_application")
def screen_application(*, actor: Actor, case: Case, on: date) -> tuple[ItemFinding, ...]:
    """Tests every item for eligibility (8 CCR 9792.10.3(a)) and keeps the findings with their reasons."""
    moved = move_case(case, CaseState.SCREENING, actor)
    findings = _find(case, on)
    _keep_ur_dates(case)
    append(
        actor=actor,
        chain=case.chain,
        kind="application_screened",
        effective=on,
        data={"move": moved, "findings": [_brief(finding) for finding in findings]},
    )
    return findings


@act("ask_information")
def ask_information(
    *, actor: Actor, case: Case, of: PartyRole, question: str, asked_on: date, received_on: date
) -> None:
    """Asks a party what is needed to decide eligibility (8 CCR 9792.10.3(b)); the time to answer runs from receipt."""
    moved = move_case(case, CaseState.INFORMATION_REQUESTED, actor)
    InformationRequest.objects.create(
        case=case, stage="eligibility", asked_on=asked_on, received_on=received_on, question=question
    )
    to = party(case, of)
    due = set_date(
        case=case, label="Answer to the question on eligibility", rule="information_reply", start=received_on, party=to
    )
    sent = dispatch(
        case=case,
        content=Content(kind="information_request", question=question, asked_of=of.value, dates=[due]),
        parties=[to],
        means=Means.ELECTRONIC,
        on=asked_on,
        actor=actor,
        received_on=received_on,
    )
    append(
        actor=actor,
        chain=case.chain,
        kind="information_asked",
        effective=asked_on,
        data={"move": moved, "of": of.value, "due": said(due), "notices": sent},
    )


@act("record_information")
def record_information(*, actor: Actor, case: Case, answer: str, answered_on: date) -> None:
    """Records the answer; the case goes back to screening."""
    moved = move_case(case, CaseState.SCREENING, actor)
    asked = InformationRequest.objects.get(case=case, stage="eligibility", answered_on=None)
    asked.answer, asked.answered_on = answer, answered_on
    asked.save()
    meet(case, "information_reply", answered_on)
    append(
        actor=actor,
        chain=case.chain,
        kind="information_received",
        effective=answered_on,
        data={"move": moved, "answer": digest(answer)},
    )


@act("settle_ground")
def settle_ground(*, actor: Actor, case: Case, item: int, ground: str, holds: bool, reason: str, on: date) -> None:
    """Decides, with the reason, whether a ground holds that facts or law leave open; what the law finds stays as found."""
    require_state(case, CaseState.SCREENING, to="settle what the law leaves open")
    finding = next((one for one in screen(pack_of(case), dispute_of(case), on) if one.number == item), None)
    if finding is None or not any(one.open and one.code == ground for one in finding.grounds):
        raise Refused(
            what=f"nothing about {ground or 'this'} is open for item {item} of case {case.number} on {on}",
            why="a person decides only what facts or law leave open; everything else is as the law finds it",
            next="look at what the law finds for the item, and decide eligibility as found",
        )
    if not reason.strip():
        raise Refused(
            what=f"{ground} of item {item} of case {case.number} cannot be settled without a reason",
            why="the reason is told wherever the finding is explained",
            next="say why the ground holds, or why it does not",
        )
    row = case.items.get(number=item)
    settled = SettledGround(item=item, ground=ground, holds=holds, reason=reason, decided_on=on)
    row.settled = [*row.settled, to_plain(settled)]
    row.save(update_fields=["settled"])
    _find(case, on)
    append(
        actor=actor,
        chain=case.chain,
        kind="ground_settled",
        effective=on,
        data={"item": item, "ground": ground, "holds": holds, "reason": digest(reason)},
    )


@act("decide_eligibility")
def decide_eligibility(*, actor: Actor, case: Case, on: date) -> tuple[ItemFinding, ...]:
    """The Administrative Director's finding for each item, in whole or in part (Lab. Code 4610.5(k))."""
    require_state(case, CaseState.SCREENING, to="decide on eligibility")
    findings = _find(case, on)
    undecided = [f for f in findings if f.status not in STATE_OF]
    if undecided:
        first = undecided[0]
        raise Refused(
            what=f"eligibility of item {first.number} of case {case.number} cannot be decided yet: {first.explanation}",
            why="; ".join(ground.citation for ground in first.grounds) or "8 CCR 9792.10.3(b)",
            next="ask the party for it and record the answer; what the law itself leaves open, settle with the reason",
        )
    moves = []
    for finding in findings:
        item = case.items.get(number=finding.number)
        moves.append(move_item(item, STATE_OF[finding.status], actor))
    if items(case, ItemState.ELIGIBLE):
        moved = move_case(case, CaseState.ASSIGNED, actor)
        case.eligible_on = on
        case.save(update_fields=["eligible_on"])
        set_date(case=case, label="Notice of assignment", rule="assignment_notice", start=on)
    elif items(case, ItemState.DEFERRED):
        moved = None
    else:
        moved = end_case(case, CaseState.CLOSED, actor, reason="no disputed item is eligible", on=on)
    append(
        actor=actor,
        chain=case.chain,
        kind="eligibility_decided",
        effective=on,
        data={"move": moved, "items": moves, "findings": [_brief(finding) for finding in findings]},
    )
    return findings


@act("send_ineligibility_notices")
def send_ineligibility_notices(*, actor: Actor, case: Case, on: date, means: Means) -> None:
    """Tells the parties which items are not reviewed, why, what they can do, and until when they can petition (8 CCR 10575)."""
    out = items(case, ItemState.INELIGIBLE, ItemState.DUPLICATE, ItemState.DEFERRED)
    if not out:
        raise Refused(
            what=f"case {case.number} has no item that is not reviewed",
            why="there is nothing to tell",
            next="go on with the case",
        )
    sent = []
    for to in notified(case):
        due = set_date(
            case=case,
            label=f"Petition against the finding of ineligibility ({to.role.replace('_', ' ')})",
            rule="ineligibility_petition",
            start=on,
            means=means,
            party=to,
        )
        sent += dispatch(
            case=case,
            content=Content(kind="ineligibility", items=out, dates=[due]),
            parties=[to],
            means=means,
            on=on,
            actor=actor,
        )
    append(
        actor=actor,
        chain=case.chain,
        kind="ineligibility_notices_sent",
        effective=on,
        data={"items": [i.number for i in out], "notices": sent},
    )


@act("record_authorisation")
def record_authorisation(
    *,
    actor: Actor,
    case: Case,
    item: int,
    authorized: str,
    remaining: str | None,
    on: date,
    means: Means | None = None,
) -> None:
    """The claims administrator authorises an item, or part of it, before the decision: that much ends (8 CCR 9792.10.6(a)).

    With `means` the parties are told of a whole item's end in the same act; without, `send_termination_notices` is to be done.
    """
    require_state(case, *BEFORE_ISSUE, to="record an authorisation")
    row = open_items(case, [item])[0]
    moved: dict[str, str | int] | None = None
    if remaining is None:
        moved = end_item(row, ItemState.AUTHORISED, actor)
    else:
        row.original_request = row.original_request or row.text
        row.authorized, row.eligible_portion = authorized, remaining
        row.save()
    ended = None
    if not left(case):
        ended = end_case(case, CaseState.TERMINATED, actor, reason="every disputed item was authorized", on=on)
    told = None
    if moved is not None and means is not None:
        ground = ground_of(case, TerminationReason.AUTHORISED, on)
        told = notices_of_end(case=case, actor=actor, ended=[row], ground=ground, on=on, means=means)
    append(
        actor=actor,
        chain=case.chain,
        kind="authorisation_recorded",
        effective=on,
        data={"item": item, "whole": remaining is None, "item_move": moved, "move": ended, "notices": told},
    )


@act("send_assignment_notices")
def send_assignment_notices(
    *,
    actor: Actor,
    case: Case,
    on: date,
    means: Means,
    received_on: date | None = None,
    received_at: datetime | None = None,
) -> None:
    """Notice of assignment and request for information to every party (8 CCR 9792.10.4(b)); the records clock starts.

    `received_at`: in an expedited review, whose clock counts hours, when the claims administrator received it.
    """
    rule = records_rule(case, means)
    if rule == "records_expedited" and received_at is None:
        raise Refused(
            what=f"when the claims administrator received the notice of case {case.number} is not said",
            why=f"in an expedited review the time for the records counts hours from receipt ({_provision(case, rule, on)})",
            next="send it by the fastest means and enter the day and hour of receipt",
        )
    moved = move_case(case, CaseState.RECORDS_OPEN, actor)
    case.assigned_on = on
    case.save(update_fields=["assigned_on"])
    meet(case, "assignment_notice", on)
    due = set_date(
        case=case,
        label="Records from the claims administrator",
        rule=rule,
        start=received_at if rule == "records_expedited" and received_at is not None else on,
        party=party(case, PartyRole.CLAIMS_ADMINISTRATOR),
    )
    window = set_date(
        case=case,
        label="Reports are owed from (six months back from the request)",
        rule="records_window",
        start=request_of(case).dated,
    )
    sent = dispatch(
        case=case,
        content=Content(kind="assignment", items=items(case, ItemState.ELIGIBLE), dates=[due, window]),
        parties=notified(case),
        means=means,
        on=on,
        actor=actor,
        received_on=received_on,
    )
    append(
        actor=actor,
        chain=case.chain,
        kind="assignment_notices_sent",
        effective=on,
        data={"move": moved, "means": means.value, "records_due": said(due), "notices": sent},
    )


def records_rule(case: Case, means: Means) -> str:
    """Which clock for the records runs: expedited, or by the means of the notice."""
    if case.priority == "expedited":
        return "records_expedited"
    return "records_electronic" if means is Means.ELECTRONIC else "records_mailed"


def _provision(case: Case, rule: str, on: date) -> str:
    """The provision of a time limit on a day."""
    law = pack_of(case).rule(rule)
    return version_on(law.versions, on, law.title).citation


def _find(case: Case, on: date) -> tuple[ItemFinding, ...]:
    """Screens the case's items on the law of the day and keeps findings and filing dates."""
    findings = screen(pack_of(case), dispute_of(case), on)
    by_number = {item.number: item for item in case.items.all()}
    for finding in findings:
        item = by_number[finding.number]
        item.findings = [to_plain(ground) for ground in finding.grounds]
        item.save(update_fields=["findings"])
    _keep_filing_dates(case, findings)
    return findings


def _keep_filing_dates(case: Case, findings: Sequence[ItemFinding]) -> None:
    """One filing date for the case where all items have the same; else one for each item."""
    deadlines = {finding.number: finding.deadline for finding in findings if finding.deadline is not None}
    rules = {deadline.rule for deadline in deadlines.values()}
    received = case.applications.order_by("id")[0].received_on
    for number, deadline in deadlines.items():
        item = None if len(rules) == 1 else case.items.get(number=number)
        if not case.legal_dates.filter(rule=deadline.rule, item=item, superseded=False).exists():
            label = "Application must be received" + ("" if item is None else f" (item {item.number})")
            keep_date(case=case, label=label, deadline=deadline, item=item, met_on=received)


def _keep_ur_dates(case: Case) -> None:
    """By when utilization review had to decide. An untimely decision is for a judge to find, not for this office."""
    request, decision = request_of(case), ur_decision_of(case)
    if decision.kind is UrKind.RETROSPECTIVE or request.expedited:
        return
    decided_on = decision.decided_on
    label = "Utilization review decision"
    set_date(case=case, label=label, rule="ur_decision", start=request.received_on, met_on=decided_on)
    outer = f"{label}, outer limit"
    set_date(case=case, label=outer, rule="ur_decision_outer", start=request.recommended_on, met_on=decided_on)


def _brief(finding: ItemFinding) -> dict[str, object]:
    """What the event says of a finding: procedure only."""
    return {
        "item": finding.number,
        "status": finding.status.value,
        "grounds": [ground.code for ground in finding.grounds],
    }
