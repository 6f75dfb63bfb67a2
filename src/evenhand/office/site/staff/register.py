"""The register of reviewers: who is in it, by identifier, and entering reviewers from a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from evenhand.bundles.bundle import Register
from evenhand.office.people.access import actor_of, roles_only
from evenhand.office.people.authorisation import require
from evenhand.office.people.roles import PERMISSIONS, Role
from evenhand.office.refusals import Refused
from evenhand.office.reviewers.actions import register_reviewers
from evenhand.office.reviewers.queries import register
from evenhand.office.site.staff.acts.fields import today
from evenhand.office.ui.forms import Form
from evenhand.office.words import counted
from evenhand.reading import BadFile, Fault, read_text

MOST_BYTES = 5_000_000


class RegisterForm(Form):
    """Reviewers from a file, and since when they stand in the register."""

    file = forms.FileField(
        label="Reviewers (YAML)",
        help_text="The reviewers.yaml of a bundle; docs/bundle.md tells its fields. At most 5 MB. Names are sealed.",
    )
    on = forms.DateField(label="In the register from", help_text="Nobody can be selected before this day.")


@roles_only(Role.CREDENTIALING, Role.MEDICAL_DIRECTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def reviewers(request: HttpRequest) -> HttpResponse:
    """GET: the register. POST: enters the reviewers of a file, all of them or none."""
    actor = actor_of(request)
    if request.method != "POST":
        return _show(request, RegisterForm(initial={"on": today()}))
    require(actor, "register_reviewers")  # before a file is read
    form = RegisterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        entries = _read(form.cleaned_data["file"]).reviewers
        register_reviewers(actor=actor, entries=entries, on=form.cleaned_data["on"])
    except BadFile as error:
        return _show(request, form, faults=[str(fault) for fault in error.faults], status=422)
    except Refused as refusal:
        return _show(request, form, refused=refusal, status=409)
    messages.success(request, f"{counted(len(entries), 'reviewer')} entered or brought up to date.")
    return redirect("reviewers")


def _read(file: Any) -> Register:
    """The file's reviewers. Raises BadFile with every fault; none of them repeats a name."""
    if file.size > MOST_BYTES:
        raise BadFile([Fault(file="reviewers", what=f"is larger than {MOST_BYTES:,} bytes; enter it in parts")])
    try:
        text = file.read().decode("utf-8")
    except UnicodeDecodeError as error:
        what = f"is not UTF-8 text (byte {error.start}); save it as UTF-8"
        raise BadFile([Fault(file="reviewers", what=what)]) from None
    return read_text(Register, text, name="reviewers")


def _show(
    request: HttpRequest,
    form: RegisterForm,
    *,
    faults: list[str] | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "faults": faults or [],
        "refused": refused,
        "reviewers": register(),
        "may_enter": actor_of(request).role in PERMISSIONS["register_reviewers"],
    }
    return render(request, "staff/register.html", context, status=status)
