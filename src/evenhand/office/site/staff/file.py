"""The file of a case on the screen: its documents, and each page as a picture with its text. Every look is logged."""

from __future__ import annotations

import io
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.casefile.inspect import open_pdf
from evenhand.office.cases.models import Case
from evenhand.office.cases.reading import looked
from evenhand.office.cases.states import CaseState
from evenhand.office.cases.storage import get
from evenhand.office.people.access import actor_of
from evenhand.office.people.authorisation import require_parts
from evenhand.office.people.roles import Part, Role
from evenhand.office.records.models import Document
from evenhand.office.records.protection import protected_pages
from evenhand.office.records.queries import documents, indexed_so_far
from evenhand.office.reviews.actions import read_pages
from evenhand.office.site.access import case_page
from evenhand.office.site.drawing import pdfium
from evenhand.office.site.staff import served

# How wide a page is drawn, in pixels of an 8.5-inch sheet.
SIZES = {"small": 0.75, "fit": 1.25, "large": 2.0, "largest": 3.0}
MOST_PIXELS = 5_000


@dataclass(frozen=True, kw_only=True)
class Line:
    """A document of the file. Of a closed one only its pages are told."""

    document: Document
    closed: bool


@case_page(Part.RECORDS, shows=frozenset({Part.PROTECTED}), logged=False)
@require_safe
def file(request: HttpRequest, case: Case, seen: frozenset[Part]) -> HttpResponse:
    """The documents in the order of their pages."""
    wanted = request.GET.get("page", "")
    if wanted.isdecimal() and len(wanted) < 7:
        return redirect("file_page", number=case.number, page=int(wanted))
    looked(actor=actor_of(request), case=case, parts=frozenset({Part.RECORDS}), what="list of documents")
    closed = frozenset() if Part.PROTECTED in seen else protected_pages(case)
    lines = [Line(document=d, closed=bool(_pages(d) & closed)) for d in documents(case)]
    readings = {r.page for r in case.readings.all()}
    context = {"case": case, "lines": lines, "total": sum(d.document.pages for d in lines), "read": len(readings)}
    return render(request, "case/file.html", {**context, "seen": {part.value for part in seen}})


@case_page(Part.RECORDS, shows=frozenset({Part.PROTECTED}), logged=False)
@require_safe
def page(request: HttpRequest, case: Case, seen: frozenset[Part], page: int) -> HttpResponse:
    """One page: its picture, its text, the ways to the others. The selected reviewer's look is a page read."""
    document = _open(request, case, seen, page, f"page {page}")
    found = indexed_so_far(case).pages
    text = next((p for p in found if p.number == page), None)
    _record_reading(request, case, page)
    size = request.GET.get("size", "fit")
    context = {
        "case": case,
        "page": page,
        "of": len(found),
        "document": document,
        "text": text,
        "read_by_machine": text is not None and text.source.value == "ocr",
        "size": size if size in SIZES else "fit",
        "sizes": SIZES,
        "width": int(8.5 * 72 * SIZES.get(size, SIZES["fit"])),
        "before": page - 1 if page > 1 else None,
        "after": page + 1 if page < len(found) else None,
    }
    return render(request, "case/page.html", context)


@case_page(Part.RECORDS, shows=frozenset({Part.PROTECTED}), logged=False)
@require_safe
def picture(request: HttpRequest, case: Case, seen: frozenset[Part], page: int) -> HttpResponse:
    """The picture of a page."""
    document = _open(request, case, seen, page, f"picture of page {page}")
    scale = SIZES.get(request.GET.get("size", "fit"), SIZES["fit"])
    assert document.first_page is not None  # _open found the page in it
    return served.png(drawn(get(case, document.sha256), page - document.first_page, scale))


@case_page(Part.RECORDS, shows=frozenset({Part.PROTECTED}), logged=False)
@require_safe
def original(request: HttpRequest, case: Case, seen: frozenset[Part], document: int) -> HttpResponse:
    """The paper as it came, byte for byte, as a download."""
    row = case.documents.filter(pk=document).first()
    if row is None:
        raise Http404
    _require_open(request, case, seen, _pages(row))
    looked(actor=actor_of(request), case=case, parts=_needed(case, _pages(row)), what=row.sha256)
    return served.pdf(get(case, row.sha256), f"{case.number}-{row.label}.pdf", download=True)


def drawn(content: bytes, place: int, scale: float) -> bytes:
    """A page of a PDF as PNG; never larger than a screen can bear."""
    with pdfium, open_pdf(content) as pdf:
        sheet = pdf[place]
        longest = max(sheet.get_size())
        bitmap = sheet.render(scale=min(scale, MOST_PIXELS / longest), may_draw_forms=False)
        out = io.BytesIO()
        bitmap.to_pil().save(out, format="PNG", optimize=False)
        return out.getvalue()


def _open(request: HttpRequest, case: Case, seen: frozenset[Part], page: int, what: str) -> Document:
    """The document that holds the page, when the page may be seen; the look is logged. Raises Http404 or NotPermitted."""
    row = next((d for d in case.documents.exclude(first_page=None) if page in _pages(d)), None)
    if row is None:
        raise Http404
    _require_open(request, case, seen, frozenset({page}))
    looked(actor=actor_of(request), case=case, parts=_needed(case, frozenset({page})), what=what)
    return row


def _require_open(request: HttpRequest, case: Case, seen: frozenset[Part], pages: frozenset[int]) -> None:
    if Part.PROTECTED not in seen and pages & protected_pages(case):
        require_parts(actor_of(request), case, Part.PROTECTED)


def _needed(case: Case, pages: frozenset[int]) -> frozenset[Part]:
    """Which parts a look at these pages opens."""
    return frozenset({Part.RECORDS}) | (frozenset({Part.PROTECTED}) if pages & protected_pages(case) else frozenset())


def _pages(document: Document) -> frozenset[int]:
    if document.first_page is None or document.last_page is None:
        return frozenset()
    return frozenset(range(document.first_page, document.last_page + 1))


def _record_reading(request: HttpRequest, case: Case, page: int) -> None:
    """A page that the selected reviewer opens during the review is read, once, by a person."""
    actor = actor_of(request)
    mine = actor.role == Role.REVIEWER and case.selected_reviewer == actor.username
    if mine and case.state == CaseState.IN_REVIEW and not case.readings.filter(page=page).exists():
        read_pages(actor=actor, case=case, pages=[page], on=timezone.localdate())
