"""A service on a socket of this machine, and bytes as a client sends them."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from api.web.server import server_config

if TYPE_CHECKING:
    from collections.abc import Generator

    from starlette.types import ASGIApp

    from api.web.settings import WebSettings


@contextmanager
def listening(app: ASGIApp, settings: WebSettings) -> Generator[int]:
    """Serve an application and answer the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(server_config(app, settings, repeats=getattr(app, "repeats", None)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def connected(port: int) -> socket.socket:
    """Open a connection; whoever waits on it for longer than 15 s has failed."""
    return socket.create_connection(("127.0.0.1", port), timeout=15)


def all_of(connection: socket.socket) -> bytes:
    """Answer everything until the other side closes."""
    received = b""
    while part := connection.recv(1 << 16):
        received += part
    return received


def answer_to(port: int, sent: bytes) -> bytes:
    """Send bytes and answer everything that comes back until the connection is closed."""
    with connected(port) as connection:
        connection.sendall(sent)
        return all_of(connection)
