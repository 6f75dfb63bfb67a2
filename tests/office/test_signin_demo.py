"""The demonstration: a door for everybody, in an office that is one from its first event on, and in no other."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.conftest import EXAMPLES
from tests.office.signing import kinds

from evenhand.bundles import read_bundle
from evenhand.bundles.bundle import StaffRole
from evenhand.office.cases.models import Case
from evenhand.office.events.chain import Actor
from evenhand.office.people import demonstration
from evenhand.office.people.actions import first_administrator, open_account
from evenhand.office.people.roles import Role
from evenhand.office.refusals import Refused
from evenhand.simulation.demo import PLANS, planned

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def here() -> Client:
    """A browser on this machine."""
    return Client(SERVER_NAME="127.0.0.1")


@pytest.fixture
def office(settings: Any) -> None:
    """A demonstration with two accounts, served as one."""
    demonstration.open_demonstration(on=TODAY)
    for username, role in (("i.intake", Role.INTAKE), ("s.admin", Role.SYSTEM_ADMINISTRATOR)):
        open_account(actor=first_administrator("office"), username=username, name="Invented", roles=(role,), on=TODAY)
    settings.DEMONSTRATION = True


def test_one_enters_as_anybody_with_one_click(office: None) -> None:
    """No password, no second factor; the page says what it is, and the log who entered."""
    client = here()
    page = client.get("/demo/").content.decode()
    assert "i.intake" in page and "Demonstration: invented people" in page
    assert client.post("/demo/enter/", {"username": "i.intake", "role": "intake"}).status_code == 302
    inside = client.get("/account/")
    assert inside.status_code == 200 and b"Demonstration: invented people" in inside.content
    assert kinds()[-1] == "signed_in"
    client.post("/demo/enter/", {"username": "s.admin", "role": "system_administrator"})
    assert client.get("/office/accounts/").status_code == 200


@pytest.mark.parametrize(
    "sent", [{"username": "office", "role": "system_administrator"}, {"username": "i.intake", "role": "auditor"}, {}]
)
def test_one_enters_only_as_what_is_there(office: None, sent: dict[str, str]) -> None:
    """Not as the set-up, in no role that the account lacks."""
    assert here().post("/demo/enter/", sent).status_code == 404


def test_the_door_is_not_there_in_an_office(staff: dict[StaffRole, Actor], settings: Any) -> None:
    """Neither without the marker of a demonstration, whatever the environment says, nor without being served as one."""
    settings.DEMONSTRATION = True
    assert here().get("/demo/").status_code == 404
    assert here().post("/demo/enter/", {"username": "a.intake", "role": "intake"}).status_code == 404


def test_the_door_closes_when_it_is_served_otherwise(office: None, settings: Any) -> None:
    """A session of the demonstration is worth nothing once the office is served as an ordinary one."""
    client = here()
    client.post("/demo/enter/", {"username": "i.intake", "role": "intake"})
    settings.DEMONSTRATION = False
    assert here().get("/demo/").status_code == 404
    assert client.get("/account/").url == "/account/second-factor/"


def test_the_door_is_for_this_machine(office: None, settings: Any) -> None:
    """Under another name than this machine's there is no door."""
    settings.ALLOWED_HOSTS = ["imr.example.org"]
    assert Client(SERVER_NAME="imr.example.org").get("/demo/").status_code == 404


def test_no_office_becomes_a_demonstration(case: Case) -> None:
    """Where anything happened before, the marker is refused in words."""
    with pytest.raises(Refused, match="not a demonstration"):
        demonstration.open_demonstration(on=TODAY)


def test_every_plan_keeps_its_days_in_order() -> None:
    """Moved by whole weeks, births and injuries stay, and nothing happens after today."""
    for plan in PLANS:
        bundle = read_bundle(EXAMPLES / plan.example)
        made = planned(bundle, plan, TODAY)
        employee, was = made.case.application.employee, bundle.case.application.employee
        assert (employee.date_of_birth, employee.date_of_injury) == (was.date_of_birth, was.date_of_injury)
        assert made.course.application_entered_on <= TODAY
        moved = made.course.application_entered_on - bundle.course.application_entered_on
        assert moved.days % 7 == 0
        assert made.name == plan.name and made.digest != bundle.digest
    assert len({planned(read_bundle(EXAMPLES / p.example), p, TODAY).digest for p in PLANS}) == len(PLANS)


@pytest.mark.slow
def test_the_demonstration_fills_itself_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases of every stage, accounts of every role and of parties; a second call adds nothing."""
    monkeypatch.setenv("EVENHAND_HOME", str(tmp_path))
    from evenhand.office.people.models import CaseAccess, RoleGrant
    from evenhand.simulation.demo import fill_demo

    on = demonstration.open_demonstration(on=TODAY)
    told: list[str] = []
    fill_demo(EXAMPLES, on=on, tell=told.append)
    states = set(Case.objects.values_list("state", flat=True))
    assert {"SCREENING", "INFORMATION_REQUESTED", "RECORDS_OPEN", "IN_REVIEW", "DRAFTED", "CLOSED"} <= states
    assert {role.value for role in StaffRole} <= set(RoleGrant.objects.values_list("role", flat=True))
    assert CaseAccess.objects.count() == 5
    before = Case.objects.count()
    fill_demo(EXAMPLES, on=on, tell=told.append)
    assert Case.objects.count() == before == len(told) == len(PLANS)
