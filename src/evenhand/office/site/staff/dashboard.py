"""The dashboard: what is open and how old, what falls due, what came in and went out, how long it took. No names, no medicine."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evenhand.office.cases.queue import Due, nearness
from evenhand.office.cases.states import CaseState
from evenhand.office.people.access import roles_only
from evenhand.office.people.roles import Role
from evenhand.office.proofs import figures
from evenhand.office.proofs.figures import (
    APPLICATIONS,
    BANDS,
    FROM_ASSIGNED,
    FROM_COMPLETE,
    Days,
    DueDay,
    Measure,
    Month,
)
from evenhand.office.ui.charts import Bar, Chart, bars
from evenhand.office.ui.dates import day_words, short_words, today
from evenhand.office.ui.parts import Column, Table

KEPT_FOR = 300
"""Seconds for which the measures by month stand."""
OPEN_TO = (
    Role.CASE_MANAGER,
    Role.MEDICAL_DIRECTOR,
    Role.ADMINISTRATIVE_DIRECTOR,
    Role.SYSTEM_ADMINISTRATOR,
    Role.AUDITOR,
)


@roles_only(*OPEN_TO)
@never_cache
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The figures of today and of the last twelve months."""
    day = today()
    held = figures.open_by_state(day)
    due = figures.falls_due(day)
    aside = figures.set_aside()
    weeks = figures.by_week(day, aside)
    counted_at, months = _measures(day, aside)
    late, at_once = due[0].cases, due[1].cases
    context = {
        "today": day,
        "counted_at": counted_at,
        "open": sum(sum(counts) for counts in held.values()),
        "late": late,
        "due_today": at_once,
        "due_week": sum(entry.cases for entry in due[2:]),
        "states": _states(held),
        "matrix": _matrix(held),
        "due": [_due(entry, day) for entry in due if entry.cases],
        "weeks": _weeks(weeks),
        "ages": [_ages(months, FROM_ASSIGNED, _assigned), _ages(months, FROM_COMPLETE, _complete)],
        "applications": _applications(months),
        "definitions": APPLICATIONS,
        "replayed": figures.replayed(),
        "empty": not held and not any(month.total or month.from_assigned.letters for month in months),
    }
    return render(request, "staff/dashboard.html", context)


@roles_only(*OPEN_TO)
@never_cache
@require_safe
def dashboard_csv(request: HttpRequest) -> HttpResponse:
    """The measures of the last twelve months as a table for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    ages = [f"{kind}_days_{measure.name}" for measure in (FROM_ASSIGNED, FROM_COMPLETE) for kind in ("mean", "median")]
    writer.writerow(["month", "total", "unique", "eligible", "letters", *ages])
    for month in figures.by_month(today(), figures.set_aside()):
        took = [
            "" if figure is None else f"{figure:.1f}"
            for each in (month.from_assigned, month.from_complete)
            for figure in (each.mean, each.median)
        ]
        counted = [month.total, month.unique, month.eligible, month.from_assigned.letters]
        writer.writerow([f"{month.first:%Y-%m}", *counted, *took])
    return HttpResponse(
        out.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="figures-{today():%Y-%m-%d}.csv"'},
    )


def _measures(day: date, aside: list[int]) -> tuple[datetime, list[Month]]:
    """The measures by month and when they were counted: a year of letters is not counted anew for every look."""
    key = f"measures-by-month-{day}"
    kept: tuple[datetime, list[Month]] | None = cache.get(key)
    if kept is None:
        kept = timezone.now(), figures.by_month(day, aside)
        cache.set(key, kept, KEPT_FOR)
    return kept


def _states(held: dict[CaseState, list[int]]) -> Chart:
    looks = {CaseState.RECORDS_OVERDUE: "attention"}
    drawn = [Bar(label=state.label, value=sum(counts), look=looks.get(state, "")) for state, counts in held.items()]
    return bars("Open cases by state", drawn, what="Cases", of="State", name="states")


def _matrix(held: dict[CaseState, list[int]]) -> Table:
    """States against ages; each state leads to its cases."""
    titles = [f"{least} to {most} days" if most is not None else f"{least} days and more" for least, most in BANDS]
    rows: list[list[object]] = []
    for state, counts in held.items():
        link = format_html('<a href="{}?state={}">{}</a>', reverse("queue"), state.value, state.label)
        rows.append([link, *counts, sum(counts)])
    if held:
        together = [sum(column) for column in zip(*held.values(), strict=True)]
        rows.append(["all open cases", *together, sum(together)])
    columns = [Column(title="State"), *(Column(title=title, number=True) for title in [*titles, "All ages"])]
    return Table(caption="Open cases by state and age since receipt", columns=columns, rows=rows)


def _due(entry: DueDay, day: date) -> dict[str, object]:
    near = Due.LATE if entry.day is None else nearness(entry.day, day)
    said = {Due.LATE: "late", Due.TODAY: "today"}.get(near) or day_words(entry.day)
    look, icon = {Due.LATE: ("late", "warning"), Due.TODAY: ("today", "diamond")}.get(near, ("soon", "half"))
    url = f"{reverse('queue')}?due={near.value}"
    return {"words": said, "look": look, "icon": icon, "cases": entry.cases, "turns": entry.turns, "url": url}


def _weeks(weeks: Sequence[tuple[date, int, int]]) -> list[Chart]:
    rows = [(f"from {short_words(monday)}", received, issued) for monday, received, issued in weeks]
    columns = (Column(title="Week"), Column(title="Received", number=True), Column(title="Issued", number=True))
    table = Table(caption="Applications received and letters issued by week", columns=columns, rows=rows)
    charts = []
    for name, title, place in (("received", "Applications received", 1), ("issued", "Determinations issued", 2)):
        drawn = [(f"{week[0]:%b} {week[0].day}", float(int(str(week[place])))) for week in weeks]
        chart = bars(f"{title} by week", drawn, what=title, of="Week", direction="vertical", name=f"weeks-{name}")
        charts.append(replace(chart, table=table))
    return charts


def _assigned(month: Month) -> Days:
    return month.from_assigned


def _complete(month: Month) -> Days:
    return month.from_complete


def _ages(months: Sequence[Month], measure: Measure, of: Callable[[Month], Days]) -> dict[str, object]:
    """A measure in days: its definition, the chart of the means, the table with the medians beside them."""
    means = [(month, of(month).mean) for month in months]
    drawn = [(f"{month.first:%b}", None if mean is None else round(mean, 1)) for month, mean in means]
    chart = bars(
        f"{measure.title}: mean days by month", drawn, what="Mean days", direction="vertical", name=measure.name
    )
    columns = (
        Column(title="Month"),
        Column(title="Mean days", number=True),
        Column(title="Median days", number=True),
        Column(title="Letters", number=True),
    )
    rows = [(f"{m.first:%B %Y}", _number(of(m).mean), _number(of(m).median), of(m).letters) for m in months]
    table = Table(caption=f"{measure.title}, by month of the letter", columns=columns, rows=rows)
    return {"measure": measure, "chart": replace(chart, table=table), "latest": of(months[-1])}


def _applications(months: Sequence[Month]) -> list[Chart]:
    columns = [Column(title="Month"), *(Column(title=measure.title, number=True) for measure in APPLICATIONS)]
    rows = [(f"{m.first:%B %Y}", m.total, m.unique, m.eligible) for m in months]
    table = Table(caption="Applications by month", columns=columns, rows=rows)
    charts = []
    for measure in APPLICATIONS:
        drawn = [(f"{month.first:%b}", float(getattr(month, measure.name))) for month in months]
        title = f"{measure.title} by month"
        chart = bars(title, drawn, what=measure.title, of="Month", direction="vertical", name=measure.name)
        charts.append(replace(chart, table=table))
    return charts


def _number(figure: float | None) -> str:
    return "no letter" if figure is None else f"{figure:,.1f}"
