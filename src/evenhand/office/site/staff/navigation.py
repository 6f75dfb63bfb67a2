"""What the head of every page of the office shows: where the acting role may go, and who is signed in as what.

A page stands in the navigation only if its own rule opens it to the role: the navigation cannot promise what the rule refuses.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.functional import SimpleLazyObject

from evenhand.office.people.access import Access, acting_role, roles_of, rule_of
from evenhand.office.people.roles import Role

PLACES = (
    ("Queue", "queue"),
    ("Dashboard", "dashboard"),
    ("Intake", "intake"),
    ("Mail room", "mailroom"),
    ("Reviewers", "reviewers"),
    ("Log", "log"),
    ("Accounts", "accounts"),
    ("My cases", "my_cases"),
)
"""Title and name of the address. A place that is not built in this office is left out."""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every page. Asked only where a page shows it: a public page costs nothing."""
    return {
        "navigation": SimpleLazyObject(lambda: _places(request)),
        "acting_role": SimpleLazyObject(lambda: _role(request)),
        "role_words": SimpleLazyObject(lambda: _words(request)),
        "roles": SimpleLazyObject(lambda: _roles(request)),
        "account_url": SimpleLazyObject(lambda: _address("account_home")),
    }


def _places(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """(title, address, whether this page lies under it) of every place open to the acting role."""
    role = _role(request)
    if role is None:
        return []
    open_to = [(title, url) for title, name in PLACES if (url := _address(name)) and _opens(_rule_at(url, name), role)]
    lies = max((url for _, url in open_to if request.path.startswith(url)), key=len, default="")
    return [(title, url, url == lies and (url != _address("queue") or request.path == url)) for title, url in open_to]


def _opens(rule: Access | None, role: Role) -> bool:
    return rule is not None and (rule.kind != "roles" or (rule.roles is not None and role in rule.roles))


@cache
def _rule_at(url: str, name: str) -> Access | None:
    """The rule of the view at an address. Addresses do not change while the office runs."""
    try:
        return rule_of(resolve(url).func, name)
    except Resolver404:
        return None


@cache
def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _role(request: HttpRequest) -> Role | None:
    """The acting role; none where nobody is signed in, and on the page that says that the database is down."""
    try:
        return acting_role(request) if getattr(request, "user", None) is not None else None
    except DatabaseError:
        return None


def _words(request: HttpRequest) -> str:
    role = _role(request)
    return role.words if role is not None else ""


def _roles(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """(value, words, whether it is the acting one) of every role held, for choosing another."""
    role = _role(request)
    return [] if role is None else [(held.value, held.words, held is role) for held in roles_of(request)]
