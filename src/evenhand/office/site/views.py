"""The public pages. They read the public record and nothing else of the office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from evenhand.corpus.index import Results, search
from evenhand.office.configuration import configuration
from evenhand.office.people.access import public
from evenhand.office.site import record, show
from evenhand.office.site.ask import FILTERS, MOST_PAGES, ON_A_PAGE, Question, question
from evenhand.office.site.doubts import doubts
from evenhand.office.site.errors import record_readable
from evenhand.reading import BadFile

MOST_LATEST = 5
MOST_VALUES = 8


@dataclass(frozen=True, kw_only=True)
class FacetValue:
    """One value of a facet: how many items have it, and the address that chooses it or takes the choice back."""

    words: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A facet: its commonest values, and the rest to be opened."""

    title: str
    values: tuple[FacetValue, ...]
    rest: tuple[FacetValue, ...]


@public
@require_safe
@record_readable
def home(request: HttpRequest) -> HttpResponse:
    """What this is, a search box, the latest decisions."""
    folder = configuration().corpus
    latest = [show.decision(published) for published in record.latest(folder, MOST_LATEST)]
    return render(request, "site/home.html", {"latest": latest, "holdings": record.holdings(folder)})


@public
@require_safe
@record_readable
def decisions(request: HttpRequest) -> HttpResponse:
    """The search. One result is one disputed item."""
    folder = configuration().corpus
    asked = question(request.GET)
    trouble = False
    try:
        results = _results(asked)
    except BadFile as error:
        if error.faults[0].file != "the query":
            raise
        trouble, results = True, Results(total=0, hits=())
    pages = min(ceil(results.total / ON_A_PAGE), MOST_PAGES)
    if pages and asked.page > pages:
        asked = replace(asked, page=pages)
        results = _results(asked)
    held = {decision.id: decision for decision in record.find_all(folder, tuple(h.decision_id for h in results.hits))}
    context = {
        "asked": asked,
        "of_case": record.of_case(folder, asked.words) if asked.words else (),
        "trouble": trouble,
        "total": results.total,
        "hits": [show.hit(found, held[found.decision_id]) for found in results.hits if found.decision_id in held],
        "facets": list(_facets(asked, results)) if not trouble else [],
        "chosen": [
            (FILTERS[name], _words(name, value), asked.with_filter(name, None).address())
            for name, value in asked.filters
        ],
        "pages": pages,
        "first": (asked.page - 1) * ON_A_PAGE + 1,
        "before": replace(asked, page=asked.page - 1).address() if asked.page > 1 else None,
        "after": replace(asked, page=asked.page + 1).address() if asked.page < pages else None,
        "empty_record": record.holdings(folder).decisions == 0,
    }
    return render(request, "site/decisions.html", context, status=400 if trouble else 200)


@public
@require_safe
@record_readable
def decision(request: HttpRequest, address: str) -> HttpResponse:
    """One decision; a tombstone (410) where it was withdrawn."""
    published = record.find(configuration().corpus, address)
    if published is None:
        raise Http404
    if published.withdrawn is not None or published.determination is None:
        context = {"case": show.case_name(published), "tombstone": published.withdrawn}
        return render(request, "site/withdrawn.html", context, status=410)
    return render(request, "site/decision.html", {"decision": show.decision(published)})


@public
@require_safe
@record_readable
def decision_data(request: HttpRequest, address: str) -> HttpResponse:
    """One decision as JSON; a tombstone with 410."""
    published = record.find(configuration().corpus, address)
    if published is None:
        page = request.build_absolute_uri(reverse("decisions"))
        return JsonResponse({"error": f"There is no decision {address!r}.", "next": f"Search at {page}"}, status=404)
    status = 410 if published.withdrawn is not None else 200
    return JsonResponse(show.data(published), status=status, json_dumps_params={"ensure_ascii": False, "indent": 2})


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """How it works, what is unverified, privacy."""
    return render(request, "site/about.html", {"doubts": doubts(), "words": show.WORDS.values()})


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the database answers, for whoever watches the office."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _results(asked: Question) -> Results:
    return search(
        configuration().corpus,
        asked.words,
        asked.for_index(),
        limit=ON_A_PAGE,
        offset=(asked.page - 1) * ON_A_PAGE,
        facets=tuple(FILTERS),
    )


def _facets(asked: Question, results: Results) -> Iterator[Facet]:
    """The facets at the side. A chosen one is counted as if it were not, so that its other values stay in reach."""
    for name, title in FILTERS.items():
        counts = results.facets.get(name, {})
        if asked.chosen(name) is not None:
            wider = asked.with_filter(name, None)
            counts = search(configuration().corpus, wider.words, wider.for_index(), limit=1, facets=(name,)).facets.get(
                name, {}
            )
        pairs = sorted(counts.items(), reverse=True) if name == "year" else list(counts.items())
        values = [_value(asked, name, value, count) for value, count in pairs]
        values.sort(key=lambda value: not value.chosen)
        if values:
            yield Facet(title=title, values=tuple(values[:MOST_VALUES]), rest=tuple(values[MOST_VALUES:]))


def _value(asked: Question, name: str, value: str, count: int) -> FacetValue:
    chosen = asked.chosen(name) == value
    address = asked.with_filter(name, None if chosen else value).address()
    return FacetValue(words=_words(name, value), count=count, address=address, chosen=chosen)


def _words(name: str, value: str) -> str:
    """A facet's value in plain words."""
    if name == "decision":
        for word in show.WORDS.values():
            if word.letter == value:
                return f"{word.letter} ({word.plain[0].lower()}{word.plain[1:]})"
    return value
