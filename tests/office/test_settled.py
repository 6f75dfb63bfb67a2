"""What facts or law leave open about eligibility is settled by a person, with a reason; and applications that lack something."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.office.pages import Office, text_of

from evenhand.bundles import Bundle
from evenhand.bundles.bundle import StaffRole
from evenhand.law.facts import Means
from evenhand.office.cases.models import Case
from evenhand.office.events.chain import Actor
from evenhand.office.events.models import Event
from evenhand.office.intake.actions import decide_eligibility, receive_application, screen_application, settle_ground
from evenhand.office.people.roles import Role
from evenhand.office.refusals import Refused

DAY = date(2015, 1, 28)


@pytest.fixture
def open_case(neck: Bundle, staff: dict[StaffRole, Actor]) -> Case:
    """Served by fax, received between the thirtieth day and the last of the longest reading; screened."""
    facts = neck.case
    service = replace(facts.ur_decision.service, means=Means.FAX)
    filing = replace(facts.application.filing, received_on=date(2015, 1, 23))
    case = receive_application(
        actor=staff[StaffRole.INTAKE],
        form=replace(facts.application, filing=filing),
        request_for_authorization=facts.request_for_authorization,
        ur_decision=replace(facts.ur_decision, service=service),
        entered_on=date(2015, 1, 23),
    )
    screen_application(actor=staff[StaffRole.INTAKE], case=case, on=date(2015, 1, 23))
    return case


@pytest.mark.parametrize(("holds", "state"), [(False, "ELIGIBLE"), (True, "INELIGIBLE")])
def test_the_director_settles_an_open_ground(
    open_case: Case, staff: dict[StaffRole, Actor], holds: bool, state: str
) -> None:
    """Until then nothing is decided; then the item is as it was settled, with the reason in its finding and not in the log."""
    director = staff[StaffRole.ADMINISTRATIVE_DIRECTOR]
    with pytest.raises(Refused, match="cannot be decided yet"):
        decide_eligibility(actor=director, case=open_case, on=DAY)
    reason = "The fax was confirmed by a letter that was mailed."
    settle_ground(actor=director, case=open_case, item=1, ground="LATE", holds=holds, reason=reason, on=DAY)
    (finding,) = decide_eligibility(actor=director, case=open_case, on=DAY)
    assert reason in finding.explanation
    assert open_case.items.get().state == state
    event = Event.objects.get(chain=open_case.chain, kind="ground_settled")
    assert reason not in event.payload and '"holds":' in event.payload


def test_nobody_settles_what_the_law_finds(open_case: Case, staff: dict[StaffRole, Actor]) -> None:
    """A ground that is not open, an item that is not there, no reason and another role are refused; nothing changes."""
    director = staff[StaffRole.ADMINISTRATIVE_DIRECTOR]
    for item, ground in ((1, "UNSIGNED"), (2, "LATE"), (1, "")):
        with pytest.raises(Refused, match="is open"):
            settle_ground(actor=director, case=open_case, item=item, ground=ground, holds=True, reason="No.", on=DAY)
    with pytest.raises(Refused, match="without a reason"):
        settle_ground(actor=director, case=open_case, item=1, ground="LATE", holds=True, reason=" ", on=DAY)
    with pytest.raises(Refused):
        settle_ground(
            actor=staff[StaffRole.INTAKE], case=open_case, item=1, ground="LATE", holds=True, reason="No.", on=DAY
        )
    assert open_case.items.get().settled == []


def test_the_form_offers_what_is_open(open_case: Case, neck: Bundle) -> None:
    """The director chooses among the open grounds in words; the page says what was settled."""
    office = Office(bundle=neck)
    office.number = open_case.number
    page = office.client(Role.ADMINISTRATIVE_DIRECTOR).get(office.address("settle_ground") + f"?on={DAY}")
    assert "Item 1: Filed after the last day" in text_of(page)
    said = {"ground": "1 LATE", "holds": "no", "reason": "Confirmed by mail.", "on": DAY}
    office.do("settle_ground", said)
    assert "Confirmed by mail." in str(open_case.items.get().settled)


def test_an_application_that_lacks_something_is_entered_and_asked_about(
    neck: Bundle, staff: dict[StaffRole, Actor]
) -> None:
    """Blank claim number, birth date, date of injury and telephone: it is received, and the law asks for what identifies it."""
    facts = neck.case
    employee = replace(facts.application.employee, claim_number="", date_of_birth=None, date_of_injury=None, phone="")
    case = receive_application(
        actor=staff[StaffRole.INTAKE],
        form=replace(facts.application, employee=employee),
        request_for_authorization=facts.request_for_authorization,
        ur_decision=facts.ur_decision,
        entered_on=date(2015, 1, 16),
    )
    (finding,) = screen_application(actor=staff[StaffRole.INTAKE], case=case, on=date(2015, 1, 16))
    assert finding.status == "information_requested"
    assert "Missing: the claim number. Missing: the date of injury." in finding.explanation
