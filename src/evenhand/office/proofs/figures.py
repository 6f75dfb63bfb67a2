"""Figures of the office: what is open, what falls due, what came in and went out, and the measures that the DWC publishes.

The measures follow the DWC's definitions of 2018 (IMR update, "key performance indicators"), which stand with each as its words.
Replays that were set aside count nowhere. Replayed cases that stand are counted, and how many there are is told beside the figures.
Nothing here tells of a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Value, When

from evenhand.office.cases.models import Case, DisputedItem
from evenhand.office.cases.queue import ACTS_NEXT, OPEN, WEEK
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.intake.models import Application

MONTHS = 12
WEEKS = 12
DAY = timedelta(1)
BANDS = ((0, 14), (15, 30), (31, 45), (46, 60), (61, None))
"""Ages in days, for reading only: no legal date follows from them."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """Name and definition of a measure, as the DWC defines it."""

    name: str
    title: str
    definition: str


FROM_ASSIGNED = Measure(
    name="from_assigned",
    title="Average age from assigned date",
    definition="Calendar days from the mailing of the Notice of Assignment and Request for Information to the mailing of the Final"
    " Determination Letter, by the month in which the letter was mailed.",
)
FROM_COMPLETE = Measure(
    name="from_complete",
    title="Average age from complete medical records",
    definition="Calendar days from the receipt of all necessary records to the mailing of the Final Determination Letter, by the"
    " month in which the letter was mailed.",
)
APPLICATIONS = (
    Measure(name="total", title="Total applications", definition="All applications received in the month, gross."),
    Measure(
        name="unique",
        title="Unique applications",
        definition="Applications received in the month after removing duplicates: those of which every item had been filed before.",
    ),
    Measure(
        name="eligible",
        title="Eligible",
        definition="Cases accepted for review, by the month in which an item was first found eligible.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Days:
    """How long something took in a month: letters, mean and median in days; no figure where there was no letter."""

    letters: int
    mean: float | None
    median: float | None


@dataclass(frozen=True, kw_only=True)
class Month:
    """The measures of one month."""

    first: date
    total: int
    unique: int
    eligible: int
    from_assigned: Days
    from_complete: Days


@dataclass(frozen=True, kw_only=True)
class DueDay:
    """What falls due on a day: how many cases, and whose turn it is in how many of them. `day` is absent for all that is late."""

    day: date | None
    cases: int
    turns: tuple[tuple[str, int], ...]


def open_by_state(today: date) -> dict[CaseState, list[int]]:
    """Open cases of each state that there is, by band of age."""
    bands = [
        When(opened_on__gt=today - (most + 1) * DAY, then=Value(place))
        for place, (_, most) in enumerate(BANDS)
        if most is not None
    ]
    band = Choose(*bands, default=Value(len(BANDS) - 1), output_field=IntegerField())
    found: dict[CaseState, list[int]] = {}
    rows = _open().annotate(band=band).values_list("state", "band").annotate(many=Count("*")).order_by()
    for state, place, many in rows:
        found.setdefault(CaseState(state), [0] * len(BANDS))[place] += many
    return {state: found[state] for state in OPEN if state in found}


def falls_due(today: date) -> list[DueDay]:
    """What is late, then what falls due today and on each of the next seven days."""
    rows = _open().filter(next_due_on__lte=today + WEEK).values_list("next_due_on", "state").annotate(many=Count("*"))
    late: Counter[str] = Counter()
    by_day: dict[date, Counter[str]] = {today + n * DAY: Counter() for n in range(WEEK.days + 1)}
    for day, state, many in rows.order_by():
        (late if day < today else by_day[day])[state] += many
    return [_due_day(None, late), *(_due_day(day, states) for day, states in sorted(by_day.items()))]


def by_week(today: date, aside: list[int]) -> list[tuple[date, int, int]]:
    """(Monday, applications received, letters issued) of the last weeks; the last one is not over."""
    monday = today - today.weekday() * DAY
    first = monday - (WEEKS - 1) * WEEK
    received = _weekly(_applications(first, aside), "received_on")
    issued = _weekly(Case.objects.filter(set_aside=False, issued_on__gte=first), "issued_on")
    mondays = [first + n * WEEK for n in range(WEEKS)]
    return [(day, received[day], issued[day]) for day in mondays]


def by_month(today: date, aside: list[int]) -> list[Month]:
    """The measures of the last twelve months; the last one is not over."""
    months = last_months(today)
    first = months[0]
    total = _monthly(_applications(first, aside), "received_on")
    # From the few items that were filed before to their applications: not through all items of all cases.
    twice = DisputedItem.objects.filter(state=ItemState.DUPLICATE).values("case")
    other = DisputedItem.objects.filter(case=OuterRef("case")).exclude(state=ItemState.DUPLICATE)
    double = _monthly(_applications(first, aside).filter(case__in=twice).exclude(Exists(other)), "received_on")
    eligible = _monthly(Case.objects.filter(set_aside=False, eligible_on__gte=first), "eligible_on")
    assigned, complete = _ages(first, "assigned_on"), _ages(first, "records_complete_on")
    return [
        Month(
            first=month,
            total=total[month],
            unique=total[month] - double[month],
            eligible=eligible[month],
            from_assigned=days(assigned.get(month, {})),
            from_complete=days(complete.get(month, {})),
        )
        for month in months
    ]


def set_aside() -> list[int]:
    """Keys of the cases that count nowhere: the other figures are given them."""
    return list(Case.objects.filter(set_aside=True).order_by().values_list("pk", flat=True))


def replayed() -> int:
    """How many of the cases that are counted were played again by a script."""
    return Case.objects.filter(replay_of__isnull=False, set_aside=False).count()


def last_months(today: date) -> list[date]:
    """The first days of the last twelve months, this one included."""
    place = today.year * 12 + today.month - 1
    return [date((place - n) // 12, (place - n) % 12 + 1, 1) for n in reversed(range(MONTHS))]


def days(counted: Mapping[int, int]) -> Days:
    """Mean and median from how often each number of days came."""
    letters = sum(counted.values())
    if not letters:
        return Days(letters=0, mean=None, median=None)
    mean = sum(number * often for number, often in counted.items()) / letters
    return Days(letters=letters, mean=mean, median=_median(counted, letters))


def _median(counted: Mapping[int, int], letters: int) -> float:
    """The middle one; between two middle ones, half way."""
    lower, upper = (letters - 1) // 2, letters // 2
    middle: list[int] = []
    passed = 0
    for number, often in sorted(counted.items()):
        middle += [number for place in {lower, upper} if passed <= place < passed + often]
        passed += often
    return sum(middle) / len(middle)


def _open() -> Any:
    return Case.objects.filter(~Q(state__in=["CLOSED", "TERMINATED"]), set_aside=False)


def _applications(first: date, aside: list[int]) -> Any:
    """Applications received since, without those of replays that were set aside. There are few of these: they are named, so that
    the others need not be looked up in the cases."""
    found = Application.objects.filter(received_on__gte=first)
    return found.exclude(case__in=aside) if aside else found


def _daily(rows: Any, field: str) -> list[tuple[date, int]]:
    """How many on each day. The days are put together here: the database counts dates faster than it reckons with them."""
    return list(rows.order_by().values_list(field).annotate(many=Count("*")))


def _monthly(rows: Any, field: str) -> Counter[date]:
    found: Counter[date] = Counter()
    for day, many in _daily(rows, field):
        found[day.replace(day=1)] += many
    return found


def _weekly(rows: Any, field: str) -> Counter[date]:
    found: Counter[date] = Counter()
    for day, many in _daily(rows, field):
        found[day - day.weekday() * DAY] += many
    return found


def _ages(first: date, start: str) -> dict[date, Counter[int]]:
    """By month of issue: how many letters took how many days from the date in the field `start`."""
    rows = Case.objects.filter(set_aside=False, issued_on__gte=first, **{f"{start}__isnull": False})
    found: dict[date, Counter[int]] = {}
    for issued, began, many in rows.order_by().values_list("issued_on", start).annotate(many=Count("*")):
        found.setdefault(issued.replace(day=1), Counter())[(issued - began).days] += many
    return found


def _due_day(day: date | None, states: Counter[str]) -> DueDay:
    turns: Counter[str] = Counter()
    for state, many in states.items():
        for role in ACTS_NEXT[CaseState(state)]:
            turns[role.words] += many
    return DueDay(day=day, cases=sum(states.values()), turns=tuple(turns.most_common()))
