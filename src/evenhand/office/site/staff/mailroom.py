"""The mail room: what waits to be printed, batches, papers that came back, e-mail that waits or failed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.law.facts import Means
from evenhand.office.cases.reading import looked
from evenhand.office.correspondence.actions import make_print_batch, mark_batch_mailed, reprint_batch
from evenhand.office.correspondence.models import Message, MessageState, PrintBatch
from evenhand.office.correspondence.printing import CHAIN, batch_pdf, papers_of, waiting_to_print
from evenhand.office.correspondence.queries import papers_to_see_to
from evenhand.office.events.chain import done, under_key
from evenhand.office.people.access import actor_of, roles_only
from evenhand.office.people.roles import Part, Role
from evenhand.office.refusals import Refused
from evenhand.office.site.staff import served
from evenhand.office.site.staff.acts.fields import day, line, one_of
from evenhand.office.site.staff.acts.views import ONCE
from evenhand.office.ui.forms import Form
from evenhand.office.words import counted

LATEST = 50


class BatchForm(Form):
    """What goes into a batch, and how it is printed."""

    on = day("Printed on", "The day of printing. The proof of service names the day of service; mail it then.")
    means = one_of(Means, "Papers that go", initial=Means.MAIL, only=(Means.MAIL, Means.FAX, Means.PERSONAL))
    duplex = forms.BooleanField(label="Printed on both sides", required=False)
    replays = forms.BooleanField(label="Examples played by a script (never to be mailed)", required=False)


class MailedForm(Form):
    """When a batch was deposited in the mail."""

    mailed_on = day("Mailed on", "The day on which the batch was deposited.")


class ReprintForm(Form):
    """Why a batch is printed once more."""

    on = day("Printed again on", "The day of printing.")
    reason = line("Reason", "Paper jam, spoilt sheets.")


@roles_only(Role.CASE_MANAGER, Role.INTAKE)
@require_safe
def mailroom(request: HttpRequest) -> HttpResponse:
    """All of it on one page."""
    return _room(request, BatchForm())


@roles_only(Role.CASE_MANAGER, Role.INTAKE)
@require_POST
def make_batch(request: HttpRequest) -> HttpResponse:
    """Every paper that waits, into one batch."""
    form = BatchForm(request.POST)
    if not form.is_valid():
        return _room(request, form, status=422)

    def perform() -> PrintBatch:
        return make_print_batch(actor=actor_of(request), **form.cleaned_data)

    try:
        batch = _once(request, perform)
    except Refused as error:
        return _room(request, form, refused=error, status=409)
    if batch is None:
        return redirect("mailroom")
    messages.success(request, f"Batch {batch.number} was made: {counted(batch.sheets, 'sheet')}. Print it now.")
    return redirect("batch", batch=batch.number)


@roles_only(Role.CASE_MANAGER, Role.INTAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, batch: int) -> HttpResponse:
    """One batch: its papers; that it was mailed; printing it again."""
    row = _batch(batch)
    if request.method != "POST":
        return _show(request, row, MailedForm(), ReprintForm())
    again = "again" in request.POST
    mailed, reprint = MailedForm(None if again else request.POST), ReprintForm(request.POST if again else None)
    form: Form = reprint if again else mailed
    if not form.is_valid():
        return _show(request, row, mailed, reprint, status=422)
    actor = actor_of(request)
    try:
        if again:
            pdf = _once(request, lambda: reprint_batch(actor=actor, batch=row.number, **reprint.cleaned_data))
            return redirect("batch", batch=batch) if pdf is None else _pdf(request, row, pdf)
        other = _once(request, lambda: mark_batch_mailed(actor=actor, batch=row.number, **mailed.cleaned_data))
    except Refused as error:
        return _show(request, row, mailed, reprint, refused=error, status=409)
    for paper in other or ():
        words = f"Paper {paper.number} of case {paper.case.number} names {paper.served_on} in its proof of service"
        messages.warning(request, f"{words}, another day than that of mailing: serve it again.")
    messages.success(request, f"Batch {batch} was mailed.")
    return redirect("batch", batch=batch)


@roles_only(Role.CASE_MANAGER, Role.INTAKE)
@require_safe
def batch_file(request: HttpRequest, batch: int) -> HttpResponse:
    """The PDF for the printer, until the batch was mailed; later it takes a reason."""
    row = _batch(batch)
    if row.mailed_on is not None:
        raise Refused(
            what=f"batch {batch} was mailed on {row.mailed_on}",
            why="the same papers twice may reach somebody twice",
            next="print it again from the page of the batch, with a reason",
        )
    return _pdf(request, row, batch_pdf(row))


def _pdf(request: HttpRequest, row: PrintBatch, pdf: bytes) -> HttpResponse:
    """The papers as one file. In every case of which there is one, that is a look."""
    actor = actor_of(request)
    for case in {paper.case_id: paper.case for paper in papers_of(row)}.values():
        looked(actor=actor, case=case, parts=frozenset({Part.CORRESPONDENCE}), what=f"print batch {row.number}")
    return served.pdf(pdf, f"batch-{row.number}.pdf")


def _once(request: HttpRequest, perform: Callable[[], Any]) -> Any:
    """Performs an act once for each form; `None` where it was done with the first press of the button."""
    once = request.POST.get("_once", "")
    key = f"page/{once if ONCE.fullmatch(once) else secrets.token_urlsafe(24)}"
    if done(CHAIN, key):
        messages.info(request, "This was done already, with the first press of the button. Nothing was done twice.")
        return None
    with under_key(key):
        return perform()


def _batch(number: int) -> PrintBatch:
    row = PrintBatch.objects.filter(number=number).first()
    if row is None:
        raise Http404
    return row


def _room(request: HttpRequest, form: BatchForm, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    counts = dict(Message.objects.order_by().values_list("state").annotate(n=Count("*")))
    context = {
        "form": form,
        "refused": refused,
        "once": secrets.token_urlsafe(24),
        "waiting": [(m, waiting_to_print(m)) for m in (Means.MAIL, Means.FAX, Means.PERSONAL)],
        "examples": waiting_to_print(Means.MAIL, replays=True),
        # In a demonstration every case is an example; elsewhere nobody works on one.
        "to_see_to": papers_to_see_to(replays=settings.DEMONSTRATION),
        "batches": PrintBatch.objects.order_by("-number")[:LATEST],
        "outbox": [(state.label, counts.get(state.value, 0)) for state in MessageState],
    }
    return render(request, "case/mailroom.html", context, status=status)


def _show(
    request: HttpRequest,
    row: PrintBatch,
    mailed: MailedForm,
    reprint: ReprintForm,
    *,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "batch": row,
        "papers": papers_of(row),
        "mailed": mailed,
        "reprint": reprint,
        "refused": refused,
        "once": secrets.token_urlsafe(24),
    }
    return render(request, "case/batch.html", context, status=status)
