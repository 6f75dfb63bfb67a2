"""Papers come in, are indexed, and are held against what is owed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.casefile.completeness import Completeness
from evenhand.casefile.facts import CaseFile, DocumentKind
from evenhand.casefile.index import index
from evenhand.casefile.inspect import UnusableFile, inspect
from evenhand.law.facts import Means, PartyRole
from evenhand.law.records import ALLOWED, may_decide
from evenhand.office.cases.clocks import meet, pack_of, said, set_date
from evenhand.office.cases.models import Case
from evenhand.office.cases.moves import move_case, require_state
from evenhand.office.cases.states import CaseState
from evenhand.office.cases.storage import put
from evenhand.office.events.chain import Actor, append
from evenhand.office.people.acts import act
from evenhand.office.records.completeness import assess_case
from evenhand.office.records.deficiency import RECORDS_RULES
from evenhand.office.records.models import Document, FileIndex, Receipt
from evenhand.office.records.queries import indexed_so_far, originals
from evenhand.office.refusals import Refused
from evenhand.reading import to_plain

OPEN = (
    CaseState.RECEIVED,
    CaseState.SCREENING,
    CaseState.INFORMATION_REQUESTED,
    CaseState.ASSIGNED,
    CaseState.RECORDS_OPEN,
    CaseState.RECORDS_COMPLETE,
    CaseState.RECORDS_OVERDUE,
    CaseState.REVIEWER_SELECTED,
    CaseState.IN_REVIEW,
    CaseState.ADDITIONAL_INFORMATION,
)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A file as it is handed in."""

    label: str
    content: bytes
    kind: DocumentKind
    dated: date
    author: str
    title: str


@act("receive_records")
def receive_records(
    *,
    actor: Actor,
    case: Case,
    sender: PartyRole,
    received_on: date,
    means: Means,
    papers: Sequence[Paper],
    answers_request: bool = False,
) -> Receipt:
    """Takes papers in: each is inspected, kept byte for byte under its hash, and listed. One unusable paper refuses the receipt."""
    require_state(case, *OPEN, to="receive records")
    receipt = Receipt.objects.create(
        case=case, sender=sender.value, received_on=received_on, means=means.value, answers_request=answers_request
    )
    listed = []
    for paper in papers:
        try:
            pages = inspect(paper.content).pages
        except UnusableFile as error:
            raise Refused(
                what=f"{paper.label} cannot be taken in: {error.why}",
                why="a reviewer must be able to read every page",
                next=error.what_to_do,
            ) from None
        sha256 = put(case, paper.content)
        Document.objects.create(
            case=case,
            receipt=receipt,
            label=paper.label,
            sha256=sha256,
            kind=paper.kind.value,
            dated=paper.dated,
            author=paper.author,
            title=paper.title,
            pages=pages,
        )
        listed.append({"document": sha256, "kind": paper.kind.value, "dated": paper.dated.isoformat(), "pages": pages})
    append(
        actor=actor,
        chain=case.chain,
        kind="records_received",
        effective=received_on,
        data={"sender": sender.value, "means": means.value, "answers_request": answers_request, "documents": listed},
    )
    return receipt


@act("index_records")
def index_records(*, actor: Actor, case: Case, on: date) -> int:
    """Reads every new page (text layer, or OCR) and gives it its permanent number. Returns how many pages the file has."""
    require_state(case, *OPEN, to="index records")
    if not case.documents.exists():
        raise Refused(
            what=f"case {case.number} has no records",
            why="the claims administrator must send them (8 CCR 9792.10.5); no determination may rest on nothing",
            next="enter what came with `records.yaml`, or send a deficiency notice",
        )
    before = indexed_so_far(case)
    new = index(originals(case, known={document.id for document in before.documents}), first_page=len(before.pages) + 1)
    file = CaseFile(documents=before.documents + new.documents, pages=before.pages + new.pages)
    for document in new.documents:
        Document.objects.filter(case=case, label=document.id).update(first_page=document.first_page)
    sha256 = put(case, json.dumps(to_plain(file), ensure_ascii=False).encode())
    FileIndex.objects.create(case=case, sha256=sha256, pages=len(file.pages), made_on=on)
    sources: dict[str, int] = {}
    for page in file.pages:
        sources[page.source.value] = sources.get(page.source.value, 0) + 1
    append(
        actor=actor,
        chain=case.chain,
        kind="records_indexed",
        effective=on,
        data={"index": sha256, "pages": len(file.pages), "sources": sources},
    )
    return len(file.pages)


@act("assess_completeness")
def assess_completeness(*, actor: Actor, case: Case, on: date) -> Completeness:
    """Holds the file against what is owed on the law of the day (8 CCR 9792.10.5). Complete papers start the decision clock.

    The reviewer may decide without the claims administrator's papers only on what employee or physician sent as well; never on
    the utilization review decision alone (8 CCR 9792.10.6(b)(2)).
    """
    assessed = assess_case(case, on)
    decidable = may_decide(
        pack_of(case),
        on,
        from_administrator=assessed.medical_records_from_administrator,
        ur_summary=assessed.ur_decision_in_file,
        from_employee_or_physician=assessed.support_from_employee_or_physician,
    )
    if decidable.outcome != ALLOWED:
        raise Refused(
            what=f"case {case.number} cannot be decided on what came: {assessed.explanation}",
            why=f"{decidable.explanation} ({decidable.citation})",
            next="send a deficiency notice to the claims administrator, and ask employee and physician for their papers",
        )
    moved = move_case(case, CaseState.RECORDS_COMPLETE, actor)
    case.records_complete_on = on
    case.save(update_fields=["records_complete_on"])
    for rule in RECORDS_RULES:
        meet(case, rule, max(r.received_on for r in case.receipts.all() if not r.answers_request))
    due = set_date(case=case, label="Determination", rule=decision_rule(case), start=on)
    append(
        actor=actor,
        chain=case.chain,
        kind="records_assessed",
        effective=on,
        data={"move": moved, "missing": [finding.code for finding in assessed.missing], "determination_due": said(due)},
    )
    return assessed


def decision_rule(case: Case) -> str:
    """Which decision clock runs: expedited, formulary as soon as one item in dispute is a formulary drug, or regular."""
    if case.priority == "expedited":
        return "determination_expedited"
    reviewed = [i for i in case.items.all() if i.state in {"ELIGIBLE", "DECIDED"}]
    return "determination_formulary" if reviewed and any(i.formulary_drug for i in reviewed) else "determination"
