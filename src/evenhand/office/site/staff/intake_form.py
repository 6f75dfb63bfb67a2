"""The application (DWC Form IMR) with the request and the decision it disputes, as one form in sections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, BoundField, formset_factory
from django.http import QueryDict

from evenhand.bundles.bundle import Bundle, CaseFacts, Course
from evenhand.bundles.check import faults_of
from evenhand.law.facts import (
    Application,
    EarlierReview,
    OtherParty,
    RequestForAuthorization,
    UrBasis,
    UrDecision,
    UrOutcome,
)
from evenhand.office.site.staff.acts.fields import day
from evenhand.office.site.staff.intake_fields import SEPARATOR, flat, leaves, nested, only_ticks
from evenhand.office.ui.forms import Form, fit
from evenhand.office.words import headed
from evenhand.reading import BadFile, from_plain, to_plain

TITLE = "An application entered by hand"
MOST_ITEMS, MOST_OTHERS = 40, 60
OUT_OF_ORDER = "dates must be in order"
# Blocks that are absent where nothing is filled in.
OPTIONAL = ("attorney", "designation", "signature")

# Heading, hint, and the beginnings of the paths of its fields.
SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "How it came",
        "The day it came and the day it is entered are kept apart.",
        ("application.filing.", "application.ur_type"),
    ),
    ("Employee", "", ("application.employee.",)),
    ("Attorney", "Leave it empty where the employee has none.", ("application.attorney.",)),
    ("Requesting physician", "", ("application.requesting_physician.",)),
    ("Claims administrator", "", ("application.claims_administrator.",)),
    ("What is disputed", "The items themselves follow below.", ("application.disputed.",)),
    ("Signature", "Leave it empty where the form is not signed.", ("application.signature.",)),
    (
        "Authorized representative",
        "Page 2 of the form; leave it empty where nobody is designated.",
        ("application.designation.",),
    ),
    ("Special cases", "", ("application.modification", "application.collectively")),
    ("Request for authorization", "DWC Form RFA", ("request_for_authorization.",)),
    ("Utilization review decision", "From the decision itself.", ("ur_decision.",)),
)


class ItemRow(Form):
    """One requested item: what the request, the decision and the application say of it."""

    request = forms.CharField(label="Treatment requested", max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
    diagnosis = forms.CharField(label="Diagnosis", max_length=400)
    icd10 = forms.CharField(label="Diagnosis code (ICD)", max_length=40, required=False)
    procedure_code = forms.CharField(label="Procedure code", max_length=40, required=False)
    quantity = forms.CharField(label="Quantity", max_length=200, required=False)
    frequency = forms.CharField(label="Frequency", max_length=200, required=False)
    duration = forms.CharField(label="Duration", max_length=200, required=False)
    outcome = forms.ChoiceField(
        label="Decision", choices=[("", "Choose"), *((o.value, o.value.capitalize()) for o in UrOutcome)]
    )
    basis = forms.ChoiceField(label="Why", choices=[("", "Choose"), *((b.value, headed(b.value)) for b in UrBasis)])
    guideline = forms.CharField(label="Guideline that the decision states", max_length=2000, required=False)
    reason = forms.CharField(
        label="Reason that the decision states",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    authorized = forms.CharField(label="Part that was authorized", max_length=2000, required=False)
    disputed = forms.CharField(label="Part that was not", max_length=2000, required=False)
    formulary_drug = forms.BooleanField(label="A drug under the formulary", required=False)
    in_dispute = forms.BooleanField(label="The application disputes it", required=False, initial=True)
    as_applied = forms.CharField(
        label="As the application words it", help_text="Empty: as requested.", max_length=4000, required=False
    )


class OtherRow(Form):
    """Somebody whose ties to a reviewer matter."""

    role = forms.ChoiceField(label="Role")
    name = forms.CharField(label="Name", max_length=200)
    identifier = forms.CharField(label="NPI or license", max_length=100, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = next(leaf.field for leaf in leaves(OtherParty, "") if leaf.path == "role")
        self.fields["role"] = field


class EarlierRow(Form):
    """An earlier determination on the same treatment."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for leaf in leaves(EarlierReview, ""):
            self.fields[leaf.path] = leaf.field
            fit(leaf.field)


def _rows(kind: type[Form], extra: int, most: int) -> type[BaseFormSet[Any]]:
    return formset_factory(kind, extra=extra, max_num=most, absolute_max=most, validate_max=True)


class ApplicationForm(Form):
    """All single fields, named by their path. `facts` are the dataclasses once the whole is sound."""

    def __init__(self, data: QueryDict | None = None, *, start: CaseFacts | None = None, items: int = 1) -> None:
        super().__init__(data)
        self.facts: CaseFacts | None = None
        self.out_of_order: list[str] = []
        for prefix, kind in (
            ("application", Application),
            ("request_for_authorization", RequestForAuthorization),
            ("ur_decision", UrDecision),
        ):
            for leaf in leaves(kind, prefix, required=True):
                self.fields[name_of(leaf.path)] = leaf.field
                fit(leaf.field)
        self.fields["entered_on"] = day("Entered on", "The day on which it is typed in here.")
        fit(self.fields["entered_on"])
        first = _first_rows(start) if start else {"items": [], "others": [], "earlier": []}
        more = 0 if start else items
        self.items = _rows(ItemRow, more, MOST_ITEMS)(data, prefix="items", initial=first["items"])
        self.others = _rows(OtherRow, 3, MOST_OTHERS)(data, prefix="others", initial=first["others"])
        self.earlier = _rows(EarlierRow, 1, 10)(data, prefix="earlier", initial=first["earlier"])
        if start is not None:
            self.initial = {name_of(path): value for path, value in flat(to_plain(start)).items()}

    def sections(self) -> list[tuple[str, str, list[BoundField]]]:
        """The fields under their headings."""
        found = []
        for number, (title, hint, beginnings) in enumerate(SECTIONS):
            names = [name for name in self.fields if path_of(name).startswith(beginnings)]
            fields = [self[name] for name in names]
            found.append((title, hint, [self["entered_on"], *fields] if number == 0 else fields))
        return found

    def formsets(self) -> Sequence[BaseFormSet[Any]]:
        """The rows."""
        return (self.items, self.others, self.earlier)

    def is_sound(self, *, as_on_paper: bool) -> bool:
        """Reads all of it into the dataclasses. Every fault stands beside its field. Days out of order need a person's word."""
        sound = self.is_valid() & (len([rows for rows in self.formsets() if not rows.is_valid()]) == 0)
        if not sound:
            return False
        try:
            facts = from_plain(CaseFacts, self._plain(), name="application")
        except BadFile as error:
            for fault in error.faults:
                self._fault(fault.where, fault.what)
            return False
        self._check(facts, as_on_paper=as_on_paper)
        self.facts = None if self.errors else facts
        return not self.errors

    def _check(self, facts: CaseFacts, *, as_on_paper: bool) -> None:
        entered = self.cleaned_data["entered_on"]
        if entered < facts.application.filing.received_on:
            self._fault("entered_on", "Nothing is entered before it came.")
        course = Course(people=(), application_entered_on=entered)
        whole = Bundle(
            name="", digest="", case=facts, course=course, records=None, register=None, review=None, files={}
        )
        for fault in faults_of(whole):
            if OUT_OF_ORDER in fault.what:
                self.out_of_order.append(f"{_words(fault.where)} {fault.what.replace(OUT_OF_ORDER, '').rstrip('; ')}")
            elif fault.file == "case.yaml":
                self._fault(fault.where, fault.what)
        if self.out_of_order and not as_on_paper:
            self.add_error(None, "Some days are out of order. Correct them, or confirm below that the papers say so.")

    def _plain(self) -> dict[str, Any]:
        values = {path_of(name): value for name, value in self.cleaned_data.items() if name != "entered_on"}
        whole = nested(values)
        form = whole["application"]
        for block in OPTIONAL:
            if only_ticks(form.get(block, {})):
                form.pop(block, None)
        items = [row.cleaned_data for row in self.items.forms if row.has_changed()]
        whole["request_for_authorization"]["items"] = [_requested(n, row) for n, row in enumerate(items, start=1)]
        whole["ur_decision"]["items"] = [_reviewed(n, row) for n, row in enumerate(items, start=1)]
        form["disputed"]["items"] = [
            {"ur_item": n, "text": row["as_applied"] or row["request"]}
            for n, row in enumerate(items, start=1)
            if row["in_dispute"]
        ]
        whole["other_parties"] = [_given(row.cleaned_data) for row in self.others.forms if row.has_changed()]
        whole["earlier_reviews"] = [_given(row.cleaned_data) for row in self.earlier.forms if row.has_changed()]
        return {"title": TITLE, **whole}

    def _fault(self, where: str, what: str) -> None:
        name = name_of(where)
        said = "This is needed." if what.startswith("is missing") else f"It {what}." if what.startswith("is ") else what
        if name in self.fields:
            self.add_error(name, said)
        else:
            self.add_error(None, f"{_words(where)}: {said}")


def name_of(path: str) -> str:
    """The name of a field in the page."""
    return path.replace(".", SEPARATOR)


def path_of(name: str) -> str:
    """The path of a field in the plain data."""
    return name.replace(SEPARATOR, ".")


def _words(where: str) -> str:
    return where.replace("application.", "").replace("_", " ").replace(".", ", ").capitalize() or "The application"


def _given(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "")}


def _requested(number: int, row: dict[str, Any]) -> dict[str, Any]:
    names = ("diagnosis", "icd10", "procedure_code", "quantity", "frequency", "duration")
    return {"number": number, "text": row["request"], **_given({name: row[name] for name in names})}


def _reviewed(number: int, row: dict[str, Any]) -> dict[str, Any]:
    needed = {name: row[name] for name in ("outcome", "basis", "guideline", "reason", "formulary_drug")}
    return {
        "number": number,
        "request": row["request"],
        **needed,
        **_given({n: row[n] for n in ("authorized", "disputed")}),
    }


def _first_rows(start: CaseFacts) -> dict[str, list[dict[str, Any]]]:
    """What a file says of the items, as rows."""
    requested = {item.number: item for item in start.request_for_authorization.items}
    applied = {entry.ur_item: entry.text for entry in start.application.disputed.items}
    items = []
    for item in start.ur_decision.items:
        of = requested.get(item.number)
        plain = to_plain(of) if of else {}
        reviewed = {k: v for k, v in to_plain(item).items() if k != "number"}
        items.append(
            {**plain, **reviewed, "in_dispute": item.number in applied, "as_applied": applied.get(item.number, "")}
        )
    return {
        "items": items,
        "others": [to_plain(entry) for entry in start.other_parties],
        "earlier": [to_plain(entry) for entry in start.earlier_reviews],
    }
