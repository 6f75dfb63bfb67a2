"""Every view says to whom it is open. A view that does not is open to nobody: the middleware refuses it.

    @public                      everybody
    @signed_in                   whoever is signed in
    @staff_only                  whoever acts in a role of the office
    @roles_only(Role.AUDITOR)    whoever acts in one of these roles

Views of a case stand under `site.access.case_page`, which also looks at the case. Views of other packages are listed by name.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NoReturn, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from evenhand.office.events.chain import Actor
from evenhand.office.people.models import RoleGrant
from evenhand.office.people.roles import STAFF, Part, Role
from evenhand.office.refusals import Refused

View = TypeVar("View", bound=Callable[..., HttpResponse])
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Access:
    """To whom a view is open. `roles` of None means whoever is signed in; `case` that the view stands under one case and looks at
    it itself, needing these `parts` of it."""

    kind: Literal["public", "signed_in", "roles"]
    roles: frozenset[Role] | None = None
    case: bool = False
    parts: frozenset[Part] = frozenset()


PUBLIC = Access(kind="public")
SIGNED_IN = Access(kind="signed_in")

# Views of packages that are not ours, by the name of their address. Whatever is not here is refused.
OTHERS: dict[str, Access] = {}


def with_access(access: Access) -> Callable[[View], View]:
    """Puts a rule on a view. The outermost decorator, so that nothing wraps the rule away."""

    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Open to everybody."""
    return with_access(PUBLIC)(view)


def signed_in(view: View) -> View:
    """Open to whoever is signed in, in any role."""
    return with_access(SIGNED_IN)(view)


def staff_only(view: View) -> View:
    """Open to whoever acts in a role of the office."""
    return with_access(Access(kind="roles", roles=STAFF))(view)


def roles_only(*roles: Role) -> Callable[[View], View]:
    """Open to whoever acts in one of these roles."""
    return with_access(Access(kind="roles", roles=frozenset(roles)))


def rule_of(view: Any, name: str) -> Access | None:
    """The rule of a view, its own or that of the table; `None` where there is none: nobody may see it."""
    found = getattr(view, "access", None) or OTHERS.get(name)
    return found if isinstance(found, Access) else None


def roles_of(request: HttpRequest) -> tuple[Role, ...]:
    """The roles that whoever is signed in holds, in the order of the roles. Asked once a request."""
    if not request.user.is_authenticated:
        return ()
    held = getattr(request, "_roles", None)
    if held is None:
        granted = set(RoleGrant.objects.filter(user_id=request.user.pk).values_list("role", flat=True))
        held = tuple(role for role in Role if role.value in granted) if request.user.is_active else ()
        request._roles = held  # type: ignore[attr-defined]
    return held


def acting_role(request: HttpRequest) -> Role | None:
    """The one role in which whoever is signed in acts now: the chosen one while it is held, else the first that is."""
    held = roles_of(request)
    chosen = request.session.get("role")
    return next((role for role in held if role.value == chosen), held[0] if held else None)


def actor_of(request: HttpRequest) -> Actor:
    """Whoever is signed in, as an actor. Raises Refused where no role is held: then nothing can be done or seen."""
    role = acting_role(request)
    if role is None:
        raise Refused(
            what="this account holds no role",
            why="every act and every look is done in a role",
            next="ask a system administrator to grant one",
        )
    return Actor(username=request.user.get_username(), role=role.value, source="person")


class AccessMiddleware:
    """Asks the rule of every view before it runs. Behind the sign-in middleware. Fails closed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """None lets the view run."""
        match = request.resolver_match
        rule = rule_of(view, match.view_name if match else "")
        if rule is None:
            log.error("no access rule for the view at %s", match.route if match else request.path)
            refuse(None)
        if rule.kind == "public":
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if rule.kind == "signed_in" or rule.roles is None:
            return None
        if acting_role(request) not in rule.roles:
            refuse(rule.roles)
        return None


def refuse(roles: frozenset[Role] | None) -> NoReturn:
    """The way to the page for somebody who may not see this one. It says who may, never what is there."""
    who = ", ".join(sorted(role.words for role in roles)) if roles else "nobody yet"
    raise PermissionDenied(
        Refused(
            what="This page is not open to you",
            why="everybody sees what the own work needs, and no more",
            next=f"it is for: {who}",
        )
    )
