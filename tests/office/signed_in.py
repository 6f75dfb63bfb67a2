"""Clients that are signed in, second factor given, acting in one role."""

from __future__ import annotations

from django.test import Client

from evenhand.office.people.models import RoleGrant, User
from evenhand.office.people.roles import Role
from evenhand.office.people.second_factor import SESSION_KEY


def client_of(username: str, role: Role | str, *, grant: bool = True) -> Client:
    """A browser in which `username` is signed in and acts as `role`; the account and the grant are made where they are missing."""
    user, made = User.objects.get_or_create(username=username)
    if made:
        user.set_unusable_password()
        user.save()
    if grant:
        RoleGrant.objects.get_or_create(user=user, role=str(role))
    client = Client()
    client.force_login(user)
    session = client.session
    session["role"] = str(role)
    session[SESSION_KEY] = "own"
    session.save()
    return client
