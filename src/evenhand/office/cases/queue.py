"""The queue: cases in the order in which something is owed, what is asked of it, and how many there are of each kind.

A list shows the status of many cases, and the worker's name to whoever sees the parties of every case. It opens none of them:
opening one is the look that becomes an event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from evenhand.office.cases.models import Case
from evenhand.office.cases.states import CaseState
from evenhand.office.people.roles import Role

ON_A_PAGE = 50
MOST_PAGES = 200
"""The last page that is shown: whoever is on it needs a filter, not another page."""
MOST_COUNTED, MOST_CLOSED_COUNTED = 50_000, 10_000
"""More open or closed cases than that are not counted, only said to be more."""
WEEK = timedelta(days=7)

CLOSED = (CaseState.CLOSED, CaseState.TERMINATED)
OPEN = tuple(state for state in CaseState if state not in CLOSED)

_R = Role
ACTS_NEXT: dict[CaseState, tuple[Role, ...]] = {
    CaseState.RECEIVED: (_R.INTAKE,),
    CaseState.SCREENING: (_R.ADMINISTRATIVE_DIRECTOR,),
    # The party that was asked answers; intake records the answer.
    CaseState.INFORMATION_REQUESTED: (_R.INTAKE,),
    CaseState.ASSIGNED: (_R.CASE_MANAGER,),
    CaseState.RECORDS_OPEN: (_R.CLAIMS_ADMINISTRATOR, _R.CASE_MANAGER),
    CaseState.RECORDS_OVERDUE: (_R.CLAIMS_ADMINISTRATOR, _R.CASE_MANAGER),
    CaseState.RECORDS_COMPLETE: (_R.CREDENTIALING,),
    CaseState.REVIEWER_SELECTED: (_R.REVIEWER,),
    CaseState.IN_REVIEW: (_R.REVIEWER,),
    CaseState.ADDITIONAL_INFORMATION: (_R.CASE_MANAGER,),
    CaseState.DRAFTED: (_R.MEDICAL_DIRECTOR,),
    CaseState.QUALITY_REVIEW: (_R.MEDICAL_DIRECTOR,),
    CaseState.ISSUED: (_R.CASE_MANAGER,),
    CaseState.CLOSED: (),
    CaseState.TERMINATED: (),
}
"""Whose turn it is, by the state of the case. Where the office waits for somebody outside, who sees to it that they answer."""

WAITS_FOR: dict[CaseState, str] = {
    CaseState.INFORMATION_REQUESTED: "party asked",
    CaseState.RECORDS_OPEN: "claims administrator",
    CaseState.RECORDS_OVERDUE: "claims administrator",
    CaseState.ADDITIONAL_INFORMATION: "party asked",
}
"""For whom outside the office it waits."""


class Due(StrEnum):
    """How near the next legal date is. Every case is in exactly one of these."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    NONE = "none"


class Order(StrEnum):
    """In which order the cases stand."""

    DUE = "due"
    """The next legal date first; of closed cases, the last closed first."""
    OLDEST = "oldest"
    NEWEST = "newest"
    NUMBER = "number"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of the queue. No value of a kind means all of them."""

    closed: bool = False
    states: tuple[CaseState, ...] = ()
    priorities: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    """Whose turn it is."""
    due: tuple[Due, ...] = ()
    received_from: date | None = None
    received_to: date | None = None
    words: str = ""
    order: Order = Order.DUE
    page: int = 1

    def chosen(self, kind: str) -> tuple[str, ...]:
        """The values chosen of `state`, `priority`, `acts` or `due`."""
        return {"state": self.states, "priority": self.priorities, "acts": self.roles, "due": self.due}[kind]


@dataclass(frozen=True, kw_only=True)
class Within:
    """What of the queue somebody may see at all. `reviewer`: only the cases for which this one is selected."""

    reviewer: str | None = None
    names: bool = False
    """Whether the workers' names are shown, and may be searched: a search that finds is a name that is shown."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many cases, in all and by value; `None` by value where there are too many to count."""

    total: int
    more: bool
    """Whether there are more than `total`."""
    by: dict[str, dict[str, int]] | None
    """By filter and value."""
    nearest: Counter[Due]
    """All cases of the scope by their next date, whatever is chosen."""


def found(asked: Asked, within: Within, *, today: date, claimed: Iterable[int] = ()) -> QuerySet[Case]:
    """The cases asked for, in no order. `claimed` are the keys of those whose claim number the words are."""
    cases = _scope(asked, within, claimed)
    if asked.states:
        cases = cases.filter(state__in=asked.states)
    if asked.roles:
        cases = cases.filter(state__in=states_of(asked.roles))
    if asked.priorities:
        cases = cases.filter(priority__in=asked.priorities)
    if asked.due:
        near = Q()
        for value in asked.due:
            near |= _near(value, today)
        cases = cases.filter(near)
    return cases


def page_of(asked: Asked, within: Within, *, today: date, claimed: Iterable[int] = ()) -> tuple[list[Case], bool]:
    """The cases of the page asked for, and whether there is another page."""
    first = (asked.page - 1) * ON_A_PAGE
    cases = found(asked, within, today=today, claimed=claimed).order_by(*_order(asked))
    # First the keys, out of the index: what is passed over on the way to a later page is not read.
    keys = list(cases.values_list("pk", flat=True)[first : first + ON_A_PAGE + 1])
    fields = ["number", "state", "priority", "opened_on", "closed_on", "next_due_on", "next_due_label", "replay_of"]
    rows = Case.objects.only(*fields, *(["worker_name"] if within.names else [])).in_bulk(keys[:ON_A_PAGE])
    return [rows[key] for key in keys[:ON_A_PAGE]], len(keys) > ON_A_PAGE


def counts(asked: Asked, within: Within, *, today: date, claimed: Iterable[int] = ()) -> Counts:
    """Counts every value of every filter in one statement. A filter does not narrow its own counts, so that its other values
    stay in reach."""
    most = MOST_CLOSED_COUNTED if asked.closed else MOST_COUNTED
    cells = _cells(_scope(asked, within, claimed), today, most)
    by: dict[str, dict[str, int]] = {"state": {}, "priority": {}, "acts": {}, "due": {}}
    nearest: Counter[Due] = Counter()
    total = 0
    for state, priority, due, count in cells:
        nearest[Due(due)] += count
        turn = tuple(role.value for role in ACTS_NEXT[CaseState(state)])
        values = {"state": (state,), "priority": (priority,), "due": (due,), "acts": turn}
        fails = [kind for kind, has in values.items() if asked.chosen(kind) and not set(asked.chosen(kind)) & set(has)]
        total += 0 if fails else count
        for kind, has in values.items():
            if set(fails) <= {kind}:
                for value in has:
                    by[kind][value] = by[kind].get(value, 0) + count
    if nearest.total() <= most:
        return Counts(total=total, more=False, by=by, nearest=nearest)
    # Too many to count each value: only those that are asked for, and no more of them than is said.
    if any(asked.chosen(kind) for kind in by):
        total = found(asked, within, today=today, claimed=claimed)[: most + 1].count()
    return Counts(total=min(total, most), more=total > most, by=None, nearest=nearest)


def states_of(roles: Iterable[str]) -> tuple[CaseState, ...]:
    """The states in which it is the turn of one of these roles."""
    wanted = set(roles)
    return tuple(state for state, turn in ACTS_NEXT.items() if wanted & {role.value for role in turn})


def nearness(due_on: date | None, today: date) -> Due:
    """How near a date is."""
    if due_on is None:
        return Due.NONE
    if due_on < today:
        return Due.LATE
    if due_on == today:
        return Due.TODAY
    return Due.WEEK if due_on <= today + WEEK else Due.LATER


def _scope(asked: Asked, within: Within, claimed: Iterable[int]) -> QuerySet[Case]:
    """What the filters with counts choose from: open or closed, of this reviewer, received when, named how."""
    cases = Case.objects.filter(set_aside=False)
    # Written as the conditions of the partial indexes are, so that the database may use them.
    done = Q(state__in=[state.value for state in CLOSED])
    cases = cases.filter(done if asked.closed else ~done)
    if within.reviewer is not None:
        cases = cases.filter(selected_reviewer=within.reviewer)
    if asked.received_from:
        cases = cases.filter(opened_on__gte=asked.received_from)
    if asked.received_to:
        cases = cases.filter(opened_on__lte=asked.received_to)
    if asked.words:
        named = Q(number__startswith=asked.words.upper())
        if within.names:
            named |= Q(worker_name__startswith=asked.words.casefold()) | Q(pk__in=list(claimed))
        cases = cases.filter(named)
    return cases


def _near(due: Due, today: date) -> Q:
    return {
        Due.LATE: Q(next_due_on__lt=today),
        Due.TODAY: Q(next_due_on=today),
        Due.WEEK: Q(next_due_on__gt=today, next_due_on__lte=today + WEEK),
        Due.LATER: Q(next_due_on__gt=today + WEEK),
        Due.NONE: Q(next_due_on=None),
    }[due]


def _order(asked: Asked) -> tuple[OrderBy | str, ...]:
    if asked.order is Order.OLDEST:
        return ("opened_on", "id")
    if asked.order is Order.NEWEST:
        return ("-opened_on", "-id")
    if asked.order is Order.NUMBER:
        return ("number",)
    if asked.closed:
        return ("-closed_on", "-id")
    return (F("next_due_on").asc(nulls_last=True), "opened_on", "id")


def _cells(cases: QuerySet[Case], today: date, most: int) -> list[tuple[str, str, str, int]]:
    """(state, priority, nearness, how many), of no more than one over the limit. One pass over the cases, one statement."""
    inner, params = cases.order_by().values("state", "priority", "next_due_on")[: most + 1].query.sql_with_params()
    # The day is compared as a day on PostgreSQL and as its text on SQLite; both order alike.
    one, week = (connection.ops.adapt_datefield_value(day) for day in (today, today + WEEK))
    nearness_of = (
        "CASE WHEN next_due_on IS NULL THEN 'none' WHEN next_due_on < %s THEN 'late' WHEN next_due_on = %s THEN 'today'"
        " WHEN next_due_on <= %s THEN 'week' ELSE 'later' END"
    )
    sql = f"SELECT state, priority, near, count(*) FROM (SELECT state, priority, {nearness_of} AS near FROM ({inner}) AS c) AS n GROUP BY 1, 2, 3"  # noqa: S608, E501  (the inner query is Django's, its values are parameters)
    with connection.cursor() as cursor:
        cursor.execute(sql, [one, one, week, *params])
        rows: list[Any] = cursor.fetchall()
    return [(str(state), str(priority), str(near), int(count)) for state, priority, near, count in rows]
