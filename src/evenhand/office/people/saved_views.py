"""Lists of cases that somebody wants to see again.

No acts: a saved view is how one person likes to look at the queue. It says nothing of a case, changes nothing of the record, and
may be thrown away; an event for it would only tell what somebody prefers.
"""

from __future__ import annotations

from django.db import transaction

from evenhand.office.people.models import SavedView
from evenhand.office.refusals import Refused

MOST_VIEWS = 30
MOST_LETTERS = 60


def views_of(user_id: int) -> list[SavedView]:
    """The person's saved views by name."""
    return list(SavedView.objects.filter(user_id=user_id))


def save_view(*, user_id: int, name: str, query: str) -> SavedView:
    """Keeps the filters under a name; a view of that name is replaced. Raises Refused in words."""
    name = " ".join(name.split())
    if not name or len(name) > MOST_LETTERS or not name.isprintable():
        raise Refused(
            what="this list needs a name",
            why=f"it is found again by its name, of up to {MOST_LETTERS} letters",
            next="give it a short name, such as: records overdue",
        )
    if len(query) > 1000:
        raise Refused(what="this list has too many filters", why="they do not fit", next="choose fewer, then save it")
    with transaction.atomic():
        others = SavedView.objects.filter(user_id=user_id).exclude(name=name).count()
        if others >= MOST_VIEWS:
            raise Refused(
                what=f"you have {MOST_VIEWS} saved lists already",
                why="more would not be found again",
                next="remove one first",
            )
        view, _ = SavedView.objects.update_or_create(user_id=user_id, name=name, defaults={"query": query})
    return view


def delete_view(*, user_id: int, view: int) -> str | None:
    """Removes the person's own view and returns its name; `None` where there is none such, or it is somebody else's."""
    row = SavedView.objects.filter(user_id=user_id, pk=view).first()
    if row is None:
        return None
    row.delete()
    return row.name
