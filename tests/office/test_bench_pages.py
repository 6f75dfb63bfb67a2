"""The benchmark of the staff's pages runs, in small, and holds the pages to their number of statements."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from tests.conftest import REPOSITORY


@pytest.mark.slow
def test_the_benchmark_of_the_pages_runs() -> None:
    """It makes an office on PostgreSQL, serves it, opens every page, and finds none that asks the database too often."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EVENHAND_")}
    command = [sys.executable, "bench/bench_pages.py", "--small"]
    done = subprocess.run(command, cwd=REPOSITORY, env=kept, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    statements = [int(number) for number in re.findall(r"(\d+) statements", done.stdout)]
    assert len(statements) >= 10 and max(statements) <= 15
    assert re.search(r"ratio: p95 of the slowest page .* \d+\.\d\d\n", done.stdout)
