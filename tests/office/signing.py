"""How the tests sign in: the real pages, the real codes."""

from __future__ import annotations

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

from evenhand.office.events.models import Event
from evenhand.office.people.models import User

PASSWORD = "four quiet plum trees"


def with_password(username: str) -> User:
    """The account, with the password of the tests."""
    user = User.objects.get(username=username)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, username: str, password: str = PASSWORD) -> HttpResponse:
    """Sends the sign-in form."""
    return client.post("/account/login/", {"login": username, "password": password})


def code(secret: str, steps: int = 0) -> str:
    """The code that an authenticator app shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up_app(client: Client) -> str:
    """Sets an authenticator app up through its page; its key."""
    page = client.get("/account/second-factor/app/").content.decode()
    found = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert found, page
    answer = client.post("/account/second-factor/app/", {"code": code(found.group(1))})
    assert answer.status_code == 302, answer.content.decode()
    return found.group(1)


def kinds(chain: str = "people") -> list[str]:
    """Kinds of the events of a chain, in order."""
    return list(Event.objects.filter(chain=chain).order_by("number").values_list("kind", flat=True))
