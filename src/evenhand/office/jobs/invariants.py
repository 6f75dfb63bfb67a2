"""What must be true of every case at any time. The code and the database keep it so; the night only confirms it.

The cases stand higher in the house than the jobs, so their tables are asked for by name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Count, F, Max, OuterRef, Q, Subquery

from evenhand.office.events.models import Event

OVER = ("ISSUED", "CLOSED")


def broken() -> tuple[str, ...]:
    """What is not as it must be, in words; nothing where all is well. No names, no medical text."""
    return tuple(finding for check in CHECKS for finding in check())


def _states_agree() -> Iterator[str]:
    """A case stands where its last move event says."""
    states = dict(_model("Case").objects.values_list("number", "state"))
    told: dict[str, str] = dict.fromkeys(states, "RECEIVED")
    moves = Event.objects.filter(chain__in=states, payload__contains='"move').order_by("chain", "number")
    for chain, payload in moves.values_list("chain", "payload").iterator():
        for move in _moves(payload):
            if move["from"] != told[chain]:
                yield f"case {chain}: an event moves it from {move['from']}, but it stood at {told[chain]}"
            told[chain] = move["to"]
    for number, state in states.items():
        if told[number] != state:
            yield f"case {number} stands at {state}, but its events say {told[number]}"


def _moves(payload: str) -> list[dict[str, str]]:
    data = json.loads(payload)["data"]
    return [move for move in [data.get("move"), *(data.get("moves") or ())] if move]


def _chains_belong() -> Iterator[str]:
    """Every case has a chain that begins with its application, and its papers have a key."""
    first = Event.objects.filter(chain=OuterRef("number"), number=1).values("kind")[:1]
    for number, kind in _model("Case").objects.annotate(kind=Subquery(first)).values_list("number", "kind"):
        if kind is None:
            yield f"case {number} has no events"
    with_key = _model("CaseKey").objects.values("case")
    destroyed = Event.objects.filter(kind="papers_destroyed").values("chain")
    for case in _model("Case").objects.exclude(pk__in=with_key).exclude(number__in=destroyed):
        yield f"case {case} has no key: its papers cannot be read"


def _dates_stand_once() -> Iterator[str]:
    """One date of a rule stands for a case, a party, an item; the others are superseded."""
    standing = _model("LegalDate").objects.filter(superseded=False).order_by()
    for row in standing.values("case__number", "rule", "party", "item").annotate(n=Count("pk")).filter(n__gt=1):
        yield f"case {row['case__number']}: {row['n']} dates of the rule {row['rule']} stand at once"
    newest = (
        standing.model.objects.filter(
            case=OuterRef("case"), rule=OuterRef("rule"), party__isnull=True, item__isnull=True, superseded=True
        )
        .order_by()
        .values("case")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    older = standing.filter(party=None, item=None).annotate(newest=Subquery(newest)).filter(newest__gt=F("pk"))
    for number, rule in older.values_list("case__number", "rule"):
        yield f"case {number}: the date of the rule {rule} that stands is older than one that was superseded"


def _items_are_decided() -> Iterator[str]:
    """No determination is out while an item of its case waits."""
    waiting = _model("DisputedItem").objects.filter(case__state__in=OVER, state__in=("DISPUTED", "ELIGIBLE"))
    for number, item in waiting.filter(Q(case__letter__isnull=False)).values_list("case__number", "number"):
        yield f"case {number} is decided, but its item {item} is not"


def _model(name: str) -> Any:
    return apps.get_model("cases", name)


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (_states_agree, _chains_belong, _dates_stand_once, _items_are_decided)
