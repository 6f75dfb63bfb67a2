"""A staff day in a real browser, on both databases: an application that came on paper, worked to its published end by six people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from tests import postgresql
from tests.browser.at_work import FileOnScreen, Person, Place, arrived, fill, hired
from tests.browser.looking import by_keyboard, faults
from tests.conftest import EXAMPLES
from tests.office.pages import application_fields, evidence_fields, receipt_fields
from tests.office.serving import served

from evenhand.bundles import Bundle, read_bundle

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NECK = EXAMPLES / "neck-cold-therapy"
ENTERED = date(2015, 1, 20)
"""The paper came on the 16th and is typed in after the holiday."""
PEOPLE = (
    ("i.moreno", "Thandeka Moreno", "intake"),
    ("c.birkeland", "Osvald Birkeland", "case_manager"),
    ("r.achterberg", "Ludovica Achterberg", "credentialing"),
    ("m.haverstock", "Quentin Haverstock", "medical_director"),
    ("d.ibarrola", "Nerea Ibarrola", "administrative_director"),
)
REFUSED = (403, 409, 422)
BY_PASSKEY = "administrative_director"
WRONG = "The cold therapy unit is medically necessary for this worker."
"""A rationale that concludes what the decision denies."""
BESIDE = frozenset({"items-0-number", "items-0-text"})
# (rule, last day, day on which it was met); the example's README tells the same days.
TIMES = {
    ("information_reply", "2015-01-27", "2015-01-27"),
    ("records_mailed", "2015-02-13", "2015-02-13"),
    ("additional_information", "2015-02-24", "2015-02-24"),
    ("determination", "2015-03-16", "2015-03-10"),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """An empty office, served over either database. Passkeys belong to names, so it is reached by one."""
    if request.param == "sqlite":
        yield from _served(tmp_path, "", browser)
        return
    server = None
    if not postgresql.asked_for():
        server = postgresql.Server()
        monkeypatch.setenv("EVENHAND_TEST_POSTGRESQL", server.url())
    try:
        with postgresql.database("staffday") as url:
            yield from _served(tmp_path, url, browser)
    finally:
        if server is not None:
            server.stop()


def _served(home: Path, url: str, browser: Browser) -> Iterator[Place]:
    with served(home, url) as address:
        place = Place(home=home, url=url, address=address.replace("127.0.0.1", "localhost"), browser=browser)
        before = set(browser.contexts)
        yield place
        for context in set(browser.contexts) - before:
            context.close()


@dataclass
class Day:
    """The office, its people, and the case that they work on."""

    place: Place
    bundle: Bundle
    staff: dict[str, Person] = field(default_factory=dict)
    number: str = ""

    def do(self, role: str, act: str, said: dict[str, Any]) -> str:
        """One act, by who has that role."""
        return self.staff[role].do(self.number, act, {name: _said(value) for name, value in said.items()})


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _on_paper(bundle: Bundle) -> Bundle:
    """The example as if its application had come by mail on paper and been entered four days later."""
    form = bundle.case.application
    filed = replace(form, filing=replace(form.filing, means="mail"))
    course = replace(bundle.course, application_entered_on=ENTERED)
    return replace(bundle, case=replace(bundle.case, application=filed), course=course)


def test_a_staff_day_from_paper_to_publication(place: Place) -> None:
    """Six people take one case through the office on the screen; the log is whole, its events are a person's, the days are right."""
    day = Day(place=place, bundle=_on_paper(read_bundle(NECK)))
    for username, name, role in PEOPLE:
        day.staff[role] = hired(place, username, name, role, passkey=role == BY_PASSKEY)
    _register(day)
    _paper_comes_in(day)
    _eligibility(day)
    _records(day)
    _reviewer(day)
    _review(day)
    _issue(day)
    _end(day)


def _register(day: Day) -> None:
    """Credentialing reads the reviewers in from a file."""
    page = day.staff["credentialing"].page
    page.get_by_role("link", name="Reviewers", exact=True).click()
    page.locator("main input[type=file]").set_input_files(NECK / "reviewers.yaml")
    fill(page, {"on": ENTERED})
    page.get_by_role("button", name="Enter reviewers").click()
    assert "entered or brought up to date" in page.locator(".usa-alert--success").inner_text()


def _paper_comes_in(day: Day) -> None:
    """The form is filled in; what was typed survives an error; the cover sheet is a paper."""
    page = day.staff["intake"].page
    # The row's number and the request's words stand in the data beside what the form asks.
    said = {name: value for name, value in application_fields(day.bundle).items() if name not in BESIDE}
    page.goto(f"{day.place.address}/office/intake/")
    page.get_by_role("link", name="Enter an application").click()
    while page.locator("fieldset legend", has_text="Other ").count() < int(said["others-TOTAL_FORMS"]):
        page.get_by_role("button", name="More rows for others").click()
    name = said.pop("application__employee__last_name")
    fill(page, said)
    page.get_by_role("button", name="Enter the application").click()
    assert page.title().startswith("Error:")
    assert page.locator("[name=application__employee__claim_number]").input_value() == "SC-2009-44871"
    assert page.locator("[name=others-9-name]").input_value() == "Granite Vale Provider Network"
    page.locator(".summary-of-errors a").first.click()
    page.wait_for_function("document.activeElement.name === 'application__employee__last_name'")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/office/cases/[^/]+/(#.*)?$"))
    day.number = urlsplit(page.url).path.rstrip("/").rpartition("/")[2]
    sheet = page.context.request.get(f"{day.place.address}/office/cases/{day.number}/cover-sheet/")
    assert sheet.headers["content-type"] == "application/pdf"
    assert sheet.body().startswith(b"%PDF")
    assert day.bundle.records is not None
    day.do("intake", "receive_records", receipt_fields(day.bundle, day.bundle.records.receipts[0]))


def _eligibility(day: Day) -> None:
    """Screening, a question and its answer, and a page that says who decides to somebody who may not."""
    course = day.bundle.course
    question, notice = course.eligibility_question, course.assignment_notice
    assert question is not None and notice is not None
    day.do("intake", "screen_application", {"on": ENTERED})
    asked = {"of": "claims_administrator", "question": question.question}
    days = {"asked_on": question.asked_on, "received_on": question.received_on}
    day.do("intake", "ask_information", {**asked, **days})
    day.do("intake", "record_information", {"answer": question.answer, "answered_on": question.answered_on})
    intake = day.staff["intake"]
    refused = intake.page.goto(f"{day.place.address}/office/cases/{day.number}/do/decide_eligibility/")
    assert refused is not None and refused.status == 403
    assert "Administrative Director" in intake.page.locator("main").inner_text()
    day.do("administrative_director", "decide_eligibility", {"on": course.eligibility_approved_on})
    manager = day.staff["case_manager"]
    manager.take_up(day.number, "send_assignment_notices")
    sent = {"on": str(notice.served_on), "means": notice.means.value, "received_on": str(notice.received_on)}
    fill(manager.page, {**sent, "received_on": "2015-01-02"})
    manager.send()
    assert manager.page.title().startswith("Error:")
    assert manager.page.locator("[name=on]").input_value() == sent["on"]
    fill(manager.page, sent)
    manager.send()
    assert "notices of assignment were sent" in manager.told()


def _records(day: Day) -> None:
    """The papers of three senders, indexed and found complete."""
    course, records = day.bundle.course, day.bundle.records
    assert records is not None
    for receipt in records.receipts[1:]:
        if not receipt.answers_request:
            _papers_come(day, receipt_fields(day.bundle, receipt), len(receipt.files))
    day.do("case_manager", "index_records", {"on": course.records_complete_on})
    day.do("case_manager", "assess_completeness", {"on": course.records_complete_on})


def _papers_come(day: Day, said: dict[str, Any], count: int) -> None:
    person = day.staff["case_manager"]
    person.take_up(day.number, "receive_records")
    while person.page.locator("input[type=file]").count() < count:
        person.page.get_by_role("link", name="More rows").click()
    fill(person.page, said)
    person.send()
    assert f"{count} paper" in person.told()


def _reviewer(day: Day) -> None:
    """Selected by credentialing, invited, attests, reads every page, asks, gets the answer."""
    course, place = day.bundle.course, day.place
    more, records = course.additional_information, day.bundle.records
    assert more is not None and records is not None
    told = day.do("credentialing", "select_reviewer", {"on": course.reviewer_selected_on, "force": ""})
    assert "R-1001 was selected" in told
    link = place.said("people", "invite", "R-1001", "--site", place.address)
    day.staff["reviewer"] = arrived(place, "R-1001", link)
    day.staff["reviewer"].take_up(day.number, "decline_case")
    day.do("reviewer", "accept_case", {"on": course.reviewer_selected_on, "attested": True})
    asked = {"of": "requesting_physician", "question": more.question}
    days = {"asked_on": more.asked_on, "received_on": more.received_on}
    day.do("case_manager", "ask_additional_information", {**asked, **days})
    for receipt in records.receipts:
        if receipt.answers_request:
            _papers_come(day, receipt_fields(day.bundle, receipt), len(receipt.files))
    day.do("case_manager", "index_records", {"on": more.answered_on})
    answer = {"answer": more.answer, "answered_on": more.answered_on}
    day.do("case_manager", "record_additional_information", answer)
    _read(day)


def _read(day: Day) -> None:
    """Every page, one after the other, and each is recorded as read by a person."""
    page = day.staff["reviewer"].page
    page.goto(f"{day.place.address}/office/cases/{day.number}/file/page/1/")
    last = int(page.get_by_role("heading", level=1).inner_text().rpartition(" ")[2])
    for _ in range(last - 1):
        page.get_by_role("link", name="Next page").click()
    assert page.get_by_text("Last page", exact=True).is_visible()
    picture = page.locator("main img")
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 300
    read = day.place.rows("SELECT page, source FROM reviews_pagereading ORDER BY page")
    assert read == [(number, "person") for number in range(1, last + 1)]


def _review(day: Day) -> None:
    """Summary, evidence, decision, attestation."""
    review, on = day.bundle.review, str(day.bundle.course.review_completed_on)
    assert review is not None
    file = FileOnScreen(bundle=day.bundle, number=day.number, place=day.place)
    lines = [f"{' '.join(s.text.split())} [{file.pages(s.pages)}]" for s in review.summary]
    day.do("reviewer", "write_summary", {"summary": "\n".join(lines), "on": on})
    for item in review.items:
        day.do("reviewer", "walk_evidence", evidence_fields(file, item.item, item.steps, on))
    _decided(day, file, WRONG)
    _second_reader(day, on)
    _decided(day, file)
    day.do("reviewer", "submit_draft", {"attested": True, "on": on})


def _decided(day: Day, file: FileOnScreen, rationale: str = "") -> None:
    """The reviewer decides every item as the example does, in its words or in these."""
    review, on = day.bundle.review, str(day.bundle.course.review_completed_on)
    assert review is not None
    for item in review.items:
        decided = {"item": item.item, "decision": item.decision.value, "rationale": rationale or item.rationale}
        day.do("reviewer", "decide_item", {**decided, "pages": file.pages(item.pages), "on": on})


def _second_reader(day: Day, on: str) -> None:
    """The draft contradicts itself: it is refused, explained, handed in; the medical director reads it, overrides, and returns it."""
    reviewer, director = day.staff["reviewer"], day.staff["medical_director"]
    reviewer.take_up(day.number, "submit_draft")
    fill(reviewer.page, {"attested": True, "on": on})
    reviewer.send()
    assert "the rationale concludes" in reviewer.page.locator(".usa-alert--refusal").inner_text()
    _looked_at(reviewer.page)
    reviewer.page.get_by_role("link", name="Explain EH011 on item 1").click()
    _set_aside(reviewer, {"on": on})
    assert "Explained by the reviewer" in _shown(day, "reviewer", "submit_draft")
    day.do("reviewer", "submit_draft", {"attested": True, "on": on})
    day.do("medical_director", "open_quality_review", {"on": on})
    _shown(day, "medical_director", "issue_determination")
    director.page.goto(f"{day.place.address}/office/cases/{day.number}/do/override_finding/?served_on={on}")
    _set_aside(director, {"on": on, "served_on": on})
    assert "Overridden by the medical director" in _shown(day, "medical_director", "return_draft")
    fill(director.page, {"remarks": "The reason does not hold: the sentence is the conclusion.", "on": on})
    director.send()
    assert "went back to the reviewer" in director.told()


def _shown(day: Day, role: str, act: str) -> str:
    """What the page of a form shows beside it."""
    day.staff[role].take_up(day.number, act)
    return day.staff[role].page.locator("main").inner_text()


def _set_aside(person: Person, said: dict[str, Any]) -> None:
    """Chooses the error, gives a reason, sends it; the page is looked at before."""
    _looked_at(person.page)
    fill(person.page, {"reason": "The sentence quotes the request.", **said})
    one = person.page.locator('main form [name="finding"]').first
    if not one.is_checked():
        one.press("Space")
    person.send()
    assert "EH011" in person.told()


def _looked_at(page: Page) -> None:
    found = by_keyboard(page) + faults(page)
    assert not found, "\n".join(found)


def _issue(day: Day) -> None:
    """The medical director issues; the receipt comes; the Administrative Director publishes; the case ends."""
    course = day.bundle.course
    quality, letter = course.quality_review, course.determination
    assert quality is not None and letter is not None
    day.do("medical_director", "open_quality_review", {"on": quality.reviewed_on})
    day.staff["medical_director"].take_up(day.number, "return_draft")
    said = {"remarks": quality.remarks, "approved_on": quality.reviewed_on, "served_on": letter.served_on}
    told = day.do("medical_director", "issue_determination", {**said, "means": letter.means.value})
    assert "served on 4 parties" in told
    day.do("case_manager", "record_receipt", {"received_on": letter.received_on})
    day.do("administrative_director", "publish_determination", {"on": course.published_on})
    day.do("case_manager", "close_case", {"on": course.published_on})


def _end(day: Day) -> None:
    """The letter is served, the log whole and a person's work, the days right, the decision public."""
    place, manager = day.place, day.staff["case_manager"]
    sent = place.rows("SELECT number FROM correspondence_notice WHERE kind = 'determination' ORDER BY number")
    letter = manager.page.context.request.get(f"{place.address}/office/cases/{day.number}/papers/{sent[0][0]}/")
    assert letter.headers["content-type"] == "application/pdf"
    assert letter.body().startswith(b"%PDF")
    place.said("nightly")  # seals the log's end
    assert "whole" in place.said("audit", "verify")
    of_case = f"SELECT DISTINCT source FROM events_event WHERE chain = '{day.number}' AND kind NOT LIKE 'message_%'"
    assert place.rows(of_case) == [("person",)]
    assert place.rows("SELECT DISTINCT source FROM events_event WHERE chain = 'register'") == [("person",)]
    times = place.rows("SELECT rule, due, met_on FROM cases_legaldate WHERE NOT superseded")
    assert {(rule, due, str(met)) for rule, due, met in times} >= TIMES
    manager.case(day.number)
    manager.page.locator("summary", has_text="dates met or past").click()
    told = manager.page.locator("main").inner_text()
    assert "Received Fri, Jan 16, 2015" in told
    assert "Mon, Mar 16, 2015" in told
    public = place.page()
    public.goto(place.address)
    public.get_by_label("Search the decisions").fill("cold therapy unit")
    public.get_by_role("button", name="Search").click()
    public.locator(".card h3 a").first.click()
    assert public.get_by_role("heading", name="The denial stands").is_visible()
    assert day.number in public.url
    ours = [said for said in place.complaints if not any(f"status of {code}" in said for code in REFUSED)]
    assert ours == []
