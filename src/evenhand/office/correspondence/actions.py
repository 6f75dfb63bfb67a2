"""What the office does with papers and people outside: contacts, returned papers, serving again, parties, printing.

record_contact  record_returned_mail  serve_again                       here
change_address  change_attorney  change_claims_administrator            parties.py
make_print_batch  reprint_batch  mark_batch_mailed                      printing.py
"""

from __future__ import annotations

import json
from datetime import date

from evenhand.law import Deadline
from evenhand.law.facts import Means
from evenhand.office.cases.clocks import keep_date, pack_of, said
from evenhand.office.cases.models import Case, LegalDate, Party
from evenhand.office.cases.storage import get, put
from evenhand.office.correspondence.addresses import reach
from evenhand.office.correspondence.compose import Content, compose, means_for
from evenhand.office.correspondence.dispatch import keep, told
from evenhand.office.correspondence.models import ContactEntry, ContactMeans, Notice, ReturnedPaper, ReturnReason
from evenhand.office.correspondence.parties import change_address, change_attorney, change_claims_administrator
from evenhand.office.correspondence.printing import make_print_batch, mark_batch_mailed, reprint_batch
from evenhand.office.events.chain import Actor, append
from evenhand.office.people.acts import act
from evenhand.office.refusals import Refused
from evenhand.typesetting.pdf import to_pdf

__all__ = [
    "change_address",
    "change_attorney",
    "change_claims_administrator",
    "make_print_batch",
    "mark_batch_mailed",
    "record_contact",
    "record_returned_mail",
    "reprint_batch",
    "serve_again",
]

# The legal dates that run from the service of a kind of notice; each is counted anew when it is served again.
FROM_SERVICE = {"ineligibility": ("ineligibility_petition",), "determination": ("wcab_petition",)}
FROM_RECEIPT = {
    # A request for additional information goes to everybody, and one date holds for the case: that is not counted anew.
    "information_request": ("information_reply",),
}
RECORDS = ("records_mailed", "records_electronic")


@act("record_contact")
def record_contact(
    *,
    actor: Actor,
    case: Case,
    on: date,
    means: ContactMeans,
    incoming: bool,
    about: str,
    party: int | None = None,
    somebody: str = "",
) -> ContactEntry:
    """Who called or wrote, how, about what, and who wrote it down. `party` is a party's key; `somebody` names anybody else.

    The words lie sealed under the case's key; the event holds their digest.
    """
    row = case.parties.filter(pk=party).first() if party is not None else None
    if not about.strip() or (row is None and not somebody.strip()):
        raise Refused(
            what="a contact needs somebody and what it was about",
            why="the entry is for those who come after",
            next="choose a party of the case or name the person, and say in a sentence what it was about",
        )
    words = json.dumps({"with": somebody.strip(), "about": about.strip()}, ensure_ascii=False)
    entry = ContactEntry.objects.create(
        case=case,
        number=case.contacts.count() + 1,
        on=on,
        incoming=incoming,
        means=ContactMeans(means).value,
        party=row,
        sealed=put(case, words.encode()),
        recorded_by=actor.username,
    )
    append(
        actor=actor,
        chain=case.chain,
        kind="contact_recorded",
        effective=on,
        data={
            "contact": entry.number,
            "means": entry.means,
            "incoming": incoming,
            "party": row.role if row else None,
            "words": entry.sealed,
        },
    )
    return entry


@act("record_returned_mail")
def record_returned_mail(
    *, actor: Actor, case: Case, notice: int, returned_on: date, reason: ReturnReason
) -> ReturnedPaper:
    """A paper (by its number in the case) came back. Its service stays on record; it is to be served again."""
    paper = _paper(case, notice)
    if returned_on < paper.served_on:
        raise Refused(
            what=f"paper {notice} came back on {returned_on}, before it was served on {paper.served_on}",
            why="a paper comes back after it went out",
            next="correct the day",
        )
    if paper.returns.exists():
        raise Refused(
            what=f"paper {notice} of case {case.number} came back already",
            why="one service comes back once",
            next="serve it again; if that comes back too, record the later paper",
        )
    returned = ReturnedPaper.objects.create(
        notice=paper, returned_on=returned_on, reason=ReturnReason(reason).value, recorded_by=actor.username
    )
    append(
        actor=actor,
        chain=case.chain,
        kind="paper_returned",
        effective=returned_on,
        data={"notice": paper.number, "kind": paper.kind, "to": paper.party.role, "reason": returned.reason},
    )
    return returned


@act("serve_again")
def serve_again(
    *,
    actor: Actor,
    case: Case,
    notice: int,
    on: date,
    means: Means,
    reason: str,
    received_on: date | None = None,
    new_dates: bool = True,
) -> list[Notice]:
    """Serves a paper, with what went with it, once more: where the party is reached on that day, with its own proof of service.

    With `new_dates` the legal dates that run from its service (from its receipt, where `received_on` is given) are counted from the
    new one for this party; without it the earlier service counts. The earlier service stays on record.
    """
    named = _paper(case, notice)
    paper = named.companion_of or named
    to = paper.party
    _require_servable(paper, on, reason)
    how = means_for(to, means, on)
    dates = _restart(case, paper, how, on, received_on) if new_dates else []
    originals = [paper, *paper.companions.all()]
    served: list[Notice] = []
    for original in originals:
        served.append(
            keep(
                case=case,
                kind=original.kind,
                to=to,
                means=how,
                on=on,
                actor=actor,
                pdf=get(case, original.pdf),
                received_on=received_on,
                language=original.language,
                companion_of=served[0] if served else None,
                items=original.items,
                dates=dates,
                again_of=original,
                cover=_cover(case, original, how, on, reason.strip(), dates),
            )
        )
    append(
        actor=actor,
        chain=case.chain,
        kind="paper_served_again",
        effective=on,
        data={
            "again_of": [original.number for original in originals],
            "notices": told(served),
            "due": [said(deadline) for deadline in dates],
        },
    )
    return served


def _require_servable(paper: Notice, on: date, reason: str) -> None:
    if not reason.strip() or not paper.party.notified or on < paper.served_on:
        raise Refused(
            what=f"paper {paper.number} of case {paper.case.number} cannot be served again like this",
            why="it takes a reason, a party who still gets notices, and a day that is not before the first service",
            next="give the reason, check the day, or send the paper to whoever stands in the role now",
        )


def _paper(case: Case, number: int) -> Notice:
    paper = case.notices.filter(number=number).select_related("party", "companion_of").first()
    if paper is None:
        raise Refused(
            what=f"case {case.number} has no paper {number}",
            why="papers are numbered in the order in which they went out",
            next="choose one of the list of papers",
        )
    return paper


def _cover(case: Case, original: Notice, means: Means, on: date, reason: str, dates: list[Deadline]) -> bytes:
    """The sheet that goes on top: why it is served again, the new dates, and the proof of this service."""
    content = Content(
        kind="served_again",
        reason=reason,
        facts=[("facts.first_served", original.served_on)],
        enclosures=[(original.kind, original.served_on)],
        dates=dates,
        values={"again_from": on} if dates else {},
    )
    document = compose(case=case, content=content, to=original.party, means=means, on=on, language=original.language)
    return to_pdf(document, created=on)


def _restart(case: Case, paper: Notice, means: Means, on: date, received_on: date | None) -> list[Deadline]:
    """The dates that run from this service, counted anew for the party and kept in place of the earlier ones."""
    to = paper.party
    running = [
        (row, row.rule, on)
        for rule in FROM_SERVICE.get(paper.kind, ())
        for row in case.legal_dates.filter(rule=rule, party=to, superseded=False, met_on=None)
    ]
    if received_on is not None:
        running += [
            (row, row.rule, received_on)
            for rule in FROM_RECEIPT.get(paper.kind, ())
            for row in _towards(case, rule, to)
        ]
    if paper.kind == "assignment" and to.role == "claims_administrator":
        rule = "records_electronic" if means is Means.ELECTRONIC else "records_mailed"
        running += [(row, rule, on) for name in RECORDS for row in _towards(case, name, to)]
    return [_anew(case, row, rule, start, means, to, on) for row, rule, start in running]


def _towards(case: Case, rule: str, to: Party) -> list[LegalDate]:
    """Open dates of a rule that hold for the party, or for the case as a whole."""
    rows = case.legal_dates.filter(rule=rule, superseded=False, met_on=None)
    return [row for row in rows if row.party_id in {None, to.pk}]


def _anew(case: Case, row: LegalDate, rule: str, start: date, means: Means, to: Party, on: date) -> Deadline:
    deadline = pack_of(case).due(rule, start, means=means, region=reach(to, on).region or None)
    row.superseded = True
    row.save(update_fields=["superseded"])
    keep_date(case=case, label=row.label, deadline=deadline, party=row.party, item=row.item)
    return deadline
