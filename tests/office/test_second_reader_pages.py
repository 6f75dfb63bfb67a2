"""The second reader on the screen: findings by item, the forms that set one aside, what the director and the log see of it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse
from tests.office.pages import Office, text_of
from tests.office.played import deciding, person, played, reviewer_of
from tests.office.signed_in import client_of
from tests.office.test_second_reader import ON, REASON, SERVED, WRONG

from evenhand.bundles import Bundle
from evenhand.office.cases.states import CaseState
from evenhand.office.people.roles import Role
from evenhand.office.reviews.models import FindingOverride

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r'href="([^"]*/do/(?:explain|override)_finding/\?[^"]*)"')
CHOICE = re.compile(r'name="finding" value="([^"]+)"')


@pytest.fixture
def office(neck: Bundle) -> Office:
    """The example with a rationale that concludes what the decision denies, before its draft is handed in."""
    bundle = deciding(neck, WRONG)
    case = played(bundle, "draft")
    office = Office(bundle=bundle, number=case.number)
    for role in (Role.MEDICAL_DIRECTOR, Role.CASE_MANAGER):
        actor = person(bundle, role)
        office.clients[f"a.{role.value}"] = client_of(actor.username, role)
    office.clients[str(case.selected_reviewer)] = client_of(reviewer_of(case).username, Role.REVIEWER)
    return office


def look(office: Office, act: str, role: Role, query: str = "") -> str:
    """The page of a form, as it is served."""
    page = office.client(role).get(office.address(act, query))
    assert page.status_code == 200, text_of(page)
    return page.content.decode()


def set_aside(office: Office, act: str, role: Role, reason: str = REASON, **more: object) -> str:
    """Follows the form: the first error that it offers, with a reason."""
    choice = CHOICE.search(look(office, act, role, f"?served_on={SERVED}"))
    assert choice is not None
    said = {"finding": unescape(choice[1]), "reason": reason, "on": ON, **more}
    return office.do(act, said, role=role, query=f"?served_on={SERVED}")


def to_quality(office: Office) -> None:
    """Explained, handed in, taken up."""
    set_aside(office, "explain_finding", Role.REVIEWER)
    office.do("submit_draft", {"attested": "on", "on": ON})
    office.do("open_quality_review", {"on": ON})


def test_the_draft_page_shows_findings_by_item_with_the_way_on(office: Office) -> None:
    """Severity in a word, what, quote, why, what to do, the check; beside an error the link to its form, which holds it chosen."""
    page = look(office, "submit_draft", Role.REVIEWER)
    text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))
    assert "1 error stands in the way" in text and "cannot be handed in" in text
    assert "Item 1: " in text and "Error item 1" in text
    for words in ("the rationale concludes", "medically necessary", "Upheld means that the denial stands", "EH011"):
        assert words in text
    assert "Ask the reviewer which of the two is meant" in text and "Stands in the way." in text
    link = ADDRESS.search(page)
    assert link is not None and "explain_finding" in link[1]
    form = office.client(Role.REVIEWER).get(unescape(link[1])).content.decode()
    assert re.search(r'name="finding" value="EH011/1/[0-9a-f]{64}"[^>]*checked', form)


def test_a_refused_draft_says_how_to_go_on(office: Office) -> None:
    """Handed in with an error: refused in words on the page, what was entered is kept, nothing is kept in the office."""
    answer = office.send("submit_draft", {"attested": "on", "on": ON})
    assert answer.status_code == 409
    assert "(EH011)" in text_of(answer) and "explain it with a reason" in text_of(answer)
    assert office.case.state == CaseState.IN_REVIEW


def test_explained_and_overridden_findings_say_by_whom_and_why(office: Office) -> None:
    """From the reviewer's explanation to the letter: each page tells who said what, and what still stands in the way."""
    told = set_aside(office, "explain_finding", Role.REVIEWER)
    assert "Your explanation of EH011 was kept" in told
    assert "Explained by the reviewer" in look(office, "submit_draft", Role.REVIEWER)
    office.do("submit_draft", {"attested": "on", "on": ON})
    director = Role.MEDICAL_DIRECTOR
    drafted = look(office, "open_quality_review", director)
    assert "Explained by the reviewer" in drafted and "Stands in the way." in drafted and not ADDRESS.search(drafted)
    office.do("open_quality_review", {"on": ON})
    issuing = look(office, "issue_determination", director)
    link = ADDRESS.search(issuing)
    assert link is not None and "override_finding" in link[1] and "The letter cannot be issued" in issuing
    assert REASON in unescape(look(office, "return_draft", director))
    said = {"approved_on": ON, "served_on": SERVED, "means": "mail", "remarks": ""}
    refused = office.send("issue_determination", said, role=director)
    assert refused.status_code == 409 and "override it with a reason" in text_of(refused)
    assert "EH011 was overridden" in set_aside(office, "override_finding", director, served_on=SERVED)
    shown = look(office, "issue_determination", director, f"?served_on={SERVED}")
    assert "Overridden by the medical director" in shown and "Stands in the way." not in shown
    assert "No error stands in the way." in look(office, "override_finding", director, f"?served_on={SERVED}")
    office.do("issue_determination", said, role=director)
    assert office.case.state == CaseState.ISSUED


def test_the_log_tells_which_check_was_set_aside(office: Office) -> None:
    """The events of the case name the check and the item, never the reason, and the reviewer only to who may know which it is."""
    to_quality(office)
    set_aside(office, "override_finding", Role.MEDICAL_DIRECTOR, served_on=SERVED)
    log = text_of(office.client(Role.CASE_MANAGER).get(reverse("case_events", args=[office.number])))
    assert "Error of the second reader explained" in log and "Error of the second reader overridden" in log
    assert "EH011, item 1" in log and REASON not in log
    assert str(office.case.selected_reviewer) not in log


def test_a_form_that_sets_aside_keeps_what_was_typed(office: Office) -> None:
    """A short reason, an error that is not offered, none chosen: told beside the field, nothing kept."""
    client, address = office.client(Role.REVIEWER), office.address("explain_finding")
    choice = CHOICE.search(look(office, "explain_finding", Role.REVIEWER))
    assert choice is not None
    for finding, reason, words in (
        (choice[1], "No.", "Say it in a sentence"),
        ("EH001//" + "0" * 64, REASON, "Select a valid choice"),
        ("", REASON, "This field is required"),
    ):
        said = {**office.form("explain_finding", Role.REVIEWER), "finding": finding, "reason": reason, "on": ON}
        answer = client.post(address, said)
        assert answer.status_code == 422 and words in text_of(answer), text_of(answer)
        assert reason in unescape(answer.content.decode())
    assert not FindingOverride.objects.exists()


def test_a_day_that_is_none_is_told_beside_the_field(office: Office) -> None:
    """A day of service that cannot be read does not break the page that is read as of it."""
    to_quality(office)
    answer = office.send(
        "override_finding",
        {"finding": "x", "reason": REASON, "on": ON, "served_on": "soon"},
        role=Role.MEDICAL_DIRECTOR,
        query="?served_on=never",
    )
    assert answer.status_code == 422
    assert "Enter a valid date" in text_of(answer)


def test_what_is_never_set_aside_is_not_offered(office: Office) -> None:
    """Without its summary the letter stops for good: the page says why, and the form offers no reason for it."""
    office.case.summary.all().delete()
    page = look(office, "explain_finding", Role.REVIEWER)
    assert "Never set aside." in page and "EH003" in page
    assert [name[:5] for name in CHOICE.findall(page)] == ["EH011"]


def test_who_does_not_see_the_review_sees_no_finding(office: Office) -> None:
    """A case manager has neither form: 403 on both, whatever is sent; the director has none of the reviewer's, nor the other way."""
    for act, role in (
        ("explain_finding", Role.CASE_MANAGER),
        ("override_finding", Role.CASE_MANAGER),
        ("explain_finding", Role.MEDICAL_DIRECTOR),
        ("override_finding", Role.REVIEWER),
    ):
        for method in ("get", "post"):
            answer = getattr(office.client(role), method)(office.address(act))
            assert answer.status_code == 403 and "EH011" not in text_of(answer)


def test_a_decision_is_changed_on_the_screen_before_the_draft(office: Office) -> None:
    """The form offers the decided item with what was written, and what is sent replaces it."""
    page = look(office, "decide_item", Role.REVIEWER)
    assert "decided: Upheld; what is written now replaces it" in page and WRONG in page
    assert "Decided so far" in page
    right = office.bundle.review
    assert right is not None
    said = {"item": 1, "decision": "Upheld", "rationale": "Cold therapy is not medically necessary here.", "pages": "1"}
    office.do("decide_item", {**said, "on": ON})
    assert "EH011" not in look(office, "submit_draft", Role.REVIEWER)
    evidence = look(office, "walk_evidence", Role.REVIEWER)
    assert "decided: Upheld" in evidence


def test_before_every_item_is_decided_there_is_nothing_to_explain(neck: Bundle) -> None:
    """The page of the form opens and says that nothing was read yet."""
    case = played(neck, "decide-1")
    office = Office(bundle=neck, number=case.number)
    office.clients[str(case.selected_reviewer)] = client_of(reviewer_of(case).username, Role.REVIEWER)
    page = look(office, "explain_finding", Role.REVIEWER)
    assert "Nothing is decided yet" in page and not CHOICE.search(page)
