"""A notice's facts from the case's rows; its words come from the programme's texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from evenhand.law import Deadline
from evenhand.law.facts import Means
from evenhand.law.records import owed, penalty
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.models import Case, DisputedItem, Party
from evenhand.office.organisation import organisation
from evenhand.typesetting.document import Document
from evenhand.typesetting.notice import DateLine, Notice, NoticeItem, NoticeKind, compose_notice
from evenhand.typesetting.parties import Organisation, Recipient, Service
from evenhand.typesetting.texts import Texts, read_texts

# The value of a notice's text that its first date fills.
FIRST_DATE = {
    "assignment": "documents_due",
    "records_deficiency": "documents_due",
    "information_request": "answer_due",
    "additional_information_request": "answer_due",
    "ineligibility": "appeal_due",
}


def texts_of(case: Case) -> Texts:
    """The fixed texts of the case's programme, in English."""
    return read_texts(case.programme)


def letterhead_organisation(case: Case) -> Organisation:
    """The organisation as its papers show it. What a script played is never shown as a person's work."""
    mine = organisation()
    return Organisation(
        name=mine.name,
        tagline="Example: a script played this case. The people and the events are invented." if case.replay_of else "",
        address_lines=mine.address,
        phone=mine.phone,
        email=mine.email,
        signatory_title=mine.medical_director,
    )


def recipient_of(party: Party, means: Means) -> Recipient:
    """A party as an addressee."""
    reach = {Means.ELECTRONIC: party.email, Means.FAX: f"Fax {party.fax}"}
    where = (reach[means],) if means in reach else tuple(party.address)
    return Recipient(
        role=party.role,
        name=party.name,
        lines=((party.organisation,) if party.organisation else ()) + where,
        means=means,
    )


def means_for(party: Party, wanted: Means) -> Means:
    """How a party can really be reached: without an e-mail address by fax, without a fax by mail."""
    if wanted is Means.ELECTRONIC and not party.email:
        wanted = Means.FAX
    return Means.MAIL if wanted is Means.FAX and not party.fax else wanted


def compose(
    *,
    case: Case,
    kind: str,
    to: Party,
    means: Means,
    on: date,
    facts: Mapping[str, str],
    items: Sequence[DisputedItem],
    dates: Sequence[tuple[str, Deadline]],
) -> Document:
    """The notice as a document. `facts` may hold `question`; the first of `dates` is the one the notice is about."""
    mine, addressee = letterhead_organisation(case), recipient_of(to, means)
    texts = texts_of(case)
    values = {}
    if dates and kind in FIRST_DATE and dates[0][1].due is not None:
        values[FIRST_DATE[kind]] = texts.day(day_of(dates[0][1]))
    if kind in {"assignment", "records_deficiency"}:
        values |= _penalty(case, on)
    return compose_notice(
        texts,
        Notice(
            kind=NoticeKind(kind),
            organisation=mine,
            addressee=addressee,
            case_number=case.number,
            dated=on,
            facts=(*dispute_facts(case, texts), *_asked_of(facts, texts)),
            items=tuple(_item(item) for item in items),
            dates=tuple(_line(label, deadline) for label, deadline in dates),
            documents_owed=_owed(case, on) if kind in {"assignment", "records_deficiency"} else (),
            question=facts.get("question", ""),
            values=values,
            service=service_of(on, (addressee,)),
        ),
    )


def dispute_facts(case: Case, texts: Texts) -> tuple[tuple[str, str], ...]:
    """What 8 CCR 9792.10.4(b) wants on a notice: request, physician, UR decision, application, kind of review."""
    row = case.applications.order_by("id")[0]
    physician = case.parties.get(role="requesting_physician")
    employee = case.parties.get(role="employee")
    return (
        ("Employee", employee.name),
        ("Claim number", row.claim_number),
        (
            "Date of the request for authorization",
            texts.day(date.fromisoformat(row.request_for_authorization["dated"])),
        ),
        ("Requesting physician", f"{physician.name}, {physician.organisation}"),
        ("Date of the utilization review decision", texts.day(row.ur_decided_on)),
        ("Application received", texts.day(row.received_on)),
        ("Review", "Expedited" if case.priority == "expedited" else "Regular"),
    )


def _asked_of(facts: Mapping[str, str], texts: Texts) -> tuple[tuple[str, str], ...]:
    """To whom a question is put; the others get a copy."""
    return (("Question to", texts.role(facts["asked_of"])),) if "asked_of" in facts else ()


def service_of(on: date, recipients: tuple[Recipient, ...]) -> Service:
    """Who declares that a paper was served on these, from where and on what day."""
    mine = organisation()
    return Service(
        declarant=f"Mail room of {mine.name}",
        declarant_title="Declarant",
        served_on=on,
        served_from=mine.address,
        recipients=recipients,
    )


def day_of(deadline: Deadline) -> date:
    """The day of a deadline that has one."""
    assert deadline.due is not None
    return date.fromisoformat(deadline.due.isoformat()[:10])


def _line(label: str, deadline: Deadline) -> DateLine:
    return DateLine(
        label=label,
        day=None if deadline.due is None else day_of(deadline),
        citation=deadline.citation,
        caution=deadline.unknown or deadline.caution or "",
    )


def _item(item: DisputedItem) -> NoticeItem:
    grounds = item.findings if item.state in {"INELIGIBLE", "DEFERRED", "DUPLICATE"} else []
    return NoticeItem(
        number=item.number,
        text=item.eligible_portion or item.text,
        status=item.get_state_display().capitalize() if grounds else "",
        reasons=tuple(f"{ground['explanation'].rstrip('.')} ({ground['citation']})." for ground in grounds),
        remedy=" ".join(dict.fromkeys(ground["remedy"] for ground in grounds if ground.get("remedy"))),
    )


def _owed(case: Case, on: date) -> tuple[str, ...]:
    return tuple(f"{entry.text} ({entry.citation})" for entry in owed(pack_of(case), on))


def _penalty(case: Case, on: date) -> dict[str, str]:
    a_day, most = penalty(pack_of(case), 1, on), penalty(pack_of(case), 10_000, on)
    return {"penalty_a_day": f"${a_day.amount:,}", "penalty_most": f"${most.amount:,}"}
