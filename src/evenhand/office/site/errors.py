"""Pages for what went wrong: each says what happened, why that may be, and what to do next. None needs the database."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.office.refusals import Refused
from evenhand.reading import BadFile

P = ParamSpec("P")
log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(
        request,
        400,
        title="This request could not be understood",
        why="The address or something sent with it is not in a form that this site knows.",
        next="Go back and try again, or begin from the first page.",
    )


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403. Also Django's page for a form without its token."""
    return _page(
        request,
        403,
        title="This page is not open to you",
        why="The public site is for reading: it takes no forms and has no accounts yet.",
        next="Read or search the published decisions.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _page(
        request,
        404,
        title="There is no page at this address",
        why="The address may have been copied in part. A decision that was withdrawn keeps its address and says so.",
        next="Search for the case number or the treatment.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(
        request,
        500,
        title="Something went wrong on our side",
        why="This is a defect of the site, not of what you did. It has been written to the log.",
        next="Try again in a few minutes. If it stays, please write to us and name the address of the page.",
    )


def unreadable_record(request: HttpRequest) -> HttpResponse:
    """503."""
    return _page(
        request,
        503,
        title="The published decisions cannot be read just now",
        why="The file that holds them is damaged or out of reach. The decisions themselves are kept elsewhere too.",
        next="Try again later. The office has been told in its log what to mend.",
    )


def record_readable(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A view that answers in words where the record is damaged. What exactly is wrong goes to the log, not to the reader."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (BadFile, OSError) as error:
            log.error("The public record cannot be read: %s", error)
            return unreadable_record(request)

    return wrapped


def refused(request: HttpRequest, refusal: Refused, *, status: int = 409) -> HttpResponse:
    """A refusal of the office as a page: what, why, what to do next."""
    return _page(request, status, title=refusal.what, why=refusal.why, next=refusal.next)


def _page(request: HttpRequest, status: int, *, title: str, why: str, next: str) -> HttpResponse:
    context = {"title": title, "why": why, "next": next, "status": status}
    return render(request, "site/error.html", context, status=status)
