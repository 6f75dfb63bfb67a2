"""The reviewer's work, from the first page read to the attested draft; and the medical director's quality review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evenhand.bundles.bundle import EvidenceStep as EvidenceStepFacts
from evenhand.bundles.bundle import PageReference
from evenhand.bundles.bundle import SummarySentence as SentenceFacts
from evenhand.law.facts import Means, PartyRole
from evenhand.law.search import WalkStep, check_walk
from evenhand.law.standards import ladder
from evenhand.letters.determination import Decision
from evenhand.letters.second_reader import Finding
from evenhand.office.cases.clocks import meet, pack_of, said, set_date
from evenhand.office.cases.models import Case
from evenhand.office.cases.moves import move_case, move_item, require_state
from evenhand.office.cases.queries import items, notified
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.correspondence.compose import Content
from evenhand.office.correspondence.dispatch import dispatch
from evenhand.office.events.chain import Actor, append
from evenhand.office.events.links import canonical, digest
from evenhand.office.intake.models import InformationRequest
from evenhand.office.intake.queries import request_of
from evenhand.office.people.acts import act
from evenhand.office.people.roles import Role
from evenhand.office.records.queries import case_file, file_page
from evenhand.office.refusals import Refused
from evenhand.office.reviewers.identities import require_unnamed
from evenhand.office.reviews.drafting import draft_of
from evenhand.office.reviews.models import Draft, EvidenceStep, PageReading, SummarySentence
from evenhand.office.reviews.overriding import require_set_aside, told
from evenhand.office.reviews.quality import require_another
from evenhand.reading import to_plain


@act("ask_additional_information")
def ask_additional_information(
    *, actor: Actor, case: Case, of: PartyRole, question: str, asked_on: date, received_on: date
) -> None:
    """The reviewer's request for more, through the office and copied to every party (Lab. Code 4610.6(b))."""
    require_unnamed(case, question, "the question")
    moved = move_case(case, CaseState.ADDITIONAL_INFORMATION, actor)
    InformationRequest.objects.create(
        case=case, stage="review", asked_on=asked_on, received_on=received_on, question=question
    )
    rule = "additional_information_expedited" if case.priority == "expedited" else "additional_information"
    due = set_date(case=case, label="Answer to the reviewer's request", rule=rule, start=received_on)
    sent = dispatch(
        case=case,
        content=Content(
            kind="additional_information_request",
            question=question,
            asked_of=of.value,
            items=items(case, ItemState.ELIGIBLE),
            dates=[due],
        ),
        parties=notified(case),
        means=Means.ELECTRONIC,
        on=asked_on,
        actor=actor,
        received_on=received_on,
    )
    append(
        actor=actor,
        chain=case.chain,
        kind="additional_information_asked",
        effective=asked_on,
        data={"move": moved, "due": said(due), "notices": sent},
    )


@act("record_additional_information")
def record_additional_information(*, actor: Actor, case: Case, answer: str, answered_on: date) -> None:
    """Records the answer; the review goes on. The decision clock keeps running from the complete records."""
    moved = move_case(case, CaseState.IN_REVIEW, actor)
    asked = InformationRequest.objects.get(case=case, stage="review", answered_on=None)
    asked.answer, asked.answered_on = answer, answered_on
    asked.save()
    meet(case, "additional_information", answered_on)
    meet(case, "additional_information_expedited", answered_on)
    append(
        actor=actor,
        chain=case.chain,
        kind="additional_information_received",
        effective=answered_on,
        data={"move": moved, "answer": digest(answer)},
    )


@act("read_pages")
def read_pages(*, actor: Actor, case: Case, pages: Sequence[int], on: date) -> None:
    """Records that pages of the file were read. What a script replays is marked as such and never shown as a person's reading."""
    require_state(case, CaseState.IN_REVIEW, to="read the file")
    known = {page.number for page in case_file(case).pages}
    unknown = sorted(set(pages) - known)
    if unknown:
        raise Refused(
            what=f"page {unknown[0]} is not in the file of case {case.number}",
            why=f"the file has {len(known)} pages",
            next="index the records again if a paper came in",
        )
    for page in pages:
        PageReading.objects.get_or_create(case=case, page=page, defaults={"read_on": on, "source": actor.source})
    append(
        actor=actor,
        chain=case.chain,
        kind="pages_read",
        effective=on,
        data={"pages": len(set(pages)), "of": len(known)},
    )


@act("write_summary")
def write_summary(*, actor: Actor, case: Case, sentences: Sequence[SentenceFacts], on: date) -> None:
    """The clinical case summary in sentences, each with the pages it rests on."""
    require_state(case, CaseState.IN_REVIEW, to="write the summary")
    case.summary.all().delete()
    for number, sentence in enumerate(sentences, start=1):
        if not sentence.pages:
            raise Refused(
                what=f"sentence {number} of the summary names no page",
                why="the reviewer develops the summary from the case file; every sentence rests on a page",
                next="add the page, or remove the sentence",
            )
        SummarySentence.objects.create(case=case, number=number, text=sentence.text, pages=_pages(case, sentence.pages))
    written = [[s.text, s.pages] for s in case.summary.all()]
    append(
        actor=actor,
        chain=case.chain,
        kind="summary_written",
        effective=on,
        data={"sentences": len(written), "digest": digest(canonical(written))},
    )


@act("walk_evidence")
def walk_evidence(*, actor: Actor, case: Case, item: int, steps: Sequence[EvidenceStepFacts], on: date) -> None:
    """The walk over the evidence for one item, in the order that the law of the request's date asks (Lab. Code 4610.5(c)(2))."""
    require_state(case, CaseState.IN_REVIEW, to="walk the evidence")
    row = case.items.get(number=item)
    asked = ladder(pack_of(case), request_of(case).dated)
    faults = check_walk(asked, [WalkStep(step=s.step, finding=s.finding.value, reason=s.reason) for s in steps])
    if faults:
        raise Refused(
            what=f"the evidence for item {item}: {'; '.join(fault.rstrip('.') for fault in faults)}",
            why=asked.citation,
            next="walk the steps in their order and record why each was left",
        )
    row.evidence.all().delete()
    for number, step in enumerate(steps, start=1):
        EvidenceStep.objects.create(
            item=row,
            number=number,
            step=step.step,
            finding=step.finding.value,
            reason=step.reason,
            citations=to_plain(step.citations),
            pages=_pages(case, step.pages),
        )
    walked = [[s.step, s.finding, s.reason, s.citations, s.pages] for s in row.evidence.all()]
    append(
        actor=actor,
        chain=case.chain,
        kind="evidence_walked",
        effective=on,
        data={"item": item, "steps": [[s.step, s.finding.value] for s in steps], "digest": digest(canonical(walked))},
    )


@act("decide_item")
def decide_item(
    *, actor: Actor, case: Case, item: int, decision: Decision, rationale: str, pages: Sequence[PageReference], on: date
) -> None:
    """Upheld or Overturned of exactly what is disputed, with the rationale. Upheld means that the denial stands.

    Until the draft is handed in an item can be decided again: what is decided last counts, and each time is an event.
    """
    require_state(case, CaseState.IN_REVIEW, to="decide an item")
    row = case.items.get(number=item)
    if not row.evidence.exists():
        raise Refused(
            what=f"item {item} has no evidence steps yet",
            why="a decision rests on the evidence hierarchy (Lab. Code 4610.5(c)(2))",
            next="walk the evidence first",
        )
    if not pages:
        raise Refused(
            what=f"the decision on item {item} names no page of the file",
            why="the decision looks to this worker's own condition (Lab. Code 4610.6(c))",
            next="name the pages it rests on",
        )
    rests_on = _pages(case, pages)
    row.decision, row.rationale = decision.value, rationale.strip()
    if row.state == ItemState.DECIDED:
        moved = None
        row.save()
    else:
        moved = move_item(row, ItemState.DECIDED, actor)
    append(
        actor=actor,
        chain=case.chain,
        kind="item_decided",
        effective=on,
        data={
            "item": item,
            "decision": decision.value,
            "rationale": digest(row.rationale),
            "pages": rests_on,
            "item_move": moved,
        },
    )


@act("submit_draft")
def submit_draft(*, actor: Actor, case: Case, attested: bool, on: date) -> tuple[Finding, ...]:
    """The reviewer attests and hands in. Refused while an item is undecided, a page unread, or an error of the second reader
    unexplained."""
    _require_finished(case, attested=attested)
    draft = draft_of(case)
    written = [step.reason for item in case.items.all() for step in item.evidence.all()]
    require_unnamed(case, canonical([to_plain(draft), written]), "the draft")
    found = require_set_aside(case, draft, Role.REVIEWER)
    findings = tuple(one.finding for one in found)
    moved = move_case(case, CaseState.DRAFTED, actor)
    plain = to_plain(draft)
    Draft.objects.create(
        case=case,
        number=case.drafts.count() + 1,
        determination=plain,
        attested_on=on,
        findings=to_plain(list(findings)),
    )
    append(
        actor=actor,
        chain=case.chain,
        kind="draft_submitted",
        effective=on,
        data={
            "move": moved,
            "determination": digest(canonical(plain)),
            "attested": True,
            **told(found),
        },
    )
    return findings


def _require_finished(case: Case, *, attested: bool) -> None:
    """Raises Refused unless every item is decided, the summary written, every page read, and the reviewer attests."""
    missing = [item.number for item in items(case, ItemState.ELIGIBLE)]
    if missing:
        raise Refused(
            what=f"item {missing[0]} of case {case.number} has no decision",
            why="each disputed item is decided (8 CCR 9792.10.6(d))",
            next="decide it, or record that it was authorised or withdrawn",
        )
    if not case.summary.exists():
        raise Refused(
            what=f"case {case.number} has no clinical case summary",
            why="the determination states the employee's condition (8 CCR 9792.10.6(d))",
            next="write the summary",
        )
    unread = sorted({p.number for p in case_file(case).pages} - set(case.readings.values_list("page", flat=True)))
    if unread:
        raise Refused(
            what=f"{len(unread)} pages of the file were not read, the first is page {unread[0]}",
            why="the reviewer attests to having reviewed all records",
            next="read them",
        )
    if not attested:
        raise Refused(
            what="the reviewer did not attest",
            why="the letter says that the reviewer read the complete file and has no conflict",
            next="attest, or decline the case",
        )


@act("open_quality_review")
def open_quality_review(*, actor: Actor, case: Case, on: date) -> None:
    """The medical director takes the draft up."""
    require_another(actor, case, on, what="review the own draft", next="another medical director takes it up")
    moved = move_case(case, CaseState.QUALITY_REVIEW, actor)
    append(actor=actor, chain=case.chain, kind="quality_review_opened", effective=on, data={"move": moved})


@act("return_draft")
def return_draft(*, actor: Actor, case: Case, remarks: str, on: date) -> None:
    """Back to the reviewer with reasons: the decisions are open again, the reviewer's work is kept."""
    if not remarks.strip():
        raise Refused(
            what="a draft is returned without reasons", why="the reviewer must know what to mend", next="write them"
        )
    back = move_case(case, CaseState.DRAFTED, actor)
    moved = move_case(case, CaseState.IN_REVIEW, actor)
    _close_review(case, on, approved=False, remarks=remarks)
    for item in items(case, ItemState.DECIDED):
        item.decision = None
        move_item(item, ItemState.ELIGIBLE, actor)
    append(
        actor=actor,
        chain=case.chain,
        kind="draft_returned",
        effective=on,
        data={"moves": [back, moved], "remarks": digest(remarks)},
    )


def approve(case: Case, on: date, remarks: str) -> Draft:
    """Marks the draft approved; part of issuing."""
    return _close_review(case, on, approved=True, remarks=remarks)


def _close_review(case: Case, on: date, *, approved: bool, remarks: str) -> Draft:
    draft = case.drafts.last()
    assert draft is not None  # a case in quality review has a draft
    draft.reviewed_on, draft.approved, draft.remarks = on, approved, remarks
    draft.save()
    return draft


def _pages(case: Case, references: Sequence[PageReference]) -> list[int]:
    """Permanent page numbers. Raises Refused for a page that the file does not have."""
    return sorted({file_page(case, reference.document, reference.page) for reference in references})
