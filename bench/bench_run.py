"""A whole case through the whole office: `evenhand run` of the example, in an office of its own, act by act."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import made
from measure import against, head, in_turns, line

EXAMPLE = made.EXAMPLES / "neck-cold-therapy"
SHOWN = 12

# Runs in a process of its own: opens an empty office and performs every act, with CPU and wall seconds of each.
BY_ACT = """
import json, sys, time
from pathlib import Path
from evenhand.bundles import read_bundle
from evenhand.office.opening import open_office
began = time.process_time(), time.perf_counter()
bundle = read_bundle(Path(sys.argv[1]))
open_office(sys.argv[2])
from evenhand.simulation.one_case import OneCase
acts = [("office opened, bundle read", time.process_time() - began[0], time.perf_counter() - began[1])]
for step in OneCase(bundle).steps():
    cpu, wall = time.process_time(), time.perf_counter()
    step.do()
    acts.append((step.title, time.process_time() - cpu, time.perf_counter() - wall))
print(json.dumps(acts))
"""


def process(*words: str) -> str:
    """Runs Python in a folder of its own and gives back what it prints. Compiled modules are kept, as anywhere."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("EVENHAND_") and k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, env=kept, check=False)
    if done.returncode != 0:
        raise SystemExit(f"the example does not run: {done.stderr}")
    return done.stdout


def whole() -> None:
    """`evenhand run`, from nothing to the letter."""
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as folder:
        database, out = Path(folder, "office.sqlite3"), Path(folder, "out")
        process("-m", "evenhand.cli.main", "run", str(EXAMPLE), "--database", str(database), "--out", str(out))
        if not (out / "letter.pdf").exists():
            raise SystemExit("the example ran without a letter")


def acts() -> list[tuple[str, float, float]]:
    """Every act with its CPU and wall seconds."""
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as folder:
        told: list[tuple[str, float, float]] = json.loads(
            process("-c", BY_ACT, str(EXAMPLE), str(Path(folder, "office.sqlite3")))
        )
    return told


def main() -> None:
    """Prints the figures."""
    head(f"The office: {EXAMPLE.name}, from the application to the published decision", rounds=3)
    run, django = in_turns(
        {
            "evenhand run": whole,
            "python -c 'import django, typst, ortools.graph'": lambda: process(
                "-c", "import django.db.models, typst, ortools.graph.python.min_cost_flow"
            ),
        },
        rounds=3,
    )
    against(run, django)
    timed = acts()
    line(f"{len(timed)} acts", f"{sum(a[1] for a in timed):9.4f} s CPU {sum(a[2] for a in timed):9.4f} s wall")
    for title, cpu, wall in sorted(timed, key=lambda act: -act[1])[:SHOWN]:
        line(f"  {title}", f"{cpu:9.4f} s CPU {wall:9.4f} s wall")


if __name__ == "__main__":
    main()
