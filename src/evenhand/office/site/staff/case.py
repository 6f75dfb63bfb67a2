"""The case page: where a case stands, what may happen next and by whom, and all its parts, each to whom it is open."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.office.cases.models import Case
from evenhand.office.events.links import walk
from evenhand.office.events.models import Event
from evenhand.office.people.access import actor_of
from evenhand.office.people.roles import Part
from evenhand.office.site.access import case_page
from evenhand.office.site.staff import case_view
from evenhand.office.site.staff.case_events import event_lines

ON_A_PAGE = 100


@case_page(Part.STATUS, shows=frozenset(Part), cases=case_view.cases)
@require_safe
def case(request: HttpRequest, case: Case, seen: frozenset[Part]) -> HttpResponse:
    """The whole case on one page."""
    return render(request, "case/case.html", case_view.context(case, actor_of(request), seen))


@case_page(Part.EVENTS, shows=frozenset({Part.REVIEWER}))
@require_safe
def events(request: HttpRequest, case: Case, seen: frozenset[Part]) -> HttpResponse:
    """Every event of the case, the newest first, and whether the chain holds: it is walked anew each time."""
    page = Paginator(Event.objects.filter(chain=case.chain).order_by("-number"), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    lines = event_lines(page.object_list, with_reviewer=Part.REVIEWER in seen)
    hashes, fault = walk(Event.objects.filter(chain=case.chain).order_by("number").iterator())
    context = {"case": case, "page": page, "events": lines, "whole": len(hashes), "fault": fault}
    return render(request, "case/events.html", context)
