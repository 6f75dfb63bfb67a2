"""What the examples on the page /ui/ are filled with. Invented, but for the law: that is the pack's."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.html import format_html

from evenhand.law import Pack, load_pack
from evenhand.office.refusals import Refused
from evenhand.office.ui.charts import Bar, bars
from evenhand.office.ui.dates import PACIFIC
from evenhand.office.ui.forms import Form
from evenhand.office.ui.parts import Choice, Column, Entry, File, Question, Step, Table
from evenhand.programmes import DEFAULT

TODAY = date(2015, 2, 26)
COMPLETE = date(2015, 2, 12)
PROGRAMME = DEFAULT


class Receipt(Form):
    """A form with a field of every kind."""

    received_on = forms.DateField(label="Received on", help_text="The day stamped on the paper, not today.")
    sender = forms.CharField(label="Who sent it", max_length=80, help_text="As on the envelope.")
    kind = forms.ChoiceField(label="Kind of paper", choices=[("", "Choose"), ("ur", "UR decision"), ("rfa", "Request")])
    means = forms.ChoiceField(
        label="How it came", choices=[("mail", "By mail"), ("fax", "By fax")], widget=forms.RadioSelect
    )
    about = forms.MultipleChoiceField(
        label="What is in it",
        choices=[("reports", "Medical reports"), ("letters", "Letters")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    pages = forms.IntegerField(label="Pages", min_value=1, required=False)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False, help_text="Nothing medical.")
    scan = forms.FileField(label="Scan", required=False, help_text="PDF.")
    complete = forms.BooleanField(label="The paper is complete", required=False)
    batch = forms.CharField(widget=forms.HiddenInput, required=False)


class Row(Form):
    """A row of a formset."""

    item = forms.CharField(label="Disputed item", max_length=80)
    units = forms.IntegerField(label="Units", required=False)


class Filters(Form):
    """The filters of a list."""

    state = forms.ChoiceField(label="State", required=False, choices=[("", "All"), ("late", "Late")])
    case = forms.CharField(label="Case number", required=False)


def samples() -> dict[str, Any]:
    """The context of the examples."""
    pack = load_pack(PROGRAMME)
    return {**_forms(), **_law(pack), **_lists(), **_figures(), "today": TODAY}


def _forms() -> dict[str, Any]:
    rows = forms.formset_factory(Row, extra=2)
    question = Question(
        title="Withdraw the decision",
        consequences=("Its text leaves the public record.", "Its address says that it was withdrawn, and why."),
        button="Withdraw it",
        back="#confirmation",
        danger=True,
    )
    return {
        "form": Receipt(auto_id="sample_%s"),
        "wrong": Receipt({"means": "pigeon"}, auto_id="wrong_%s"),
        "rows": rows(prefix="row"),
        "filters": Filters(auto_id="filter_%s"),
        "question": question,
        "told": [
            ("success", "check_circle", "It was recorded."),
            ("warning", "warning", "Its date lies on a weekend."),
        ],
    }


def _law(pack: Pack) -> dict[str, Any]:
    deadline = pack.due("determination", COMPLETE).as_json()
    doubt = pack.unverified()[0]
    refused = Refused(
        what="the determination was not issued",
        why=f"the quality review is not closed ({deadline['citation']})",
        next="close the quality review, or return the draft with reasons",
    )
    steps = [("Application", "done"), ("Eligibility", "done"), ("Records", "done"), ("Review", "current")]
    steps += [("Quality review", "next"), ("Determination issued", "next")]
    entries = (
        Entry(title="Application received", met=date(2015, 1, 16), dated=False, who="by mail, from the worker"),
        Entry(title="Records due", due=date(2015, 2, 9), met=date(2015, 2, 12), who="claims administrator"),
        Entry(title="Reviewer to accept", due=date(2015, 2, 25), who="reviewer"),
        Entry(title=deadline["title"], due=deadline["due"], who="review organization", reasons=deadline),
        Entry(title="A date that the law leaves open", words="No number is shown where nobody could verify one."),
    )
    return {
        "deadline": deadline,
        "law": deadline,
        "doubt": {
            "words": doubt.words,
            "citation": doubt.citation,
            "confidence": doubt.confidence,
            "caution": None,
        },
        "caution": "Only part of the provision could be read. Have a person check it before relying on it.",
        "refused": refused,
        "steps": [Step(title=title, state=state) for title, state in steps],  # type: ignore[arg-type]
        "entries": entries,
    }


def _lists() -> dict[str, Any]:
    columns = (
        Column(title="Case", sort="case"),
        Column(title="Worker"),
        Column(title="Items", number=True, sort="items"),
    )
    link = format_html('<a href="#data-table">{}</a>', "EH15-0000002")
    table = Table(
        caption="Cases that wait for records",
        columns=columns,
        rows=(("EH15-0000001", "Signe Lindqvist", 2), (link, "Amos Okoro", 11)),
        sorted_by="-items",
    )
    return {
        "table": table,
        "page": Paginator(range(128), 50).page(2),
        "tabs": (
            Choice(title="Where it stands", url="#tabs", current=True),
            Choice(title="Records", url="#tabs", count=7),
            Choice(title="Log", url="#tabs"),
        ),
        "trail": (("Queue", "#breadcrumb"), ("EH15-0000001", "#breadcrumb"), ("Records", "")),
        "facts": (("Case", "EH15-0000001"), ("Priority", "Regular"), ("Closed", ""), ("Opened", "Fri, Jan 16, 2015")),
        "files": (
            File(title="Progress report", url="#file-list", words="PDF, 3 pages", date=date(2014, 12, 9)),
            File(title="UR decision", words="Fax, 2 pages", date=date(2014, 12, 23)),
        ),
        "instant": datetime(2015, 3, 2, 14, 5, tzinfo=PACIFIC),
    }


def _figures() -> dict[str, Any]:
    ages = (("0 to 7 days", 41), ("8 to 14 days", 63), ("15 to 30 days", 22))
    week = (("Mon", 4), ("Tue", 9), ("Wed", 3), ("Thu", 0), ("Fri", 6))
    late = Bar(label="Over 30 days (late)", value=6, look="attention")
    return {
        "lying": bars("Open cases by age", [*ages, late], what="Cases", of="Age", name="age"),
        "standing": bars("Due this week", week, what="Dates", of="Day", direction="vertical", name="week"),
    }
