"""Looking at a case: which parts are open to whom, and that somebody looked. Every read of a case file is an event.

Reads stand in a chain of their own beside the case's, so that looking never waits for an act and an act never for a look.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from evenhand.office.cases.models import Case
from evenhand.office.events.chain import Actor, append, name_in
from evenhand.office.events.links import digest
from evenhand.office.events.tags import READS
from evenhand.office.people.acts import act
from evenhand.office.people.authorisation import breakable_parts, require_entry, require_parts, visible_parts
from evenhand.office.people.models import BreakGlass, User
from evenhand.office.people.roles import READINGS, Part, Role
from evenhand.office.refusals import Refused

BREAK_GLASS_LASTS = timedelta(minutes=30)
LEAST_REASON = 15


def reads_chain(case: Case) -> str:
    """Name of the chain of those who looked."""
    return f"{case.number}{READS}"


def read(*, actor: Actor, case: Case, parts: frozenset[Part], what: str = "") -> None:
    """Records that the actor sees these parts, and `what` of them (a hash, a page), or raises: nothing is shown before.

    Raises NoSuchCase or NotPermitted. Parts that say only where a case stands are not logged.
    """
    require_parts(actor, case, *sorted(parts))
    looked(actor=actor, case=case, parts=parts, what=what)


def looked(*, actor: Actor, case: Case, parts: frozenset[Part], what: str = "") -> None:
    """Records a look at parts of which the caller has just asked that they are open to the actor (`visible`)."""
    looked_at = sorted(part.value for part in parts & READINGS)
    if not looked_at:
        return
    with transaction.atomic():
        append(
            actor=actor,
            chain=reads_chain(case),
            kind="case_read",
            effective=timezone.localdate(),
            data={"parts": looked_at, "what": what},
        )


def visible(actor: Actor, case: Case) -> frozenset[Part]:
    """The parts that are open to the actor just now."""
    return visible_parts(actor, case)


@act("break_glass")
def break_glass(*, actor: Actor, case: Case, part: Part, reason: str) -> BreakGlass:
    """Opens a part of a case that the role does not see, for half an hour, with a reason. The medical director and the auditors
    are told, and one of them looks at it."""
    require_entry(actor, case)
    if part not in breakable_parts(actor):
        raise Refused(
            what=f"the {part.value} of a case cannot be opened by the {Role(actor.role).words}, with a reason either",
            why="people/roles.py says what a reason opens to whom; the reviewer's identity is never opened this way",
            next="ask somebody whose work it is",
        )
    if len(reason.strip()) < LEAST_REASON:
        raise Refused(
            what="the reason is too short to be looked at by somebody else",
            why="what is opened with a reason is checked afterwards",
            next="say in a sentence what you need it for",
        )
    now = timezone.now()
    row = BreakGlass.objects.create(
        user=User.objects.get(username=actor.username),
        role=actor.role,
        case_number=case.number,
        part=part.value,
        reason=reason.strip(),
        opened_at=now,
        until=now + BREAK_GLASS_LASTS,
    )
    append(
        actor=actor,
        chain=case.chain,
        kind="glass_broken",
        effective=timezone.localdate(now),
        data={"part": part.value, "until": row.until.isoformat(), "reason": digest(row.reason)},
    )
    return row


@act("look_at_break_glass")
def look_at_break_glass(*, actor: Actor, case: Case, opened: BreakGlass) -> None:
    """Somebody else looked at what was opened and why. Never the one who opened it."""
    if opened.user.username == actor.username:
        raise Refused(
            what="you opened this yourself",
            why="what is opened with a reason is looked at by somebody else",
            next="leave it to the medical director or an auditor",
        )
    if opened.looked_at_by:
        raise Refused(
            what=f"{opened.looked_at_by} has looked at this already",
            why="once is enough",
            next="go on with the next",
        )
    opener = Actor(username=opened.user.username, role=opened.role, source="person")
    opened.looked_at_by, opened.looked_at_on = actor.username, timezone.localdate()
    opened.save(update_fields=["looked_at_by", "looked_at_on"])
    append(
        actor=actor,
        chain=case.chain,
        kind="broken_glass_looked_at",
        effective=opened.looked_at_on,
        data={"part": opened.part, "opened_by": name_in(case.chain, opener)},
    )
