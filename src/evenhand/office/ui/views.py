"""The page of the components."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.views.decorators.http import require_safe

from evenhand.office.people.access import staff_only
from evenhand.office.ui.examples import GROUPS, Example
from evenhand.office.ui.samples import samples


@staff_only
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component with its use: the piece of template, and what it gives."""
    context = samples()
    groups = [(title, [(example, _shown(example, context, request)) for example in group]) for title, group in GROUPS]
    return render(request, "ui/page.html", {"groups": groups})


def _shown(example: Example, context: dict[str, object], request: HttpRequest) -> str:
    return engines["django"].from_string("{% load ui %}" + example.code).render(context, request)
