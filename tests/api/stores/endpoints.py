"""Remote ends for tests: real services in processes of their own, and one that misbehaves."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.parse import parse_qs
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")
# The remote end is trusted by its operator: as much as the tests ask for.
LARGE = {
    "DEPOSITARY_QUERY_ROWS": "1000000",
    "DEPOSITARY_QUERY_ANSWER_MB": "64",
    "DEPOSITARY_QUERY_SECONDS": "60",
    "DEPOSITARY_QUERY_MEMORY_MB": "1024",
}
OXIGRAPH = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")


@contextmanager
def program(*options: str) -> Generator[str]:
    """Start `depositary serve` with some options, and answer its address."""
    command = [sys.executable, "-m", "api", "serve", "--port", "0", *options]
    environment = {**os.environ, **LARGE}
    with subprocess.Popen(  # noqa: S603 - our own program
        command, env=environment, stdout=subprocess.PIPE, text=True
    ) as running:
        try:
            assert running.stdout
            found = ADDRESS.search(running.stdout.readline())
            assert found
            yield found[0]
        finally:
            running.terminate()


@contextmanager
def our_own(data: Path) -> Generator[str]:
    """Serve a file of N-Quads by this program, and answer the address of its endpoint."""
    with program("--data", str(data)) as address:
        yield f"{address}sparql"


@contextmanager
def oxigraph(data: Path, folder: Path) -> Generator[str]:
    """Serve a file of N-Quads by the server of Oxigraph, from an empty folder."""
    assert OXIGRAPH
    place = ["--location", str(folder)]
    load = [OXIGRAPH, "load", *place, "--file", str(data)]
    subprocess.run(load, check=True, capture_output=True)  # noqa: S603
    port = free_port()
    serve = [OXIGRAPH, "serve-read-only", *place, "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(serve, stderr=subprocess.DEVNULL) as running:  # noqa: S603
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}/query"
        finally:
            running.terminate()


def free_port() -> int:
    """Answer a port where nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            with urlopen(f"http://127.0.0.1:{port}/"):
                return
        except OSError:
            time.sleep(0.05)
    message = "the remote end did not start"
    raise AssertionError(message)


@dataclass
class Misbehaving:
    """A remote end that answers as it is told, and notes what it was asked."""

    address: str = ""
    answer: Callable[[BaseHTTPRequestHandler], None] | None = None
    queries: list[str] = field(default_factory=list[str])
    heads: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    was_left: Event = field(default_factory=Event)

    def sends(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Answer from now on with a status, a body and headers (`content_type` and the like)."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)

        self.answer = answer


@contextmanager
def misbehaving() -> Generator[Misbehaving]:
    """Start a remote end that answers as it is told."""
    remote = Misbehaving()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            remote.queries += parse_qs(body).get("query", [])
            remote.heads.append({name.lower(): value for name, value in self.headers.items()})
            assert remote.answer
            self.close_connection = True
            try:
                remote.answer(self)
            except OSError:
                remote.was_left.set()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the output of the tests free of this."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    remote.address = f"http://127.0.0.1:{server.server_address[1]}/sparql"
    try:
        yield remote
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
