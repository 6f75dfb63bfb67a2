"""Signing in: a password, a second factor for whoever works in the office, sessions that end."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.office.signing import PASSWORD, code, kinds, set_up_app, sign_in, with_password

from evenhand.bundles.bundle import StaffRole
from evenhand.office.events.chain import Actor

pytestmark = pytest.mark.django_db
Staff = dict[StaffRole, Actor]


@pytest.fixture(autouse=True)
def quick(settings: Any) -> None:
    """Hashing a password slowly is Django's work and tested there."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_staff_without_a_second_factor_reach_only_its_pages(staff: Staff) -> None:
    """After the password everything leads to setting one up; then the way is open."""
    with_password("a.intake")
    client = Client()
    assert sign_in(client, "a.intake").status_code == 302
    for page in ("/account/", "/account/sessions/", "/account/password/"):
        answer = client.get(page)
        assert (answer.status_code, answer.url) == (302, "/account/second-factor/"), page
    assert client.get("/account/second-factor/").status_code == 200
    set_up_app(client)
    assert client.get("/account/second-factor/recovery/").status_code == 200
    assert client.get("/account/").status_code == 200
    assert kinds()[-3:] == ["signed_in", "second_factor_added", "second_factor_added"]


def test_the_pages_of_accounts_answer(staff: Staff) -> None:
    """Every page below the own account and for administrators renders."""
    from tests.office.signed_in import client_of

    client = client_of("a.system_administrator", "system_administrator")
    for page in ("", "sessions/", "password/set/", "second-factor/", "second-factor/app/", "passkeys/add/", "passkeys/"):
        assert client.get(f"/account/{page}").status_code == 200, page
    assert client.get("/office/accounts/").status_code == 200
    assert client.get("/office/accounts/a.intake/").status_code == 200
