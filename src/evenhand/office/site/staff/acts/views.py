"""One view for every act: the form with its law and what follows; the act; what was done, or why not."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from evenhand.law.refusals import Refused as RefusedByLaw
from evenhand.office.cases.models import Case
from evenhand.office.cases.reading import looked
from evenhand.office.events.chain import Actor, done, name_in, under_key
from evenhand.office.events.models import Event
from evenhand.office.people.access import actor_of
from evenhand.office.people.authorisation import NotPermitted, may_enter, require
from evenhand.office.people.roles import PERMISSIONS, Part
from evenhand.office.refusals import Refused
from evenhand.office.site.access import case_page
from evenhand.office.site.staff.acts.form import ActForm
from evenhand.office.site.staff.acts.registry import ACTS
from evenhand.reading import BadFile

# What the worker does after an act: e-mail that left changes nothing on which somebody decides.
DELIVERED = ("message_sent", "message_shown")
ONCE = re.compile(r"[A-Za-z0-9_-]{20,64}")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What the page sends along unseen: a key that does the act once, and how far the case had come when the form was made."""

    once: str
    seen: int

    @property
    def key(self) -> str:
        """The key of the event."""
        return f"page/{self.once}"


@case_page(Part.STATUS, shows=frozenset(Part), logged=False)
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, case: Case, seen: frozenset[Part], act: str) -> HttpResponse:
    """GET: the form. POST: the act, or with `preview` only what would follow."""
    kind = ACTS.get(act)
    if kind is None:
        raise Http404
    actor = actor_of(request)
    require(actor, act, selected_reviewer=case.selected_reviewer)
    looked(actor=actor, case=case, parts=kind.parts & seen)
    asked = {name: str(value) for name, value in request.GET.items() if len(value) < 100}
    if request.method != "POST":
        return _show(request, kind(case=case, actor=actor, asked=asked, initial=asked), seen, _fresh(case))
    form = kind(request.POST, request.FILES, case=case, actor=actor, asked=asked)
    form.request = request
    sent = _sent(request, case)
    if "preview" in request.POST and case.state in kind.states:
        form.is_valid()
        return _show(request, form, seen, sent, previewed=True)
    return _perform(request, form, seen, sent)


def _perform(request: HttpRequest, form: ActForm, seen: frozenset[Part], sent: Sent) -> HttpResponse:
    case = form.case
    if done(case.chain, sent.key):
        return _again(request, case)
    if (
        case.state not in form.states
    ):  # nothing is made of what was entered: it may rest on what this case does not have
        return _show(request, type(form)(case=case, actor=form.actor, asked=form.asked), seen, sent)
    moved = _moved_on(case, form.actor, sent)
    if moved is not None:
        form.is_valid()
        return _show(request, form, seen, _fresh(case, once=sent.once), refused=moved, status=409)
    if not form.is_valid():
        return _show(request, form, seen, sent, status=422)
    try:
        with under_key(sent.key):
            told = form.perform()
    except NotPermitted:
        raise
    except (Refused, RefusedByLaw, BadFile, IntegrityError) as error:
        if done(case.chain, sent.key):
            return _again(request, case)
        case.refresh_from_db()
        return _show(request, form, seen, _fresh(case, once=sent.once), refused=in_words(error), status=409)
    if isinstance(told, HttpResponse):
        return told
    messages.success(request, told)
    # Whoever declined a case does not see it any more.
    return redirect("case", number=case.number) if may_enter(form.actor, case) else redirect("queue")


def in_words(error: Exception) -> Refused:
    """Whatever refused it, as what, why and what to do next."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, BadFile):
        faults = "; ".join(f"{fault.where or fault.file}: {fault.what}" for fault in error.faults[:5])
        return Refused(what=faults, why="what was entered does not fit together", next="correct it and send it again")
    if isinstance(error, RefusedByLaw):
        return Refused(what=str(error), why="the law's data", next="correct what was entered")
    return Refused(
        what="what was entered contradicts what the case already holds",
        why="somebody may have done the same a moment ago, or two days stand in the wrong order",
        next="look at the case, correct what does not fit, and send it again",
    )


def _again(request: HttpRequest, case: Case) -> HttpResponse:
    messages.info(request, "This was done already, with the first press of the button. Nothing was done twice.")
    return redirect("case", number=case.number)


def _moved_on(case: Case, actor: Actor, sent: Sent) -> Refused | None:
    """What others did in the case since the form was made; whoever sends the form again has seen it."""
    since = Event.objects.filter(chain=case.chain, number__gt=sent.seen).exclude(actor=name_in(case.chain, actor))
    since = since.exclude(kind__in=DELIVERED)
    kinds = [kind.replace("_", " ") for kind in since.order_by("number").values_list("kind", flat=True)]
    if not kinds:
        return None
    return Refused(
        what=f"the case has moved on since this form was opened: {', '.join(kinds[:5])}",
        why="nobody should decide on what no longer stands",
        next="look at what changed; what you entered is kept, and sending it again does it",
    )


def _sent(request: HttpRequest, case: Case) -> Sent:
    once, seen = request.POST.get("_once", ""), request.POST.get("_seen", "")
    if not ONCE.fullmatch(once) or not seen.isdecimal() or len(seen) > 9:
        return _fresh(case)
    return Sent(once=once, seen=int(seen))


def _fresh(case: Case, once: str = "") -> Sent:
    last = Event.objects.filter(chain=case.chain).order_by("-number").values_list("number", flat=True).first()
    return Sent(once=once or secrets.token_urlsafe(24), seen=last or 0)


def _show(
    request: HttpRequest,
    form: ActForm,
    seen: frozenset[Part],
    sent: Sent,
    *,
    refused: Refused | None = None,
    status: int = 200,
    previewed: bool = False,
) -> HttpResponse:
    """The page. Where the case's state does not allow the act, the law and the reason instead of the form."""
    case = form.case
    timely = case.state in form.states
    if not timely and refused is None:
        states = " or ".join(f"“{state.label}”" for state in sorted(form.states))
        why = f"it is done while a case is {states}" if len(form.states) < 6 else "the case is past it"
        refused = Refused(
            what=f"it is not the time to do this: the case is “{case.get_state_display()}”",
            why=why,
            next="look at the case's page for what comes next",
        )
        status = status if status != 200 else 409
    return render(request, form.template, _context(form, seen, sent, refused, timely, previewed), status=status)


def _context(
    form: ActForm, seen: frozenset[Part], sent: Sent, refused: Refused | None, timely: bool, previewed: bool
) -> dict[str, Any]:
    context: dict[str, Any] = {
        "case": form.case,
        "form": form,
        "sent": sent,
        "refused": refused,
        "timely": timely,
        "previewed": previewed,
        "roles": sorted(role.words for role in PERMISSIONS[form.name]),
        "seen": {part.value for part in seen},
    }
    if timely:
        try:
            context |= {"law": [line for line in form.law() if line is not None], "follows": form.follows()}
            context |= {"papers": form.papers(), "submit": form.submit, **form.shown()}
        except (Refused, RefusedByLaw) as error:
            context |= {"refused": refused or in_words(error), "submit": form.button or form.title}
    return context
