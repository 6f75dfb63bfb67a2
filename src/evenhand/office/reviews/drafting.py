"""The determination as the reviewer's work makes it: a structure, before anybody typesets it."""

from __future__ import annotations

from datetime import date

from evenhand.law.facts import UrItem
from evenhand.letters.cite import Side, guideline_text
from evenhand.letters.determination import (
    Citation,
    CitationKind,
    Decision,
    Determination,
    Guideline,
    Header,
    ItemDetermination,
    ReviewerCredentials,
    outcome_of,
)
from evenhand.letters.guidelines import find
from evenhand.letters.wording import wording
from evenhand.matching.facts import LicenceStatus
from evenhand.matching.facts import Reviewer as ReviewerFacts
from evenhand.matching.licensure import state_name
from evenhand.office.cases.models import Case, DisputedItem
from evenhand.office.cases.queries import items
from evenhand.office.cases.states import ItemState
from evenhand.office.intake.queries import form_of, ur_decision_of
from evenhand.office.records.queries import documents
from evenhand.reading import from_plain


def draft_of(case: Case, decided_on: date | None = None) -> Determination:
    """The determination of the case from its rows. `decided_on` is known once the letter goes out."""
    decided = items(case, ItemState.DECIDED)
    ur_items = {item.number: item for item in ur_decision_of(case).items}
    return Determination(
        source=case.number,
        layout="own",
        header=header_of(case, decided_on),
        reviewer=credentials_of(case),
        clinical_case_summary=" ".join(f"{s.text} {page_words(s.pages)}" for s in case.summary.all()),
        outcome=outcome_of(tuple(_decision(item) for item in decided)),
        items=tuple(_item(number, item, ur_items[item.ur_item]) for number, item in enumerate(decided, start=1)),
        documents_reviewed=documents_of(case),
    )


def header_of(case: Case, decided_on: date | None) -> Header:
    """The facts at the head of the letter."""
    form = form_of(case)
    return Header(
        case_number=case.number,
        date_assigned=assigned_on(case),
        date_of_injury=form.employee.date_of_injury,
        decision_date=decided_on,
        ur_denial_date=ur_decision_of(case).decided_on,
        priority="Expedited" if case.priority == "expedited" else "Standard",
        application_received=form.filing.received_on,
    )


def assigned_on(case: Case) -> date | None:
    """The day on which the notice of assignment went out."""
    notice = case.notices.filter(kind="assignment").first()
    return notice.served_on if notice else None


def credentials_of(case: Case) -> ReviewerCredentials:
    """States of licensure and specialties of the selected reviewer. Never a name."""
    selection = case.selections.get(ended=False)
    reviewer = from_plain(ReviewerFacts, selection.reviewer.facts, name=f"reviewer {selection.reviewer_id}")
    on = selection.selected_on
    licences = [x for x in reviewer.licences if x.status is LicenceStatus.ACTIVE and x.valid_from <= on <= x.valid_to]
    boards = [x for x in reviewer.certifications if x.valid_from <= on and (x.valid_to is None or on <= x.valid_to)]
    return ReviewerCredentials(
        licensure=tuple(dict.fromkeys(state_name(x.state, case.programme) for x in licences)),
        specialties=tuple(dict.fromkeys(x.specialty for x in boards)),
    )


def documents_of(case: Case) -> tuple[str, ...]:
    """The list of documents reviewed (8 CCR 9792.10.6(d)): title, author, date, pages."""
    return tuple(
        f"{d.title}, {d.author}, {words(d.dated)}, {'page' if d.pages == 1 else 'pages'} {_span(first, last)}"
        for d in documents(case)
        if (first := d.first_page) is not None and (last := d.last_page) is not None
    )


def page_words(pages: list[int]) -> str:
    """`[page 3]`, `[pages 3, 7–9]`: permanent page numbers of the file."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    shown = ", ".join(_span(first, last) for first, last in runs)
    return f"[{'page' if len(pages) == 1 else 'pages'} {shown}]"


def words(day: date) -> str:
    """March 9, 2015."""
    return f"{day:%B} {day.day}, {day.year}"


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _decision(item: DisputedItem) -> Decision:
    assert item.decision is not None  # the database keeps a decided item and its decision together
    return Decision(item.decision)


def _item(number: int, item: DisputedItem, ur: UrItem) -> ItemDetermination:
    return ItemDetermination(
        number=number,
        item=item.text,
        decision=_decision(item),
        original_request=item.original_request,
        authorized=item.authorized,
        eligible_portion=item.eligible_portion,
        claims_administrator_guideline=_administrator_guideline(ur.guideline, item.case.programme),
        imr_guideline=_imr_guideline(item),
        rationale=item.rationale,
    )


def _administrator_guideline(stated: str, programme: str) -> Guideline:
    """What utilization review stated, in the sentence of the published letters, so that both sides read alike."""
    stated = stated.strip().rstrip(".")
    if not stated:
        return Guideline(text=guideline_text((), Side.CLAIMS_ADMINISTRATOR), none_cited=True)
    if stated.startswith("Decision based on"):
        return find(f"{stated}.", wording(programme))
    if stated.startswith("MTUS "):
        return find(f"Decision based on {stated}.", wording(programme))
    outside = guideline_text((Citation(kind=CitationKind.GUIDELINE, title=stated),), Side.CLAIMS_ADMINISTRATOR)
    return find(outside, wording(programme))


def _imr_guideline(item: DisputedItem) -> Guideline:
    """What the deciding step, and the steps before it, cite: the sentence of the letter and the citations behind it."""
    deciding = item.evidence.filter(finding="addresses").last()
    citations = tuple(
        from_plain(Citation, entry, name="citation") for entry in (deciding.citations if deciding else [])
    )
    outside = bool(citations) and all(c.kind is not CitationKind.MTUS for c in citations)
    return Guideline(
        text=guideline_text(citations, Side.REVIEWER),
        none_cited=not citations,
        outside_mtus=outside,
        citations=citations,
    )
