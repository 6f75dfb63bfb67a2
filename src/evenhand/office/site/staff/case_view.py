"""What the case page shows: a handful of statements, whatever the size of the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from evenhand.law.schema import RuleKind
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.models import Case, DisputedItem, LegalDate, Party
from evenhand.office.cases.queries import dates
from evenhand.office.cases.states import CASE_TRANSITIONS, CaseState
from evenhand.office.correspondence.models import ContactEntry, Notice, ReturnedPaper
from evenhand.office.correspondence.queries import state_from
from evenhand.office.events.chain import Actor
from evenhand.office.events.models import Event
from evenhand.office.people.authorisation import breakable_parts, permitted
from evenhand.office.people.roles import PERMISSIONS, SEES, STAFF, Part, Role
from evenhand.office.records.models import Document, FileIndex, ProtectedSegment
from evenhand.office.reviewers.models import Selection
from evenhand.office.reviews.models import Draft, PageReading
from evenhand.office.site.staff.acts.form import ActForm, Stage, Standing
from evenhand.office.site.staff.acts.registry import ACTS
from evenhand.office.site.staff.case_events import event_lines
from evenhand.office.site.staff.papers import DECIDING
from evenhand.office.ui.parts import Entry, Step
from evenhand.office.words import counted

LAST_EVENTS = 20

# The way that a case goes where nothing is in the way.
WAY: tuple[tuple[str, frozenset[CaseState]], ...] = (
    ("Received", frozenset({CaseState.RECEIVED})),
    ("Eligibility", frozenset({CaseState.SCREENING, CaseState.INFORMATION_REQUESTED})),
    ("Assigned", frozenset({CaseState.ASSIGNED})),
    ("Records", frozenset({CaseState.RECORDS_OPEN, CaseState.RECORDS_OVERDUE, CaseState.RECORDS_COMPLETE})),
    (
        "Review",
        frozenset({CaseState.REVIEWER_SELECTED, CaseState.IN_REVIEW, CaseState.ADDITIONAL_INFORMATION}),
    ),
    ("Quality review", frozenset({CaseState.DRAFTED, CaseState.QUALITY_REVIEW})),
    ("Issued", frozenset({CaseState.ISSUED})),
    ("Closed", frozenset({CaseState.CLOSED})),
)


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something that may be done now: by the actor, or by others."""

    name: str
    title: str
    mine: bool
    roles: str
    routine: bool


@dataclass(frozen=True, kw_only=True)
class ClosedPart:
    """A part of the case that is not open to the actor."""

    part: Part
    breakable: bool
    ask: str


def cases() -> QuerySet[Case]:
    """Cases with what the head of the page tells, in the one statement that finds the case."""
    selection = Selection.objects.filter(case=OuterRef("pk"), ended=False)
    return (
        Case.objects.select_related("fee", "letter", "publication")
        .defer("letter__determination", "publication__decision", "publication__removed")
        .annotate(
            index_pages=Subquery(FileIndex.objects.filter(case=OuterRef("pk")).order_by("-id").values("pages")[:1]),
            pages_read=_count(PageReading),
            pages_protected=Subquery(
                ProtectedSegment.objects.filter(case=OuterRef("pk"), lifted_on=None)
                .order_by()
                .values("case")
                .annotate(n=Sum(F("last_page") - F("first_page") + 1))
                .values("n")
            ),
            contact_count=_count(ContactEntry),
            draft_count=_count(Draft),
            selected_on=Subquery(selection.values("selected_on")[:1]),
            accepted_on=Subquery(selection.values("accepted_on")[:1]),
            fit=Subquery(selection.values("fit")[:1]),
        )
    )


def _count(model: Any) -> Coalesce:
    rows = model.objects.filter(case=OuterRef("pk")).order_by().values("case").annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(rows), 0)


def context(case: Case, actor: Actor, seen: frozenset[Part]) -> dict[str, Any]:
    """All that the template shows. `seen` parts only; the items' and papers' states are needed for what may happen next."""
    items = list(case.items.all())
    papers = papers_of(case) if seen & {Part.CORRESPONDENCE, Part.EVENTS} else []
    documents = list(case.documents.select_related("receipt")) if Part.RECORDS in seen else []
    parties = list(case.parties.all()) if seen & {Part.PARTIES, Part.CORRESPONDENCE} else []
    standing = standing_of(case, items, papers, documents)
    actions = actions_of(case, actor, standing)
    today = timezone.localdate()
    return {
        "case": case,
        "today": today,
        "age": ((case.closed_on or today) - case.opened_on).days,
        "steps": steps_of(case.state),
        "mine": [a for a in actions if a.mine and a.routine],
        "also": _by_stage([a for a in actions if a.mine and not a.routine]),
        "others": [a for a in actions if not a.mine and a.routine],
        "ways": ways_of(case),
        **_dates(case, today),
        "parties": parties if Part.PARTIES in seen else [],
        "items": items if Part.ITEMS in seen else [],
        "receipts": receipts_of(documents),
        "unindexed": standing.unindexed,
        "papers": paper_lines(papers, parties, seen) if Part.CORRESPONDENCE in seen else [],
        "events": _events(case, seen),
        "seen": {part.value for part in seen},
        "closed": closed_parts(actor, seen),
        "fee": getattr(case, "fee", None) if Part.FEE in seen else None,
        "letter": getattr(case, "letter", None),
        "publication": getattr(case, "publication", None),
        # What was decided is the reviewer's work until the letter is out.
        "tells_decision": Part.REVIEW in seen or (case.issued_on is not None and Part.DETERMINATION in seen),
        "cover_sheets": actor.role in {Role.INTAKE, Role.CASE_MANAGER},
    }


def standing_of(case: Case, items: list[DisputedItem], papers: list[Notice], documents: list[Document]) -> Standing:
    """What decides which acts have their time."""
    letter = getattr(case, "letter", None)
    return Standing(
        state=CaseState(case.state),
        items=frozenset(item.state for item in items),
        documents=len(documents),
        unindexed=sum(document.first_page is None for document in documents),
        notices=frozenset(paper.kind for paper in papers),
        letter=letter is not None,
        letter_received=letter is not None and letter.received_on is not None,
        published=getattr(case, "publication", None) is not None,
        protected=bool(getattr(case, "pages_protected", None)),
    )


def actions_of(case: Case, actor: Actor, standing: Standing) -> list[Action]:
    """What may be done now, in the order of the stages."""
    order = list(Stage)
    timely: list[type[ActForm]] = [form for form in ACTS.values() if form.ready(standing)]
    return [
        Action(
            name=form.name,
            title=form.title,
            mine=permitted(actor, form.name, case),
            roles=", ".join(sorted(role.words for role in PERMISSIONS[form.name])),
            routine=form.main(standing),
        )
        for form in sorted(timely, key=lambda form: order.index(form.stage))
    ]


def _by_stage(actions: list[Action]) -> dict[str, list[Action]]:
    found: dict[str, list[Action]] = {}
    for action in actions:
        found.setdefault(ACTS[action.name].stage.value, []).append(action)
    return found


def ways_of(case: Case) -> list[tuple[str, str, str]]:
    """Every way on from the present state: where to, by whom, under which provision."""
    return [
        (CaseState(way.target).label, way.by.words, way.citation)
        for way in CASE_TRANSITIONS
        if way.source == case.state
    ]


def steps_of(state: str) -> list[Step]:
    """The stepper: what is done, where the case stands, what is still to come."""
    now = next((place for place, (_, states) in enumerate(WAY) if state in states), None)
    if now is None:
        return [Step(title=CaseState(state).label.capitalize(), state="stopped")]
    return [
        Step(title=title, state="done" if place < now else "current" if place == now else "next")
        for place, (title, _) in enumerate(WAY)
    ]


def _dates(case: Case, today: date) -> dict[str, Any]:
    """The legal dates: what is still open first, by day; what was met or is past, to be opened."""
    kinds = pack_of(case)
    found = [(row, kinds.rule(row.rule).kind) for row in dates(case)]
    found.sort(key=lambda pair: pair[0].due or "9999")
    past = [row.met_on is not None or kind is RuleKind.MARK or _lapsed(row, kind, today) for row, kind in found]
    met = [entry_of(row, kind, today) for (row, kind), over in zip(found, past, strict=True) if over]
    return {
        "entries": [entry_of(row, kind, today) for (row, kind), over in zip(found, past, strict=True) if not over],
        "met": met,
        "met_words": f"{counted(len(met), 'date')} met or past",
    }


def _lapsed(row: LegalDate, kind: RuleKind, today: date) -> bool:
    """Whether a right ended. That is nobody's lateness."""
    return kind is RuleKind.RIGHT and bool(row.due) and date.fromisoformat((row.due or "")[:10]) < today


def entry_of(row: LegalDate, kind: RuleKind, today: date) -> Entry:
    """A legal date as a line of the time line, with its arithmetic to be opened."""
    whose = row.party.role.replace("_", " ") if row.party else (f"item {row.item.number}" if row.item else "")
    title = row.label if not whose or whose in row.label else f"{row.label} ({whose})"
    if kind is RuleKind.MARK:
        told = "A day that matters; nothing is due on it."
        return Entry(title=title, met=row.due, words=told, reasons=row.deadline, dated=False)
    if row.met_on is None and _lapsed(row, kind, today):
        told = "A right whose last day has passed. Nobody owed anything."
        return Entry(title=title, met=row.due, words=told, reasons=row.deadline, dated=False)
    told = "A right, no duty." if kind is RuleKind.RIGHT else ""
    return Entry(title=title, due=row.due, met=row.met_on, words=told, reasons=row.deadline)


def receipts_of(documents: list[Document]) -> list[dict[str, Any]]:
    """What came together, with how many papers and pages."""
    found: dict[int, dict[str, Any]] = {}
    for document in documents:
        entry = found.setdefault(document.receipt_id, {"receipt": document.receipt, "documents": [], "pages": 0})
        entry["documents"].append(document)
        entry["pages"] += document.pages
    return list(found.values())


def papers_of(case: Case) -> list[Notice]:
    """Every paper with what became of it, in one statement."""
    back = ReturnedPaper.objects.filter(notice=OuterRef("pk"))
    again = Notice.objects.filter(again_of=OuterRef("pk"))
    rows = case.notices.select_related("message", "printed__batch")
    return list(rows.annotate(came_back=Exists(back), served_anew=Exists(again)))


def paper_lines(papers: list[Notice], parties: list[Party], seen: frozenset[Part]) -> list[dict[str, Any]]:
    """Every paper with the party to whom it went, and where it is."""
    of_case, by_key = {party.pk: party for party in parties}, {paper.pk: paper for paper in papers}
    lines = []
    for paper in papers:
        leading: Any = by_key.get(paper.companion_of_id or 0, paper)
        own: Any = paper
        returned = leading.came_back or own.came_back
        lines.append(
            {
                "paper": paper,
                "party": of_case.get(paper.party_id),
                "state": state_from(paper, leading, returned=returned, served_again=leading.served_anew),
                "open": paper.kind not in DECIDING or Part.DETERMINATION in seen,
            }
        )
    return lines


def closed_parts(actor: Actor, seen: frozenset[Part]) -> list[ClosedPart]:
    """The parts that are not open to the actor, and what can be done about it."""
    breakable = breakable_parts(actor)
    return [
        ClosedPart(
            part=part,
            breakable=part in breakable,
            ask=", ".join(sorted(role.words for role in SEES[part] & STAFF)),
        )
        for part in Part
        if part not in seen
    ]


def _events(case: Case, seen: frozenset[Part]) -> Any:
    if Part.EVENTS not in seen:
        return []
    last = Event.objects.filter(chain=case.chain).order_by("-number")[:LAST_EVENTS]
    return event_lines(last, with_reviewer=Part.REVIEWER in seen)
