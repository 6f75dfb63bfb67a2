"""The office worked through its pages: forms fetched, filled in and sent as a browser would, each as who may do it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.office.signed_in import client_of

from evenhand.bundles import Bundle
from evenhand.bundles.bundle import EvidenceStep, PageReference, Receipt
from evenhand.letters.cite import citation_text
from evenhand.office.cases.models import Case
from evenhand.office.people.roles import PERMISSIONS, Role
from evenhand.office.site.staff.intake_fields import flat
from evenhand.office.site.staff.intake_form import name_of
from evenhand.reading import to_plain

HIDDEN = re.compile(r'<input type="hidden" name="(_once|_seen)" value="([^"]*)"')


@dataclass
class Office:
    """Clients by role, signed in once; `case` is the one that is worked on."""

    bundle: Bundle
    number: str = ""
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """The case as it stands now."""
        return Case.objects.get(number=self.number)

    def client(self, role: Role) -> Client:
        """Somebody in that role; the reviewer is the one selected."""
        name = self.case.selected_reviewer if role is Role.REVIEWER and self.number else f"a.{role.value}"
        if name not in self.clients:
            self.clients[str(name)] = client_of(str(name), role)
        return self.clients[str(name)]

    def address(self, act: str, query: str = "") -> str:
        """Where the form of an act is."""
        return reverse("act", args=[self.number, act]) + query

    def form(self, act: str, role: Role, query: str = "") -> dict[str, str]:
        """What the form sends along unseen."""
        page = self.client(role).get(self.address(act, query))
        assert page.status_code == 200, text_of(page)
        return hidden(page)

    def send(self, act: str, said: dict[str, Any], *, role: Role | None = None, query: str = "") -> HttpResponse:
        """Fetches the form of an act and sends it, as one of those who may do it."""
        who = role or sorted(PERMISSIONS[act])[0]
        return self.client(who).post(self.address(act, query), {**self.form(act, who, query), **said})

    def do(self, act: str, said: dict[str, Any], *, role: Role | None = None, query: str = "") -> str:
        """The same, and it must succeed. Returns what the page says afterwards."""
        answer = self.send(act, said, role=role, query=query)
        assert answer.status_code == 302, text_of(answer)
        shown = self.client(role or sorted(PERMISSIONS[act])[0]).get(answer["Location"])
        assert shown.status_code == 200
        return text_of(shown)

    def pages(self, references: tuple[PageReference, ...]) -> str:
        """References into documents as permanent page numbers. Documents are told apart by date, author and title."""
        papers = {f.id: f for r in (self.bundle.records.receipts if self.bundle.records else ()) for f in r.files}
        numbers = []
        for one in references:
            paper = papers[one.document]
            row = self.case.documents.get(dated=paper.dated, title=paper.title, author=paper.author)
            assert row.first_page is not None
            numbers.append(row.first_page + one.page - 1)
        return ", ".join(map(str, numbers))


def hidden(page: HttpResponse) -> dict[str, str]:
    """The hidden fields of our own."""
    return {name: unescape(value) for name, value in HIDDEN.findall(page.content.decode())}


def text_of(page: HttpResponse) -> str:
    """The words of a page."""
    body = re.sub(r"(?s).*?<main", "<main", page.content.decode(), count=1)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


def application_fields(bundle: Bundle) -> dict[str, Any]:
    """The first application of a bundle as the form of intake sends it."""
    facts = bundle.case
    plain = to_plain(facts)
    said: dict[str, Any] = {
        name_of(path): "on" if value is True else value
        for path, value in flat(plain).items()
        if value not in (None, False) and path != "title"
    }
    applied = {entry.ur_item: entry.text for entry in facts.application.disputed.items}
    requested = {item.number: to_plain(item) for item in facts.request_for_authorization.items}
    rows = []
    for item in facts.ur_decision.items:
        row = {**requested.get(item.number, {}), **to_plain(item), "as_applied": applied.get(item.number)}
        rows.append({**row, "in_dispute": item.number in applied})
    said |= (
        formset("items", rows)
        | formset("others", plain["other_parties"])
        | formset("earlier", plain["earlier_reviews"])
    )
    return {**said, "entered_on": bundle.course.application_entered_on.isoformat()}


def formset(prefix: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Rows as a formset sends them."""
    said: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        for name, value in row.items():
            if value not in (None, False, ""):
                said[f"{prefix}-{number}-{name}"] = "on" if value is True else value
    return said


def receipt_fields(bundle: Bundle, receipt: Receipt) -> dict[str, Any]:
    """A receipt as its form sends it, with the files."""
    rows = [
        {
            "file": SimpleUploadedFile(f"{f.id}.pdf", bundle.files[f.path], content_type="application/pdf"),
            "kind": f.kind.value,
            "dated": f.dated.isoformat(),
            "author": f.author,
            "title": f.title,
        }
        for f in receipt.files
    ]
    head = {
        "sender": receipt.sender.value,
        "received_on": receipt.received_on.isoformat(),
        "means": receipt.means.value,
    }
    answers = {"answers_request": "on"} if receipt.answers_request else {}
    return {**head, **answers, **formset("papers", rows)}


def evidence_fields(office: Office, item: int, steps: tuple[EvidenceStep, ...], on: str) -> dict[str, Any]:
    """The walk over the evidence as its form sends it."""
    said: dict[str, Any] = {"item": str(item), "on": on}
    for step in steps:
        said[f"{step.step}_finding"] = step.finding.value
        said[f"{step.step}_reason"] = step.reason
        said[f"{step.step}_cited"] = "\n".join(citation_text(cited) for cited in step.citations)
        said[f"{step.step}_pages"] = office.pages(step.pages)
    return said
