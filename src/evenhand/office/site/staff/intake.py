"""Intake: applications and papers that came by mail, fax or electronically, entered by hand or from a file."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.bundles.bundle import CaseFacts
from evenhand.law.facts import Means
from evenhand.law.refusals import Refused as RefusedByLaw
from evenhand.office.cases.models import Case
from evenhand.office.correspondence.intake_sheet import intake_cover
from evenhand.office.events.chain import under_key
from evenhand.office.events.models import Event
from evenhand.office.intake.actions import receive_application
from evenhand.office.intake.models import Application
from evenhand.office.intake.queries import employee_key
from evenhand.office.people.access import actor_of, roles_only
from evenhand.office.people.roles import Part, Role
from evenhand.office.refusals import Refused
from evenhand.office.site.access import case_page
from evenhand.office.site.staff import served
from evenhand.office.site.staff.acts.fields import today
from evenhand.office.site.staff.acts.views import ONCE, in_words
from evenhand.office.site.staff.intake_form import MOST_ITEMS, MOST_OTHERS, ApplicationForm
from evenhand.office.ui.forms import Form
from evenhand.reading import BadFile, read_text

LATEST = 20
MOST_YAML = 1_000_000
KIND = "application_received"
# What the buttons for more rows add to: the rows' prefix, how many at once, the most.
MORE = {"items": ("items", 1, MOST_ITEMS), "others": ("others", 5, MOST_OTHERS)}


class UploadForm(Form):
    """A file with the data of an application."""

    file = forms.FileField(
        label="Application data (YAML)",
        help_text="The case.yaml of a bundle; docs/schemas tells its fields. At most 1 MB.",
    )


@roles_only(Role.INTAKE, Role.CASE_MANAGER)
@require_safe
def intake(request: HttpRequest) -> HttpResponse:
    """What was entered last, and the ways in."""
    number = request.GET.get("number", "").strip()
    sought = None
    if number:
        sought = Case.objects.filter(number__iexact=number, set_aside=False).first()
        if sought is not None:
            return redirect("act", number=sought.number, act="receive_records")
    rows = Application.objects.filter(case__set_aside=False).select_related("case").order_by("-id")[:LATEST]
    may_enter = actor_of(request).role == Role.INTAKE
    context = {"rows": rows, "number": number, "may_enter": may_enter, "upload": UploadForm()}
    return render(request, "case/intake.html", context, status=404 if number else 200)


@roles_only(Role.INTAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form for an application. Nothing that was typed is lost by an error."""
    if request.method != "POST":
        asked = request.GET.get("items", "1")
        items = min(int(asked), 40) if asked.isdecimal() and len(asked) < 4 else 1
        return _show(request, ApplicationForm(items=items))
    return _enter(request)


@roles_only(Role.INTAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Reads a file into the form, for a person to look at and to save."""
    if request.method != "POST":
        return redirect("intake")
    form = UploadForm(request.POST, request.FILES)
    faults: list[str] = []
    if form.is_valid():
        try:
            facts = _read(form.cleaned_data["file"])
        except BadFile as error:
            faults = [str(fault) for fault in error.faults]
        else:
            messages.info(request, "The file was read into the form. Look at it, and enter the application below.")
            return _show(request, ApplicationForm(start=facts))
    return render(request, "case/upload.html", {"form": form, "faults": faults}, status=422)


@case_page(Part.STATUS, roles=frozenset({Role.INTAKE, Role.CASE_MANAGER}))
@require_safe
def cover_sheet(request: HttpRequest, case: Case, seen: frozenset[Part]) -> HttpResponse:
    """The sheet that is laid on the paper before it is scanned: of the application, or of a receipt (`?receipt=`)."""
    wanted = request.GET.get("receipt", "")
    receipt = case.receipts.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 15 else None
    row = case.applications.order_by("id")[0]
    filing = row.form["filing"]
    pdf = intake_cover(
        sender=(receipt.sender if receipt else filing["filed_by"]).replace("_", " "),
        means=Means(receipt.means if receipt else filing["means"]),
        received_on=receipt.received_on if receipt else row.received_on,
        entered_on=today() if receipt else row.entered_on,
        pages=sum(receipt.documents.values_list("pages", flat=True)) if receipt else 0,
        received_by=actor_of(request).username,
        case_number=case.number,
        programme=case.programme,
    )
    return served.pdf(pdf, f"{case.number}-cover-sheet.pdf")


def _read(file: Any) -> CaseFacts:
    if file.size > MOST_YAML:
        raise Refused(what="the file is too large", why="an application is a few pages", next="choose the case.yaml")
    try:
        text = file.read().decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    return read_text(CaseFacts, text, name="application data")


def _enter(request: HttpRequest) -> HttpResponse:
    once = request.POST.get("_once", "")
    once = once if ONCE.fullmatch(once) else secrets.token_urlsafe(24)
    if (found := _entered(once)) is not None:
        return _already(request, found)
    form = ApplicationForm(request.POST)
    if "more" in request.POST:
        return _show(request, _with_row(request), once=once)
    if not form.is_sound(as_on_paper="as_on_paper" in request.POST):
        return _show(request, form, once=once, status=422)
    facts = form.facts
    assert facts is not None  # is_sound has made them
    doubles = duplicates(facts)
    if doubles and "another" not in request.POST:
        return _show(request, form, once=once, doubles=doubles, status=409)
    try:
        with under_key(f"page/{once}"):
            case = receive_application(
                actor=actor_of(request),
                form=facts.application,
                request_for_authorization=facts.request_for_authorization,
                ur_decision=facts.ur_decision,
                other_parties=facts.other_parties,
                earlier_reviews=facts.earlier_reviews,
                entered_on=form.cleaned_data["entered_on"],
            )
    except (Refused, RefusedByLaw, BadFile, IntegrityError) as error:
        if (found := _entered(once)) is not None:
            return _already(request, found)
        return _show(request, form, once=once, refused=in_words(error), status=409)
    messages.success(
        request, f"The application was entered as case {case.number}. Print its cover sheet and screen it next."
    )
    return redirect("case", number=case.number)


def duplicates(facts: CaseFacts) -> list[Application]:
    """Applications that may be the same: of this claim or this employee, over a decision of the same day."""
    employee = facts.application.employee
    same_day = Application.objects.filter(case__set_aside=False, ur_decided_on=facts.ur_decision.decided_on)
    of_claim = same_day.filter(claim_number__iexact=employee.claim_number)
    of_employee = same_day.filter(employee_key=employee_key(employee))
    return list((of_claim | of_employee).select_related("case").distinct()[:10])


def _entered(once: str) -> str | None:
    """The case that this form made already."""
    return Event.objects.filter(key=f"page/{once}", kind=KIND).values_list("chain", flat=True).first()


def _already(request: HttpRequest, number: str) -> HttpResponse:
    messages.info(request, "This application was entered already, with the first press of the button.")
    return redirect("case", number=number)


def _with_row(request: HttpRequest) -> ApplicationForm:
    """The same form with more rows of the kind asked for, all that was typed kept."""
    data = request.POST.copy()
    prefix, more, most = MORE.get(str(data["more"]), MORE["items"])
    count = str(data.get(f"{prefix}-TOTAL_FORMS", "1"))
    data[f"{prefix}-TOTAL_FORMS"] = str(min(int(count) + more, most)) if count.isdecimal() and len(count) < 4 else "1"
    return ApplicationForm(data)


def _show(
    request: HttpRequest,
    form: ApplicationForm,
    *,
    once: str = "",
    refused: Refused | None = None,
    doubles: list[Application] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "sections": form.sections(),
        "once": once or secrets.token_urlsafe(24),
        "refused": refused,
        "doubles": doubles or [],
        "show_errors": status != 200,
    }
    return render(request, "case/intake_new.html", context, status=status)
