"""An office with accounts and one received application, in a transaction that is rolled back."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from tests.conftest import EXAMPLES

from evenhand.bundles import Bundle, read_bundle
from evenhand.bundles.bundle import StaffRole
from evenhand.office.cases.models import Case
from evenhand.office.configuration import configuration
from evenhand.office.events.chain import Actor
from evenhand.office.intake.actions import receive_application
from evenhand.office.people.actions import first_administrator, open_account
from evenhand.office.people.authorisation import acting


@pytest.fixture(scope="session")
def neck() -> Bundle:
    """The first example."""
    return read_bundle(EXAMPLES / "neck-cold-therapy")


@pytest.fixture(autouse=True)
def empty_store() -> None:
    """The rows of a test are rolled back, so its sealed papers go as well: the next case of that number has another key."""
    shutil.rmtree(configuration().objects, ignore_errors=True)


@pytest.fixture
def staff(db: None) -> dict[StaffRole, Actor]:
    """One account for each role."""
    for role in StaffRole:
        open_account(
            actor=first_administrator("office"),
            username=f"a.{role.value}",
            name=role.value,
            roles=(role,),
            on=date(2015, 1, 2),
        )
    return {role: acting(f"a.{role.value}", role, "person") for role in StaffRole}


@pytest.fixture
def case(neck: Bundle, staff: dict[StaffRole, Actor]) -> Case:
    """The application of the first example, received."""
    facts = neck.case
    return receive_application(
        actor=staff[StaffRole.INTAKE],
        form=facts.application,
        request_for_authorization=facts.request_for_authorization,
        ur_decision=facts.ur_decision,
        other_parties=facts.other_parties,
        entered_on=date(2015, 1, 16),
    )
