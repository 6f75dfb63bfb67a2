"""May this actor do this, to this case? The one place that answers. Fails closed."""

from __future__ import annotations

from evenhand.office.events.chain import Actor
from evenhand.office.people.models import RoleGrant, User
from evenhand.office.people.roles import ONLY_THE_SELECTED_REVIEWER, PERMISSIONS, Role
from evenhand.office.refusals import Refused


class NotPermitted(Refused):
    """The actor may not do this."""


def require(actor: Actor, action: str, *, selected_reviewer: str | None = None) -> None:
    """Raises NotPermitted unless `actor` holds the role it acts in, that role may do `action`, and the case is the actor's own."""
    allowed = PERMISSIONS.get(action, frozenset())
    if actor.role not in allowed:
        who = ", ".join(sorted(role.value for role in allowed)) or "nobody"
        raise NotPermitted(
            what=f"{actor.username} may not {action.replace('_', ' ')} as {actor.role}",
            why="the office's table of permissions (people/roles.py)",
            next=f"this is done by: {who}",
        )
    if not RoleGrant.objects.filter(user__username=actor.username, user__is_active=True, role=actor.role).exists():
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


def acting(username: str, role: Role, source: str) -> Actor:
    """An actor for an account that exists. Raises NotPermitted for one that does not."""
    if not User.objects.filter(username=username, is_active=True).exists():
        raise NotPermitted(
            what=f"there is no account {username}", why="nobody acts without an account", next="open the account first"
        )
    if source not in {"person", "system", "import", "replay"}:
        raise ValueError(source)
    return Actor(username=username, role=role.value, source=source)  # type: ignore[arg-type]
