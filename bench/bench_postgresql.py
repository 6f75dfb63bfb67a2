"""Acts of the office a second: PostgreSQL against SQLite, the same acts, one worker and four; and appends to one chain."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import ROUNDS, head, line

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))
ACTS = 120
# Each contestant works in a process of its own, a round for each line it is given: Django knows one database a process.
WORK = """
import sys, threading, time
from datetime import date
from evenhand.office.opening import open_office
open_office()
from django.db import connection, transaction
from evenhand.office.events.chain import Actor, append
actor = Actor(username="bench", role="intake", source="system")

def work(worker, count, one):
    for number in range(count):
        with transaction.atomic():
            append(actor=actor, chain="bench" if one else f"bench-{worker}", kind="noted",
                   effective=date(2015, 1, 16), data={"n": number})
    connection.close()

for line in sys.stdin:
    acts, threads, one = (int(word) for word in line.split())
    workers = [threading.Thread(target=work, args=(n, acts // threads, one)) for n in range(threads)]
    begun = time.perf_counter()
    for each in workers: each.start()
    for each in workers: each.join()
    print(time.perf_counter() - begun, flush=True)
"""


class Contestant:
    """An office in a process of its own."""

    def __init__(self, url: str, home: Path) -> None:
        home.mkdir()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("EVENHAND_")}
        environment = {**kept, "EVENHAND_DATABASE_URL": url, "EVENHAND_HOME": str(home)}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORK], env=environment, stdin=pipe, stdout=pipe, text=True
        )

    def seconds(self, threads: int, one_chain: bool) -> float:
        """Wall seconds that a round took."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{ACTS} {threads} {int(one_chain)}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def end(self) -> None:
        """Lets it go."""
        self.process.communicate()


def measure(offices: dict[str, Contestant], threads: int, one_chain: bool) -> None:
    """The contestants in turns; acts a wall second, medians, and the ratio."""
    taken: dict[str, list[float]] = {name: [] for name in offices}
    for office in offices.values():
        office.seconds(threads, one_chain)  # unmeasured: connections, plans
    for _ in range(ROUNDS):
        for name, office in offices.items():
            taken[name].append(office.seconds(threads, one_chain))
    rates = {name: ACTS / statistics.median(each) for name, each in taken.items()}
    where = "one chain" if one_chain else "a chain each"
    for name, rate in rates.items():
        line(f"{name}, {threads} at once, {where}", f"{rate:9.0f} acts a second")
    line("ratio: PostgreSQL / SQLite", f"{rates['PostgreSQL'] / rates['SQLite']:.2f}")


def main() -> None:
    """Both keep what they acknowledged through a power cut: synchronous=FULL, and fsync on."""
    from tests import postgresql

    head("Transitions: one event a transaction, committed to disk")
    postgresql.FOR_TESTS = "log_min_messages = error\n"
    server = postgresql.Server()
    try:
        os.environ["EVENHAND_TEST_POSTGRESQL"] = server.url()
        with tempfile.TemporaryDirectory() as folder, postgresql.database("bench") as url:
            home = Path(folder)
            urls = {"SQLite": f"sqlite:///{home}/bench.sqlite3", "PostgreSQL": url}
            offices = {name: Contestant(address, home / name) for name, address in urls.items()}
            for threads, one_chain in ((1, True), (4, False), (4, True)):
                measure(offices, threads, one_chain)
            for office in offices.values():
                office.end()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
