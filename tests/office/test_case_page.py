"""The case page: what may happen next and by whom, each part to whom it is open, few statements, keys of other cases not there."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.office.pages import text_of
from tests.office.signed_in import client_of

from evenhand.bundles import Bundle
from evenhand.bundles.bundle import StaffRole
from evenhand.casefile.protected import protected_categories
from evenhand.law.facts import Means
from evenhand.office.cases.models import Case, DisputedItem
from evenhand.office.cases.reading import reads_chain
from evenhand.office.events.chain import Actor, append
from evenhand.office.events.models import Event
from evenhand.office.intake import actions as intake
from evenhand.office.people.roles import SEES, STAFF, Part, Role
from evenhand.office.records import actions as records
from evenhand.office.records.protection import mark_protected

MOST_STATEMENTS = 15
HEADINGS = {
    Part.ITEMS: "Disputed items",
    Part.PARTIES: "Reached at",
    Part.RECORDS: "No records came yet",
    Part.CORRESPONDENCE: "No paper went out yet",
    Part.EVENTS: "All events of the case",
    Part.CONTACTS: "0 contacts",
}


def page_of(case: Case, role: Role) -> str:
    """The case page as a role sees it."""
    answer = client_of(f"a.{role.value}", role).get(reverse("case", args=[case.number]))
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def with_file(case: Case, neck: Bundle, staff: dict[StaffRole, Actor]) -> Case:
    """The case assigned, with two papers in the indexed file."""
    manager = staff[StaffRole.CASE_MANAGER]
    intake.screen_application(actor=staff[StaffRole.INTAKE], case=case, on=date(2015, 1, 16))
    intake.decide_eligibility(actor=staff[StaffRole.ADMINISTRATIVE_DIRECTOR], case=case, on=date(2015, 1, 28))
    intake.send_assignment_notices(actor=manager, case=case, on=date(2015, 1, 29), means=Means.MAIL)
    assert neck.records is not None
    papers = [
        records.Paper(
            label=f.id, content=neck.files[f.path], kind=f.kind, dated=f.dated, author=f.author, title=f.title
        )
        for f in neck.records.receipts[1].files[2:4]
    ]
    sender, means = neck.records.receipts[1].sender, Means.MAIL
    records.receive_records(
        actor=manager, case=case, sender=sender, received_on=date(2015, 2, 13), means=means, papers=papers
    )
    records.index_records(actor=manager, case=case, on=date(2015, 2, 13))
    return case


@pytest.mark.parametrize("role", sorted(STAFF - {Role.REVIEWER}))
def test_every_staff_role_has_its_page(case: Case, role: Role) -> None:
    """Each sees where the case stands and who acts next, the parts that are open to it, and of the others that they are closed."""
    page = page_of(case, role)
    assert "What may happen next" in page
    assert ("/do/screen_application/" in page) == (role is Role.INTAKE)
    for part, heading in HEADINGS.items():
        assert (heading in page) == (role in SEES[part]), (part, role)
    assert ("Orrin" in page) == (role in SEES[Part.PARTIES])


def test_a_look_is_an_event(case: Case) -> None:
    """Whoever opens the page has read the parts that it shows; a page that shows none of them logs nothing."""
    page_of(case, Role.FINANCE)
    assert not Event.objects.filter(chain=reads_chain(case)).exists()
    page_of(case, Role.CREDENTIALING)
    told = Event.objects.get(chain=reads_chain(case)).payload
    assert '"parts":["items","parties","reviewer"]' in told


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR])
def test_few_statements_whatever_the_size(case: Case, neck: Bundle, staff: dict[StaffRole, Actor], role: Role) -> None:
    """A case with five hundred events and its papers is shown with no more statements than a small one: at most fifteen."""
    with_file(case, neck, staff)
    with transaction.atomic():
        for _ in range(500):
            append(
                actor=staff[StaffRole.INTAKE],
                chain=case.chain,
                kind="contact_recorded",
                effective=date(2015, 3, 1),
                data={},
            )
    client = client_of(f"a.{role.value}", role)
    client.get(reverse("case", args=[case.number]))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(reverse("case", args=[case.number])).status_code == 200
    said = [
        query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    ]
    assert len(said) <= MOST_STATEMENTS, "\n".join(sql[:140] for sql in said)


def test_keys_of_another_case_are_not_there(case: Case, neck: Bundle, staff: dict[StaffRole, Actor]) -> None:
    """A paper, a document, a page or a receipt of one case is not found under another's number."""
    with_file(case, neck, staff)
    facts = neck.case
    other = intake.receive_application(
        actor=staff[StaffRole.INTAKE],
        form=facts.application,
        request_for_authorization=facts.request_for_authorization,
        ur_decision=facts.ur_decision,
        entered_on=date(2015, 1, 16),
    )
    client = client_of("a.case_manager", Role.CASE_MANAGER)
    document = case.documents.all()[0].pk
    for name, key in (("paper", 1), ("paper_cover", 1), ("file_page", 1), ("file_picture", 1), ("original", document)):
        assert client.get(reverse(name, args=[other.number, key])).status_code == 404
    for name, key in (("paper", 1), ("file_page", 1), ("file_picture", 1), ("original", document)):
        answer = client.get(reverse(name, args=[case.number, key]))
        assert answer.status_code == 200, name
        assert "no-store" in answer["Cache-Control"] or name == "file_page"
    form = client.get(reverse("act", args=[other.number, "serve_again"]))
    assert 'value="1"' not in form.content.decode().partition('name="notice"')[2].partition("</select>")[0]


def test_papers_are_shown_safely(case: Case, neck: Bundle, staff: dict[StaffRole, Actor]) -> None:
    """A PDF opens in a sandbox and is never sniffed; an original is a download under a plain name; every look names its hash."""
    with_file(case, neck, staff)
    client = client_of("a.case_manager", Role.CASE_MANAGER)
    paper = client.get(reverse("paper", args=[case.number, 1]))
    assert paper.content.startswith(b"%PDF") and paper["X-Content-Type-Options"] == "nosniff"
    assert paper["Content-Security-Policy"].startswith("sandbox;") and paper["Content-Disposition"].startswith("inline")
    row = case.documents.all()[0]
    original = client.get(reverse("original", args=[case.number, row.pk]))
    assert original["Content-Disposition"].startswith('attachment; filename="EH15-')
    looks = [event.payload for event in Event.objects.filter(chain=reads_chain(case))]
    assert any(case.notices.all()[0].pdf in look for look in looks) and any(row.sha256 in look for look in looks)


def test_protected_pages_are_closed(case: Case, neck: Bundle, staff: dict[StaffRole, Actor]) -> None:
    """A page under special protection is not shown, nor its picture, nor the paper it is in, nor what that paper is called."""
    with_file(case, neck, staff)
    manager = staff[StaffRole.CASE_MANAGER]
    category = protected_categories()[0].code
    mark_protected(actor=manager, case=case, category=category, first_page=1, last_page=1, on=date(2015, 2, 14))
    client = client_of("a.case_manager", Role.CASE_MANAGER)
    row = case.documents.get(first_page=1)
    for name, key in (("file_page", 1), ("file_picture", 1), ("original", row.pk)):
        assert client.get(reverse(name, args=[case.number, key])).status_code == 403
    listed = client.get(reverse("file", args=[case.number]))
    assert row.title not in text_of(listed) and "closed to you" in text_of(listed)
    assert client.get(reverse("file_page", args=[case.number, 2])).status_code == 200
    opened = {"part": "protected", "reason": "A sentence that says what for.", "_once": "x" * 24, "_seen": "999"}
    assert client.post(reverse("act", args=[case.number, "break_glass"]), opened).status_code == 302
    assert client.get(reverse("file_page", args=[case.number, 1])).status_code == 200


def test_finding_a_decision_before_the_letter(case: Case, neck: Bundle, staff: dict[StaffRole, Actor]) -> None:
    """What the reviewer decided is told to nobody but the review's own people until the letter is out."""
    with_file(case, neck, staff)
    DisputedItem.objects.filter(case=case).update(state="DECIDED", decision="Overturned", rationale="Because.")
    assert "Overturned" not in page_of(case, Role.CASE_MANAGER)
    assert "Overturned" in page_of(case, Role.MEDICAL_DIRECTOR)


def test_all_events_and_whether_the_chain_holds(case: Case) -> None:
    """The page of events walks the chain anew: it says that it holds, and of a copy that was altered, where it breaks."""
    client = client_of("a.auditor", Role.AUDITOR)
    page = text_of(client.get(reverse("case_events", args=[case.number])))
    assert "1 event; each follows the one before it" in page and "Application received" in page
    Event.objects.create(
        chain=case.chain,
        number=2,
        kind="forged",
        actor="nobody",
        role="intake",
        source="person",
        effective=date(2015, 1, 17),
        recorded_at=datetime(2015, 1, 17, tzinfo=UTC),
        payload="{}",
        previous="0" * 64,
        hash="0" * 64,
    )
    assert "does not hold" in text_of(client.get(reverse("case_events", args=[case.number])))
