"""Views of one case: who may enter, which parts are shown, that somebody looked; and the pages for refusals.

@case_page(Part.RECORDS)                    the part is needed: without it, a refusal
@case_page(shows=frozenset({Part.ITEMS}))   what is open of these is shown
def view(request, case, seen): ...          `seen` are the parts that may be shown
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from evenhand.law.refusals import Refused as RefusedByLaw
from evenhand.office.cases.models import Case
from evenhand.office.cases.reading import looked, visible
from evenhand.office.people.access import Access, actor_of, with_access
from evenhand.office.people.authorisation import NoSuchCase, NotPermitted, no_such_case, require_parts
from evenhand.office.people.roles import STAFF, Part, Role
from evenhand.office.refusals import Refused
from evenhand.office.site import errors

CaseView = Callable[..., HttpResponse]


def case_page(
    *needed: Part,
    shows: frozenset[Part] = frozenset(),
    roles: frozenset[Role] = STAFF,
    logged: bool = True,
    cases: Callable[[], QuerySet[Case]] = Case.objects.all,
) -> Callable[[CaseView], CaseView]:
    """A view of the case whose number stands in the address. `needed` parts must be open to the actor; of those in `shows` the open
    ones are shown. What is shown is logged as read before the view runs, unless the view logs more exactly itself.

    The view gets `case` and `seen`. A case that is somebody else's is answered like one that does not exist. `cases` lets a view
    have more of the case in the one statement that finds it.
    """

    def wrap(view: CaseView) -> CaseView:
        @wraps(view)
        def wrapped(request: HttpRequest, number: str, **kwargs: Any) -> HttpResponse:
            actor = actor_of(request)
            case = cases().filter(number=number, set_aside=False).first()
            open_parts = frozenset() if case is None else visible(actor, case)
            if case is None or not open_parts:
                raise no_such_case()
            seen = open_parts & (frozenset(needed) | shows)
            if not set(needed) <= seen:
                require_parts(actor, case, *needed)
            if logged:
                looked(actor=actor, case=case, parts=seen)
            return view(request, case=case, seen=seen, **kwargs)

        return with_access(Access(kind="roles", roles=roles, case=True, parts=frozenset(needed)))(wrapped)

    return wrap


class RefusalPages:
    """Middleware: a refusal becomes a page that says what, why and what to do next. No traceback, and nothing of other people's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """404 for a case that is not there for this actor, 403 for what is not permitted, 409 for any other refusal."""
        if isinstance(exception, NoSuchCase):
            return errors.refused(request, exception, status=404)
        if isinstance(exception, NotPermitted):
            return errors.refused(request, exception, status=403)
        if isinstance(exception, RefusedByLaw):
            exception = Refused(what=str(exception), why="the law's data", next="correct what was entered")
        return errors.refused(request, exception, status=409) if isinstance(exception, Refused) else None
