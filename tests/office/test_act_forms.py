"""Acts as forms: a whole case is worked on the screen, each step by who may do it; refusals keep what was typed."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.office.pages import Office, application_fields, evidence_fields, hidden, receipt_fields, text_of

from evenhand.bundles import Bundle
from evenhand.bundles.bundle import StaffRole
from evenhand.letters.determination import Citation
from evenhand.office.cases.states import CaseState
from evenhand.office.events.chain import Actor
from evenhand.office.events.models import Event
from evenhand.office.people.roles import PERMISSIONS, Role
from evenhand.office.reviewers.actions import register_reviewers
from evenhand.office.reviews.models import EvidenceStep
from evenhand.office.site.staff.acts.registry import ACTS, NOT_HERE
from evenhand.reading import from_plain


@pytest.fixture
def office(neck: Bundle, staff: dict[StaffRole, Actor]) -> Office:
    """An office with accounts and a register; no case yet."""
    assert neck.register is not None
    register_reviewers(
        actor=staff[StaffRole.CREDENTIALING],
        entries=neck.register.reviewers,
        on=neck.course.application_entered_on,
    )
    return Office(bundle=neck)


def receive(office: Office) -> None:
    """The application, typed in."""
    page = office.client(Role.INTAKE).get(reverse("intake_new"))
    answer = office.client(Role.INTAKE).post(
        reverse("intake_new"), {**hidden(page), **application_fields(office.bundle)}
    )
    assert answer.status_code == 302, text_of(answer)
    office.number = answer["Location"].rstrip("/").rpartition("/")[2]


def to_assigned(office: Office) -> None:
    """From the application to the notices of assignment, by way of a question."""
    course = office.bundle.course
    question, notice = course.eligibility_question, course.assignment_notice
    assert question is not None and notice is not None and course.eligibility_approved_on is not None
    receive(office)
    for receipt in office.bundle.records.receipts[:1] if office.bundle.records else ():
        office.do("receive_records", receipt_fields(office.bundle, receipt), role=Role.INTAKE)
    office.do("screen_application", {"on": course.application_entered_on})
    asked = {"of": "claims_administrator", "question": question.question}
    days = {"asked_on": question.asked_on, "received_on": question.received_on}
    office.do("ask_information", {**asked, **days}, role=Role.INTAKE)
    office.do("record_information", {"answer": question.answer, "answered_on": question.answered_on})
    office.do("decide_eligibility", {"on": course.eligibility_approved_on})
    sent = {"on": notice.served_on, "means": notice.means.value, "received_on": notice.received_on}
    office.do("send_assignment_notices", sent)


def to_review(office: Office) -> None:
    """Records, selection, acceptance, the reviewer's question."""
    course, records = office.bundle.course, office.bundle.records
    more = course.additional_information
    assert records is not None and more is not None
    for receipt in records.receipts[1:]:
        if not receipt.answers_request:
            office.do("receive_records", receipt_fields(office.bundle, receipt), role=Role.CASE_MANAGER)
    office.do("index_records", {"on": course.records_complete_on})
    office.do("assess_completeness", {"on": course.records_complete_on})
    office.do("select_reviewer", {"on": course.reviewer_selected_on, "force": ""})
    office.do("accept_case", {"on": course.reviewer_selected_on, "attested": "on"})
    asked = {"of": "requesting_physician", "question": more.question}
    office.do("ask_additional_information", {**asked, "asked_on": more.asked_on, "received_on": more.received_on})
    for receipt in records.receipts:
        if receipt.answers_request:
            office.do("receive_records", receipt_fields(office.bundle, receipt), role=Role.INTAKE)
    office.do("index_records", {"on": more.answered_on})
    office.do("record_additional_information", {"answer": more.answer, "answered_on": more.answered_on})


def to_drafted(office: Office) -> None:
    """The reviewer reads every page and writes."""
    review, on = office.bundle.review, office.bundle.course.review_completed_on
    assert review is not None
    last = max(d.last_page or 0 for d in office.case.documents.all())
    for page in range(1, last + 1):
        assert office.client(Role.REVIEWER).get(reverse("file_page", args=[office.number, page])).status_code == 200
    lines = [f"{' '.join(s.text.split())} [{office.pages(s.pages)}]" for s in review.summary]
    office.do("write_summary", {"summary": "\n".join(lines), "on": on})
    for item in review.items:
        office.do("walk_evidence", evidence_fields(office, item.item, item.steps, str(on)))
        decided = {"item": item.item, "decision": item.decision.value, "rationale": item.rationale}
        office.do("decide_item", {**decided, "pages": office.pages(item.pages), "on": on})
    office.do("submit_draft", {"attested": "on", "on": on})


def to_the_end(office: Office) -> None:
    """Quality review, issue, receipt, publication, end."""
    course = office.bundle.course
    quality, letter = course.quality_review, course.determination
    assert quality is not None and letter is not None
    office.do("open_quality_review", {"on": quality.reviewed_on})
    said = {"remarks": quality.remarks, "approved_on": quality.reviewed_on, "served_on": letter.served_on}
    office.do("issue_determination", {**said, "means": letter.means.value})
    office.do("record_receipt", {"received_on": letter.received_on})
    office.do("publish_determination", {"on": course.published_on})
    office.do("close_case", {"on": course.published_on})


def test_a_whole_case_on_the_screen(office: Office) -> None:
    """From the application to the end, by people of ten roles, and every event says that a person did it."""
    to_assigned(office)
    assert office.case.state == CaseState.RECORDS_OPEN
    to_review(office)
    assert office.case.state == CaseState.IN_REVIEW
    to_drafted(office)
    assert office.case.state == CaseState.DRAFTED
    to_the_end(office)
    assert office.case.state == CaseState.CLOSED
    events = Event.objects.filter(chain=office.number)
    assert set(events.values_list("source", flat=True)) == {"person"}
    assert set(office.case.readings.values_list("source", flat=True)) == {"person"}
    walked = [from_plain(Citation, c, name="c") for s in EvidenceStep.objects.order_by("number") for c in s.citations]
    assert office.bundle.review is not None
    assert walked == [c for s in office.bundle.review.items[0].steps for c in s.citations]


def test_every_act_has_a_form_or_a_reason() -> None:
    """An act that is added without a form fails here, and so does a form or a reason without an act."""
    assert set(ACTS) | set(NOT_HERE) == set(PERMISSIONS)
    assert not set(ACTS) & set(NOT_HERE)
