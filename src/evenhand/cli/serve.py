"""`evenhand serve`: the office and its public site."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import nullcontext

import click

from evenhand.cli import demonstration
from evenhand.cli.office import database_option, refusals_explained
from evenhand.cli.work import beside_server

EVERY_ADDRESS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 compared with, not listened on


@click.command(
    "serve",
    epilog="""\b
Examples:
  evenhand serve --port 8080
  evenhand serve --database /srv/imr/office.sqlite3
  evenhand serve --demo
""",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--no-worker", is_flag=True, help="Run no background worker beside it; run `evenhand work` somewhere.")
@click.option(
    "--demo", is_flag=True, help="A demonstration with made-up cases, on this machine only, in var/demo.sqlite3."
)
@database_option
@refusals_explained
def command(host: str, port: int, no_worker: bool, demo: bool, database: str | None) -> None:
    """Serve the office and the published decisions. Stop with Ctrl-C.

    The first account: `evenhand people add`. Behind a proxy, name the site's host names in EVENHAND_HOSTS (with
    commas), set EVENHAND_TLS=1, and say in EVENHAND_PROXIES how many proxies there are. --demo needs no account.
    """
    _require_free(host, port)
    if "EVENHAND_HOSTS" not in os.environ and host not in EVERY_ADDRESS:
        os.environ["EVENHAND_HOSTS"] = ",".join(dict.fromkeys((host, _in_url(host), "127.0.0.1", "localhost", "[::1]")))
    if demo:
        database = demonstration.prepare(host)
    from evenhand.office.opening import open_office

    open_office(database)
    if demo:
        demonstration.fill(str(database))
    _fill_corpus()
    with nullcontext() if no_worker else beside_server():
        _serve(host, port)
    click.echo("Stopped.", err=True)
    sys.exit(0)


def _require_free(host: str, port: int) -> None:
    """Refuses before anything is opened: the server's own words on a taken port are a traceback."""
    from evenhand.reading import BadFile, Fault

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        what = f"cannot listen here ({why}); choose another --port or --host"
        raise BadFile([Fault(file=f"{host}:{port}", what=what)]) from None


def _fill_corpus() -> None:
    """What the database says is published is shown, though somebody threw the corpus away."""
    from django.db import connections

    from evenhand.office.publishing.actions import bring_corpus_up_to_date

    bring_corpus_up_to_date()
    # The worker is a process of its own and opens its own connection.
    connections.close_all()


def _serve(host: str, port: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    server = Server(
        "evenhand.office.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        log_access=False,
        log_level=LogLevels.warning,
        websockets=False,
        # The pages' work is the processor's: more threads only queue inside Python instead of outside.
        blocking_threads=4,
        backpressure=64,
        # A page takes milliseconds; whoever stops the server does not wait for an open keep-alive connection.
        workers_kill_timeout=3,
    )
    server.on_startup(lambda: click.echo(f"Evenhand is at http://{_in_url(host)}:{port}/ (stop with Ctrl-C)", err=True))
    server.serve()


def _in_url(host: str) -> str:
    """An address of IP version 6 stands in brackets."""
    return f"[{host}]" if ":" in host else host
