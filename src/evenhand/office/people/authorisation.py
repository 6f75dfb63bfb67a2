"""May this actor do this, to this case, and see this part of it? The one place that answers. Fails closed."""

from __future__ import annotations

from typing import Protocol

from django.utils import timezone

from evenhand.office.events.chain import Actor
from evenhand.office.people.models import BreakGlass, CaseAccess, RoleGrant, User
from evenhand.office.people.roles import (
    BREAKABLE,
    ONLY_THE_SELECTED_REVIEWER,
    PARTIES,
    PERMISSIONS,
    SEES,
    STAFF,
    Part,
    Role,
)
from evenhand.office.refusals import Refused


class NotPermitted(Refused):
    """The actor may not do this."""


class NoSuchCase(Refused):
    """For this actor the case is not there: neither its content nor its existence is told."""


class CaseInQuestion(Protocol):
    """What has to be known of a case to say who may enter it."""

    number: str
    selected_reviewer: str | None


def require(actor: Actor, action: str, *, selected_reviewer: str | None = None) -> None:
    """Raises NotPermitted unless `actor` holds the role it acts in, that role may do `action`, and the case is the actor's own."""
    allowed = PERMISSIONS.get(action, frozenset())
    if actor.role not in allowed:
        who = ", ".join(sorted(role.words for role in allowed)) or "nobody"
        raise NotPermitted(
            what=f"{actor.username} may not {action.replace('_', ' ')} as {actor.role}",
            why="the office's table of permissions (people/roles.py)",
            next=f"this is done by: {who}",
        )
    if not holds(actor):
        raise NotPermitted(
            what=f"{actor.username} may not {action.replace('_', ' ')}: the role {actor.role} is not held",
            why="every act is done in a role that was granted",
            next="ask a system administrator to grant the role",
        )
    if action in ONLY_THE_SELECTED_REVIEWER and (selected_reviewer is None or selected_reviewer != actor.username):
        raise NotPermitted(
            what=f"{actor.username} may not {action.replace('_', ' ')} in this case",
            why="only the reviewer selected for a case works on it",
            next="credentialing selects the reviewer",
        )


def holds(actor: Actor) -> bool:
    """Whether the account is open and holds the role in which it acts."""
    return RoleGrant.objects.filter(user__username=actor.username, user__is_active=True, role=actor.role).exists()


def permitted(actor: Actor, action: str, case: CaseInQuestion | None = None) -> bool:
    """Whether the table lets the role do it, in this case: what a page offers. The act itself asks again with `require`."""
    if actor.role not in PERMISSIONS.get(action, frozenset()):
        return False
    return action not in ONLY_THE_SELECTED_REVIEWER or (case is not None and case.selected_reviewer == actor.username)


def may_enter(actor: Actor, case: CaseInQuestion) -> bool:
    """Whether the actor has anything to do with the case: staff with every case, a reviewer with the one selected for, a party
    with its own."""
    if not holds(actor):
        return False
    if actor.role == Role.REVIEWER:
        return case.selected_reviewer == actor.username
    if actor.role in PARTIES:
        return CaseAccess.objects.filter(
            user__username=actor.username, case_number=case.number, role=actor.role, ended_on=None
        ).exists()
    return actor.role in STAFF


def visible_parts(actor: Actor, case: CaseInQuestion) -> frozenset[Part]:
    """The parts of the case that are open to the actor just now: by role, or opened with a reason.

    None for whoever may not enter."""
    if not may_enter(actor, case):
        return frozenset()
    opened = BreakGlass.objects.filter(
        user__username=actor.username, role=actor.role, case_number=case.number, until__gt=timezone.now()
    ).values_list("part", flat=True)
    return frozenset(part for part in Part if actor.role in SEES[part]) | {Part(part) for part in opened}


def breakable_parts(actor: Actor) -> frozenset[Part]:
    """The parts that the actor's role may open with a reason."""
    return frozenset(part for part, roles in BREAKABLE.items() if actor.role in roles)


def require_entry(actor: Actor, case: CaseInQuestion) -> None:
    """Raises NoSuchCase for whoever has nothing to do with the case."""
    if not may_enter(actor, case):
        raise no_such_case()


def require_parts(actor: Actor, case: CaseInQuestion, *parts: Part) -> None:
    """Raises NoSuchCase for whoever may not enter the case, NotPermitted where one of the parts is closed to the actor."""
    visible = visible_parts(actor, case)
    if not visible:
        raise no_such_case()
    for part in parts:
        if part not in visible:
            with_reason = actor.role in BREAKABLE.get(part, frozenset())
            raise NotPermitted(
                what=f"the {part.value} of case {case.number} are not open to the {Role(actor.role).words}",
                why="everybody sees what the own work needs, and no more (people/roles.py)",
                next="open it with a reason; that is logged and looked at"
                if with_reason
                else f"ask: {', '.join(sorted(r.words for r in SEES[part] & STAFF)) or 'nobody'}",
            )


def no_such_case() -> NoSuchCase:
    """The same words whether a case does not exist or is somebody else's: nobody learns which numbers are taken."""
    return NoSuchCase(
        what="there is no such case among yours",
        why="a case is open to its parties, to its reviewer and to the office's staff",
        next="check the number, or begin from your list of cases",
    )


def acting(username: str, role: Role, source: str) -> Actor:
    """An actor for an account that exists. Raises NotPermitted for one that does not."""
    if not User.objects.filter(username=username, is_active=True).exists():
        raise NotPermitted(
            what=f"there is no account {username}", why="nobody acts without an account", next="open the account first"
        )
    if source not in {"person", "system", "import", "replay"}:
        raise ValueError(source)
    return Actor(username=username, role=role.value, source=source)  # type: ignore[arg-type]
