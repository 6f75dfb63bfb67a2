"""The dashboard and the log: figures that are what they are called, and to whom what is open."""

from __future__ import annotations

import csv
import io
import statistics
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.office.many import DAY, LAST, filed, history, made, mixed
from tests.office.signed_in import client_of

from evenhand.bundles.bundle import StaffRole
from evenhand.office.cases.models import Case
from evenhand.office.cases.queue import CLOSED
from evenhand.office.cases.reading import break_glass, read
from evenhand.office.cases.states import CaseState
from evenhand.office.events.chain import Actor
from evenhand.office.people.models import BreakGlass
from evenhand.office.people.roles import PARTIES, STAFF, Part, Role
from evenhand.office.proofs import figures
from evenhand.office.site.staff.dashboard import OPEN_TO
from evenhand.office.ui.dates import today

MOST_STATEMENTS = 15
DAY_SEEN = date(2026, 3, 2)
REASON = "A judge asked whether the consultation of March was in the file."
Staff = dict[StaffRole, Actor]


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    """No test sees the measures of another."""
    cache.clear()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(min_value=0, max_value=400), min_size=1, max_size=60))
def test_mean_and_median_are_those_of_the_single_letters(took: list[int]) -> None:
    """From how often each number of days came, the same mean and median come out as from the letters one by one."""
    told = figures.days({number: took.count(number) for number in took})
    assert told.letters == len(took)
    assert told.mean == pytest.approx(statistics.mean(took))
    assert told.median == pytest.approx(statistics.median(took))


def test_no_letter_no_figure() -> None:
    """A month without a letter has no average; nought days would be a lie."""
    assert figures.days({}) == figures.Days(letters=0, mean=None, median=None)


def test_the_last_twelve_months_run_over_the_year() -> None:
    """Twelve first days, this month the last."""
    months = figures.last_months(date(2026, 3, 31))
    assert (months[0], months[-1], len(months)) == (date(2025, 4, 1), date(2026, 3, 1), 12)


@pytest.mark.django_db
def test_ages_count_from_the_notice_and_from_complete_records_to_the_letter() -> None:
    """By month of the letter: calendar days from the notice of assignment, and from complete records, to the mailing."""
    made(
        {"assigned_on": date(2026, 1, 1), "records_complete_on": date(2026, 1, 20), "issued_on": date(2026, 2, 10)},
        {"assigned_on": date(2026, 1, 11), "records_complete_on": date(2026, 2, 1), "issued_on": date(2026, 2, 28)},
        {"assigned_on": date(2026, 2, 1), "issued_on": date(2026, 3, 1)},
    )
    february, march = figures.by_month(DAY_SEEN, figures.set_aside())[-2:]
    assert february.from_assigned == figures.Days(letters=2, mean=44.0, median=44.0)
    assert february.from_complete == figures.Days(letters=2, mean=24.0, median=24.0)
    assert march.from_assigned.letters == 1
    assert march.from_complete == figures.Days(letters=0, mean=None, median=None)


@pytest.mark.django_db
def test_applications_are_counted_gross_without_doubles_and_accepted() -> None:
    """All; without those of which every item had been filed before; and the cases found eligible in the month."""
    once, partly, twice = made(*({"opened_on": date(2026, 2, 5)} for _ in range(3)))
    filed([once], "ELIGIBLE")
    filed([partly], "DUPLICATE", "ELIGIBLE")
    filed([twice], "DUPLICATE", "DUPLICATE")
    Case.objects.filter(pk__in=[once.pk, partly.pk]).update(eligible_on=date(2026, 3, 1))
    february, march = figures.by_month(DAY_SEEN, figures.set_aside())[-2:]
    assert (february.total, february.unique, february.eligible) == (3, 2, 0)
    assert (march.total, march.unique, march.eligible) == (0, 0, 2)


@pytest.mark.django_db
def test_what_was_set_aside_counts_nowhere_and_what_was_replayed_is_told() -> None:
    """A replay that stands is counted and said to be one; one that was set aside is in no figure."""
    dates = {
        "opened_on": date(2026, 2, 2), "eligible_on": date(2026, 2, 3), "assigned_on": date(2026, 2, 4),
        "records_complete_on": date(2026, 2, 9), "issued_on": date(2026, 2, 20), "next_due_on": DAY_SEEN,
    }  # fmt: skip
    stands, aside = made({"replay_of": "one", **dates}, {"replay_of": "two", "set_aside": True, **dates})
    filed([stands, aside], "ELIGIBLE")
    february = figures.by_month(DAY_SEEN, figures.set_aside())[-2]
    assert (february.total, february.unique, february.eligible, february.from_assigned.letters) == (1, 1, 1, 1)
    assert figures.replayed() == 1
    assert sum(entry.cases for entry in figures.falls_due(DAY_SEEN)) == 1
    assert sum(week[1] + week[2] for week in figures.by_week(DAY_SEEN, figures.set_aside())) == 2
    assert sum(sum(counts) for counts in figures.open_by_state(DAY_SEEN).values()) == 1


@pytest.mark.django_db
def test_every_open_case_stands_in_one_state_and_one_band_of_age() -> None:
    """The table of states and ages adds up to the open cases, and its bands are those of the days."""
    cases = [case for case in mixed(150) if case.state not in CLOSED]
    held = figures.open_by_state(DAY_SEEN)
    assert sum(sum(counts) for counts in held.values()) == len(cases)
    for state, counts in held.items():
        ages = [(DAY_SEEN - case.opened_on).days for case in cases if case.state == state]
        told = [sum(least <= age <= (most or 10**6) for age in ages) for least, most in figures.BANDS]
        assert counts == told, state


@pytest.mark.django_db
def test_what_falls_due_is_late_first_and_says_whose_turn_it_is() -> None:
    """Everything late in one line, then today and seven days; what is due later does not stand there."""
    made(
        {"next_due_on": DAY_SEEN - 40 * DAY, "state": "RECORDS_OVERDUE"},
        {"next_due_on": DAY_SEEN - DAY},
        {"next_due_on": DAY_SEEN, "state": "SCREENING"},
        {"next_due_on": DAY_SEEN + 7 * DAY},
        {"next_due_on": DAY_SEEN + 8 * DAY},
    )
    late, at_once, *week = figures.falls_due(DAY_SEEN)
    assert (late.day, late.cases) == (None, 2)
    assert dict(late.turns) == {"intake": 1, "claims administrator": 1, "case manager": 1}
    assert (at_once.day, at_once.turns) == (DAY_SEEN, (("Administrative Director", 1),))
    assert [entry.cases for entry in week] == [0, 0, 0, 0, 0, 0, 1]


@pytest.mark.django_db
def test_weeks_begin_on_monday() -> None:
    """What came on a Sunday belongs to the week before what came on the Monday after it."""
    cases = made({"opened_on": date(2026, 3, 1)}, {"opened_on": date(2026, 3, 2)}, {"issued_on": date(2026, 3, 1)})
    filed(cases[:2])
    assert figures.by_week(DAY_SEEN, figures.set_aside())[-2:] == [(date(2026, 2, 23), 1, 1), (date(2026, 3, 2), 1, 0)]


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(Role))
def test_the_dashboard_is_open_to_those_who_steer(role: Role) -> None:
    """Case managers, both directors, the system administrator, the auditor; nobody else, and no party."""
    client = client_of(f"x.{role.value}", role)
    for path in ("/office/dashboard/", "/office/dashboard/figures.csv"):
        assert client.get(path).status_code == (200 if role in OPEN_TO else 403), path
    assert not set(OPEN_TO) & PARTIES


@pytest.mark.django_db
def test_the_dashboard_names_nobody_and_asks_little() -> None:
    """No name, no case number, no claim; fifteen statements or fewer; every measure with its definition."""
    mixed(300, today())
    history(200, today())
    client = client_of("m.manager", Role.CASE_MANAGER)
    client.get("/office/dashboard/")
    cache.clear()
    with CaptureQueriesContext(connection) as statements:
        html = client.get("/office/dashboard/").content.decode()
    assert len(statements) <= MOST_STATEMENTS, [s["sql"][:90] for s in statements]
    assert "EH26-" not in html and "CL-" not in html
    assert not any(last.title() in html for last in LAST)
    for measure in (figures.FROM_ASSIGNED, figures.FROM_COMPLETE, *figures.APPLICATIONS):
        assert measure.definition in html
    assert "style=" not in html


@pytest.mark.django_db
def test_an_empty_office_has_a_dashboard() -> None:
    """Nothing to count is said, not drawn."""
    assert (
        "Nothing to count yet" in client_of("m.manager", Role.CASE_MANAGER).get("/office/dashboard/").content.decode()
    )


@pytest.mark.django_db
def test_the_table_for_the_spreadsheet_says_what_the_page_says() -> None:
    """One row a month with all measures; no figure stays empty instead of nought."""
    history(120, today())
    answer = client_of("m.manager", Role.CASE_MANAGER).get("/office/dashboard/figures.csv")
    assert answer["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    months = figures.by_month(today(), figures.set_aside())
    assert [row["month"] for row in rows] == [f"{month.first:%Y-%m}" for month in months]
    assert [int(row["unique"]) for row in rows] == [month.unique for month in months]
    for row, month in zip(rows, months, strict=True):
        mean = month.from_assigned.mean
        assert row["mean_days_from_assigned"] == ("" if mean is None else f"{mean:.1f}")


def opened(case: Case, staff: Staff) -> BreakGlass:
    """The auditor opened the items of a case."""
    return break_glass(actor=staff[StaffRole.AUDITOR], case=case, part=Part.ITEMS, reason=REASON)


def test_what_was_opened_with_a_reason_is_looked_at_by_somebody_else(case: Case, staff: Staff) -> None:
    """It waits in the log of the medical director, not to be looked at by whoever opened it; a look ends the waiting."""
    row = opened(case, staff)
    own = client_of("a.auditor", Role.AUDITOR)
    html = own.get("/office/log/").content.decode()
    assert REASON in html and "somebody else looks at it" in html
    assert "You opened this yourself" in own.post(f"/office/log/{row.pk}/looked", follow=True).content.decode()
    row.refresh_from_db()
    assert row.looked_at_by == ""
    director = client_of("a.medical_director", Role.MEDICAL_DIRECTOR)
    assert "Noted" in director.post(f"/office/log/{row.pk}/looked", follow=True).content.decode()
    row.refresh_from_db()
    assert row.looked_at_by == "a.medical_director"
    assert "Nothing waits" in director.get("/office/log/").content.decode()
    assert director.post("/office/log/999999/looked").status_code == 404
    assert director.get(f"/office/log/{row.pk}/looked").status_code == 405


@pytest.mark.parametrize("role", sorted(STAFF))
def test_each_role_sees_its_part_of_the_log(role: Role, case: Case, staff: Staff) -> None:
    """Reasons: medical director and auditor. Events of cases: whoever sees events. Accounts: system administrator and auditor."""
    opened(case, staff)
    answer = client_of(f"one.{role.value}", role).get("/office/log/")
    html = answer.content.decode()
    may = {
        Role.CASE_MANAGER,
        Role.MEDICAL_DIRECTOR,
        Role.ADMINISTRATIVE_DIRECTOR,
        Role.AUDITOR,
        Role.SYSTEM_ADMINISTRATOR,
    }
    assert answer.status_code == (200 if role in may else 403)
    assert (REASON in html) == (role in {Role.MEDICAL_DIRECTOR, Role.AUDITOR})
    assert ("Application received" in html) == (role in may - {Role.SYSTEM_ADMINISTRATOR})
    assert ("Accounts and sign-ins" in html) == (role is Role.AUDITOR)
    if role is Role.SYSTEM_ADMINISTRATOR:
        assert "Account opened" in html and case.number not in html


def test_the_log_says_a_reviewer_not_which(case: Case, staff: Staff) -> None:
    """Who looked is told; of a reviewer only that it was one, but to those who may know which."""
    reviewer = Actor(username="R-1007", role="reviewer", source="person")
    client_of("R-1007", Role.REVIEWER)
    Case.objects.filter(pk=case.pk).update(selected_reviewer="R-1007")
    case.refresh_from_db()
    read(actor=reviewer, case=case, parts=frozenset({Part.RECORDS}))
    for role in (Role.CASE_MANAGER, Role.AUDITOR, Role.ADMINISTRATIVE_DIRECTOR):
        html = client_of(f"one.{role.value}", role).get("/office/log/?show=looks").content.decode()
        assert "Case file looked at" in html and "R-1007" not in html
    html = client_of("a.medical_director", Role.MEDICAL_DIRECTOR).get("/office/log/?show=looks").content.decode()
    assert "R-1007" in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["show=nothing", "show=accounts", "before=x", "before=-1", "before=99999999999999999999"]
)
def test_an_address_of_the_log_that_makes_no_sense_is_no_error(query: str) -> None:
    """What cannot be read is left out; what is not for the role is not shown."""
    assert client_of("m.manager", Role.CASE_MANAGER).get(f"/office/log/?{query}").status_code == 200


def test_the_navigation_leads_only_where_the_role_may_go(case: Case, staff: Staff) -> None:
    """Every link in the head of the page opens."""
    for role in sorted(STAFF):
        client: Client = client_of(f"one.{role.value}", role)
        html = client.get("/office/").content.decode()
        nav = html.partition('aria-label="Main"')[2].partition("</nav>")[0]
        links = [part.partition('"')[0] for part in nav.split('href="')[1:]]
        assert "/office/" in links
        for link in links:
            assert client.get(link).status_code == 200, (role, link)
        assert ("/office/dashboard/" in links) == (role in OPEN_TO)


def test_states_and_days_are_those_of_the_office() -> None:
    """The bands of age have no gap and no overlap."""
    for (_, most), (least, _) in zip(figures.BANDS, figures.BANDS[1:], strict=False):
        assert most is not None and least == most + 1
    assert timezone.localdate() - today() == timedelta(0)
    assert set(CLOSED) < set(CaseState)
