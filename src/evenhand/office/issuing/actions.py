"""The letter goes out: approved, typeset, checked, served on each party, with the dates that follow; then it is carried out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

from evenhand.law import Deadline
from evenhand.law.facts import Means, PartyRole
from evenhand.letters.own import OwnLetter
from evenhand.letters.write import compose_letter
from evenhand.office.cases.clocks import meet, said, set_date
from evenhand.office.cases.models import Case
from evenhand.office.cases.moves import end_case, move_case
from evenhand.office.cases.queries import items, notified, party
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.cases.storage import put
from evenhand.office.correspondence.addresses import reach
from evenhand.office.correspondence.compose import means_for, recipient_of, service_of, texts_of
from evenhand.office.correspondence.dispatch import dispatch, keep
from evenhand.office.correspondence.models import Notice
from evenhand.office.events.chain import Actor, append
from evenhand.office.events.links import canonical, digest
from evenhand.office.intake.queries import ur_decision_of
from evenhand.office.issuing.composing import fee_of, own_letter
from evenhand.office.issuing.extension import CLOCKS
from evenhand.office.issuing.models import Fee, Letter
from evenhand.office.issuing.signing import signed
from evenhand.office.issuing.summary import summary
from evenhand.office.people.acts import act
from evenhand.office.people.roles import Role
from evenhand.office.refusals import Refused
from evenhand.office.reviewers.identities import require_unnamed
from evenhand.office.reviews.actions import approve
from evenhand.office.reviews.overriding import require_set_aside, told
from evenhand.reading import to_plain
from evenhand.typesetting.check import check_pdf
from evenhand.typesetting.html import to_html
from evenhand.typesetting.notice import proof_of_service
from evenhand.typesetting.parties import Recipient
from evenhand.typesetting.pdf import to_pdf


@act("issue_determination")
def issue_determination(
    *, actor: Actor, case: Case, approved_on: date, remarks: str, served_on: date, means: Means
) -> Letter:
    """Quality review passed: the letter is made, checked, and served on every party (Lab. Code 4610.6(d)-(g)).

    The second reader reads what is about to go out once more; an error that the medical director has not overridden blocks.
    """
    moved = move_case(case, CaseState.ISSUED, actor)
    case.issued_on = served_on
    case.save(update_fields=["issued_on"])
    approve(case, approved_on, remarks)
    petitions = _dates_that_follow(case, served_on, means)
    letter = own_letter(case, served_on=served_on, means=means)
    require_unnamed(case, canonical(to_plain(letter)), "the letter")
    found = require_set_aside(case, letter.determination, Role.MEDICAL_DIRECTOR)
    sent = _serve(case, actor, letter, petitions, means)
    summaries = _serve_summaries(case, actor, sent, petitions, served_on)
    document = compose_letter(letter, texts_of(case))
    row = Letter.objects.create(
        case=case,
        served_on=served_on,
        means=means.value,
        pdf=sent[0].pdf,
        html=put(case, to_html(document).encode()),
        own_letter=put(case, json.dumps(to_plain(letter), ensure_ascii=False).encode()),
        determination=to_plain(letter.determination),
    )
    fee = fee_of(case)
    Fee.objects.create(case=case, amount=fee.amount, explanation=to_plain(fee))
    append(
        actor=actor,
        chain=case.chain,
        kind="determination_issued",
        effective=served_on,
        data={
            "move": moved,
            "approved_on": approved_on.isoformat(),
            "determination": digest(canonical(row.determination)),
            "letter": row.pdf,
            "means": means.value,
            "served_on": {notice.party.role: notice.pdf for notice in sent},
            "notices": summaries,
            "petition": said(petitions[sent[0].party_id]),
            "fee": None if fee.amount is None else str(fee.amount),
            **told(found),
        },
    )
    return row


def _serve(case: Case, actor: Actor, letter: OwnLetter, petitions: dict[int, Deadline], means: Means) -> list[Notice]:
    """The letter to every party, by the means by which the party can be reached."""
    served = []
    for to in notified(case):
        how = means_for(to, means, letter.served_on)
        served.append(
            keep(
                case=case,
                kind="determination",
                to=to,
                means=how,
                on=letter.served_on,
                actor=actor,
                pdf=_pdf(letter, case, recipient_of(to, how, letter.served_on)),
                items=[item.number for item in items(case, ItemState.DECIDED)],
                dates=[petitions[to.pk]],
            )
        )
    return served


def _serve_summaries(
    case: Case, actor: Actor, letters: list[Notice], petitions: dict[int, Deadline], served_on: date
) -> list[dict[str, Any]]:
    """With each letter its summary, in the addressee's languages."""
    return [
        told
        for letter in letters
        for told in dispatch(
            case=case,
            content=summary(case, served_on, petitions[letter.party_id]),
            parties=[letter.party],
            means=Means(letter.means),
            on=served_on,
            actor=actor,
            with_papers={letter.party_id: letter},
        )
    ]


def _dates_that_follow(case: Case, served_on: date, means: Means) -> dict[int, Deadline]:
    """The decision clock is met; each party's petition date and the effect of the UR decision are set. Returns the petitions' dates
    by party."""
    for clock in CLOCKS:
        meet(case, clock, served_on)
    petitions = {
        to.pk: set_date(
            case=case,
            label=f"Petition to the Workers' Compensation Appeals Board ({to.role.replace('_', ' ')})",
            rule="wcab_petition",
            start=served_on,
            means=means_for(to, means, served_on),
            region=reach(to, served_on).region,
            party=to,
        )
        for to in notified(case)
    }
    decided_on = ur_decision_of(case).decided_on
    label = "Effect of the utilization review decision on the same request"
    set_date(case=case, label=label, rule="ur_effect", start=decided_on)
    return petitions


def _pdf(letter: OwnLetter, case: Case, to: Recipient) -> bytes:
    """The letter as it goes to one addressee, signed. Refused where it would not be accessible."""
    document = compose_letter(letter, texts_of(case), to)
    texts = texts_of(case)
    proof = proof_of_service(texts, service_of(texts, letter.served_on, letter.recipients))
    pdf = signed(case, to_pdf(replace(document, blocks=(*document.blocks, *proof)), created=letter.served_on))
    faults = check_pdf(pdf, author=letter.organisation.name)
    if faults:
        raise Refused(
            what="the letter's PDF fails its own check: " + "; ".join(faults),
            why="PDF/UA-1 and PDF/A: everybody must be able to read it",
            next="report it; nothing was sent",
        )
    return pdf


@act("record_receipt")
def record_receipt(*, actor: Actor, case: Case, received_on: date) -> None:
    """The claims administrator has the letter: from this day it has to carry the result out (8 CCR 9792.10.7)."""
    letter: Letter | None = getattr(case, "letter", None)
    if letter is None:
        raise Refused(
            what=f"case {case.number} has no letter",
            why="only a letter that went out can be received",
            next="look at the case's page for where it stands",
        )
    letter.received_on = received_on
    letter.save(update_fields=["received_on"])
    won = [item for item in items(case, ItemState.DECIDED) if item.decision == "Overturned"]
    to = party(case, PartyRole.CLAIMS_ADMINISTRATOR)
    case.notices.filter(kind="determination", party=to, served_on__lte=received_on).update(received_on=received_on)
    dues = []
    for item in won:
        dues.append(
            set_date(
                case=case,
                label=f"Authorize item {item.number}",
                rule="implement_authorise",
                start=received_on,
                item=item,
            )
        )
        dues.append(
            set_date(
                case=case,
                label=f"Pay for item {item.number}, if it was already given",
                rule="implement_pay",
                start=received_on,
                item=item,
            )
        )
    append(
        actor=actor,
        chain=case.chain,
        kind="letter_received",
        effective=received_on,
        data={"by": to.role, "to_carry_out": [item.number for item in won], "due": [said(due) for due in dues]},
    )


@act("close_case")
def close_case(*, actor: Actor, case: Case, on: date) -> None:
    """Closes an issued case."""
    moved = end_case(case, CaseState.CLOSED, actor, reason="determination issued", on=on)
    append(actor=actor, chain=case.chain, kind="case_closed", effective=on, data={"move": moved})
