"""Opening accounts."""

from __future__ import annotations

from datetime import date

from evenhand.office.events.chain import Actor, append
from evenhand.office.people.acts import act
from evenhand.office.people.models import RoleGrant, User
from evenhand.office.people.roles import Role

CHAIN = "people"


@act("open_account")
def open_account(*, actor: Actor, username: str, name: str, roles: tuple[Role, ...], on: date) -> User:
    """Opens an account, or grants an existing one what it lacks. The account cannot sign in until a password is set."""
    user, made = User.objects.get_or_create(username=username, defaults={"first_name": name})
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    for role in roles:
        RoleGrant.objects.get_or_create(user=user, role=role.value)
    append(
        actor=actor,
        chain=CHAIN,
        kind="account_opened",
        effective=on,
        data={"username": username, "roles": sorted(r.value for r in roles)},
    )
    return user


def first_administrator(username: str) -> Actor:
    """The account that opens the others, made when an empty office is opened."""
    user, made = User.objects.get_or_create(username=username, defaults={"first_name": "Office set-up"})
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    RoleGrant.objects.get_or_create(user=user, role=Role.SYSTEM_ADMINISTRATOR.value)
    return Actor(username=username, role=Role.SYSTEM_ADMINISTRATOR.value, source="system")
