"""`depositary serve`: the service over the record, or over other files of RDF."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from api.cli.asked import RECORD, open_library
from api.cli.examples import example
from api.cli.supervisor import Supervisor
from api.sandbox.limits import NOT_ENFORCED_ELSEWHERE
from api.web.sharing import shared_figures
from graph.errors import WrongUse

if TYPE_CHECKING:
    from api.settings import Settings

LOOPBACK = "127.0.0.1"
MEMORY = "MEMORY"
MOST_WORKERS = 64
BACKLOG = 2048


@click.command(epilog=example("depositary serve --port 8080"))
@click.option("--host", default=LOOPBACK, show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes any free one.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    default=1,
    show_default=True,
    help="Web processes; queries always run in processes of their own.",
)
@click.option(
    "--store",
    default=MEMORY,
    metavar="MEMORY|DIR|URL",
    help="Where the data lie: MEMORY is the record, built if need be; else a folder with a build "
    "or a store of Oxigraph, or the address of a SPARQL endpoint.",
)
@click.option(
    "--data",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An RDF file to serve at /sparql instead of the record; may be repeated.",
)
@RECORD
def serve(host: str, port: int, records: Path, workers: int, **other: object) -> None:
    """Start the service and print its address; Ctrl-C stops it.

    With --data it answers SPARQL over the given files (.ttl .nt .nq .trig .rdf .owl) and nothing
    else; so it does with a --store that holds no record. What a query may cost is set by
    DEPOSITARY_QUERY_SECONDS and the like.
    """
    from api.served import source_of
    from api.settings import Settings

    settings = replace(
        Settings.from_environment(), records=records, files=_full_names(other["data"])
    )
    settings = _with_store(settings, str(other["store"]))
    if sys.platform != "linux":
        click.echo(f"depositary: {NOT_ENFORCED_ELSEWHERE}", err=True)
    with _listening(host, port) as listener, shared_figures(workers):
        # A broken record is told here, before any part of the service is up.
        version = _version_of(settings)
        ready = partial(_announce, host, listener, version)
        stopped_by = Supervisor(listener, source_of(settings), settings, workers).run(ready)
    if stopped_by == signal.SIGINT:
        raise KeyboardInterrupt


def _full_names(data: object) -> tuple[str, ...]:
    return tuple(str(file.resolve()) for file in cast("tuple[Path, ...]", data))


def _version_of(settings: Settings) -> str:
    from api.served import version_of

    if settings.files or settings.folder or settings.remote:
        return version_of(settings)
    _build_aside(settings)
    return open_library(settings.records).built.version


def _build_aside(settings: Settings) -> None:
    """Build the record where no build is kept, in a process that takes its memory with it.

    This one lives as long as the service, and a build takes ten times the memory that it needs.
    """
    from ontology.files import fingerprint

    if (settings.cache / fingerprint(settings.records)).is_dir():
        return
    command = [sys.executable, "-m", "api", "build", "--records", str(settings.records)]
    status = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode  # noqa: S603 - our own program
    if status:
        raise click.exceptions.Exit(status)  # It has said why.


def _with_store(settings: Settings, store: str) -> Settings:
    from api.served import with_folder, with_remote

    if store == MEMORY:
        return settings
    if settings.files:
        message = "--store and --data both say what to serve; give one of them."
        raise WrongUse(message)
    if "://" in store:
        return with_remote(settings, store)
    return with_folder(settings, Path(store))


def _listening(host: str, port: int) -> socket.socket:
    """Answer a socket that listens."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        # Those who come now wait in line until the service is up.
        listener.listen(BACKLOG)
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
