"""The queue of the office: what is owed next, in which case, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from evenhand.office.cases import queue as cases
from evenhand.office.cases.models import Case
from evenhand.office.cases.queue import ACTS_NEXT, MOST_PAGES, ON_A_PAGE, WAITS_FOR, Asked, Counts, Due, Order, Within
from evenhand.office.cases.states import CaseState
from evenhand.office.intake.queries import cases_of_claim
from evenhand.office.people.access import acting_role, staff_only
from evenhand.office.people.roles import SEES, Part, Role
from evenhand.office.people.saved_views import delete_view, save_view, views_of
from evenhand.office.refusals import Refused
from evenhand.office.site.staff.asking import KINDS, PRIORITIES, TURNS, address, asked_in, without
from evenhand.office.ui.badges import Badge, deadline, state
from evenhand.office.ui.dates import short_words, today

DUE_WORDS = {
    Due.LATE: "late",
    Due.TODAY: "today",
    Due.WEEK: "in the next 7 days",
    Due.LATER: "later",
    Due.NONE: "no date owed",
}
ORDER_WORDS = {
    Order.DUE: "next legal date first",
    Order.OLDEST: "longest here first",
    Order.NEWEST: "last received first",
    Order.NUMBER: "by number",
}
TITLES = {"state": "State", "acts": "Whose turn", "due": "Next legal date", "priority": "Priority"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A case as the queue shows it."""

    number: str
    url: str
    worker: str
    state: Badge
    expedited: bool
    replayed: bool
    owed: str
    badge: Badge | None
    near: str
    """How near the date is, short: the date itself stands beside it."""
    turn: str
    waits_for: str
    age: int


@dataclass(frozen=True, kw_only=True)
class Value:
    """One value of a filter; `count` is absent where there are too many cases to count."""

    value: str
    words: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A filter with its values."""

    name: str
    title: str
    values: list[Value]


def within(request: HttpRequest) -> Within:
    """What of the queue the acting role sees: a reviewer the own cases only, names only who sees the parties of every case."""
    role = acting_role(request)
    own = request.user.get_username() if role is Role.REVIEWER else None
    return Within(reviewer=own, names=role in SEES[Part.PARTIES] and role is not Role.REVIEWER)


@staff_only
@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The cases asked for, the filters with their counts, the saved lists."""
    asked, faults = asked_in(request.GET)
    seen, day = within(request), today()
    claimed = cases_of_claim(asked.words) if asked.words and seen.names else []
    counted = cases.counts(asked, seen, today=day, claimed=claimed)
    last = min(max(ceil(counted.total / ON_A_PAGE), 1), MOST_PAGES)
    if asked.page > last and not counted.more:
        asked = replace(asked, page=last)
    rows, further = cases.page_of(asked, seen, today=day, claimed=claimed)
    saved = views_of(request.user.pk or 0)
    query = address(replace(asked, page=1))
    context = {
        "asked": asked,
        "faults": faults,
        "names": seen.names,
        "rows": [_row(case, day) for case in rows],
        "filters": _filters(asked, counted, acting_role(request)),
        "chosen": _chosen(asked),
        "orders": [(order.value, words, order is asked.order) for order, words in ORDER_WORDS.items()],
        "counted": counted,
        "nearest": _nearest(counted),
        "first": (asked.page - 1) * ON_A_PAGE + 1,
        "through": (asked.page - 1) * ON_A_PAGE + len(rows),
        "before": address(replace(asked, page=asked.page - 1)) if asked.page > 1 else None,
        "after": address(replace(asked, page=asked.page + 1)) if further and asked.page < MOST_PAGES else None,
        "stops": further and asked.page >= MOST_PAGES,
        "last": last,
        "saved": [(view, view.query == query) for view in saved],
        "query": query,
        "other": address(Asked(closed=not asked.closed, words=asked.words)),
        "today": day,
        "reviewer": seen.reviewer is not None,
        "nothing_at_all": not rows and not _chosen(asked) and not counted.nearest,
    }
    return render(request, "staff/queue.html", context)


@staff_only
@never_cache
@require_safe
def queue_count(request: HttpRequest) -> HttpResponse:
    """How many cases are late, due today and due soon just now: a fragment that the queue fetches anew every minute."""
    asked, _ = asked_in(request.GET)
    seen = within(request)
    claimed = cases_of_claim(asked.words) if asked.words and seen.names else []
    counted = cases.counts(asked, seen, today=today(), claimed=claimed)
    context = {
        "nearest": _nearest(counted),
        "counted": counted,
        "asked": asked,
        "query": address(replace(asked, page=1)),
    }
    return render(request, "staff/queue_count.html", context)


@staff_only
@require_POST
def views(request: HttpRequest) -> HttpResponse:
    """Saves the list under a name, or removes a saved one; the person's own only."""
    asked, _ = asked_in(_query(request.POST.get("query", "")))
    query = address(replace(asked, page=1))
    removed = request.POST.get("remove", "")
    if removed:
        name = delete_view(user_id=request.user.pk or 0, view=int(removed)) if _is_key(removed) else None
        messages.info(request, f"The list “{name}” was removed." if name else "There is no such list among yours.")
    else:
        try:
            view = save_view(user_id=request.user.pk or 0, name=request.POST.get("name", ""), query=query)
            messages.success(request, f"The list is saved as “{view.name}”.")
        except Refused as refusal:
            messages.error(request, f"Not saved: {refusal.what}. {refusal.next[:1].upper()}{refusal.next[1:]}.")
    return redirect(f"{reverse('queue')}?{query}" if query else "queue")


@staff_only
@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """To the case of that number; what is no number of a case is looked for in the queue, open cases first."""
    words = request.GET.get("q", "").replace("\x00", "").strip()
    seen = within(request)
    asked, _ = asked_in(_query(""))
    asked = replace(asked, words=words[:80])
    url = case_url(words.upper())
    if url and Case.objects.filter(number=words.upper(), set_aside=False, **_own(seen)).exists():
        return redirect(url)
    claimed = cases_of_claim(words) if words and seen.names else []
    if words and not cases.found(asked, seen, today=today(), claimed=claimed).exists():
        past = replace(asked, closed=True)
        asked = past if cases.found(past, seen, today=today(), claimed=claimed).exists() else asked
    return redirect(f"{reverse('queue')}?{address(asked)}")


def case_url(number: str) -> str:
    """The page of a case; empty where there can be none."""
    try:
        return reverse("case", args=[number])
    except NoReverseMatch:
        return ""


def _own(seen: Within) -> dict[str, str]:
    return {"selected_reviewer": seen.reviewer} if seen.reviewer is not None else {}


def _query(text: str) -> QueryDict:
    return QueryDict(text[:2000])


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _row(case: Case, day: date) -> Row:
    kind = CaseState(case.state)
    done = kind in cases.CLOSED
    shown = "worker_name" in case.__dict__
    badge = deadline(case.next_due_on, today=day) if case.next_due_on and not done else None
    return Row(
        number=case.number,
        url=case_url(case.number),
        worker=_name(case.worker_name) if shown else "",
        state=state(kind.value, kind.label),
        expedited=case.priority == "expedited",
        replayed=case.replay_of is not None,
        owed="" if done else case.next_due_label,
        badge=badge,
        near=badge.words.partition(",")[0] if badge else "",
        turn=", ".join(role.words for role in ACTS_NEXT[kind] if role.words not in WAITS_FOR.get(kind, "")),
        waits_for=WAITS_FOR.get(kind, ""),
        age=((case.closed_on or day) - case.opened_on).days,
    )


def _name(kept: str) -> str:
    """`Last, First` from the small letters in which names are kept for searching."""
    return kept.title()


def _filters(asked: Asked, counted: Counts, role: Role | None) -> list[Filter]:
    choices: dict[str, list[tuple[str, str]]] = {
        "due": [(due.value, words) for due, words in DUE_WORDS.items()],
        "acts": [(r.value, f"mine ({r.words})" if r is role else r.words) for r in _mine_first(role)],
        "state": [(s.value, s.label) for s in (cases.CLOSED if asked.closed else cases.OPEN)],
        "priority": [(name, name) for name in PRIORITIES],
    }
    if asked.closed:
        choices = {"state": choices["state"], "priority": choices["priority"]}
    found = []
    for name, pairs in choices.items():
        held = counted.by[name] if counted.by is not None else None
        values = [
            Value(
                value=value,
                words=words,
                count=None if held is None else held.get(value, 0),
                chosen=value in asked.chosen(name),
            )
            for value, words in pairs
        ]
        shown = [v for v in values if v.count != 0 or v.chosen]
        if shown:
            found.append(Filter(name=name, title=TITLES[name], values=shown))
    return found


def _mine_first(role: Role | None) -> list[Role]:
    return sorted(TURNS, key=lambda turn: turn is not role)


def _chosen(asked: Asked) -> list[tuple[str, str]]:
    """(words, address without it) of everything that narrows the list."""
    words: dict[str, Any] = {
        "state": lambda v: CaseState(v).label,
        "acts": lambda v: f"turn of: {Role(v).words}",
        "due": lambda v: f"due: {DUE_WORDS[Due(v)]}",
        "priority": str,
    }
    found = [(words[kind](v), address(without(asked, kind, v))) for kind in KINDS for v in asked.chosen(kind)]
    if asked.received_from:
        found.append((f"received from {short_words(asked.received_from)}", address(without(asked, "from"))))
    if asked.received_to:
        found.append((f"received to {short_words(asked.received_to)}", address(without(asked, "to"))))
    if asked.words:
        found.append((f"“{asked.words}”", address(without(asked, "q"))))
    return found


def _nearest(counted: Counts) -> list[tuple[str, str, int, str]]:
    """(value, words, how many, look) of what is near, whatever is chosen."""
    looks = {
        Due.LATE: ("late", "late"),
        Due.TODAY: ("due today", "today"),
        Due.WEEK: ("due in the next 7 days", "soon"),
    }
    return [(due.value, words, counted.nearest[due], look) for due, (words, look) in looks.items()]
