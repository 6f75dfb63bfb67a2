"""Accounts: opened, invited, changed and closed by acts; on the page and on the command line."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from tests.office.signed_in import client_of
from tests.office.signing import PASSWORD, kinds, sign_in, with_password

from evenhand.bundles.bundle import StaffRole
from evenhand.office.cases.models import Case
from evenhand.office.events.chain import Actor
from evenhand.office.events.models import Event
from evenhand.office.people import actions, invitations
from evenhand.office.people.authorisation import NotPermitted, may_enter
from evenhand.office.people.models import CaseAccess, Invitation, RoleChange, RoleGrant, User
from evenhand.office.people.queries import accounts
from evenhand.office.people.roles import Role
from evenhand.office.refusals import Refused

pytestmark = pytest.mark.django_db
Staff = dict[StaffRole, Actor]
TODAY = date(2026, 11, 23)


@pytest.fixture
def admin(staff: Staff) -> Actor:
    """The system administrator of the tests, at a screen."""
    return staff[StaffRole.SYSTEM_ADMINISTRATOR]


@pytest.fixture
def page(staff: Staff) -> Client:
    """The same one's browser."""
    return client_of("a.system_administrator", "system_administrator")


def user(username: str = "a.intake") -> User:
    """An account of the office."""
    return User.objects.get(username=username)


def test_an_invitation_sets_a_password_once(admin: Actor) -> None:
    """The link shows the user name, takes a good password, and then opens nothing any more."""
    token = actions.invite(actor=admin, user=user(), on=TODAY)
    client = Client()
    address = f"/account/invitation/{token}/"
    shown = client.get(address)
    assert b"a.intake" in shown.content and shown.headers["Referrer-Policy"] == "same-origin"
    assert client.post(address, {"password": PASSWORD, "again": PASSWORD}).url == "/account/login/"
    assert client.get(address).status_code == 409
    assert client.post(address, {"password": PASSWORD, "again": PASSWORD}).status_code == 409
    assert sign_in(Client(), "a.intake").status_code == 302
    assert kinds()[-3:] == ["invited", "password_set_by_invitation", "signed_in"]


def test_an_invitation_ends(admin: Actor) -> None:
    """After a day, by a newer one, and by closing the account; all in the same words."""
    first = actions.invite(actor=admin, user=user(), on=TODAY)
    second = actions.invite(actor=admin, user=user(), on=TODAY)
    with pytest.raises(Refused, match="does not open"):
        invitations.find(first)
    assert invitations.find(second).user == user()
    with pytest.raises(Refused, match="does not open"):
        invitations.find(second, now=timezone.now() + timedelta(hours=24, seconds=1))
    actions.deactivate_account(actor=admin, user=user(), on=TODAY)
    with pytest.raises(Refused, match="does not open"):
        invitations.find(second)
    with pytest.raises(Refused, match="closed"):
        actions.invite(actor=admin, user=user(), on=TODAY)


def test_the_token_is_nowhere_but_in_the_link(admin: Actor) -> None:
    """Neither the database's row nor the log opens the account."""
    token = actions.invite(actor=admin, user=user(), on=TODAY)
    kept = repr(list(Invitation.objects.values())) + repr(list(Event.objects.values_list("payload", flat=True)))
    assert token not in kept


@pytest.mark.parametrize(
    ("password", "why"), [("short", "at least 12"), ("password12345", "common"), ("a.intake1234", "similar")]
)
def test_a_weak_password_is_refused_in_words(admin: Actor, password: str, why: str) -> None:
    """Too short, too common, or the own name; the link is not used up by it."""
    token = actions.invite(actor=admin, user=user(), on=TODAY)
    with pytest.raises(ValidationError, match=why):
        invitations.accept(token, password, on=TODAY)
    answer = Client().post(f"/account/invitation/{token}/", {"password": password, "again": password})
    assert answer.status_code == 200 and why in answer.content.decode()
    assert invitations.find(token)


def test_a_role_is_granted_and_revoked_with_a_reason(admin: Actor) -> None:
    """The reason is kept beside the change; the event holds its digest only."""
    actions.grant_role(actor=admin, user=user(), role=Role.CASE_MANAGER, reason="Covers for  Ana", on=TODAY)
    assert user().grants.count() == 2
    actions.revoke_role(actor=admin, user=user(), role=Role.CASE_MANAGER, reason="Ana is back", on=TODAY)
    assert [(c.granted, c.reason) for c in RoleChange.objects.all()] == [
        (True, "Covers for Ana"),
        (False, "Ana is back"),
    ]
    assert kinds()[-2:] == ["role_granted", "role_revoked"]
    assert "Ana" not in repr(list(Event.objects.values_list("payload", flat=True)))
    with pytest.raises(Refused, match="reason"):
        actions.grant_role(actor=admin, user=user(), role=Role.FINANCE, reason="  ", on=TODAY)


@pytest.mark.parametrize(
    ("username", "role", "match"),
    [
        ("a.intake", Role.ADMINISTRATIVE_DIRECTOR, "another role"),
        ("a.administrative_director", Role.INTAKE, "another role"),
        ("a.reviewer", Role.CASE_MANAGER, "another role"),
        ("a.intake", Role.WORKER, "party"),
        ("a.intake", Role.INTAKE, "already"),
    ],
)
def test_roles_that_exclude_each_other(admin: Actor, username: str, role: Role, match: str) -> None:
    """The Administrative Director is nobody's staff, reviewers do nothing else, nobody is on both sides."""
    with pytest.raises(Refused, match=match):
        actions.grant_role(actor=admin, user=user(username), role=role, reason="why not", on=TODAY)


def test_nobody_widens_what_they_may_do(admin: Actor) -> None:
    """An administrator grants nothing to the own account and resets no second factor of the own."""
    own = user("a.system_administrator")
    with pytest.raises(NotPermitted, match="own account"):
        actions.grant_role(actor=admin, user=own, role=Role.AUDITOR, reason="to look", on=TODAY)
    with pytest.raises(NotPermitted, match="own second factor"):
        actions.reset_second_factor(actor=admin, user=own, on=TODAY)


def test_the_last_administrator_stays(admin: Actor) -> None:
    """Neither closing the account nor revoking the role leaves an office that nobody can govern."""
    own = with_password("a.system_administrator")
    with pytest.raises(Refused, match="last system administrator"):
        actions.deactivate_account(actor=admin, user=own, on=TODAY)
    with pytest.raises(Refused, match="last system administrator"):
        actions.revoke_role(actor=admin, user=own, role=Role.SYSTEM_ADMINISTRATOR, reason="tired", on=TODAY)
    actions.grant_role(
        actor=actions.office_administrator(),
        user=user("a.finance"),
        role=Role.SYSTEM_ADMINISTRATOR,
        reason="second one",
        on=TODAY,
    )
    with_password("a.finance")
    actions.deactivate_account(actor=admin, user=own, on=TODAY)
    assert not user("a.system_administrator").is_active


def test_names_differ_by_more_than_case(admin: Actor) -> None:
    """Upper and lower case are one name when somebody signs in, so they are one when an account is opened."""
    with pytest.raises(Refused, match="already"):
        actions.open_account(actor=admin, username="A.Intake", name="x", roles=(), on=TODAY)
    with pytest.raises(Refused, match="no user name"):
        actions.open_account(actor=admin, username="two words", name="x", roles=(), on=TODAY)


def test_a_party_gets_an_account_of_its_case(staff: Staff, case: Case) -> None:
    """Opened by the case manager, under a name that says nothing; it opens this case, and its event is in the case's chain."""
    manager = staff[StaffRole.CASE_MANAGER]
    party, token = actions.open_party_account(
        actor=manager, case=case, role=Role.WORKER, name="Somebody", on=date(2015, 1, 20)
    )
    assert re.fullmatch(r"p-[0-9a-z]{8}", party.username)
    assert CaseAccess.objects.get(user=party).case_number == case.number
    assert invitations.find(token).user == party
    assert may_enter(Actor(username=party.username, role="worker", source="person"), case)
    assert kinds(case.chain)[-1] == "party_account_opened"
    with pytest.raises(Refused, match="no party"):
        actions.open_party_account(actor=manager, case=case, role=Role.AUDITOR, name="x", on=TODAY)


def test_the_page_lists_accounts_in_few_statements(
    page: Client, admin: Actor, django_assert_max_num_queries: Any
) -> None:
    """However many accounts there are."""
    for number in range(30):
        actions.open_account(actor=admin, username=f"more.{number}", name="More", roles=(Role.INTAKE,), on=TODAY)
    with django_assert_max_num_queries(14):
        answer = page.get("/office/accounts/")
    assert answer.content.count(b"more.") >= 30
    assert len(accounts("a.intake")) == 1


def test_the_page_opens_an_account_and_makes_a_link(page: Client) -> None:
    """From the form to a link that works."""
    opened = page.post("/office/accounts/", {"username": "n.new", "name": "N. New", "roles": ["intake", "finance"]})
    assert opened.url == "/office/accounts/n.new/"
    assert set(RoleGrant.objects.filter(user__username="n.new").values_list("role", flat=True)) == {"intake", "finance"}
    shown = page.post("/office/accounts/n.new/invite/").content.decode()
    link = re.search(r"http://testserver(/account/invitation/[\w-]+/)", shown)
    assert link and Client().get(link.group(1)).status_code == 200
    again = page.post("/office/accounts/", {"username": "N.New", "name": "x"})
    assert again.status_code == 409 and b"already" in again.content


def test_every_button_of_the_page_does_its_act(page: Client) -> None:
    """Grant, revoke, end sessions, remove the second factor, unlock, close, open again; each an event."""
    at = "/office/accounts/a.intake"
    before = len(kinds())
    assert page.post(f"{at}/grant_role/", {"role": "finance", "reason": "helps out"}).status_code == 302
    assert page.post(f"{at}/revoke_role/", {"role": "finance", "reason": "no more"}).status_code == 302
    for act in ("end_sessions", "reset_second_factor", "unlock_account", "deactivate_account", "reactivate_account"):
        assert page.post(f"{at}/{act}/").status_code == 302, act
    assert kinds()[before:] == [
        "role_granted",
        "role_revoked",
        "sessions_ended",
        "second_factor_reset",
        "account_unlocked",
        "account_deactivated",
        "account_reactivated",
    ]


def test_the_page_shows_what_is_refused(page: Client) -> None:
    """What, why and what to do next; nothing is written."""
    before = Event.objects.count()
    mixed = page.post("/office/accounts/a.intake/grant_role/", {"role": "administrative_director", "reason": "x"})
    assert mixed.status_code == 409 and b"staff" in mixed.content
    assert page.post("/office/accounts/a.intake/revoke_role/", {"role": "intake", "reason": ""}).status_code == 400
    assert page.post("/office/accounts/a.intake/grant_role/", {"role": "king", "reason": "x"}).status_code == 400
    assert page.post("/office/accounts/a.intake/dance/").status_code == 409
    assert page.get("/office/accounts/a.intake/invite/").status_code == 405
    assert page.post("/office/accounts/nobody/invite/").status_code == 404
    assert Event.objects.count() == before


def test_acts_on_accounts_ask_who_one_is(staff: Staff) -> None:
    """A screen left open gives nobody's account away: some minutes after signing in a code is asked for, then the act is done."""
    with_password("a.system_administrator")
    page = client_of("a.system_administrator", "system_administrator")
    answer = page.post("/office/accounts/a.intake/deactivate_account/")
    assert answer.url.startswith("/account/confirm/") and user().is_active
    done = page.post(answer.url, {"password": PASSWORD})
    assert done.status_code == 302 and not user().is_active


def test_the_command_line_knows_the_roles_of_the_office() -> None:
    """The choices of `evenhand people add` are the table's: all of the office but the reviewer, who comes from the register."""
    from evenhand.cli.people import ROLES
    from evenhand.office.people.roles import STAFF

    assert set(ROLES) == {role.value for role in STAFF - {Role.REVIEWER}}


def test_nobody_signs_in_as_the_set_up(admin: Actor) -> None:
    """The account as which the command line acts gets no link."""
    with pytest.raises(Refused, match="nobody's"):
        actions.invite(actor=admin, user=user("office"), on=TODAY)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130 Safari/537.36 Edg/130", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604", "Safari on an iPhone"),
        ("curl/8", "A browser"),
    ],
)
def test_a_device_is_named_as_people_call_it(agent: str, words: str) -> None:
    """The list of sessions says which browser on which machine."""
    from evenhand.office.site.templatetags.account_words import device

    assert device(agent) == words
