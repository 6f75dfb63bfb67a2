"""A case that has come as far as its records, for the tests of correspondence."""

from __future__ import annotations

import shutil
from datetime import date

from evenhand.bundles.bundle import StaffRole
from evenhand.law.facts import Address, Means, PartyRole
from evenhand.office.cases.models import Case, Party
from evenhand.office.configuration import configuration
from evenhand.office.events.chain import Actor
from evenhand.office.events.models import Event
from evenhand.office.intake import actions as intake

ASSIGNED = date(2015, 1, 29)
NEW_ADDRESS = Address(street="9 New Street", city="Reno", state="NV", zip="89501")


def assigned(case: Case, staff: dict[StaffRole, Actor], means: Means = Means.MAIL) -> Case:
    """The case, screened, answered, found eligible, with the notices of assignment sent."""
    # Tests roll their cases back, not the store: what an earlier test sealed under this number opens with no key any more.
    shutil.rmtree(configuration().objects / case.number, ignore_errors=True)
    clerk, manager = staff[StaffRole.INTAKE], staff[StaffRole.CASE_MANAGER]
    intake.screen_application(actor=clerk, case=case, on=date(2015, 1, 16))
    intake.decide_eligibility(actor=staff[StaffRole.ADMINISTRATIVE_DIRECTOR], case=case, on=date(2015, 1, 28))
    intake.send_assignment_notices(actor=manager, case=case, on=ASSIGNED, means=means)
    return case


def party(case: Case, role: PartyRole) -> Party:
    """The party in a role."""
    return case.parties.get(role=role.value, notified=True)


def last_event(case: Case) -> Event:
    """The event that the last act wrote."""
    event = Event.objects.filter(chain=case.chain).last()
    assert event is not None
    return event
