"""Paper intake: what was typed is never lost, a file is read into the same form, cover sheets are printed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.conftest import EXAMPLES
from tests.office.pages import application_fields, hidden, text_of
from tests.office.signed_in import client_of

from evenhand.bundles import Bundle, read_bundle
from evenhand.bundles.bundle import StaffRole
from evenhand.law.facts import Application
from evenhand.office.cases.models import Case
from evenhand.office.events.chain import Actor
from evenhand.office.intake.queries import dispute_of
from evenhand.office.people.roles import Role


@pytest.mark.parametrize("name", ["neck-cold-therapy", "lumbar-four-items"])
def test_what_is_typed_is_what_is_kept(staff: dict[StaffRole, Actor], name: str) -> None:
    """The facts of an example, typed into the form, are the facts of the case."""
    bundle = read_bundle(EXAMPLES / name)
    client = client_of("a.intake", Role.INTAKE)
    answer = client.post(
        reverse("intake_new"), {**hidden(client.get(reverse("intake_new"))), **application_fields(bundle)}
    )
    assert answer.status_code == 302, text_of(answer)
    dispute = dispute_of(Case.objects.get(number=answer["Location"].rstrip("/").rpartition("/")[2]))
    assert isinstance(dispute.application, Application)
    assert dispute.application == bundle.case.application
    assert dispute.request_for_authorization == bundle.case.request_for_authorization
    assert dispute.ur_decision == bundle.case.ur_decision


def test_an_error_loses_nothing(neck: Bundle, staff: dict[StaffRole, Actor]) -> None:
    """A wrong date and a missing name are told beside their fields; all else stands there still."""
    client = client_of("a.intake", Role.INTAKE)
    said = application_fields(neck)
    said["application__employee__date_of_birth"] = "not a day"
    del said["application__employee__last_name"]
    page = client.post(reverse("intake_new"), {**hidden(client.get(reverse("intake_new"))), **said})
    assert page.status_code == 422
    text = page.content.decode()
    assert 'value="not a day"' in text and "Delta Orchard Packing Company" in text
    assert 'href="#id_application__employee__last_name"' in text
    assert not Case.objects.exists()


def test_half_an_attorney_is_asked_for_whole(neck: Bundle, staff: dict[StaffRole, Actor]) -> None:
    """A block that may be left out is either whole or not there; days out of order need a person's word."""
    client = client_of("a.intake", Role.INTAKE)
    said = application_fields(neck)
    del said["application__attorney__firm"]
    page = client.post(reverse("intake_new"), {**hidden(client.get(reverse("intake_new"))), **said})
    assert page.status_code == 422 and "This is needed." in text_of(page)
    said = {**application_fields(neck), "application__signature__signed_on": "2014-12-01"}
    page = client.post(reverse("intake_new"), {**hidden(client.get(reverse("intake_new"))), **said})
    assert page.status_code == 422 and "stand so on the papers" in text_of(page)
    assert client.post(reverse("intake_new"), {**hidden(page), **said, "as_on_paper": "1"}).status_code == 302


def test_a_file_is_read_into_the_form(neck: Bundle, staff: dict[StaffRole, Actor]) -> None:
    """A good file fills the form for a person to look at; a bad one is told line by line; neither opens a case."""
    client = client_of("a.intake", Role.INTAKE)
    good = SimpleUploadedFile("case.yaml", (EXAMPLES / "neck-cold-therapy" / "case.yaml").read_bytes())
    page = client.post(reverse("intake_upload"), {"file": good})
    assert page.status_code == 200 and 'value="Tessalby"' in page.content.decode()
    for content in (b"application: {ur_type: sometimes}", b"\xff\xfe", b"[[[", b"&a [*a]"):
        bad = client.post(reverse("intake_upload"), {"file": SimpleUploadedFile("x.yaml", content)})
        assert bad.status_code == 422 and "Nothing was entered" in text_of(bad)
    assert not Case.objects.exists()


def test_cover_sheet_and_the_way_to_papers(case: Case) -> None:
    """The sheet is a PDF of the application's days; a case is found by its number, and one that is not there is told."""
    client = client_of("a.intake", Role.INTAKE)
    sheet = client.get(reverse("cover_sheet", args=[case.number]))
    assert sheet.status_code == 200 and sheet.content.startswith(b"%PDF")
    assert "sandbox" in sheet["Content-Security-Policy"] and sheet["Content-Disposition"].startswith("inline")
    found = client.get(reverse("intake"), {"number": case.number.lower()})
    assert found["Location"] == reverse("act", args=[case.number, "receive_records"])
    assert client.get(reverse("intake"), {"number": "EH15-9999999"}).status_code == 404
