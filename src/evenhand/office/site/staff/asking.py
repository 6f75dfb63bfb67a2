"""From the address of the queue to what is asked, and back. The address is the whole state: it can be saved and sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict

from evenhand.office.cases.queue import ACTS_NEXT, CLOSED, MOST_PAGES, OPEN, Asked, Due, Order
from evenhand.office.cases.states import CaseState
from evenhand.office.people.roles import Role

KINDS = ("state", "acts", "due", "priority")
PRIORITIES = ("regular", "expedited")
MOST_WORDS = 80
TURNS = tuple(role for role in Role if any(role in turn for turn in ACTS_NEXT.values()))
"""Roles whose turn it can be."""

E = TypeVar("E", bound=StrEnum)


def asked_in(get: QueryDict) -> tuple[Asked, list[str]]:
    """What the address asks, and in words what of it could not be read. What cannot be read is left out, never guessed."""
    faults: list[str] = []
    closed = get.get("closed") == "1"
    states = CLOSED if closed else OPEN
    since, until = _day(get, "from", faults), _day(get, "to", faults)
    if since and until and since > until:
        faults.append("The first day of receipt lies behind the last: no case can be found.")
    words = " ".join(get.get("q", "").replace("\x00", " ").split())
    if len(words) > MOST_WORDS:
        words = words[:MOST_WORDS].rstrip()
        faults.append(f"Only the first {MOST_WORDS} letters were searched.")
    return (
        Asked(
            closed=closed,
            states=tuple(CaseState(v) for v in _known(get, "state", states)),
            roles=tuple(Role(v) for v in _known(get, "acts", TURNS)),
            due=tuple(Due(v) for v in _known(get, "due", Due)),
            priorities=tuple(_known(get, "priority", PRIORITIES)),
            received_from=since,
            received_to=until,
            words=words,
            order=Order(next(iter(_known(get, "order", Order)), Order.DUE)),
            page=_page(get),
        ),
        faults,
    )


def address(asked: Asked) -> str:
    """The query that asks it, without a question mark; empty for the queue as it is."""
    pairs: list[tuple[str, str]] = [("closed", "1")] if asked.closed else []
    pairs += [(kind, str(value)) for kind in KINDS for value in asked.chosen(kind)]
    pairs += [("from", asked.received_from.isoformat())] if asked.received_from else []
    pairs += [("to", asked.received_to.isoformat())] if asked.received_to else []
    pairs += [("q", asked.words)] if asked.words else []
    pairs += [("order", asked.order.value)] if asked.order is not Order.DUE else []
    pairs += [("page", str(asked.page))] if asked.page > 1 else []
    return urlencode(pairs)


def without(asked: Asked, kind: str, value: str | None = None) -> Asked:
    """The same without one value of a filter, or without the filter."""
    kept = tuple(v for v in asked.chosen(kind) if value is not None and v != value) if kind in KINDS else ()
    fields: dict[str, dict[str, Any]] = {
        "state": {"states": kept},
        "acts": {"roles": kept},
        "due": {"due": kept},
        "priority": {"priorities": kept},
        "from": {"received_from": None},
        "to": {"received_to": None},
        "q": {"words": ""},
    }
    return replace(asked, page=1, **fields[kind])


def _known(get: QueryDict, name: str, values: Iterable[str]) -> list[str]:
    """The values given that there are, each once, in the order of `values`."""
    given = set(get.getlist(name))
    return [str(value) for value in values if str(value) in given]


def _day(get: QueryDict, name: str, faults: list[str]) -> date | None:
    given = get.get(name, "").strip()
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        faults.append(f"“{given[:20]}” is no date; a date is written 2026-03-31. It was left out.")
        return None


def _page(get: QueryDict) -> int:
    given = get.get("page", "")
    return min(max(int(given), 1), MOST_PAGES) if given.isascii() and given.isdigit() and len(given) < 6 else 1
