"""The real `evenhand serve` as a process, for tests that look at it from outside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0


def environment(home: Path, url: str = "") -> dict[str, str]:
    """The environment of an office of its own in `home`, on the database `url` or a file there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EVENHAND_")}
    url = url or f"sqlite:///{home}/office.sqlite3"
    return {**kept, "EVENHAND_HOME": str(home), "EVENHAND_DATABASE_URL": url}


def evenhand(home: Path, *words: str, url: str = "") -> subprocess.CompletedProcess[str]:
    """Runs the command to its end in the office of `home`."""
    command = [sys.executable, "-m", "evenhand.cli.main", *words]
    return subprocess.run(command, env=environment(home, url), capture_output=True, text=True, timeout=300, check=False)


def free_port() -> int:
    """A port on which nobody listens just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(home: Path, port: int, url: str = "") -> subprocess.Popen[str]:
    """Starts the server and waits until it answers."""
    command = [sys.executable, "-m", "evenhand.cli.main", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment(home, url), stderr=subprocess.PIPE, text=True)
    return answering(process, port)


def answering(process: subprocess.Popen[str], port: int, patience: float = PATIENCE) -> subprocess.Popen[str]:
    """The server, once it answers. Raises AssertionError with its words where it ends before."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                assert answer.read() == b"ok\n"
            return process
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise AssertionError(f"the server did not answer within {patience:.0f} seconds")


def stop(process: subprocess.Popen[str], by: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
    """Asks the server to stop; its exit code and what it said."""
    process.send_signal(by)
    try:
        _, said = process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    return process.returncode, said


@contextmanager
def served(home: Path, url: str = "") -> Iterator[str]:
    """The address of a server over the office of `home`, for as long as the block lasts."""
    port = free_port()
    process = start(home, port, url)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        code, said = stop(process)
        assert code == 0, said
        assert "Traceback" not in said
