"""`depositary serve`: the service, on this machine only for now."""

from __future__ import annotations

import errno
import os
import socket
from typing import TYPE_CHECKING

import click

from api.cli.asked import RECORD, open_library
from api.cli.examples import example
from graph.errors import WrongUse

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK = ("127.0.0.1", "::1", "localhost")
MEMORY = "MEMORY"


@click.command(epilog=example("depositary serve --port 8080"))
@click.option("--host", default=LOOPBACK[0], show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes any free one.",
)
@click.option(
    "--workers", type=click.IntRange(min=1), default=1, help="Processes; one in this release."
)
@click.option(
    "--store",
    default=MEMORY,
    metavar="MEMORY|DIR|URL",
    help="Where the data lies; MEMORY in this release.",
)
@click.option(
    "--data",
    multiple=True,
    metavar="FILE",
    help="RDF files to serve instead of the record; not in this release.",
)
@RECORD
def serve(host: str, port: int, records: Path, **other: object) -> None:
    """Start the service and print its address; Ctrl-C stops it."""
    _refuse_what_is_not_offered(host, other)
    with _listening(host, port) as listener:
        # A broken record is told here, before any part of the service is up.
        version = open_library(records).built.version
        from api.cli.serving import serve_on

        serve_on(listener, records, lambda: _announce(host, listener, version))


def _refuse_what_is_not_offered(host: str, other: dict[str, object]) -> None:
    reasons = {
        f"--host {host}": host not in LOOPBACK
        and "it listens on this machine only (127.0.0.1, ::1 or localhost)",
        f"--workers {other['workers']}": other["workers"] != 1 and "it runs one process",
        f"--store {other['store']}": other["store"] != MEMORY and "it keeps the record in MEMORY",
        "--data": other["data"] and "it serves the record; name another with DEPOSITARY_RECORDS",
    }
    for option, reason in reasons.items():
        if reason:
            message = f"{option} is not offered in this release: {reason}. Leave the option out."
            raise WrongUse(message)


def _listening(host: str, port: int) -> socket.socket:
    """Answer a socket that listens; others wait in line until the service is up."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        in_use = error.errno == errno.EADDRINUSE
        reason = "another program listens there" if in_use else error.strerror
        message = f"Port {port} of {host} cannot be opened: {reason}. Choose another with --port."
        raise WrongUse(message) from error
    return listener


def _announce(host: str, listener: socket.socket, version: str) -> None:
    port = listener.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Depositary serves http://{shown}:{port}/ (data version {version}); Ctrl-C stops.")
