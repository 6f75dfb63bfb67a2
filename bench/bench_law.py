"""Deadlines: how many a CPU second, against ten thousand; `evenhand law due` against a bare start of Python."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

from measure import Taken, against, head, in_turns, line

from evenhand.law import Means, Refused, load_pack

WANTED = 10_000
COUNT = 5_000


def deadlines(count: int) -> int:
    """Computes `count` deadlines of every rule that answers, over ten years and every means of service."""
    pack = load_pack()
    first, done = datetime(2014, 1, 2, 18, tzinfo=UTC), 0
    while True:
        for rule in RULES:
            for means in Means:
                day = first + timedelta(days=(done * 37) % 3650)
                pack.due(rule, day, means=means)
                done += 1
                if done == count:
                    return done


def answering() -> list[str]:
    """The rules that give an answer on every day of the sample; what nobody could verify refuses."""
    pack = load_pack()
    rules = []
    for name in pack.rule_names():
        try:
            for means in Means:
                for year in range(2014, 2025):
                    pack.due(name, datetime(year, 1, 2, 18, tzinfo=UTC), means=means)
        except Refused:
            continue
        rules.append(name)
    return rules


RULES = answering()


def process(*words: str) -> None:
    """Starts a process and waits for it. Compiled modules are kept, as in an ordinary installation."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, *words], check=True, capture_output=True, env=kept)


def main() -> None:
    """Prints the figures."""
    head(f"Deadlines: {len(RULES)} rules, {len(Means)} means of service")
    (ours,) = in_turns({f"{COUNT:,} deadlines with their steps": lambda: deadlines(COUNT)})
    against(ours, Taken(f"the limit: {WANTED:,} a second", COUNT / WANTED, COUNT / WANTED), count=COUNT, of="deadlines")
    due = ["-m", "evenhand.cli.main", "law", "due", "application", "--from", "2014-12-23", "--service", "mail"]
    command, bare, loaded = in_turns(
        {
            "evenhand law due application": lambda: process(*due),
            "python -c pass": lambda: process("-c", "pass"),
            "python -c 'import click, yaml'": lambda: process("-c", "import click, yaml"),
        }
    )
    against(command, bare)
    line("ratio: evenhand law due / python with click and yaml", f"{command.cpu / loaded.cpu:.2f}")
    last = load_pack().due("application", date(2014, 12, 23), means=Means.MAIL).due
    if last != date(2015, 1, 27):
        raise SystemExit(f"the deadline is {last}, not 2015-01-27")


if __name__ == "__main__":
    main()
