"""`evenhand serve` from outside: it starts, answers, stops when asked, and refuses in words."""

from __future__ import annotations

import signal
import socket
import time
from pathlib import Path

import pytest
from tests.office.serving import evenhand, free_port, start, stop

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_server_stops_cleanly_when_asked(tmp_path: Path, by: signal.Signals) -> None:
    """Ctrl-C and a service manager's SIGTERM end the server within seconds, with exit 0, words, and a free port."""
    port = free_port()
    process = start(tmp_path, port)
    asked = time.monotonic()
    code, said = stop(process, by)
    assert code == 0, said
    assert time.monotonic() - asked < 10
    assert f"Evenhand is at http://127.0.0.1:{port}/" in said
    assert said.strip().endswith("Stopped.")
    assert "Traceback" not in said
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize(("host", "why"), [("127.0.0.1", "in use"), ("no.such.host.invalid", "cannot listen here")])
def test_place_that_cannot_be_listened_on_is_refused_in_words(tmp_path: Path, host: str, why: str) -> None:
    """A taken port or an unknown host ends with exit 1 and one line that says what to change."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = evenhand(tmp_path, "serve", "--host", host, "--port", str(taken.getsockname()[1]))
    assert told.returncode == 1
    assert why in told.stderr
    assert "choose another --port or --host" in told.stderr
    assert "Traceback" not in told.stderr
