"""The servers that are measured beside each other, each a process of its own on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from scripts.benches.load import LOOPBACK, NoAnswer, get, once

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

START_LIMIT_SECONDS = 180
ASK = "ASK {}"


@dataclass(frozen=True)
class Server:
    """A running SPARQL server: its name, its port, and the path of its endpoint."""

    name: str
    port: int
    path: str

    def request(self, query: str) -> bytes:
        """Answer the bytes that put a query to it."""
        return get(self.port, f"{self.path}?query={quote(query, safe='')}")


@contextmanager
def ours(data: Path) -> Generator[Server]:
    """Run our own service over a file."""
    command = [sys.executable, "-m", "api", "serve", "--data", str(data), "--port"]
    with _running("depositary", command, "/sparql") as server:
        yield server


@contextmanager
def oxigraph(data: Path) -> Generator[Server]:
    """Run `oxigraph serve`, in memory, with the same statements put into it."""
    program = _program("oxigraph")
    with _running("oxigraph serve", [program, "serve", "--bind"], "/query", bound=True) as server:
        _put(server.port, data)
        yield server


@contextmanager
def rdflib_endpoint(data: Path) -> Generator[Server]:
    """Run rdflib-endpoint over the same file, in rdflib's memory."""
    program = _program("rdflib-endpoint")
    command = [program, "serve", str(data), "--host", LOOPBACK, "--port"]
    with _running("rdflib-endpoint", command, "/") as server:
        yield server


def _program(name: str) -> str:
    beside = shutil.which(name, path=os.path.dirname(sys.executable))  # noqa: PTH120
    if beside is None:
        message = f"{name} is not installed; it is in the extra `bench` of pyproject.toml."
        raise SystemExit(message)
    return beside


@contextmanager
def _running(
    name: str, command: Sequence[str], path: str, *, bound: bool = False
) -> Generator[Server]:
    server = Server(name, _free_port(), path)
    last = f"{LOOPBACK}:{server.port}" if bound else str(server.port)
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([*command, last], stdout=quiet, stderr=quiet)  # noqa: S603
    try:
        _wait_for(server, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            # A server that is still busy with a query that nobody waits for.
            process.kill()
            process.wait()


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < limit and process.poll() is None:
        try:
            once(server.port, server.request(ASK), 5)
        except (OSError, NoAnswer):
            time.sleep(0.1)
        else:
            return
    message = f"{server.name} did not start."
    raise SystemExit(message)


def _put(port: int, data: Path) -> None:
    body = data.read_bytes()
    head = (
        "POST /store?default HTTP/1.1",
        f"Host: {LOOPBACK}:{port}",
        "Content-Type: application/n-triples",
        f"Content-Length: {len(body)}",
        "Connection: close",
        "",
        "",
    )
    with socket.create_connection((LOOPBACK, port), timeout=START_LIMIT_SECONDS) as connection:
        connection.sendall("\r\n".join(head).encode() + body)
        answer = connection.recv(1024)
    if b" 20" not in answer[:16]:
        message = f"oxigraph did not take the data: {answer[:100]!r}"
        raise SystemExit(message)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
