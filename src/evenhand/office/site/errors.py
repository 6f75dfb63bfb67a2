"""Pages for what went wrong: each says what happened, why that may be, and what to do next.

Whoever is signed in reads other words than the public, on the pages of the own work. The page for a defect
asks the database nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, DataError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.office.people.access import acting_role
from evenhand.office.people.roles import STAFF
from evenhand.office.refusals import Refused
from evenhand.reading import BadFile

P = ParamSpec("P")
log = logging.getLogger(__name__)
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
PUBLIC, PARTY, OFFICE = "site/error.html", "site/error_party.html", "site/error_office.html"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 where too much was sent."""
    if isinstance(exception, TOO_MUCH):
        return too_large(request)
    return _page(
        request,
        400,
        what="This request could not be understood",
        why="The address or something sent with it is not in a form that this site knows.",
        next="Go back and try again, or begin from the first page.",
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403. Where the refusal says more (who may see the page), its words are shown."""
    said = exception.args[0] if exception is not None and exception.args else None
    if isinstance(said, Refused):
        return refused(request, said, status=403)
    if _signed_in(request):
        return not_allowed(request)
    return _page(
        request,
        403,
        what="This page is not open to you",
        why="It belongs to the work of the office, which needs an account.",
        next="Read or search the published decisions. If you work here, sign in.",
    )


def not_allowed(request: HttpRequest, who: Iterable[str] = ()) -> HttpResponse:
    """403 for somebody who is signed in; `who` are the roles that do this."""
    named = ", ".join(who)
    return _page(
        request,
        403,
        what="This is not part of your role",
        why="Everybody in the office sees what the own work needs, and no more.",
        next=f"This is done by: {named}. Ask one of them." if named else "Ask a system administrator who does this.",
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: Django's page for a form without its token."""
    return _page(
        request,
        403,
        what="This form was not accepted",
        why="The page was open for a long time, or cookies are off, so that it cannot be told that the form came from you. "
        "Nothing was changed.",
        next="Go back, load the page again, and send the form once more. Allow cookies for this site.",
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    if _signed_in(request):
        why = "The address may have been copied in part, or it belongs to a case that is not open to you."
        return _page(
            request, 404, what="There is no page at this address", why=why, next="Look for the case by its number."
        )
    return _page(
        request,
        404,
        what="There is no page at this address",
        why="The address may have been copied in part. A decision that was withdrawn keeps its address and says so.",
        next="Search for the case number or the treatment.",
    )


def wrong_method(request: HttpRequest) -> HttpResponse:
    """405."""
    return _page(
        request,
        405,
        what="This address does not take that",
        why="The page can be read, but nothing can be sent to it, or the other way round. Nothing was changed.",
        next="Go back and use the links and buttons of the page.",
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    return _page(
        request,
        413,
        what="This is more than can be taken at once",
        why="The form or its files are larger than the office accepts in one go. Nothing was changed.",
        next="Send the papers in several parts.",
    )


def too_many(request: HttpRequest) -> HttpResponse:
    """429."""
    return _page(
        request,
        429,
        what="Too many attempts",
        why="So many requests came in a short time that this one was not carried out.",
        next="Wait a few minutes and try again.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Never asks who is signed in: the database may be what is broken."""
    return _page(
        request,
        500,
        what="Something went wrong on our side",
        why="This is a defect of the site, not of what you did. It has been written to the log.",
        next="Try again in a few minutes. If it stays, please write to us and name the address of the page.",
        template=PUBLIC,
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database does not answer."""
    return _page(
        request,
        503,
        what="The office cannot be reached just now",
        why="Its database does not answer, or is busy. What you sent was not recorded.",
        next="Wait a moment and try again. If it stays, telephone us.",
        template=PUBLIC,
    )


def unreadable_record(request: HttpRequest) -> HttpResponse:
    """503: the public record is damaged."""
    return _page(
        request,
        503,
        what="The published decisions cannot be read just now",
        why="The file that holds them is damaged or out of reach. The decisions themselves are kept elsewhere too.",
        next="Try again later. The office has been told in its log what to mend.",
        template=PUBLIC,
    )


def refused(request: HttpRequest, refused: Refused, status: int = 403) -> HttpResponse:
    """A refusal of the office as a page: what, why with its citation, what to do next."""
    return _page(request, status, what=refused.what, why=f"{refused.why}.", next=f"{refused.next}.")


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


class ErrorPages:
    """Middleware: an answer that is only a number (405, 413, 429) becomes a page, and a database that is away is told as that."""

    WORDS = {405: wrong_method, 413: too_large, 429: too_many}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request, ValueError("NUL"))  # no address of ours has one, and PostgreSQL takes none
        response = self.get_response(request)
        words = self.WORDS.get(response.status_code)
        if words is None or response.streaming or response.content:
            return response
        page = words(request)
        for name in ("Allow", "Retry-After"):
            if name in response:
                page[name] = response[name]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """503 where the database does not answer; 400 where it takes no such value."""
        if isinstance(exception, OperationalError):
            log.error("The database does not answer: %s", exception)
            return unavailable(request)
        if isinstance(exception, DataError):
            log.error("A value that the database does not take came through at %s", request.path)  # and not what it was
            return bad_request(request, exception)
        return None


def _signed_in(request: HttpRequest) -> bool:
    """Whether somebody is signed in; no where the request did not come so far, and where the database is away."""
    try:
        return bool(getattr(request, "user", None) and request.user.is_authenticated)
    except DatabaseError:
        return False


def _template(request: HttpRequest) -> str:
    """The page of the public, of a party or of the office."""
    try:
        return (OFFICE if acting_role(request) in STAFF else PARTY) if _signed_in(request) else PUBLIC
    except DatabaseError:
        return PUBLIC


def _page(
    request: HttpRequest, status: int, *, what: str, why: str, next: str, template: str | None = None
) -> HttpResponse:
    context = {"title": what, "what": what, "why": why, "next": next, "status": status}
    return render(request, template or _template(request), context, status=status)
