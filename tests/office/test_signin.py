"""Signing in: a password, a second factor for whoever works in the office, lock-out, sessions that end."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client
from tests.office.signed_in import client_of
from tests.office.signing import PASSWORD, code, kinds, set_up_app, sign_in, with_password

from evenhand.bundles.bundle import StaffRole
from evenhand.office.events.chain import Actor
from evenhand.office.events.models import Event
from evenhand.office.people.actions import deactivate_account, end_sessions, reset_second_factor
from evenhand.office.people.models import RoleGrant, User
from evenhand.office.people.roles import Role
from evenhand.office.people.sessions import BEGAN, SEEN

pytestmark = pytest.mark.django_db
Staff = dict[StaffRole, Actor]
SET_UP = "/account/second-factor/"


def admin(staff: Staff) -> Actor:
    """The system administrator of the tests."""
    return staff[StaffRole.SYSTEM_ADMINISTRATOR]


@pytest.fixture
def intake(staff: Staff) -> Client:
    """Intake, signed in with password and a fresh authenticator app."""
    with_password("a.intake")
    client = Client()
    assert sign_in(client, "a.intake").status_code == 302
    client.secret = set_up_app(client)  # type: ignore[attr-defined]
    return client


def test_staff_without_a_second_factor_reach_only_its_pages(
    staff: Staff, django_capture_on_commit_callbacks: Any
) -> None:
    """After the password everything leads to setting one up; then the way is open, and both are events."""
    with_password("a.intake")
    client = Client()
    assert sign_in(client, "a.intake").status_code == 302
    for page in ("/account/", "/account/sessions/", "/account/password/", "/office/"):
        answer = client.get(page)
        assert (answer.status_code, answer.url) == (302, SET_UP), page
    assert client.post("/account/role/", {"role": "intake"}).url == SET_UP
    assert client.get(SET_UP).status_code == 200
    assert client.get("/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    assert client.get("/account/second-factor/recovery/").status_code == 200
    assert client.get("/account/").status_code == 200
    assert kinds()[-3:] == ["signed_in", "second_factor_added", "second_factor_added"]


def test_a_party_may_go_without_a_second_factor(staff: Staff) -> None:
    """A worker signs in with a password alone; whoever also works in the office could not be made from that account."""
    user = User.objects.create(username="p-worker")
    RoleGrant.objects.create(user=user, role=Role.WORKER.value)
    with_password("p-worker")
    client = Client()
    assert sign_in(client, "p-worker").status_code == 302
    assert client.get("/account/").status_code == 200


def test_the_code_is_asked_for_and_works_once(intake: Client) -> None:
    """The next sign-in asks for the code; the same code does not open a second session."""
    secret = intake.secret  # type: ignore[attr-defined]
    now = code(secret, steps=1)
    for opens in (True, False):
        client = Client()
        assert sign_in(client, "a.intake").url == "/account/second-factor/code/"
        assert client.get("/account/").status_code == 302
        client.post("/account/second-factor/code/", {"code": now})
        assert (client.get("/account/").status_code == 200) is opens


def test_a_code_is_refused_by_every_worker_once_used(intake: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """That a code was used is in the database: another worker, whose memory is empty, refuses it too."""
    from django.core.cache import cache

    now = code(intake.secret, steps=1)  # type: ignore[attr-defined]
    first, second = Client(), Client()
    sign_in(first, "a.intake")
    first.post("/account/second-factor/code/", {"code": now})
    assert first.get("/account/").status_code == 200
    cache.clear()
    sign_in(second, "a.intake")
    answer = second.post("/account/second-factor/code/", {"code": now})
    assert answer.status_code == 200 and b"used before" in answer.content


def test_a_recovery_code_opens_once(intake: Client) -> None:
    """Each recovery code stands in for the app one time."""
    page = intake.get("/account/second-factor/recovery/file/").content.decode().split()
    for opens in (True, False):
        client = Client()
        sign_in(client, "a.intake")
        client.post("/account/second-factor/code/", {"code": page[0]})
        assert (client.get("/account/").status_code == 200) is opens


def test_staff_cannot_remove_their_last_factor(intake: Client) -> None:
    """The page says why, and the factor stays."""
    answer = intake.post("/account/second-factor/app/remove/")
    assert b"your work here needs one" in answer.content
    assert intake.get("/account/").status_code == 200


def test_secrets_of_the_second_factor_lie_sealed(intake: Client) -> None:
    """Whoever reads the database reads no key of an app and no seed of recovery codes."""
    from allauth.mfa.models import Authenticator

    stored = repr(list(Authenticator.objects.values_list("data", flat=True)))
    assert intake.secret not in stored  # type: ignore[attr-defined]
    assert stored.count("gAAAA") == 2


def test_five_wrong_passwords_lock_and_the_page_says_until_when(staff: Staff) -> None:
    """From one address the sixth try is refused though it is right, in words with a time; elsewhere one can go on."""
    with_password("a.intake")
    client = Client()
    answers = [sign_in(client, "a.intake", "wrong wrong wrong") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    locked = sign_in(client, "A.Intake")
    assert locked.status_code == 429 and b"Pacific time" in locked.content
    assert sorted(kinds()[-6:]) == ["locked_out"] + ["sign_in_failed"] * 5
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert sign_in(elsewhere, "a.intake").status_code == 302


def test_a_lock_ends(staff: Staff, settings: Any) -> None:
    """After the cool-off the right password works again."""
    from axes.models import AccessAttempt
    from django.utils import timezone

    with_password("a.intake")
    client = Client()
    for _ in range(5):
        sign_in(client, "a.intake", "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME * 1.1)
    assert sign_in(client, "a.intake").status_code == 302


def test_spreading_the_guesses_locks_too(staff: Staff) -> None:
    """One name from twenty addresses is locked everywhere; one address at fifty names is locked for all."""
    with_password("a.intake")
    for number in range(20):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{number}"), "a.intake", "wrong")
    assert sign_in(Client(REMOTE_ADDR="198.51.100.99"), "a.intake").status_code == 429
    spray = Client(REMOTE_ADDR="203.0.113.5")
    for number in range(50):
        sign_in(spray, f"guess{number}", "wrong")
    with_password("a.auditor")
    assert sign_in(spray, "a.auditor").status_code == 429


def test_wrong_codes_lock_as_wrong_passwords_do(intake: Client) -> None:
    """The second factor cannot be guessed by whoever has the password."""
    client = Client()
    sign_in(client, "a.intake")
    for _ in range(5):
        last = client.post("/account/second-factor/code/", {"code": "000000"})
    assert last.status_code == 429
    right = code(intake.secret, steps=1)  # type: ignore[attr-defined]
    assert client.post("/account/second-factor/code/", {"code": right}).status_code == 429
    assert client.get("/account/").status_code == 302


def test_nobody_learns_which_names_exist(staff: Staff) -> None:
    """A wrong password and an unknown name are answered in the same words, locked or not."""
    with_password("a.intake")

    def told(name: str) -> list[str]:
        client = Client(REMOTE_ADDR="198.51.100.1" if name == "a.intake" else "198.51.100.2")
        pages = [sign_in(client, name, "wrong").content.decode() for _ in range(6)]
        return [_without_tokens(page.replace(name, "NAME")) for page in pages]

    assert told("a.intake") == told("no.such.one")


def _without_tokens(page: str) -> str:
    import re

    return re.sub(r'(csrfmiddlewaretoken" value=)"\w+"|\d\d:\d\d', r"\1", page)


def test_a_password_typed_as_a_name_is_not_kept(staff: Staff) -> None:
    """What names no account is counted under a digest; the log holds digests only."""
    from axes.models import AccessAttempt

    sign_in(Client(), "correct horse battery", "x")
    kept = repr(list(AccessAttempt.objects.values())) + repr(list(Event.objects.values_list("payload", flat=True)))
    assert "battery" not in kept


def test_nobody_registers(staff: Staff) -> None:
    """The page of registration says that accounts are opened by the office, and a form sent to it opens none."""
    client = Client()
    assert b"opened by the office" in client.get("/account/signup/").content
    client.post("/account/signup/", {"username": "me", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(username="me").exists()


def test_an_idle_session_ends(intake: Client, settings: Any) -> None:
    """Half an hour without a step, and one is signed out, told so, and led back to where one was."""
    session = intake.session
    session[SEEN] = int(time.time()) - settings.SESSION_IDLE_SECONDS - 1
    session.save()
    answer = intake.get("/account/sessions/")
    assert answer.url == "/account/login/?next=%2Faccount%2Fsessions%2F"
    assert b"nothing was done for 30 minutes" in intake.get(answer.url).content


def test_a_session_ends_after_twelve_hours(intake: Client, settings: Any) -> None:
    """However busy one was."""
    session = intake.session
    session[BEGAN] = int(time.time()) - settings.SESSION_COOKIE_AGE - 1
    session.save()
    assert intake.get("/account/").url.startswith("/account/login/")


def test_the_session_changes_at_sign_in(staff: Staff) -> None:
    """A session key that somebody planted before signing in is worth nothing afterwards."""
    with_password("a.intake")
    client = Client()
    client.get("/account/login/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    sign_in(client, "a.intake")
    assert client.session.session_key != before


def test_signing_out_needs_a_form(intake: Client) -> None:
    """Following a link signs nobody out; the form does, and is an event."""
    assert intake.get("/account/logout/").status_code == 200
    assert intake.get("/account/").status_code == 200
    intake.post("/account/logout/")
    assert intake.get("/account/").status_code == 302
    assert kinds()[-1] == "signed_out"


def test_a_new_password_ends_the_other_sessions(intake: Client) -> None:
    """Whoever changes the password stays; every other session of the account is over."""
    other = Client()
    sign_in(other, "a.intake")
    other.post("/account/second-factor/code/", {"code": code(intake.secret, steps=1)})  # type: ignore[attr-defined]
    assert other.get("/account/").status_code == 200
    fresh = "five more quiet plum trees"
    answer = intake.post("/account/password/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    assert answer.status_code == 302
    assert intake.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert "password_changed" in kinds()


def test_one_can_sign_out_everywhere_else(intake: Client) -> None:
    """The page lists the sessions; one button ends all but this one."""
    other = Client()
    sign_in(other, "a.intake")
    other.post("/account/second-factor/code/", {"code": code(intake.secret, steps=1)})  # type: ignore[attr-defined]
    assert intake.get("/account/sessions/").content.count(b"Signed in ") >= 2
    intake.post("/account/sessions/")
    assert intake.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize("act", [end_sessions, deactivate_account, reset_second_factor])
def test_an_administrator_ends_sessions_at_once(staff: Staff, intake: Client, act: Any) -> None:
    """Ending sessions, closing the account, removing the second factor: the next step of the account asks to sign in."""
    from datetime import date

    act(actor=admin(staff), user=User.objects.get(username="a.intake"), on=date(2026, 11, 23))
    assert intake.get("/account/").url.startswith("/account/login/")


def test_a_closed_account_cannot_sign_in(staff: Staff) -> None:
    """The right password of a closed account opens nothing."""
    with_password("a.intake")
    User.objects.filter(username="a.intake").update(is_active=False)
    client = Client()
    sign_in(client, "a.intake")
    assert client.get("/account/").status_code == 302
    assert "signed_in" not in kinds()


def test_one_acts_in_one_role_at_a_time(staff: Staff) -> None:
    """Whoever holds two roles chooses; a role that is not held cannot be chosen, and no address outside is gone to."""
    RoleGrant.objects.create(user=User.objects.get(username="a.intake"), role="case_manager")
    client = client_of("a.intake", "intake")
    assert b"Act in another role" in client.get("/account/").content
    answer = client.post("/account/role/", {"role": "case_manager", "next": "https://elsewhere.example/"})
    assert answer.url == "/account/" and client.session["role"] == "case_manager"
    assert client.post("/account/role/", {"role": "auditor"}).status_code == 409
    assert client.get("/account/role/").status_code == 405


def test_important_changes_ask_who_one_is(intake: Client) -> None:
    """Some time after signing in, the password is asked for before the second factor is touched."""
    session = intake.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 3600} for record in session["account_authentication_methods"]
    ]
    session.save()
    answer = intake.get("/account/second-factor/recovery/new/")
    assert answer.url.startswith("/account/confirm/")
    intake.post(answer.url, {"password": PASSWORD})
    assert intake.get("/account/second-factor/recovery/new/").status_code == 200


def test_a_sign_in_does_not_fail_because_its_event_did(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the log is written to standard error; the person works on."""
    from django.db import DatabaseError

    from evenhand.office.people import signals

    def broken(**_: Any) -> None:
        raise DatabaseError("the chain is busy")

    with_password("a.intake")
    monkeypatch.setattr(signals, "append", broken)
    client = Client()
    assert sign_in(client, "a.intake").status_code == 302
    assert client.get(SET_UP).status_code == 200
