"""Papers that went out, the letter, contacts and the selection, each on a page of its own; every look is logged."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.law.facts import Means
from evenhand.letters.write import compose_letter
from evenhand.office.cases.models import Case
from evenhand.office.cases.moves import require_state
from evenhand.office.cases.reading import looked
from evenhand.office.cases.states import CaseState
from evenhand.office.cases.storage import get
from evenhand.office.correspondence.compose import texts_of
from evenhand.office.correspondence.models import Notice
from evenhand.office.correspondence.queries import contact_words, contacts
from evenhand.office.issuing.composing import own_letter
from evenhand.office.people.access import actor_of
from evenhand.office.people.authorisation import require_parts
from evenhand.office.people.roles import Part
from evenhand.office.refusals import Refused
from evenhand.office.site.access import case_page
from evenhand.office.site.staff import served
from evenhand.office.site.staff.acts.fields import today
from evenhand.typesetting.html import to_html

# Papers that say what was decided: open to whom the determination is.
DECIDING = frozenset({"determination", "determination_summary"})


@case_page(Part.CORRESPONDENCE, shows=frozenset({Part.DETERMINATION}), logged=False)
@require_safe
def paper(request: HttpRequest, case: Case, seen: frozenset[Part], notice: int) -> HttpResponse:
    """A paper as it went out, by its number in the case."""
    row = _paper(request, case, seen, notice)
    looked(actor=actor_of(request), case=case, parts=_parts(row), what=row.pdf)
    return served.pdf(get(case, row.pdf), f"{case.number}-{row.number}-{row.kind}-{row.language}.pdf")


@case_page(Part.CORRESPONDENCE, shows=frozenset({Part.DETERMINATION}), logged=False)
@require_safe
def cover(request: HttpRequest, case: Case, seen: frozenset[Part], notice: int) -> HttpResponse:
    """The sheet with the proof of a later service."""
    row = _paper(request, case, seen, notice)
    if not row.cover:
        raise Http404
    looked(actor=actor_of(request), case=case, parts=_parts(row), what=row.cover)
    return served.pdf(get(case, row.cover), f"{case.number}-{row.number}-cover.pdf")


@case_page(Part.DETERMINATION, logged=False)
@require_safe
def letter(request: HttpRequest, case: Case, seen: frozenset[Part]) -> HttpResponse:
    """The determination as issued, as a page."""
    row = getattr(case, "letter", None)
    if row is None:
        raise Http404
    looked(actor=actor_of(request), case=case, parts=frozenset({Part.DETERMINATION}), what=row.html)
    return served.letter_page(get(case, row.html).decode())


@case_page(Part.REVIEW, Part.PARTIES)
@require_safe
def preview(request: HttpRequest, case: Case, seen: frozenset[Part]) -> HttpResponse:
    """The letter as it would go out on a day. Nothing is kept. The petition dates come with the service itself."""
    require_state(case, CaseState.DRAFTED, CaseState.QUALITY_REVIEW, to="look at the letter before it goes out")
    try:
        on = date.fromisoformat(request.GET.get("served_on", "")[:10])
        means = Means(request.GET.get("means", ""))
    except ValueError:
        on, means = today(), Means.MAIL
    document = compose_letter(own_letter(case, served_on=on, means=means), texts_of(case))
    return served.letter_page(to_html(document))


@case_page(Part.CONTACTS)
@require_safe
def contact_log(request: HttpRequest, case: Case, seen: frozenset[Part]) -> HttpResponse:
    """Who called or wrote, about what; the latest first."""
    lines = []
    for entry in contacts(case):
        try:
            somebody, about = contact_words(entry)
        except Refused as error:
            somebody, about = "", error.what
        lines.append({"entry": entry, "somebody": somebody, "about": about})
    return render(request, "case/contacts.html", {"case": case, "lines": lines})


@case_page(Part.REVIEWER)
@require_safe
def selection(request: HttpRequest, case: Case, seen: frozenset[Part]) -> HttpResponse:
    """Who was selected and why, and why none of the others: by pseudonym."""
    rows = case.selections.order_by("-id")
    found = [
        {"selection": row, "candidates": sorted(row.reasons, key=lambda entry: (not entry["permitted"], -entry["fit"]))}
        for row in rows
    ]
    return render(request, "case/selection.html", {"case": case, "selections": found})


def _paper(request: HttpRequest, case: Case, seen: frozenset[Part], number: int) -> Notice:
    row = case.notices.filter(number=number).first()
    if row is None:
        raise Http404
    if row.kind in DECIDING and Part.DETERMINATION not in seen:
        require_parts(actor_of(request), case, Part.DETERMINATION)
    return row


def _parts(row: Notice) -> frozenset[Part]:
    return frozenset({Part.CORRESPONDENCE, *([Part.DETERMINATION] if row.kind in DECIDING else [])})
