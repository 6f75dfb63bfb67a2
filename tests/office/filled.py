"""An office with many cases and with people who are signed in, made in a process of its own: for tests that look from outside.

python -m tests.office.filled COUNT       in the environment of the office; prints {"role": "session key", ...}
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.office.serving import environment

# Not from the tests' conftest: that names another office.
REPOSITORY = Path(__file__).resolve().parents[2]


def filled(home: Path, count: int) -> dict[str, str]:
    """Fills the office of `home` with `count` cases; the session keys of one person of the office a role."""
    command = [sys.executable, "-m", "tests.office.filled", str(count)]
    done = subprocess.run(
        command, env=environment(home), cwd=REPOSITORY, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    keys: dict[str, str] = json.loads(done.stdout)
    return keys


def fill(count: int) -> dict[str, str]:
    """Opens the office of the environment and fills it."""
    from evenhand.office.opening import open_office

    open_office()
    from tests.office.many import filed, history, mixed
    from tests.office.signed_in import client_of

    from evenhand.office.cases.models import Case
    from evenhand.office.people.roles import STAFF
    from evenhand.office.ui.dates import today

    filed(mixed(count, today()))
    history(count * 2, today())
    for key in Case.objects.values_list("pk", flat=True)[:: max(count // 12, 1)]:
        Case.objects.filter(pk=key).update(selected_reviewer="R-1001")
    names = {role: "R-1001" if role.value == "reviewer" else f"a.{role.value}" for role in STAFF}
    return {role.value: str(client_of(names[role], role).session.session_key) for role in sorted(STAFF)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fill(int(sys.argv[1]))))
