"""An expedited review counts hours for the records and days without rolling for the determination."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.office.pages import Office, text_of

from evenhand.bundles import Bundle
from evenhand.bundles.bundle import StaffRole
from evenhand.law.facts import Means, UrType
from evenhand.office.cases.clocks import set_date
from evenhand.office.cases.models import Case
from evenhand.office.cases.moves import move_case
from evenhand.office.cases.states import CaseState
from evenhand.office.events.chain import Actor
from evenhand.office.intake.actions import (
    decide_eligibility,
    receive_application,
    screen_application,
    send_assignment_notices,
)
from evenhand.office.issuing.extension import extend_determination
from evenhand.office.people.roles import Role
from evenhand.office.records.actions import decision_rule
from evenhand.office.refusals import Refused

DAY = date(2015, 1, 29)
TEN = datetime(2015, 1, 29, 10, 0)


@pytest.fixture
def assigned(neck: Bundle, staff: dict[StaffRole, Actor]) -> Case:
    """An expedited application, certified, found eligible."""
    facts = neck.case
    filing = replace(facts.application.filing, threat_certified_by_physician=True)
    case = receive_application(
        actor=staff[StaffRole.INTAKE],
        form=replace(facts.application, ur_type=UrType.EXPEDITED, filing=filing),
        request_for_authorization=facts.request_for_authorization,
        ur_decision=facts.ur_decision,
        entered_on=date(2015, 1, 16),
    )
    screen_application(actor=staff[StaffRole.INTAKE], case=case, on=date(2015, 1, 16))
    decide_eligibility(actor=staff[StaffRole.ADMINISTRATIVE_DIRECTOR], case=case, on=date(2015, 1, 28))
    return case


def test_the_records_are_due_in_hours_from_receipt(assigned: Case, staff: dict[StaffRole, Actor]) -> None:
    """Without the hour of receipt nothing is sent; with it the records are due a day later to the hour."""
    manager = staff[StaffRole.CASE_MANAGER]
    with pytest.raises(Refused, match="received the notice"):
        send_assignment_notices(actor=manager, case=assigned, on=DAY, means=Means.FAX)
    assert not assigned.legal_dates.filter(rule__startswith="records_m").exists()
    send_assignment_notices(actor=manager, case=assigned, on=DAY, means=Means.FAX, received_at=TEN)
    row = assigned.legal_dates.get(rule="records_expedited")
    assert row.due == "2015-01-30T10:00:00-08:00"
    assigned.refresh_from_db()
    assert assigned.next_due_on == date(2015, 1, 30)


def test_the_form_asks_for_the_hour_only_then(assigned: Case, neck: Bundle) -> None:
    """The field is there for an expedited case; what is typed is the hour in Pacific time."""
    office = Office(bundle=neck)
    office.number = assigned.number
    page = office.client(Role.CASE_MANAGER).get(office.address("send_assignment_notices"))
    assert "Received by the claims administrator at" in text_of(page)
    office.do("send_assignment_notices", {"on": DAY, "means": "fax", "received_at": "2015-01-29 10:00"})
    assert assigned.legal_dates.get(rule="records_expedited").due == "2015-01-30T10:00:00-08:00"


def test_the_determination_is_extended_by_the_expedited_rule(assigned: Case, staff: dict[StaffRole, Actor]) -> None:
    """Three days from the information, and three more that the Administrative Director approves, weekend or not."""
    assert decision_rule(assigned) == "determination_expedited"
    set_date(case=assigned, label="Determination", rule="determination_expedited", start=date(2015, 1, 30))
    manager = staff[StaffRole.CASE_MANAGER]
    send_assignment_notices(actor=manager, case=assigned, on=DAY, means=Means.FAX, received_at=TEN)
    move_case(assigned, CaseState.RECORDS_COMPLETE, manager)
    extend_determination(
        actor=staff[StaffRole.ADMINISTRATIVE_DIRECTOR],
        case=assigned,
        reason="The second reader is ill.",
        approved_on=date(2015, 2, 1),
        means=Means.MAIL,
    )
    assert assigned.legal_dates.get(rule="determination_expedited_extension").due == "2015-02-05"
