"""Acts as forms: a whole case is worked on the screen, each step by who may do it; refusals keep what was typed."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.urls import reverse
from tests.office.pages import Office, application_fields, evidence_fields, hidden, receipt_fields, text_of

from evenhand.bundles import Bundle
from evenhand.bundles.bundle import StaffRole
from evenhand.letters.determination import Citation
from evenhand.office.cases.models import Case
from evenhand.office.cases.states import CaseState
from evenhand.office.events.chain import Actor, reviewer_tag
from evenhand.office.events.models import Event
from evenhand.office.issuing.actions import record_receipt
from evenhand.office.people.roles import PERMISSIONS, Role
from evenhand.office.refusals import Refused
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


def to_selected(office: Office) -> None:
    """Records come, are indexed and complete; a reviewer is selected."""
    course, records = office.bundle.course, office.bundle.records
    assert records is not None
    for receipt in records.receipts[1:]:
        if not receipt.answers_request:
            office.do("receive_records", receipt_fields(office.bundle, receipt), role=Role.CASE_MANAGER)
    office.do("index_records", {"on": course.records_complete_on})
    office.do("assess_completeness", {"on": course.records_complete_on})
    office.do("select_reviewer", {"on": course.reviewer_selected_on, "force": ""})


def to_review(office: Office) -> None:
    """Records, selection, acceptance, the reviewer's question."""
    course, records = office.bundle.course, office.bundle.records
    more = course.additional_information
    assert records is not None and more is not None
    to_selected(office)
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


def test_a_second_press_of_the_button_does_nothing_twice(office: Office) -> None:
    """The same form sent again says that it was done already; one event stands in the log."""
    receive(office)
    client = office.client(Role.INTAKE)
    said = {**office.form("screen_application", Role.INTAKE), "on": "2015-01-16"}
    first = client.post(office.address("screen_application"), said)
    again = client.post(office.address("screen_application"), said)
    assert first.status_code == again.status_code == 302
    assert "done already" in text_of(client.get(again["Location"]))
    assert Event.objects.filter(chain=office.number, kind="application_screened").count() == 1


def test_an_application_sent_twice_is_one_case(office: Office) -> None:
    """The button pressed twice makes one case; the same paper entered anew shows the first before anything is saved."""
    client = office.client(Role.INTAKE)
    said = {**hidden(client.get(reverse("intake_new"))), **application_fields(office.bundle)}
    first, again = client.post(reverse("intake_new"), said), client.post(reverse("intake_new"), said)
    assert first["Location"] == again["Location"]
    anew = {**said, **hidden(client.get(reverse("intake_new")))}
    shown = client.post(reverse("intake_new"), anew)
    assert shown.status_code == 409
    assert "may have been entered before" in text_of(shown)
    assert client.post(reverse("intake_new"), {**anew, "another": "1"}).status_code == 302


def test_what_moved_on_meanwhile_is_told(office: Office) -> None:
    """A form opened before somebody else acted is not carried out unseen; sent again, it is."""
    receive(office)
    form = office.form("record_contact", Role.CASE_MANAGER)
    office.do("screen_application", {"on": "2015-01-16"})
    said = {
        "on": "2015-01-17",
        "incoming": "in",
        "means": "phone",
        "somebody": "A caller",
        "about": "Asked when it is decided.",
    }
    client = office.client(Role.CASE_MANAGER)
    told = client.post(office.address("record_contact"), {**form, **said})
    assert told.status_code == 409
    assert "moved on" in text_of(told) and "Asked when it is decided." in told.content.decode()
    assert client.post(office.address("record_contact"), {**hidden(told), **said}).status_code == 302


def test_a_refusal_keeps_what_was_typed(office: Office) -> None:
    """A day out of order, a missing answer, a refusal of the law: told beside the field or above, nothing lost, nothing done."""
    receive(office)
    office.do("screen_application", {"on": "2015-01-16"})
    question = "Is liability disputed? Please answer."
    said = {"of": "claims_administrator", "question": question, "asked_on": "2015-01-20", "received_on": "2015-01-19"}
    answer = office.send("ask_information", said, role=Role.INTAKE)
    assert answer.status_code == 422
    assert question in answer.content.decode() and "lies before" in text_of(answer)
    assert office.case.state == CaseState.SCREENING
    refused = office.send("decide_eligibility", {"on": "2015-01-02"})
    assert refused.status_code == 409
    assert "2015-01-02" in refused.content.decode() and "Not done" in text_of(refused)


def test_an_act_before_its_time_says_so(office: Office) -> None:
    """Where the case's state does not allow the act there is no form, only the reason."""
    receive(office)
    answer = office.client(Role.ADMINISTRATIVE_DIRECTOR).get(office.address("decide_eligibility"))
    assert answer.status_code == 409
    assert "not the time" in text_of(answer) and '<form method="post" enctype' not in answer.content.decode()


@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_form_is_for_whoever_may_do_the_act(office: Office, act: str) -> None:
    """Every other role gets a page that names who does it, and its POST does nothing."""
    receive(office)
    before = Event.objects.filter(chain=office.number).count()
    for role in (Role.INTAKE, Role.CASE_MANAGER, Role.ADMINISTRATIVE_DIRECTOR, Role.FINANCE):
        if role in PERMISSIONS[act]:
            continue
        for method in ("get", "post"):
            answer = getattr(office.client(role), method)(office.address(act))
            assert answer.status_code == 403
            assert sorted(r.words for r in PERMISSIONS[act])[0] in text_of(answer)
    assert Event.objects.filter(chain=office.number).count() == before


def test_script_text_is_shown_as_text(office: Office) -> None:
    """What somebody types is never run: in every text field of the application and of a contact it comes back escaped."""
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    client = office.client(Role.INTAKE)
    typed = {
        name: evil if isinstance(value, str) and "TOTAL" not in name and "INITIAL" not in name else value
        for name, value in application_fields(office.bundle).items()
    }
    shown = client.post(reverse("intake_new"), {**hidden(client.get(reverse("intake_new"))), **typed})
    assert shown.status_code == 422
    assert not runs(shown.content.decode())
    fields = application_fields(office.bundle)
    kept = {
        k: f"{v} {evil}"
        for k, v in fields.items()
        if k.endswith(("text", "employer_name", "company", "items-0-request"))
    }
    answer = client.post(reverse("intake_new"), {**hidden(client.get(reverse("intake_new"))), **fields, **kept})
    assert answer.status_code == 302, text_of(answer)
    office.number = answer["Location"].rstrip("/").rpartition("/")[2]
    said = {"on": "2015-01-17", "incoming": "in", "means": "phone", "somebody": evil, "about": evil}
    office.do("record_contact", said, role=Role.CASE_MANAGER)
    manager = office.client(Role.CASE_MANAGER)
    for name in ("case", "contacts", "case_events"):
        page = manager.get(reverse(name, args=[office.number])).content.decode()
        assert "alert(1)" in page or name == "case_events"
        assert not runs(page)


class Markup(HTMLParser):
    """Notes scripts within the page and handlers on its elements, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A script without an address of ours, or an attribute that runs something."""
        names = {name for name, _ in attrs}
        if (tag == "script" and "src" not in names) or any(name.startswith("on") for name in names):
            self.found.append(tag)


def runs(page: str) -> list[str]:
    """What in a page would run."""
    parser = Markup()
    parser.feed(page)
    return parser.found


def test_a_reviewer_who_declines_sees_the_case_no_longer_and_is_not_asked_again(office: Office) -> None:
    """The case waits for another reviewer; the reason is sealed, and credentialing's list does not offer the same one."""
    to_assigned(office)
    to_selected(office)
    first, reason = office.case.selected_reviewer, "My practice shares rooms with the clinic that asks."
    on = office.bundle.course.reviewer_selected_on
    answer = office.send("decline_case", {"reason": reason, "on": on})
    assert answer.status_code == 302 and answer["Location"] == reverse("queue")
    assert office.case.state == CaseState.RECORDS_COMPLETE and office.case.selected_reviewer is None
    event = Event.objects.get(chain=office.number, kind="case_declined")
    assert event.actor == reviewer_tag(office.number, first) and reason not in event.payload
    assert office.clients[str(first)].get(reverse("case", args=[office.number])).status_code == 404
    refused = office.send("select_reviewer", {"on": on, "force": str(first)})
    assert refused.status_code == 409 and office.case.selected_reviewer is None


def test_a_letter_that_never_went_out_is_not_received(case: Case, staff: dict[StaffRole, Actor]) -> None:
    """A case may be closed without a letter; entering a receipt is refused in words."""
    from datetime import date

    with pytest.raises(Refused, match="no letter"):
        record_receipt(actor=staff[StaffRole.CASE_MANAGER], case=case, received_on=date(2015, 3, 1))
