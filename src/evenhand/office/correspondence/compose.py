"""A notice's facts from the case's rows; its words come from the programme's texts, in the language of the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from evenhand.law import Deadline
from evenhand.law import Refused as LawRefused
from evenhand.law.facts import Means
from evenhand.law.records import owed, penalty_terms
from evenhand.law.schema import Period
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.models import Case, DisputedItem, Party
from evenhand.office.correspondence.addresses import reach
from evenhand.office.organisation import organisation
from evenhand.office.refusals import Refused
from evenhand.typesetting.document import Document
from evenhand.typesetting.notice import DateLine, Notice, NoticeItem, NoticeKind, NoticeRefused, compose_notice
from evenhand.typesetting.parties import Organisation, Recipient, Service
from evenhand.typesetting.texts import TextMissing, Texts, read_texts, translations

# The value of a notice's text that its first date fills.
FIRST_DATE = {
    "assignment": "documents_due",
    "information_request": "answer_due",
    "additional_information_request": "answer_due",
    "ineligibility": "appeal_due",
    "determination_summary": "appeal_due",
    "extension": "determination_due",
}
# What became of an item is told where the notice is about it. A decision is told only by the notice that goes with the letter.
STATES_TOLD = {
    "ineligibility": frozenset({"INELIGIBLE", "DEFERRED", "DUPLICATE"}),
    "termination": frozenset({"AUTHORISED", "WITHDRAWN"}),
}

Value = str | int | date | Period
"""What fills a text: days and lengths of time are written as the paper's language writes them."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a notice says, whoever it goes to. The first of `dates` is the one the notice is about.

    `facts` are (key of a word, value); without them the facts of the dispute stand. `enclosures` are kinds of notice with
    their day. `question`, `reason` and `documents` are words of the file or of the law and stay in their language.
    """

    kind: str
    items: Sequence[DisputedItem] = ()
    dates: Sequence[Deadline] = ()
    question: str = ""
    asked_of: str = ""
    reason: str = ""
    documents: Sequence[str] = ()
    facts: Sequence[tuple[str, Value]] = ()
    enclosures: Sequence[tuple[str, date]] = ()
    values: Mapping[str, Value] = field(default_factory=dict)


def texts_of(case: Case, language: str = "en") -> Texts:
    """The fixed texts of the case's programme in a language."""
    return _texts(case.programme, language)


def languages_for(case: Case, role: str) -> tuple[str, ...]:
    """In which languages a party in this role gets its notices: English, and the translations made for that role."""
    return ("en", *(name for name in _translations(case.programme) if role in _for_roles(case.programme, name)))


_texts = cache(read_texts)
_translations = cache(translations)


def _for_roles(programme: str, language: str) -> tuple[str, ...]:
    translation = _texts(programme, language).translation
    return translation.roles if translation else ()


def title_of(texts: Texts, kind: str) -> str:
    """What a paper of this kind is called."""
    return texts.notices[kind].title if kind in texts.notices else texts.word(f"paper.{kind}")


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


def recipient_of(party: Party, means: Means, on: date | None = None) -> Recipient:
    """A party as an addressee, where it is reached on a day; without a day, now."""
    where = reach(party, on)
    lines = {Means.ELECTRONIC: (where.email,), Means.FAX: (f"Fax {where.fax}",)}.get(means, where.address)
    return Recipient(
        role=party.role,
        name=party.name,
        lines=((where.organisation,) if where.organisation else ()) + lines,
        means=means,
    )


def means_for(party: Party, wanted: Means, on: date | None = None) -> Means:
    """How a party can really be reached: without an e-mail address by fax, without a fax by mail."""
    where = reach(party, on)
    if wanted is Means.ELECTRONIC and not where.email:
        wanted = Means.FAX
    return Means.MAIL if wanted is Means.FAX and not where.fax else wanted


def compose(*, case: Case, content: Content, to: Party, means: Means, on: date, language: str = "en") -> Document:
    """The notice as a document in a language. Raises Refused where it must not go out as it is."""
    kind, texts = content.kind, texts_of(case, language)
    addressee = recipient_of(to, means, on)
    try:
        return compose_notice(
            texts,
            Notice(
                kind=NoticeKind(kind),
                organisation=letterhead_organisation(case),
                addressee=addressee,
                case_number=case.number,
                dated=on,
                facts=_facts(case, content, texts),
                items=tuple(_item(item, kind, texts) for item in content.items),
                dates=tuple(_line(case, deadline, texts) for deadline in content.dates),
                documents_owed=_owed(case, on) if kind == "assignment" else tuple(content.documents),
                question=content.question,
                reason=content.reason,
                enclosures=tuple(f"{title_of(texts, name)}, {texts.day(day)}" for name, day in content.enclosures),
                values=_values(case, content, texts, on),
                service=service_of(texts, on, (addressee,)),
            ),
        )
    except (NoticeRefused, TextMissing) as error:
        raise Refused(
            what=f"the notice {kind.replace('_', ' ')} in case {case.number} cannot be written: {error}",
            why="a notice that lacks what its kind needs misleads whoever gets it",
            next="give what is missing; nothing was sent",
        ) from None


def _values(case: Case, content: Content, texts: Texts, on: date) -> dict[str, str]:
    values = {name: _said(value, texts) for name, value in content.values.items()}
    if content.dates and content.kind in FIRST_DATE and content.dates[0].due is not None:
        values[FIRST_DATE[content.kind]] = texts.day(day_of(content.dates[0]))
    if content.kind in {"assignment", "records_deficiency"}:
        values |= _penalty(case, on)
    return values


def _said(value: Value, texts: Texts) -> str:
    if isinstance(value, date):
        return texts.day(value)
    if isinstance(value, Period):
        return texts.word(f"period.{value.unit.value}").format(count=value.count)
    return str(value)


def _facts(case: Case, content: Content, texts: Texts) -> tuple[tuple[str, str], ...]:
    rows = content.facts or _dispute_facts(case, texts)
    asked = (("facts.asked_of", texts.role(content.asked_of)),) if content.asked_of else ()
    return tuple((texts.word(key), _said(value, texts)) for key, value in (*rows, *asked))


def _dispute_facts(case: Case, texts: Texts) -> tuple[tuple[str, Value], ...]:
    """What 8 CCR 9792.10.4(b) wants on a notice: request, physician, UR decision, application, kind of review."""
    row = case.applications.order_by("id")[0]
    physician = case.parties.get(role="requesting_physician")
    employee = case.parties.get(role="employee")
    return (
        ("facts.employee", employee.name),
        ("facts.claim_number", row.claim_number),
        ("facts.request_dated", date.fromisoformat(row.request_for_authorization["dated"])),
        ("facts.requesting_physician", f"{physician.name}, {physician.organisation}"),
        ("facts.ur_decided", row.ur_decided_on),
        ("facts.application_received", row.received_on),
        ("facts.review", texts.word(f"review.{case.priority}")),
    )


def service_of(texts: Texts, on: date, recipients: tuple[Recipient, ...]) -> Service:
    """Who declares that a paper was served on these, from where and on what day."""
    mine = organisation()
    return Service(
        declarant=texts.word("service.declarant").format(organisation=mine.name),
        declarant_title=texts.word("service.declarant_title"),
        served_on=on,
        served_from=mine.address,
        recipients=recipients,
    )


def day_of(deadline: Deadline) -> date:
    """The day of a deadline that has one."""
    assert deadline.due is not None
    return date.fromisoformat(deadline.due.isoformat()[:10])


def _line(case: Case, deadline: Deadline, texts: Texts) -> DateLine:
    return DateLine(
        label=texts.words.get(f"date.{deadline.rule}") or pack_of(case).rule(deadline.rule).title,
        day=None if deadline.due is None else day_of(deadline),
        citation=deadline.citation,
        caution=deadline.unknown or deadline.caution or "",
    )


def _item(item: DisputedItem, kind: str, texts: Texts) -> NoticeItem:
    status = ""
    if item.state in STATES_TOLD.get(kind, ()):
        status = texts.word(f"item_state.{item.state}")
    if kind == "determination_summary":
        status = texts.word(f"decision.{item.decision}")
    grounds = item.findings if kind == "ineligibility" and status else []
    return NoticeItem(
        number=item.number,
        text=item.eligible_portion or item.text,
        status=status,
        reasons=tuple(f"{ground['explanation'].rstrip('.')} ({ground['citation']})." for ground in grounds),
        remedy=" ".join(dict.fromkeys(ground["remedy"] for ground in grounds if ground.get("remedy"))),
    )


def _owed(case: Case, on: date) -> tuple[str, ...]:
    return tuple(f"{entry.text} ({entry.citation})" for entry in owed(pack_of(case), on))


def _penalty(case: Case, on: date) -> dict[str, str]:
    """What lateness costs; nothing where the law had no amount on that day, or nobody knows it."""
    try:
        a_day, most = penalty_terms(pack_of(case), on)
    except LawRefused:
        return {}
    if a_day.value is None or most.value is None:
        return {}
    return {"penalty_a_day": f"${a_day.value:,}", "penalty_most": f"${most.value:,}"}
