"""Background work: a job is there if and only if its act is, is done once, and survives whoever does it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.office import handlers
from tests.office.offices import command, default_database, environment, evenhand, ready_office, rows
from tests.office.serving import free_port

from evenhand.office.cases.clocks import set_date
from evenhand.office.cases.models import Case, LegalDate
from evenhand.office.events.chain import Actor
from evenhand.office.jobs import tasks
from evenhand.office.jobs.invariants import broken
from evenhand.office.jobs.nightly import by_night
from evenhand.office.jobs.queue import again, enqueue_once, jobs
from evenhand.office.jobs.schedule import next_night, plan_night
from evenhand.office.jobs.worker import ATTEMPTS, LIMIT, Worker, put_back
from evenhand.office.publishing.actions import set_aside_replay
from evenhand.office.refusals import Refused

OFFICES = True  # makes databases of the kind that the run tests
QUEUE = "django_tasks_database_dbtaskresult"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own."""
    monkeypatch.setenv("EVENHAND_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def shared_office(home: Path, django_db_blocker: Any) -> Iterator[str]:
    """An office that several processes share; its URL."""
    with django_db_blocker.unblock(), ready_office(home) as url, default_database(url):
        yield url


def written(home: Path) -> list[str]:
    """What the handlers did."""
    path = home / "done.txt"
    return path.read_text().splitlines() if path.exists() else []


def worker(home: Path, url: str, *more: str) -> subprocess.Popen[str]:
    """A real worker as a process."""
    return subprocess.Popen(
        command("work", *more), env=environment(home, url), cwd=Path.cwd(), stderr=subprocess.PIPE, text=True
    )


def until(what: Any, patience: float = 60) -> None:
    """Waits for something to become true."""
    end = time.monotonic() + patience
    while not what():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def run_here(told: list[str] | None = None) -> list[str]:
    """Does in this process what is due."""
    lines: list[str] = [] if told is None else told
    Worker(lines.append).run(once=True)
    return lines


def rest_of(name: str) -> DBTaskResult[..., Any]:
    """The only job of this handler."""
    return DBTaskResult.objects.get(task_path=f"tests.office.handlers.{name}")


@pytest.mark.django_db
def test_a_job_is_there_if_and_only_if_its_transaction_is() -> None:
    """Rolled back: no job. Committed: one."""
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue_once(handlers.note, number=1)
        raise RuntimeError
    assert jobs("READY") == []
    with transaction.atomic():
        enqueue_once(handlers.note, number=1)
    assert [job.name for job in jobs("READY")] == ["note"]


@pytest.mark.django_db
def test_a_refused_act_leaves_no_job(case: Case, staff: dict[Any, Actor], monkeypatch: pytest.MonkeyPatch) -> None:
    """An act that is refused after it asked for work has not asked for it."""
    from evenhand.bundles.bundle import StaffRole
    from evenhand.office.people import acts

    @acts.act("set_aside_replay")
    def asks_and_is_refused(*, actor: Actor, case: Case) -> None:
        enqueue_once(tasks.bring_corpus_up_to_date)
        set_aside_replay(actor=actor, case=case)

    with pytest.raises(Refused):
        asks_and_is_refused(actor=staff[StaffRole.SYSTEM_ADMINISTRATOR], case=case)
    assert jobs("READY") == []


@pytest.mark.django_db
def test_the_same_work_waits_once() -> None:
    """Asked for three times before anybody began: done once; other arguments are other work."""
    for number in (1, 1, 2, 1):
        enqueue_once(handlers.note, number=number)
    assert len(jobs("READY")) == 2


@pytest.mark.django_db
def test_the_night_is_planned_once(home: Path) -> None:
    """However many workers start; and a night that begins has planned the next before it does anything."""
    for _ in range(3):
        plan_night()
    (timer,) = jobs("READY")
    assert timer.run_after == next_night() and timer.run_after > timezone.now()
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(days=3))
    assert any(line.startswith("night: done") for line in run_here())
    assert [job.run_after for job in jobs("READY")] == [next_night()]


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 11, 24, 10, 14, tzinfo=UTC), datetime(2026, 11, 24, 10, 15, tzinfo=UTC)),
        (datetime(2026, 11, 24, 10, 15, tzinfo=UTC), datetime(2026, 11, 25, 10, 15, tzinfo=UTC)),
        (datetime(2026, 11, 1, 6, 0, tzinfo=UTC), datetime(2026, 11, 1, 10, 15, tzinfo=UTC)),
    ],
)
def test_the_next_night_is_in_the_offices_own_time(now: datetime, due: datetime) -> None:
    """A quarter past two, Pacific, on the right side of the change of clocks too."""
    assert next_night(now) == due


@pytest.mark.django_db
def test_a_failing_job_is_tried_later_and_in_the_end_given_up(home: Path) -> None:
    """Each time later; what is kept of the error is its kind and place, never its words."""
    enqueue_once(handlers.fails, name="Ann Smith")
    for attempt in range(1, ATTEMPTS):
        told = run_here()
        row = rest_of("fails")
        assert row.status == "READY" and len(row.worker_ids) == attempt
        assert row.run_after > timezone.now() + timedelta(minutes=2**attempt - 1)
        assert "again in" in told[-1] and "bad back" not in told[-1]
        DBTaskResult.objects.filter(pk=row.pk).update(run_after=timezone.now())
    run_here()
    row = rest_of("fails")
    assert row.status == "FAILED" and "bad back" not in row.traceback and "ValueError" in row.traceback
    assert again(jobs("FAILED")) == 1 and rest_of("fails").worker_ids == []


@pytest.mark.django_db
def test_a_refused_job_is_not_tried_again(home: Path) -> None:
    """What the law refuses it refuses tomorrow too; the words are kept."""
    enqueue_once(handlers.refuses)
    run_here()
    (job,) = jobs("FAILED")
    assert job.attempts == 1 and "not lawful" in job.said


@pytest.mark.django_db
def test_a_job_whose_worker_is_gone_is_put_back() -> None:
    """On this machine at once, on another when its time is over, after so many attempts never."""
    told: list[str] = []
    here, gone = socket.gethostname()[:30], subprocess.Popen(["true"])
    gone.wait()
    for attempts, host, pid, age, expected in (
        (1, here, gone.pid, timedelta(0), "READY"),
        (1, here, os.getpid(), timedelta(0), "RUNNING"),
        (1, "elsewhere", 1, LIMIT / 2, "RUNNING"),
        (1, "elsewhere", 1, LIMIT * 2, "READY"),
        (ATTEMPTS, "elsewhere", 1, LIMIT * 2, "FAILED"),
    ):
        DBTaskResult.objects.all().delete()
        handlers.note.enqueue(number=1)
        DBTaskResult.objects.update(
            status="RUNNING", started_at=timezone.now() - age, worker_ids=[f"{host}:{pid}:00"] * attempts
        )
        put_back(told.append)
        assert rest_of("note").status == expected, (attempts, host, age)


@pytest.mark.django_db
def test_the_night_finds_what_is_not_as_it_must_be(case: Case, home: Path) -> None:
    """A state without a move, a date that stands beside a newer one: found; where all is well nothing is."""
    assert broken() == ()
    Case.objects.filter(pk=case.pk).update(state="SCREENING")
    assert broken() == (f"case {case.number} stands at SCREENING, but its events say RECEIVED",)
    for day in (13, 24):
        set_date(case=case, label="Determination", rule="determination", start=date(2015, 2, day))
    assert len(broken()) == 1
    LegalDate.objects.filter(case=case, rule="determination").update(superseded=True)
    LegalDate.objects.filter(pk=LegalDate.objects.filter(case=case, rule="determination")[0].pk).update(
        superseded=False
    )
    assert len(broken()) == 2 and "older than one that was superseded" in broken()[1]


@pytest.mark.django_db
def test_a_night_tidies_up(home: Path) -> None:
    """Sessions that ran out and jobs long over are gone, young ones are kept, failed ones are told."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    for age in (-1, 1):
        session = SessionStore()
        session.create()
        Session.objects.filter(pk=session.session_key).update(expire_date=timezone.now() + timedelta(days=age))
    for days, state in ((1, "SUCCESSFUL"), (20, "SUCCESSFUL"), (20, "FAILED")):
        handlers.note.enqueue(number=days)
        DBTaskResult.objects.filter(status="READY").update(
            status=state, finished_at=timezone.now() - timedelta(days=days), traceback="refused"
        )
    night = by_night()
    assert Session.objects.count() == 1
    assert len(jobs("SUCCESSFUL")) == 1 and len(jobs("FAILED")) == 1
    assert len(night.findings) == 1 and night.findings[0].startswith("job note")


@pytest.mark.slow
def test_two_workers_do_forty_jobs_each_once(home: Path, shared_office: str) -> None:
    """Two processes on one queue: all done, none twice, both had work."""
    for number in range(40):
        enqueue_once(handlers.note, number=number)
    both = [worker(home, shared_office, "--once") for _ in range(2)]
    told = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    done = [line.split() for line in written(home)]
    assert sorted(int(number) for number, _ in done) == list(range(40))
    assert sum(line.count("note: done") for line in told) == 40
    assert Counter(status for (status,) in rows(shared_office, f"SELECT status FROM {QUEUE}"))["SUCCESSFUL"] == 40


@pytest.mark.slow
def test_a_killed_workers_job_is_done_by_the_next(home: Path, shared_office: str) -> None:
    """SIGKILL in the middle of a job: the next worker on this machine finds it and does it."""
    enqueue_once(handlers.dies_once)
    first = worker(home, shared_office, "--once")
    first.communicate(timeout=60)
    assert first.returncode == -signal.SIGKILL and written(home) == []
    second = worker(home, shared_office, "--once")
    _, told = second.communicate(timeout=60)
    assert second.returncode == 0 and "its worker is gone; put back" in told
    assert len(written(home)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_finishes_what_it_has_in_hand(home: Path, shared_office: str, by: signal.Signals) -> None:
    """Asked to stop in the middle of a job: the job is finished, the next one is left, exit 0."""
    enqueue_once(handlers.slow)
    process = worker(home, shared_office)
    until(lambda: (home / "begun").exists())
    enqueue_once(handlers.note, number=2)
    process.send_signal(by)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 0 and told.strip().endswith("stopped")
    assert [line.split()[0] for line in written(home)] == ["1"]
    assert [job.name for job in jobs("READY") if job.run_after is None] == ["note"]


@pytest.mark.slow
def test_the_server_runs_a_worker_and_takes_it_along(home: Path, shared_office: str) -> None:
    """`evenhand serve` works off the queue beside the pages; when it stops, its worker stops."""
    connection.close()
    for more, works in ((["--no-worker"], False), ([], True)):
        enqueue_once(handlers.note, number=len(more))
        words = command("serve", "--port", str(free_port()), *more)
        server = subprocess.Popen(words, env=environment(home, shared_office), stderr=subprocess.PIPE, text=True)
        assert server.stderr is not None and "Evenhand is at" in server.stderr.readline()
        if works:
            until(lambda: len(written(home)) == 2)
        else:
            time.sleep(3)
            assert written(home) == []
        server.terminate()
        _, told = server.communicate(timeout=30)
        assert server.returncode == 0 and told.strip().endswith("Stopped.") and "Traceback" not in told
        assert not [p for p in Path("/proc").glob("[0-9]*/cmdline") if f"--beside\0{server.pid}\0".encode() in _read(p)]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.mark.slow
def test_nightly_tells_of_jobs_that_were_given_up(home: Path, shared_office: str) -> None:
    """Exit 1 and a line; `work --again` puts them back."""
    enqueue_once(handlers.refuses)
    assert "refused" in evenhand(home, shared_office, "work", "--once").stderr
    night = evenhand(home, shared_office, "nightly")
    assert night.returncode == 1 and "BAD: job refuses" in night.stdout and "not lawful" in night.stdout
    assert "1 job put back" in evenhand(home, shared_office, "work", "--once", "--again").stderr
