"""The pages of the staff over an office with 10,000 open cases and 200,000 closed, on PostgreSQL, many people at once.

    python bench/bench_pages.py [--small]

Twenty people who are signed in each open a page, read it for a moment, and open the next. Measured is what the server says it
worked for (`Server-Timing`, EVENHAND_TIMING=1), everything between the first middleware and the last. The limit is 150 ms for 95 of
100 pages and 15 statements; the peer is `/healthz` of the same server in the same minutes, a page that asks the database one thing.
Statements are the median: once a minute and session two more note that somebody is there. What else the machine had to do in these
minutes is told: `cpu` is the server's own work whatever else ran, `p95` is not.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))

from measure import line  # noqa: E402

LIMIT_MS, LIMIT_STATEMENTS = 150.0, 15
ROLES = ("case_manager", "medical_director", "administrative_director")
PAGES = {
    "/healthz": ("/healthz",),
    "queue": ("/office/",),
    "queue, filtered": (
        "/office/?due=late&acts=case_manager",
        "/office/?state=IN_REVIEW&order=oldest",
        "/office/?due=week&due=today",
    ),
    "queue, later page": ("/office/?page=20", "/office/?page=100"),
    "queue, by name": ("/office/?q=garcia", "/office/?q=mor&due=late"),
    "queue, by number or claim": ("/office/?q={number}", "/office/?q=CL-{key}"),
    "queue, closed": ("/office/?closed=1", "/office/?closed=1&q=jensen", "/office/?closed=1&page=40"),
    "live counts": ("/office/queue/count",),
    "case page, open case": ("/office/cases/{open}/",),
    "case page, closed case": ("/office/cases/{closed}/",),
    "dashboard": ("/office/dashboard/",),
}
TIMING = re.compile(r'app;dur=([\d.]+), cpu;dur=([\d.]+), sql;dur=([\d.]+);desc="(\d+)"')


@dataclass
class Told:
    """What the server said of a page: milliseconds, of them of its own work, of them waiting for the database; statements."""

    ms: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    sql: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Size:
    """How large the office is, how many people there are, and how long they stay."""

    still_open: int
    closed: int
    people: int
    seconds: float
    pause: float


FULL = Size(still_open=10_000, closed=200_000, people=20, seconds=75, pause=2.0)
SMALL = Size(still_open=1_000, closed=2_000, people=4, seconds=8, pause=0.2)


def made(size: Size) -> dict[str, str]:
    """Fills the office that the environment names; the session of one person a role."""
    import django

    django.setup()
    import pages_office
    from django.core.management import call_command
    from tests.office.signed_in import client_of

    call_command("migrate", verbosity=0, interactive=False)
    pages_office.fill(size.still_open, size.closed)
    return {role: str(client_of(f"a.{role}", role).session.session_key) for role in ROLES}


@contextmanager
def served(environment: dict[str, str]) -> Iterator[int]:
    """The real server over that office; its port."""
    from tests.office.serving import free_port

    port = free_port()
    command = [sys.executable, "-m", "evenhand.cli.main", "serve", "--port", str(port), "--no-worker"]
    process = subprocess.Popen(command, env=environment, cwd=REPOSITORY, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit("the server does not answer")
            time.sleep(0.2)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def person(number: int, port: int, size: Size, session: str, told: dict[str, Told], faults: list[str]) -> None:
    """One of the people: opens pages of every kind in an order of their own until the time is over."""
    chance = random.Random(number)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    until = time.monotonic() + size.seconds
    names = list(PAGES)
    while time.monotonic() < until:
        chance.shuffle(names)
        for name in names:
            time.sleep(chance.uniform(0.5, 1.5) * size.pause)
            _open(connection, name, _address(chance.choice(PAGES[name]), chance, size), session, told[name], faults)


def _address(form: str, chance: random.Random, size: Size) -> str:
    key = chance.randint(1, size.still_open + size.closed)
    shut, still = chance.randint(1, size.closed), size.closed + chance.randint(1, size.still_open)
    numbers = {"number": f"EH26-{key:07d}", "closed": f"EH26-{shut:07d}", "open": f"EH26-{still:07d}"}
    return form.format(key=key, **numbers)


def _open(
    connection: http.client.HTTPConnection, name: str, address: str, session: str, told: Told, faults: list[str]
) -> None:
    connection.request("GET", address, headers={"Cookie": f"sessionid={session}"})
    answer = connection.getresponse()
    answer.read()
    timing = TIMING.search(answer.headers.get("Server-Timing", ""))
    if answer.status != 200 or timing is None:
        faults.append(f"{address}: {answer.status}")
        return
    told.ms.append(float(timing[1]))
    told.cpu.append(float(timing[2]))
    told.sql.append(float(timing[3]))
    told.statements.append(int(timing[4]))


def measured(size: Size) -> dict[str, Told]:
    """Makes the office, serves it and lets everybody in; what the server said of every page."""
    from tests.postgresql import Server

    server = Server()
    try:
        with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as home:
            settings = {
                "EVENHAND_DATABASE_URL": _database(server.url()),
                "EVENHAND_HOME": home,
                "EVENHAND_TIMING": "1",
                "DJANGO_SETTINGS_MODULE": "evenhand.office.settings",
            }
            os.environ.update(settings)
            began = time.monotonic()
            sessions = _in_a_process(size)
            line("the office made in", f"{time.monotonic() - began:.0f} s")
            with served({**os.environ}) as port:
                return _let_in(port, size, sessions)
    finally:
        server.stop()


def _database(url: str) -> str:
    import psycopg

    with psycopg.connect(url.replace("/evenhand?", "/postgres?"), autocommit=True) as server:
        server.execute("CREATE DATABASE evenhand")
    return url


def _in_a_process(size: Size) -> dict[str, str]:
    """Making the office holds a connection; a process of its own gives it back."""
    command = [sys.executable, __file__, "--make", str(size.still_open), str(size.closed)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"the office could not be made: {done.stderr[-2000:]}")
    sessions: dict[str, str] = json.loads(done.stdout)
    return sessions


def _let_in(port: int, size: Size, sessions: dict[str, str]) -> dict[str, Told]:
    """Everybody at once. Before that, one of them opens every page, unmeasured: nobody pays for imports and an empty cache."""
    faults: list[str] = []
    first = Size(still_open=size.still_open, closed=size.closed, people=1, seconds=0.1, pause=0.01)
    person(0, port, first, sessions[ROLES[0]], {name: Told() for name in PAGES}, faults)
    told = {name: Told() for name in PAGES}
    people = [
        threading.Thread(target=person, args=(n, port, size, sessions[ROLES[n % len(ROLES)]], told, faults))
        for n in range(size.people)
    ]
    for thread in people:
        thread.start()
    for thread in people:
        thread.join()
    if faults:
        raise SystemExit(f"{len(faults)} pages were not answered, for example {faults[:5]}")
    return told


def share(values: list[float], part: float) -> float:
    """The value that this part of the values does not exceed."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


def main() -> None:
    """Prints the figures; fails where a page asks the database too often. How long it took depends on what else runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="1,000 open cases and 2,000 closed, a few seconds")
    parser.add_argument("--make", nargs=2, type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.make:
        size = Size(still_open=given.make[0], closed=given.make[1], people=0, seconds=0, pause=0)
        sys.stdout.write(json.dumps(made(size)))
        return
    told = report(SMALL if given.small else FULL)
    over = [name for name, said in told.items() if statistics.median(said.statements) > LIMIT_STATEMENTS]
    if over:
        raise SystemExit(f"more than {LIMIT_STATEMENTS} statements: {', '.join(over)}")


def report(size: Size) -> dict[str, Told]:
    """Measures and prints; what was measured."""
    print(
        f"Pages of the staff: PostgreSQL, {size.still_open:,} open cases, {size.closed:,} closed, {size.people} people"
    )
    before = os.getloadavg()[0]
    told = measured(size)
    line("load of the machine before, after (processors)", f"{before:.1f}, {os.getloadavg()[0]:.1f} ({os.cpu_count()})")
    peer = statistics.median(told["/healthz"].ms)
    for name, said in told.items():
        p50, p95 = statistics.median(said.ms), share(said.ms, 0.95)
        own, database = statistics.median(said.cpu), statistics.median(said.sql)
        asked = f"{statistics.median(said.statements):2.0f} statements"
        figures = f"p50 {p50:6.1f}  p95 {p95:6.1f} ms; cpu {own:5.1f}, sql {database:5.1f} ms; {asked}"
        line(f"{name} ({len(said.ms)})", f"{figures}; ratio to /healthz {p50 / peer:.1f}")
    worst = max(told, key=lambda name: share(told[name].ms, 0.95))
    line(
        f"ratio: p95 of the slowest page ({worst}) / limit of {LIMIT_MS:.0f} ms",
        f"{share(told[worst].ms, 0.95) / LIMIT_MS:.2f}",
    )
    return told


if __name__ == "__main__":
    main()
