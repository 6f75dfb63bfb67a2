"""Who may do what: one table, every act behind it, closed to whatever is not in it."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import date
from typing import Any

import pytest

import evenhand.office
from evenhand.bundles.bundle import StaffRole
from evenhand.office.cases.models import Case
from evenhand.office.events.chain import Actor
from evenhand.office.events.models import Event
from evenhand.office.people.authorisation import NotPermitted, acting, require
from evenhand.office.people.models import User
from evenhand.office.people.roles import ONLY_THE_SELECTED_REVIEWER, PARTIES, PERMISSIONS


def acts() -> dict[str, Any]:
    """Every act of the office by the name of its permission, wherever it is written."""
    found = {}
    for module in pkgutil.walk_packages(evenhand.office.__path__, "evenhand.office."):
        if not module.name.startswith("evenhand.office.site") and ".migrations" not in module.name:
            loaded = importlib.import_module(module.name)
            found |= {f.act: f for f in vars(loaded).values() if hasattr(f, "act") and callable(f)}
    return found


def test_every_act_has_its_permission_and_every_permission_its_act() -> None:
    """The table of permissions and the office's acts are the same list."""
    assert set(acts()) == set(PERMISSIONS)


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(StaffRole))
@pytest.mark.parametrize("action", sorted(PERMISSIONS))
def test_the_table_decides(staff: dict[StaffRole, Actor], action: str, role: StaffRole) -> None:
    """Each role may do exactly what the table says; the reviewer only in the case it was selected for."""
    mine = f"a.{role.value}" if action in ONLY_THE_SELECTED_REVIEWER else None
    if role in PERMISSIONS[action]:
        require(staff[role], action, selected_reviewer=mine)
    else:
        with pytest.raises(NotPermitted):
            require(staff[role], action, selected_reviewer=mine)


def test_another_reviewer_may_not_work_on_the_case(staff: dict[StaffRole, Actor]) -> None:
    """The role alone does not open a case: only the selected reviewer works on it, and nobody before the selection."""
    for selected in ("R-1", None):
        with pytest.raises(NotPermitted, match="only the reviewer selected"):
            require(staff[StaffRole.REVIEWER], "decide_item", selected_reviewer=selected)


def test_an_act_that_is_not_in_the_table_is_refused(staff: dict[StaffRole, Actor]) -> None:
    """Fails closed: an act that nobody listed is nobody's."""
    for actor in staff.values():
        with pytest.raises(NotPermitted, match="nobody"):
            require(actor, "delete_everything")


def test_a_role_must_be_held(staff: dict[StaffRole, Actor]) -> None:
    """Claiming a role is not holding it."""
    liar = Actor(username="a.intake", role="administrative_director", source="person")
    with pytest.raises(NotPermitted, match="not held"):
        require(liar, "decide_eligibility")


def test_a_closed_account_can_do_nothing(staff: dict[StaffRole, Actor]) -> None:
    """Whoever left the office acts no more, and cannot be acted as."""
    User.objects.filter(username="a.intake").update(is_active=False)
    with pytest.raises(NotPermitted):
        require(staff[StaffRole.INTAKE], "receive_application")
    with pytest.raises(NotPermitted, match="no account"):
        acting("a.intake", StaffRole.INTAKE, "person")


def test_a_refused_act_changes_nothing(case: Case, staff: dict[StaffRole, Actor]) -> None:
    """No row and no event of an act that was not permitted."""
    before = Event.objects.count()
    with pytest.raises(NotPermitted):
        acts()["screen_application"](actor=staff[StaffRole.AUDITOR], case=case, on=date(2015, 1, 16))
    case.refresh_from_db()
    assert case.state == "RECEIVED" and Event.objects.count() == before


def test_an_act_takes_keywords_and_writes_one_event(case: Case, staff: dict[StaffRole, Actor]) -> None:
    """One verb, one transaction, one audit row, and nothing by position."""
    before = Event.objects.filter(chain=case.chain).count()
    acts()["screen_application"](actor=staff[StaffRole.INTAKE], case=case, on=date(2015, 1, 16))
    assert Event.objects.filter(chain=case.chain).count() == before + 1
    with pytest.raises(TypeError, match="keyword"):
        acts()["screen_application"](staff[StaffRole.INTAKE], case, date(2015, 1, 16))


def test_no_account_can_sign_in_before_a_password_is_set(staff: dict[StaffRole, Actor]) -> None:
    """An account that a script opened has no usable password."""
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_looking_at_an_identity_is_an_event_and_not_for_everybody(staff: dict[StaffRole, Actor]) -> None:
    """Credentialing and the medical director can open it, each time with an event; nobody else, and no made-up actor."""
    from tests.conftest import EXAMPLES

    from evenhand.bundles import read_bundle
    from evenhand.office.reviewers.models import Reviewer

    register = read_bundle(EXAMPLES / "neck-cold-therapy").register
    assert register is not None
    on = date(2015, 1, 2)
    acts()["register_reviewers"](actor=staff[StaffRole.CREDENTIALING], entries=register.reviewers[:2], on=on)
    reviewer = Reviewer.objects.get(pk="R-1001")
    before = Event.objects.filter(kind="identity_opened").count()
    person = acts()["open_identity"](actor=staff[StaffRole.MEDICAL_DIRECTOR], reviewer=reviewer, on=on)
    assert person.name == register.reviewers[0].name
    assert Event.objects.filter(kind="identity_opened").count() == before + 1
    ghost = Actor(username="ghost", role="credentialing", source="person")
    for actor in (staff[StaffRole.CASE_MANAGER], staff[StaffRole.AUDITOR], ghost):
        with pytest.raises(NotPermitted):
            acts()["open_identity"](actor=actor, reviewer=reviewer, on=on)


def test_no_party_may_do_any_act() -> None:
    """Parties read; what they bring is entered by the office."""
    assert not any(roles & PARTIES for roles in PERMISSIONS.values())
