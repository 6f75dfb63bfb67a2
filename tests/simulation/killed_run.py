"""Runs a bundle in child processes that are killed (SIGKILL) at every step: once inside its transaction, once right after.

    python killed_run.py BUNDLE OUT      prints one JSON document: kills, acts

The parent imports everything once and forks, so that a hundred kills take seconds.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any


def die() -> None:
    """What a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)


def attempt(bundle: Any, folder: Path, mode: str) -> None:
    """One try in a child: killed inside the first act (`inside`) or behind it (`behind`), or not at all (`whole`)."""
    from django.db import connection, connections

    from evenhand.cli.run import _run
    from evenhand.simulation import one_case

    connections.close_all()
    if mode == "inside":

        def kill_at_event(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            result = execute(sql, params, many, context)
            if sql.startswith('INSERT INTO "events_event"'):
                die()  # written, not committed
            return result

        with connection.execute_wrapper(kill_at_event):
            _run(bundle, folder, False)
    elif mode == "behind":
        performed = one_case.OneCase.run

        def killed(self: Any, begin: Any, finished: Any) -> Any:
            return performed(self, begin, lambda step: die())

        one_case.OneCase.run = killed  # type: ignore[method-assign]
        _run(bundle, folder, False)
    else:
        _run(bundle, folder, False)


def main(path: Path, folder: Path) -> None:
    """Kills until nothing is left to kill, then lets it finish."""
    from evenhand.office.opening import open_office

    open_office()
    from django.db import connections

    import evenhand.cli.run
    import evenhand.office.proofs.export
    import evenhand.simulation.one_case  # noqa: F401
    from evenhand.bundles import read_bundle
    from evenhand.law import load_pack

    bundle = read_bundle(path)
    load_pack()
    connections.close_all()
    kills = 0
    for mode in ("inside", "behind") * 100:
        child = os.fork()
        if child == 0:
            devnull = os.open(os.devnull, os.O_WRONLY)
            os.dup2(devnull, 2)
            attempt(bundle, folder, mode)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            kills += 1
        elif mode == "behind":
            break
        elif os.WEXITSTATUS(status):
            sys.exit(f"a child failed with {os.WEXITSTATUS(status)}")
    attempt(bundle, folder, "whole")
    print(json.dumps({"kills": kills}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
