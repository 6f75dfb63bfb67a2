"""Reading correspondence: papers and what became of them, proofs of service, contacts, addresses, what waits to be done."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from evenhand.office.cases.models import Case, Party
from evenhand.office.cases.storage import get
from evenhand.office.correspondence.compose import texts_of, title_of
from evenhand.office.correspondence.models import (
    ContactEntry,
    MessageState,
    Notice,
    PartyAddress,
    PartyChange,
    PrintBatch,
    ReturnReason,
)


class PaperState(StrEnum):
    """Where a paper is."""

    TO_PRINT = "to_print"
    PRINTED = "printed"
    MAILED = "mailed"
    TO_DELIVER = "to_deliver"
    """By fax or in person, not printed yet."""
    TO_EMAIL = "to_email"
    EMAILED = "emailed"
    EMAIL_SHOWN = "email_shown"
    """No mail server is configured: nobody was told."""
    EMAIL_FAILED = "email_failed"
    RETURNED = "returned"
    SERVED_AGAIN = "served_again"
    REPLAYED = "replayed"

    @property
    def words(self) -> str:
        """As people say it."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    PaperState.TO_PRINT: "queued to print",
    PaperState.PRINTED: "printed",
    PaperState.MAILED: "mailed",
    PaperState.TO_DELIVER: "to be faxed or handed over",
    PaperState.TO_EMAIL: "waiting to be announced by e-mail",
    PaperState.EMAILED: "announced by e-mail",
    PaperState.EMAIL_SHOWN: "e-mail not sent: no mail server is configured",
    PaperState.EMAIL_FAILED: "e-mail could not be sent",
    PaperState.RETURNED: "came back: serve it again",
    PaperState.SERVED_AGAIN: "served again",
    PaperState.REPLAYED: "an example’s: not sent",
}


_BY_MESSAGE = {
    MessageState.SENT: PaperState.EMAILED,
    MessageState.SHOWN: PaperState.EMAIL_SHOWN,
    MessageState.FAILED: PaperState.EMAIL_FAILED,
}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper that went out, as a list shows it."""

    case_number: str
    number: int
    kind: str
    title: str
    language: str
    to_role: str
    to_name: str
    to_lines: tuple[str, ...]
    means: str
    served_on: date
    received_on: date | None
    declarant: str
    state: PaperState
    companion_of: int | None
    again_of: int | None
    returned_on: date | None
    return_reason: str
    batch: int | None
    mailed_on: date | None
    dates: tuple[dict[str, Any], ...]
    items: tuple[int, ...]
    pdf: str
    cover: str
    """Hash of the sheet with the proof of a later service; else empty, the proof is the paper's last page."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One proof of service: who declares that which paper was served on whom, when, where and how."""

    number: int
    title: str
    language: str
    served_on: date
    to_role: str
    to_name: str
    to_lines: tuple[str, ...]
    means: str
    declarant: str
    again_of: int | None
    returned_on: date | None
    deposited_on: date | None
    pdf: str


def papers(case: Case) -> list[Paper]:
    """Every paper of the case in the order in which it went out, with what became of it."""
    return [_paper(row) for row in _rows(case.notices.all())]


def papers_to_see_to(*, replays: bool = False) -> list[Paper]:
    """Over all cases: papers that came back and were not served again, and messages that could not be sent."""
    wanted = Q(returns__isnull=False, served_again=None) | Q(message__state=MessageState.FAILED)
    rows = Notice.objects.filter(wanted, case__set_aside=False, case__replay_of__isnull=not replays)
    found = [_paper(row) for row in _rows(rows.order_by("case__number", "number"))]
    return [paper for paper in found if paper.state in {PaperState.RETURNED, PaperState.EMAIL_FAILED}]


def proofs_of_service(case: Case) -> list[Proof]:
    """The proofs of service of the case, earlier and later ones, in the order of the papers."""
    return [
        Proof(
            number=paper.number,
            title=paper.title,
            language=paper.language,
            served_on=paper.served_on,
            to_role=paper.to_role,
            to_name=paper.to_name,
            to_lines=paper.to_lines,
            means=paper.means,
            declarant=paper.declarant,
            again_of=paper.again_of,
            returned_on=paper.returned_on,
            deposited_on=paper.mailed_on,
            pdf=paper.cover or paper.pdf,
        )
        for paper in papers(case)
    ]


def contacts(case: Case) -> list[ContactEntry]:
    """The contact log, the latest first. The words of one are opened by `contact_words`."""
    return list(case.contacts.select_related("party").order_by("-number"))


def contact_words(entry: ContactEntry) -> tuple[str, str]:
    """With whom (empty: the party) and about what. Raises Refused where it does not open."""
    words = json.loads(get(entry.case, entry.sealed))
    return words["with"], words["about"]


def addresses(party: Party) -> list[PartyAddress]:
    """The history of a party's address, the earliest first; empty where nothing ever changed."""
    return list(party.addresses.order_by("from_on", "id"))


def party_changes(case: Case) -> list[PartyChange]:
    """Who left and who came, in order."""
    return list(case.party_changes.select_related("former", "successor"))


def not_in_the_form(case: Case) -> list[Party]:
    """Parties that the application does not name or that came later: their ties to a reviewer matter too."""
    return list(case.parties.filter(Q(notified=False) | Q(joined_by__isnull=False)).distinct())


def batches() -> list[PrintBatch]:
    """The print batches, the latest first."""
    return list(PrintBatch.objects.order_by("-number"))


def state_of(notice: Notice) -> PaperState:
    """Where a paper is. One that goes along with another is where the other is."""
    leading = notice.companion_of or notice
    returned = bool(leading.returns.all() or notice.returns.all())
    return state_from(notice, leading, returned=returned, served_again=bool(leading.served_again.all()))


def state_from(notice: Notice, leading: Notice, *, returned: bool, served_again: bool) -> PaperState:
    """Where a paper is, from what a page has read already."""
    if served_again:
        return PaperState.SERVED_AGAIN
    if returned:
        return PaperState.RETURNED
    if notice.case.replay_of:
        return PaperState.REPLAYED
    if notice.means == "electronic":
        message = getattr(leading, "message", None)
        state = message.state if message else MessageState.QUEUED
        return _BY_MESSAGE.get(MessageState(state), PaperState.TO_EMAIL)
    printed = getattr(notice, "printed", None)
    if printed is None:
        return PaperState.TO_PRINT if notice.means == "mail" else PaperState.TO_DELIVER
    return PaperState.MAILED if printed.batch.mailed_on else PaperState.PRINTED


def _rows(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    beside = ("case", "party", "message", "printed__batch", "companion_of__message", "again_of")
    within = ("returns", "served_again", "companion_of__returns", "companion_of__served_again")
    return rows.select_related(*beside).prefetch_related(*within)


def _paper(row: Notice) -> Paper:
    returned = row.returns.all()[0] if row.returns.all() else None
    printed = getattr(row, "printed", None)
    return Paper(
        case_number=row.case.number,
        number=row.number,
        kind=row.kind,
        title=title_of(texts_of(row.case), row.kind),
        language=row.language,
        to_role=row.party.role,
        to_name=row.recipient.get("name") or row.party.name,
        to_lines=tuple(row.recipient.get("lines") or row.party.address),
        means=row.means,
        served_on=row.served_on,
        received_on=row.received_on,
        declarant=row.declarant,
        state=state_of(row),
        companion_of=row.companion_of.number if row.companion_of else None,
        again_of=row.again_of.number if row.again_of else None,
        returned_on=returned.returned_on if returned else None,
        return_reason=ReturnReason(returned.reason).label if returned else "",
        batch=printed.batch.number if printed else None,
        mailed_on=printed.batch.mailed_on if printed else None,
        dates=tuple(row.dates),
        items=tuple(row.items),
        pdf=row.pdf,
        cover=row.cover,
    )
