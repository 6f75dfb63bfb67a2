"""The queue: what stands first, what is counted, who sees what, what is saved, and how little it asks of the database."""

from __future__ import annotations

import re
import time
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.office.many import DAY, made, mixed
from tests.office.signed_in import client_of

from evenhand.office.cases.models import Case
from evenhand.office.cases.queue import (
    ACTS_NEXT,
    CLOSED,
    OPEN,
    Asked,
    Due,
    Order,
    Within,
    counts,
    found,
    nearness,
    page_of,
)
from evenhand.office.cases.states import CASE_TRANSITIONS, CaseState
from evenhand.office.people.models import SavedView, User
from evenhand.office.people.roles import PARTIES, STAFF, Role
from evenhand.office.ui.dates import today

pytestmark = pytest.mark.django_db
ALL = Within(names=True)
MOST_STATEMENTS = 15


def numbers(html: str) -> list[str]:
    """The case numbers of the table, in its order."""
    return re.findall(r"EH26-\d{7}", html.partition("<tbody>")[2].partition("</tbody>")[0])


def shown(client: Client, query: str = "") -> str:
    """The queue as the client sees it."""
    answer = client.get(f"/office/?{query}")
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


@pytest.fixture
def manager() -> Client:
    """Somebody who sees every case, names too."""
    return client_of("m.manager", Role.CASE_MANAGER)


def test_the_next_legal_date_stands_first_and_no_date_last() -> None:
    """Late before today before soon; of two with the same date the one that is here longer; no date comes last."""
    day = date(2026, 3, 2)
    given = made(
        {"next_due_on": None, "opened_on": day - 80 * DAY},
        {"next_due_on": day},
        {"next_due_on": day - 3 * DAY},
        {"next_due_on": day + DAY, "opened_on": day - 4 * DAY},
        {"next_due_on": day + DAY, "opened_on": day - 9 * DAY},
    )
    rows, further = page_of(Asked(), ALL, today=day)
    assert [case.number for case in rows] == [given[n].number for n in (2, 1, 4, 3, 0)]
    assert not further


def test_closed_and_set_aside_cases_are_not_in_the_queue() -> None:
    """Open cases only; closed ones on request, the last closed first; what was set aside never."""
    day = date(2026, 3, 2)
    old, new = made(
        {"state": "CLOSED", "closed_on": day - 9 * DAY}, {"state": "TERMINATED", "closed_on": day - 2 * DAY}
    )
    made({"replay_of": "example", "set_aside": True})
    (here,) = made({})
    assert [c.number for c in page_of(Asked(), ALL, today=day)[0]] == [here.number]
    assert [c.number for c in page_of(Asked(closed=True), ALL, today=day)[0]] == [new.number, old.number]


@pytest.mark.parametrize(
    "asked",
    [
        Asked(),
        Asked(states=(CaseState.RECEIVED, CaseState.IN_REVIEW)),
        Asked(due=(Due.LATE, Due.TODAY)),
        Asked(due=(Due.NONE,), priorities=("expedited",)),
        Asked(roles=(Role.CASE_MANAGER,), due=(Due.WEEK, Due.LATER)),
        Asked(received_from=date(2026, 1, 1), received_to=date(2026, 2, 1)),
        Asked(words="garcia"),
        Asked(closed=True),
        Asked(states=(CaseState.DRAFTED,), roles=(Role.INTAKE,)),
    ],
)
def test_every_count_is_the_number_of_cases_found(asked: Asked) -> None:
    """The number beside a value is how many are found with that value chosen instead of the others of its filter; in one statement."""
    from dataclasses import replace

    day = date(2026, 3, 2)
    mixed(180, day)
    with CaptureQueriesContext(
        connection,
    ) as asked_of_it:
        told = counts(asked, ALL, today=day)
    assert len(asked_of_it) == 1
    assert told.total == found(asked, ALL, today=day).count()
    assert told.by is not None
    kinds = {"state": "states", "priority": "priorities", "acts": "roles", "due": "due"}
    values = {
        "state": [s.value for s in CaseState],
        "priority": ["regular", "expedited"],
        "acts": list(Role),
        "due": list(Due),
    }
    for kind, field in kinds.items():
        for value in values[kind]:
            alone = replace(asked, **{field: (value,)})  # type: ignore[arg-type]
            assert told.by[kind].get(value, 0) == found(alone, ALL, today=day).count(), (kind, value)


def test_every_case_is_of_one_nearness() -> None:
    """Late, today, week, later, none: each case in exactly one, as the table's words say it."""
    day = date(2026, 3, 2)
    cases = [c for c in mixed(120, day) if c.state not in CLOSED]
    told = counts(Asked(), ALL, today=day)
    assert told.nearest == Counter(nearness(case.next_due_on, day) for case in cases)


def test_whose_turn_it_is_agrees_with_the_table_of_transitions() -> None:
    """Every state says whose turn it is; a role of the office named there has a way out of the state; closed cases are nobody's."""
    assert set(ACTS_NEXT) == set(CaseState)
    assert set(OPEN) | set(CLOSED) == set(CaseState)
    for state, turn in ACTS_NEXT.items():
        assert bool(turn) == (state in OPEN), state
        may = {way.by for way in CASE_TRANSITIONS if way.source == state}
        assert set(turn) - PARTIES <= may, state


def test_a_name_a_number_and_a_claim_are_found(case: Case, manager: Client) -> None:
    """The beginning of a number or of a last name, and the whole number of a claim, find the case; a part of a claim does not."""
    claim = case.applications.get().claim_number  # type: ignore[attr-defined]
    last = case.worker_name.split(",")[0]
    made(*({} for _ in range(3)))
    for words in (case.number[:7], case.number.lower(), last.upper(), last[:3], claim):
        assert case.number in shown(manager, f"q={words}"), words
    assert "No case matches" in shown(manager, f"q={claim[:-1]}")


def test_who_sees_no_names_cannot_find_by_name(case: Case) -> None:
    """Finance sees numbers and states; a name finds nothing, so that the search tells nobody who has a case."""
    client = client_of("f.finance", Role.FINANCE)
    html = shown(client)
    last, claim = case.worker_name.split(",")[0], case.applications.get().claim_number  # type: ignore[attr-defined]
    assert case.number in html and last not in html.casefold() and ">Worker<" not in html
    assert "No case matches" in shown(client, f"q={last}")
    assert "No case matches" in shown(client, f"q={claim}")
    assert case.number in shown(client, f"q={case.number}")


@pytest.mark.parametrize("role", sorted(STAFF))
def test_names_are_shown_to_those_who_see_the_parties(role: Role, case: Case) -> None:
    """Intake, case management, credentialing, medical and Administrative Director see the worker's name, nobody else."""
    see = {Role.INTAKE, Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, Role.CREDENTIALING, Role.ADMINISTRATIVE_DIRECTOR}
    last = case.worker_name.split(",")[0]
    assert (last in shown(client_of(f"one.{role.value}", role)).casefold()) == (role in see)


def test_a_reviewer_sees_only_the_own_cases() -> None:
    """No other case, no count of others, no name; nor by its number."""
    mine, others = made(
        {"state": "IN_REVIEW", "selected_reviewer": "R-1001"}, {"state": "IN_REVIEW", "selected_reviewer": "R-1002"}
    )
    client = client_of("R-1001", Role.REVIEWER)
    html = shown(client)
    assert numbers(html) == [mine.number, *[mine.number] * (len(numbers(html)) - 1)]
    assert "1 case" in html and mine.worker_name.split(",")[0].title() not in html
    assert numbers(shown(client, f"q={others.number}")) == []
    assert "No case matches" in client.get(f"/office/search?q={others.number}", follow=True).content.decode()


@pytest.mark.parametrize("role", sorted(PARTIES))
@pytest.mark.parametrize("path", ["/office/", "/office/queue/count", "/office/search?q=EH26-0000001"])
def test_parties_get_nothing_of_the_office(role: Role, path: str) -> None:
    """A party is refused, and the refusal names no case."""
    made({})
    answer = client_of(f"party.{role.value}", role).get(path)
    assert answer.status_code == 403
    assert "EH26-0000001" not in answer.content.decode().replace(path, "")


def test_nobody_who_is_not_signed_in_sees_the_queue() -> None:
    """The way leads to the sign-in."""
    answer = Client().get("/office/")
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_the_page_asks_little_of_the_database(manager: Client) -> None:
    """With five hundred cases a page is fifteen statements or fewer, with filters and saved lists and a search too."""
    mixed(500, today())
    user = User.objects.get(username="m.manager")
    SavedView.objects.bulk_create(SavedView(user=user, name=f"view {n}", query="due=late") for n in range(12))
    for query in ("", "due=late&acts=case_manager", "q=EH26&page=3", "closed=1"):
        with CaptureQueriesContext(connection) as statements:
            html = shown(manager, query)
        assert len(statements) <= MOST_STATEMENTS, [s["sql"] for s in statements]
        assert numbers(html)


def test_pages_hold_fifty_and_run_to_the_end(manager: Client) -> None:
    """Page after page shows every case once; a page behind the last shows the last."""
    made(*({"next_due_on": today() + n % 7 * DAY} for n in range(120)))
    pages = [dict.fromkeys(numbers(shown(manager, f"page={n}"))) for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [50, 50, 20]
    assert len({number for page in pages for number in page}) == 120
    assert dict.fromkeys(numbers(shown(manager, "page=99"))) == pages[2]


def test_a_list_is_saved_found_again_and_removed(manager: Client) -> None:
    """The filters are kept under a name as the address has them; the same name again replaces it."""
    answer = manager.post(
        "/office/views/", {"name": "  Late   ones ", "query": "due=late&state=IN_REVIEW&page=3&nonsense=1"}
    )
    assert answer.status_code == 302
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("Late ones", "state=IN_REVIEW&due=late")
    made({})
    assert "Late ones" in shown(manager)
    manager.post("/office/views/", {"name": "Late ones", "query": "due=today"})
    assert SavedView.objects.get().query == "due=today"
    assert (
        "was removed" in manager.post("/office/views/", {"remove": view.pk, "query": ""}, follow=True).content.decode()
    )
    assert not SavedView.objects.exists()


def test_a_list_of_somebody_else_is_neither_shown_nor_removed(manager: Client) -> None:
    """Saved lists are a person's own."""
    made({})
    other = client_of("o.other", Role.CASE_MANAGER)
    other.post("/office/views/", {"name": "Private list", "query": "due=late"})
    assert "Private list" not in shown(manager)
    view = SavedView.objects.get()
    manager.post("/office/views/", {"remove": view.pk, "query": ""})
    assert SavedView.objects.filter(pk=view.pk).exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b"])
def test_a_name_that_is_none_is_refused_in_words(manager: Client, name: str) -> None:
    """Nothing is saved, and the page says why."""
    made({})
    answer = manager.post("/office/views/", {"name": name, "query": "due=late"}, follow=True)
    assert "Not saved" in answer.content.decode()
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-13-45", "to=yesterday", "page=-1", "page=99999999999999999999", "page=x", "order=;drop", "state=NOPE",
        "q=" + "a" * 5000, "q=%F0%9F%92%A9", "q=%25_%27", "from=2026-03-01&to=2026-01-01", "closed=yes",
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_no_error(manager: Client, query: str) -> None:
    """What cannot be read is left out, and said so where somebody may have meant it."""
    made({}, {})
    html = shown(manager, query)
    if query.startswith(("from=", "to=")):
        assert "could not be read" in html


def test_what_somebody_typed_is_shown_as_text(manager: Client) -> None:
    """Words of a search and names of lists are never markup."""
    made({})
    html = shown(manager, "q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in html and "&lt;script&gt;" in html
    manager.post("/office/views/", {"name": "<b>bold</b>", "query": ""})
    assert "<b>bold" not in shown(manager)


def test_an_empty_office_says_how_a_case_comes_in(manager: Client) -> None:
    """Nothing there is different from nothing found: the one tells how to enter a case, the other which filter to drop."""
    assert "evenhand run" in shown(manager)
    made({"priority": "regular"})
    html = shown(manager, "priority=expedited")
    assert "evenhand run" not in html and "without expedited" in html


def test_counts_are_a_fragment_of_their_own(manager: Client) -> None:
    """What is fetched every minute is a list and no page; it is not kept by the browser."""
    made({"next_due_on": today() - DAY}, {"next_due_on": today()}, {"next_due_on": today() + 3 * DAY})
    answer = manager.get("/office/queue/count")
    html = answer.content.decode()
    assert "<html" not in html
    assert len(re.findall(r"<strong>1</strong>", html)) == 3
    assert "no-store" in answer["Cache-Control"]


def test_a_page_left_open_keeps_nobody_signed_in(manager: Client) -> None:
    """What the page fetches by itself does not count as somebody being there: an idle session ends all the same."""
    made({})
    long_ago = int(time.time()) - 600
    session = manager.session
    session["seen"] = long_ago
    session.save()
    assert manager.get("/office/queue/count").status_code == 200
    assert manager.session["seen"] == long_ago
    shown(manager)
    assert manager.session["seen"] > long_ago


def test_orders_are_what_they_say() -> None:
    """Longest here, last received, by number."""
    day = date(2026, 3, 2)
    first, second = made({"opened_on": day - 9 * DAY}, {"opened_on": day - 2 * DAY})
    orders = {order: [c.number for c in page_of(Asked(order=order), ALL, today=day)[0]] for order in Order}
    assert orders[Order.OLDEST] == orders[Order.NUMBER] == [first.number, second.number]
    assert orders[Order.NEWEST] == [second.number, first.number]


def test_the_number_of_a_closed_case_is_found_from_the_search(manager: Client) -> None:
    """The search of a number looks among the closed cases where no open one has it."""
    (closed,) = made({"state": "CLOSED", "closed_on": today()})
    answer = manager.get(f"/office/search?q={closed.number[:-1]}")
    assert answer["Location"].startswith("/office/?closed=1")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_looking_is_not_writing(manager: Client, method: str) -> None:
    """The queue answers to nothing but looking; the saved lists to nothing but sending."""
    assert getattr(manager, method)("/office/").status_code == 405
    assert manager.get("/office/views/").status_code == 405
