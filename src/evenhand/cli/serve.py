"""`evenhand serve`: the public site of the office."""

from __future__ import annotations

import click

from evenhand.cli.office import database_option, refusals_explained


@click.command("serve", epilog="Example: evenhand serve --port 8080")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@database_option
@refusals_explained
def command(host: str, port: int, database: str | None) -> None:
    """Serve the published decisions and their search. Stop with Ctrl-C.

    The pages for staff and parties are not built yet.
    """
    import socket

    from evenhand.office.opening import open_office
    from evenhand.reading import BadFile, Fault

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadFile([Fault(file=f"{host}:{port}", what=f"cannot listen here ({error.strerror}); choose another --port")]) from None
    open_office(database)
    from granian.constants import Interfaces
    from granian.server import Server

    click.echo(f"Evenhand is at http://{host}:{port}/ (stop with Ctrl-C)", err=True)
    Server("evenhand.office.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, log_access=False).serve()
