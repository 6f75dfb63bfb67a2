"""Opening, changing and closing accounts. Each an act with its event in the chain `people` (a party's account: in the case's)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from evenhand.office.events.chain import Actor, append, under_key
from evenhand.office.events.links import digest
from evenhand.office.people import invitations, sessions
from evenhand.office.people.acts import act
from evenhand.office.people.authorisation import NotPermitted
from evenhand.office.people.lockout import forget_failures
from evenhand.office.people.models import CaseAccess, RoleChange, RoleGrant, User
from evenhand.office.people.roles import PARTIES, Role
from evenhand.office.refusals import Refused

if TYPE_CHECKING:
    from evenhand.office.people.authorisation import CaseInQuestion

CHAIN = "people"
SET_UP = "office"
"""The account that opens the first ones. No person's."""
ACCOUNT = re.compile(r"[A-Za-z0-9._-]{3,40}")
# Whoever holds one of these holds nothing else: decides on the office's work from outside it, or reviews unseen.
ALONE = frozenset({Role.ADMINISTRATIVE_DIRECTOR, Role.REVIEWER})


@act("open_account")
def open_account(*, actor: Actor, username: str, name: str, roles: tuple[Role, ...], on: date) -> User:
    """Opens an account, or grants an existing one what it lacks. The account cannot sign in until a password is set."""
    user = User.objects.filter(username=username).first() or _new(username, name)
    granted = set(user.grants.values_list("role", flat=True))
    _require_compatible(user, granted | {role.value for role in roles})
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


def _new(username: str, name: str) -> User:
    if not ACCOUNT.fullmatch(username):
        raise Refused(
            what=f"{username[:40]!r} is no user name",
            why="user names are 3 to 40 of a-z, A-Z, 0-9, dot, dash and underscore",
            next="choose another",
        )
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(
            what=f"there is an account of this name already, written otherwise than {username}",
            why="upper and lower case are the same when somebody signs in",
            next="choose another user name",
        )
    user = User(username=username, first_name=name[:150])
    user.set_unusable_password()
    user.save()
    return user


def _require_compatible(user: User, roles: Iterable[str]) -> None:
    held = {Role(role) for role in roles}
    for role in sorted(held & ALONE):
        if len(held) > 1:
            raise Refused(
                what=f"{user.username} cannot be {role.words} and hold another role",
                why="the Administrative Director is nobody's staff, and whoever reviews does nothing else in the office",
                next="open a second account for the other role",
            )
    if held & PARTIES and held - PARTIES:
        raise Refused(
            what=f"{user.username} cannot be a party and work in the office",
            why="nobody works on a case from both sides",
            next="open a second account",
        )


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


def office_administrator() -> Actor:
    """The first system administrator, as whom the command line acts; in an empty office it is made."""
    role = Role.SYSTEM_ADMINISTRATOR.value
    first = RoleGrant.objects.filter(role=role, user__is_active=True).order_by("pk").first()
    return Actor(username=first.user.username, role=role, source="system") if first else first_administrator(SET_UP)


@act("invite")
def invite(*, actor: Actor, user: User, on: date) -> str:
    """A one-time link for setting a password; its token. Earlier links of the account end."""
    if not user.is_active:
        raise Refused(
            what=f"{user.username} cannot be invited", why="the account is closed", next="open the account again first"
        )
    if user.username == SET_UP:
        raise Refused(
            what="the account of the set-up is nobody's",
            why="as it the command line acts; a person signs in under the own name",
            next="open an account for the person",
        )
    token, invitation = invitations.make(user, by=actor.username)
    append(
        actor=actor,
        chain=CHAIN,
        kind="invited",
        effective=on,
        data={"username": user.username, "until": invitation.until.isoformat(timespec="seconds")},
    )
    return token


@act("grant_role")
def grant_role(*, actor: Actor, user: User, role: Role, reason: str, on: date) -> RoleGrant:
    """Grants a role, with the reason. Nobody grants one to the own account."""
    if actor.source == "person" and actor.username == user.username:
        raise NotPermitted(
            what="nobody grants a role to the own account",
            why="a second person looks at every widening of what somebody may do",
            next="ask another system administrator",
        )
    held = set(user.grants.values_list("role", flat=True))
    if role.value in held:
        raise Refused(what=f"{user.username} is {role.words} already", why="a role is granted once", next="nothing")
    _require_compatible(user, held | {role.value})
    grant = RoleGrant.objects.create(user=user, role=role.value)
    _changed(actor, user, role, True, reason, on)
    return grant


@act("revoke_role")
def revoke_role(*, actor: Actor, user: User, role: Role, reason: str, on: date) -> None:
    """Takes a role away, with the reason. The account loses it at its next step."""
    grant = user.grants.filter(role=role.value).first()
    if grant is None:
        raise Refused(what=f"{user.username} is not {role.words}", why="only a role that is held is revoked", next="")
    if role is Role.SYSTEM_ADMINISTRATOR:
        _require_another_administrator(user)
    grant.delete()
    _changed(actor, user, role, False, reason, on)


def _changed(actor: Actor, user: User, role: Role, granted: bool, reason: str, on: date) -> None:
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(
            what="a role is not granted or revoked without a reason",
            why="whoever looks at the log later must understand it",
            next="write the reason in a few words",
        )
    RoleChange.objects.create(user=user, role=role.value, granted=granted, reason=reason, by=actor.username, on=on)
    append(
        actor=actor,
        chain=CHAIN,
        kind="role_granted" if granted else "role_revoked",
        effective=on,
        data={"username": user.username, "role": role.value, "reason": digest(reason)},
    )


def _require_another_administrator(user: User) -> None:
    """The office must stay governable by somebody who can sign in; where nobody can yet, by the command line's account."""
    others = RoleGrant.objects.filter(role=Role.SYSTEM_ADMINISTRATOR.value, user__is_active=True).exclude(user=user)
    able = any(grant.user.has_usable_password() for grant in others.select_related("user"))
    if not others.exists() or (user.has_usable_password() and not able):
        raise Refused(
            what=f"{user.username} is the last system administrator",
            why="an office without one could not be governed any more",
            next="make somebody else system administrator first",
        )


@act("deactivate_account")
def deactivate_account(*, actor: Actor, user: User, on: date) -> None:
    """Closes an account: its sessions and links end at once. What it did stays."""
    if not user.is_active:
        raise Refused(what=f"{user.username} is closed already", why="an account is closed once", next="")
    if user.grants.filter(role=Role.SYSTEM_ADMINISTRATOR.value).exists():
        _require_another_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    invitations.withdraw(user)
    ended = sessions.end_all(user)
    data = {"username": user.username, "sessions_ended": ended}
    append(actor=actor, chain=CHAIN, kind="account_deactivated", effective=on, data=data)


@act("reactivate_account")
def reactivate_account(*, actor: Actor, user: User, on: date) -> None:
    """Opens a closed account again, with the roles, password and second factor it had."""
    if user.is_active:
        raise Refused(what=f"{user.username} is open", why="only a closed account is opened again", next="")
    user.is_active = True
    user.save(update_fields=["is_active"])
    append(actor=actor, chain=CHAIN, kind="account_reactivated", effective=on, data={"username": user.username})


@act("reset_second_factor")
def reset_second_factor(*, actor: Actor, user: User, on: date) -> None:
    """Removes every second factor of somebody who lost them, and ends the sessions. A new one is asked for at the next sign-in."""
    if actor.source == "person" and actor.username == user.username:
        raise NotPermitted(
            what="nobody resets the own second factor",
            why="whoever sits at a screen left open could take the account over",
            next="ask another system administrator, or change it under Your account",
        )
    removed = Authenticator.objects.filter(user_id=user.pk)
    data = {"username": user.username, "removed": sorted(str(one.type) for one in removed)}
    removed.delete()
    sessions.end_all(user)
    append(actor=actor, chain=CHAIN, kind="second_factor_reset", effective=on, data=data)


@act("end_sessions")
def end_sessions(*, actor: Actor, user: User, on: date) -> int:
    """Signs an account out everywhere; how many sessions there were."""
    ended = sessions.end_all(user)
    data = {"username": user.username, "sessions_ended": ended}
    append(actor=actor, chain=CHAIN, kind="sessions_ended", effective=on, data=data)
    return ended


@act("unlock_account")
def unlock_account(*, actor: Actor, user: User, on: date) -> None:
    """Ends a lock-out before its time."""
    forget_failures(user.username)
    append(actor=actor, chain=CHAIN, kind="account_unlocked", effective=on, data={"username": user.username})


@act("open_party_account")
def open_party_account(
    *, actor: Actor, case: CaseInQuestion, role: Role, name: str, on: date, party: int | None = None
) -> tuple[User, str]:
    """An account for a party of the case, and the token of its one-time link. The user name says nothing about the person."""
    if role not in PARTIES:
        raise Refused(
            what=f"{role.words} is no party of a case",
            why="staff accounts are opened by a system administrator",
            next="choose the party's role",
        )
    user = _new(f"p-{invitations.readable(8)}", name)
    RoleGrant.objects.create(user=user, role=role.value)
    CaseAccess.objects.create(user=user, case_number=case.number, role=role.value, party=party, granted_on=on)
    token, _ = invitations.make(user, by=actor.username)
    data = {"account": user.username, "role": role.value}
    append(actor=actor, chain=case.number, kind="party_account_opened", effective=on, data=data)
    return user, token
