"""Acts around the case's way as forms: parties, papers that came back, ends, protection, the proof; and the mail room."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.urls import reverse
from tests.office.pages import Office, hidden, text_of
from tests.office.test_case_page import with_file

from evenhand.bundles import Bundle
from evenhand.bundles.bundle import StaffRole
from evenhand.casefile.protected import protected_categories
from evenhand.office.cases.models import Case
from evenhand.office.cases.states import CaseState
from evenhand.office.events.chain import Actor
from evenhand.office.people.models import BreakGlass, CaseAccess
from evenhand.office.people.roles import Role

ADDRESS = {"street": "1 New Street", "city": "Stockton", "state": "CA", "zip": "95202", "phone": "(209) 555-0199"}


@pytest.fixture
def office(case: Case, neck: Bundle, staff: dict[StaffRole, Actor]) -> Office:
    """A case that waits for records."""
    with_file(case, neck, staff)
    return Office(bundle=neck, number=case.number)


def test_papers_that_come_back_are_served_again(office: Office) -> None:
    """A paper comes back, the address is mended, the paper is served again with its own proof; the mail room shows what is to do."""
    manager = office.client(Role.CASE_MANAGER)
    back = {"notice": 1, "returned_on": "2015-02-05", "reason": "moved"}
    assert "came back" in office.do("record_returned_mail", back, role=Role.CASE_MANAGER)
    assert "came back: serve it again" in text_of(manager.get(reverse("mailroom"))).lower()
    party = office.case.notices.get(number=1).party
    office.do("change_address", {"party": party.pk, "from_on": "2015-02-06", **ADDRESS}, role=Role.CASE_MANAGER)
    again = {"notice": 1, "on": "2015-02-06", "means": "mail", "reason": "The employee has moved.", "new_dates": "on"}
    office.do("serve_again", again)
    served = office.case.notices.filter(again_of__number=1).get()
    assert served.recipient["lines"][0].startswith("1 New Street")
    assert manager.get(reverse("paper_cover", args=[office.number, served.number])).status_code == 200


def test_parties_change(office: Office) -> None:
    """Another attorney and another claims administrator come in whole, or are refused field by field."""
    half = {"attorney": "Ada Quill", "from_on": "2015-02-06", "told_on": "2015-02-06"}
    assert office.send("change_attorney", half, role=Role.INTAKE).status_code == 422
    whole = {**half, **ADDRESS, "firm": "Quill and Rook", "proof_on": "2015-02-05"}
    office.do("change_attorney", whole, role=Role.INTAKE)
    assert office.case.parties.get(role="attorney", notified=True).name == "Ada Quill"
    new = {
        "company": "Tide Claims",
        "contact_name": "Ivo Marsh",
        "changed_on": "2015-02-07",
        "told_on": "2015-02-08",
        **ADDRESS,
    }
    office.do("change_claims_administrator", new, role=Role.CASE_MANAGER)
    assert office.case.parties.get(role="claims_administrator", notified=True).organisation == "Tide Claims"
    answer = office.send(
        "open_party_account", {"party": office.case.parties.get(role="employee").pk, "on": "2015-02-08"}
    )
    assert answer.status_code == 200 and "/account/invitation/" in text_of(answer)
    assert CaseAccess.objects.get().role == Role.WORKER


def test_missing_records_more_time_and_the_end(office: Office) -> None:
    """A notice of missing records makes the case overdue past its day; an authorization and a withdrawal end it."""
    late = {"on": "2015-03-20", "means": "mail"}
    shown = office.client(Role.CASE_MANAGER).post(
        office.address("send_deficiency_notice"),
        {**office.form("send_deficiency_notice", Role.CASE_MANAGER), **late, "preview": "1"},
    )
    assert "late; that may cost" in text_of(shown) and office.case.state == CaseState.RECORDS_OPEN
    office.do("send_deficiency_notice", late)
    assert office.case.state == CaseState.RECORDS_OVERDUE
    part = {"item": 1, "authorized": "a rental for 7 days", "remaining": "purchase of the unit", "on": "2015-03-21"}
    office.do("record_authorisation", part)
    ends = {"reason": "employee_withdrew", "ended_on": "2015-03-22", "told_on": "2015-03-22", "means": "mail"}
    office.do("terminate_review", ends)
    assert office.case.state == CaseState.TERMINATED


def test_protection_and_reasons(office: Office) -> None:
    """Pages are closed by their numbers and opened again by the medical director; a reason too short is sent back."""
    said = {"category": protected_categories()[0].code, "first_page": "1", "last_page": "1", "on": "2015-02-14"}
    wrong = {**said, "last_page": "99"}
    assert office.send("mark_protected", wrong, role=Role.CASE_MANAGER).status_code == 409
    office.do("mark_protected", said, role=Role.CASE_MANAGER)
    short = office.send("break_glass", {"part": "protected", "reason": "need"}, role=Role.CASE_MANAGER)
    assert short.status_code == 422 and not BreakGlass.objects.exists()
    segment = office.case.protected_segments.get()
    office.do("lift_protected", {"segment": segment.pk, "on": "2015-02-15"})
    assert office.case.protected_segments.get().lifted_on is not None


def test_the_proof_is_taken_out_as_a_file(office: Office) -> None:
    """The download is a ZIP with the proof, whose last event says that the case was taken out; sent again it is not made twice."""
    auditor = office.client(Role.AUDITOR)
    said = {**office.form("export_case", Role.AUDITOR), "on": "2015-02-20"}
    answer = auditor.post(office.address("export_case"), said)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        proof = json.loads(archive.read("proof.json"))
    assert json.loads(proof["events"][-1]["payload"])["kind"] == "case_exported"
    assert auditor.post(office.address("export_case"), said).status_code == 302


def test_a_batch_is_printed_and_mailed(office: Office) -> None:
    """What waits goes into one batch, once; it is marked as mailed; after that printing it takes a reason."""
    clerk = office.client(Role.INTAKE)
    said = {**hidden(clerk.get(reverse("mailroom"))), "on": "2015-01-29", "means": "mail"}
    made = clerk.post(reverse("make_batch"), said)
    assert made.status_code == 302 and clerk.post(reverse("make_batch"), said).status_code == 302
    page = clerk.get(made["Location"])
    assert office.number in text_of(page)
    assert clerk.get(reverse("batch_file", args=[1])).content.startswith(b"%PDF")
    mailed = clerk.post(made["Location"], {**hidden(page), "mailed_on": "2015-01-29"})
    assert mailed.status_code == 302 and "was mailed" in text_of(clerk.get(made["Location"]))
    assert clerk.get(reverse("batch_file", args=[1])).status_code == 409
    assert clerk.post(made["Location"], {"again": "1", "on": "2015-01-30", "reason": ""}).status_code == 422
    again = clerk.post(made["Location"], {"again": "1", "on": "2015-01-30", "reason": "Paper jam."})
    assert again.content.startswith(b"%PDF")
    assert clerk.post(reverse("make_batch"), {"on": "2015-01-30", "means": "mail"}).status_code == 409
