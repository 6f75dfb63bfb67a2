"""Reading cases."""

from __future__ import annotations

from evenhand.office.cases.models import Case, DisputedItem, LegalDate, Party
from evenhand.office.cases.states import ItemState
from evenhand.office.refusals import Refused


def replay_of(bundle: str) -> Case | None:
    """The case that a bundle of this name made, unless it was set aside."""
    return Case.objects.filter(replay_of=bundle, set_aside=False).first()


def notified(case: Case) -> list[Party]:
    """The parties who get notices and the letter, in the order in which they were entered."""
    return list(case.parties.filter(notified=True))


def party(case: Case, role: str) -> Party:
    """The party in that role; of several the one who stands in it now. Raises Refused."""
    found = case.parties.filter(role=role).order_by("-notified", "id").first()
    if found is None:
        raise Refused(
            what=f"case {case.number} has no {role.replace('_', ' ')}",
            why="the application names none",
            next="correct the parties of the case",
        )
    return found


def items(case: Case, *states: ItemState) -> list[DisputedItem]:
    """The case's items in these states; all of them where none is named."""
    found = case.items.all()
    return list(found.filter(state__in=states) if states else found)


def dates(case: Case) -> list[LegalDate]:
    """The legal dates that stand."""
    return list(case.legal_dates.filter(superseded=False).select_related("party", "item"))
