"""Opening accounts."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from evenhand.office.events.chain import Actor, append, under_key
from evenhand.office.people.acts import act
from evenhand.office.people.authorisation import NotPermitted
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
    """The account that opens the others, made once, when an empty office is opened. Raises NotPermitted later."""
    role = Role.SYSTEM_ADMINISTRATOR.value
    actor = Actor(username=username, role=role, source="system")
    if RoleGrant.objects.filter(user__username=username, role=role).exists():
        return actor
    if User.objects.exists():
        raise NotPermitted(
            what=f"{username} cannot be made the first administrator",
            why="this office has accounts already",
            next="ask one of its system administrators",
        )
    with transaction.atomic(), under_key("office-opened"):
        user = User(username=username, first_name="Office set-up")
        user.set_unusable_password()
        user.save()
        RoleGrant.objects.create(user=user, role=role)
        append(
            actor=actor, chain=CHAIN, kind="office_opened", effective=timezone.localdate(), data={"username": username}
        )
    return actor
