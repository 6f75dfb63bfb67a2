"""An office that is a demonstration from its first event on. No other office can become one, and none stops being one."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction

from evenhand.office.events.chain import append
from evenhand.office.events.models import Event
from evenhand.office.people.actions import CHAIN, SET_UP, first_administrator
from evenhand.office.refusals import Refused

OPENED = "demonstration_opened"


def is_demonstration() -> bool:
    """Whether this office was made as a demonstration."""
    return Event.objects.filter(chain=CHAIN, kind=OPENED).exists()


def runs() -> bool:
    """Whether the demonstration is being served: started as one, over an office that is one."""
    return bool(settings.DEMONSTRATION) and is_demonstration()


def open_demonstration(*, on: date) -> date:
    """Makes an empty office a demonstration; the day on which it was made. Raises Refused for an office that is none."""
    opened = Event.objects.filter(chain=CHAIN, kind=OPENED).order_by("number").first()
    if opened is not None:
        return opened.effective
    if Event.objects.exists():
        raise Refused(
            what="this database is not a demonstration",
            why="it holds an office already; in a demonstration anybody enters as anybody, without a password",
            next="run `evenhand serve --demo` without --database, or name a file that does not exist",
        )
    with transaction.atomic():
        append(actor=first_administrator(SET_UP), chain=CHAIN, kind=OPENED, effective=on, data={})
    return on
