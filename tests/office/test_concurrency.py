"""Many at once: one wins and the others are told so, no chain forks, no number is given twice, nothing ends in a traceback."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from tests import postgresql
from tests.conftest import EXAMPLES
from tests.office.offices import Outcome, at_once, command, default_database, environment, office_in, ready_office, rows

from evenhand.bundles import Bundle
from evenhand.bundles.bundle import StaffRole
from evenhand.office.cases.models import Case
from evenhand.office.configuration import configuration
from evenhand.office.databases import Busy, refused_when_busy
from evenhand.office.events.chain import Actor, append, under_key
from evenhand.office.events.models import Event
from evenhand.office.events.verify import verify
from evenhand.office.intake.actions import receive_application, screen_application
from evenhand.office.people.actions import first_administrator, open_account
from evenhand.office.people.authorisation import acting
from evenhand.office.refusals import Refused

OFFICES = True  # makes databases of the kind that the run tests
pytestmark = pytest.mark.slow
MANY = 10
CLERK = Actor(username="clerk", role="intake", source="person")
on_postgresql = pytest.mark.skipif(
    not postgresql.asked_for(), reason="threads of one process meet on PostgreSQL only: run with --postgresql"
)


@pytest.fixture
def committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """An empty office in a database of its own, where what is done is committed."""
    monkeypatch.setenv("EVENHAND_HOME", str(tmp_path))
    with django_db_blocker.unblock(), ready_office(tmp_path) as url, default_database(url):  # type: ignore[attr-defined]
        yield


@pytest.fixture
def clerk(committed: None) -> Actor:
    """Somebody who receives applications."""
    open_account(
        actor=first_administrator("office"),
        username="clerk",
        name="A Clerk",
        roles=(StaffRole.INTAKE,),
        on=date(2015, 1, 2),
    )
    return acting("clerk", StaffRole.INTAKE, "person")


def receive(clerk: Actor, neck: Bundle) -> Case:
    """One application; the same form each time."""
    facts = neck.case
    return receive_application(
        actor=clerk,
        form=facts.application,
        request_for_authorization=facts.request_for_authorization,
        ur_decision=facts.ur_decision,
        entered_on=date(2015, 1, 16),
    )


def won(outcomes: list[Outcome]) -> list[Outcome]:
    """Those that came through."""
    return [outcome for outcome in outcomes if outcome.error is None]


def whole() -> bool:
    """Whether no chain has a fault; nothing is signed here."""
    return not [finding for finding in verify(configuration()).findings if "no checkpoint" not in finding]


@on_postgresql
def test_one_of_ten_who_do_the_same_act_wins(clerk: Actor, neck: Bundle) -> None:
    """The others see the case as the winner left it, and are refused in words."""
    case = receive(clerk, neck)

    def screen() -> None:
        screen_application(actor=clerk, case=Case.objects.get(pk=case.pk), on=date(2015, 1, 16))

    outcomes = at_once([screen] * MANY)
    assert len(won(outcomes)) == 1
    assert all(isinstance(each.error, Refused) for each in outcomes if each.error is not None), outcomes
    assert Event.objects.filter(chain=case.chain, kind="application_screened").count() == 1
    assert whole()


@on_postgresql
def test_ten_who_append_to_one_chain_make_ten_events(committed: None) -> None:
    """A chain that no case's lock protects does not fork."""

    def note() -> None:
        with transaction.atomic():
            append(actor=CLERK, chain="people", kind="noted", effective=date(2015, 1, 16), data={})

    outcomes = at_once([note] * MANY)
    assert [each.error for each in outcomes] == [None] * MANY
    assert list(Event.objects.values_list("number", flat=True)) == list(range(1, MANY + 1))
    assert whole()


@on_postgresql
def test_ten_applications_at_once_get_ten_numbers(clerk: Actor, neck: Bundle) -> None:
    """No number is given twice, and none is left out."""
    outcomes = at_once([lambda: receive(clerk, neck)] * MANY)
    assert [each.error for each in outcomes] == [None] * MANY
    assert sorted(Case.objects.values_list("number", flat=True)) == [f"EH15-{n:07d}" for n in range(1, MANY + 1)]
    assert whole()


@on_postgresql
def test_a_deadlock_is_refused_in_words(clerk: Actor, neck: Bundle) -> None:
    """Of two who wait for each other PostgreSQL stops one; it hears that somebody else was at work."""
    import threading

    first, second = receive(clerk, neck), receive(clerk, neck)
    both = threading.Barrier(2)

    def cross(one: Case, other: Case) -> None:
        with refused_when_busy(), transaction.atomic():
            Case.objects.select_for_update().get(pk=one.pk)
            both.wait(timeout=30)
            Case.objects.select_for_update().get(pk=other.pk)

    outcomes = at_once([lambda: cross(first, second), lambda: cross(second, first)])
    assert len(won(outcomes)) == 1
    (lost,) = [each.error for each in outcomes if each.error is not None]
    assert isinstance(lost, Busy) and "somebody else" in str(lost)


@on_postgresql
def test_an_act_done_twice_under_one_key_is_refused_in_words(committed: None) -> None:
    """Two starters of the same run: the second hears that it was done, not what a database calls it."""

    def note() -> None:
        with refused_when_busy(), transaction.atomic(), under_key("once"):
            append(actor=CLERK, chain="people", kind="noted", effective=date(2015, 1, 16), data={})

    outcomes = at_once([note] * MANY)
    assert len(won(outcomes)) == 1
    assert all(isinstance(each.error, Busy) for each in outcomes if each.error is not None)


def test_an_act_that_waits_in_vain_is_refused_in_words(clerk: Actor, neck: Bundle) -> None:
    """Somebody holds the case longer than a person waits: the act is refused and nothing of it is kept, on both databases."""
    import threading

    case = receive(clerk, neck)
    held, enough = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            case_there = Case.objects.select_for_update().get(pk=case.pk)
            case_there.save(update_fields=["closed_reason"])
            held.set()
            enough.wait(timeout=60)

    def impatient() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SET lock_timeout = 200" if connection.vendor == "postgresql" else "PRAGMA busy_timeout = 200"
            )
        held.wait(timeout=30)
        try:
            screen_application(actor=clerk, case=Case.objects.get(pk=case.pk), on=date(2015, 1, 16))
        finally:
            enough.set()

    holder, waiter = at_once([hold, impatient])
    assert holder.error is None
    assert isinstance(waiter.error, Busy), waiter
    assert Case.objects.get(pk=case.pk).state == "RECEIVED" and whole()


def test_two_processes_that_run_the_same_bundle_make_one_case(tmp_path: Path) -> None:
    """Started twice at the same moment: one case, its chain whole, both end with exit 0."""
    with office_in(tmp_path) as url:
        words = command("run", EXAMPLES / "neck-cold-therapy", "--out", tmp_path / "out" / "neck")
        both = [
            subprocess.Popen(words, env=environment(tmp_path, url), cwd=tmp_path, stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        told = [process.communicate(timeout=300)[1] for process in both]
        assert [process.returncode for process in both] == [0, 0], told
        assert rows(url, "SELECT number FROM cases_case") == [("EH15-0000001",)]
        kinds = rows(url, "SELECT chain, kind, key FROM events_event WHERE kind <> 'case_exported'")
        assert len(set(kinds)) == len(kinds)
