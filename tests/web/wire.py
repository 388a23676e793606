"""A service on a socket of this machine, and bytes as a client sends them."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import uvicorn

from api.web.server import server_config

if TYPE_CHECKING:
    from collections.abc import Generator

    from starlette.types import ASGIApp

    from api.web.settings import WebSettings


OWN = (b"x-request-id", b"date")


class Reply(NamedTuple):
    """An answer as it came over the wire."""

    status: bytes
    headers: dict[bytes, bytes]
    body: bytes

    @property
    def lasting(self) -> tuple[bytes, dict[bytes, bytes], bytes]:
        """Answer what does not differ from one answer to the next."""
        kept = {name: value for name, value in self.headers.items() if name not in OWN}
        return self.status, kept, self.body


@contextmanager
def listening(app: ASGIApp, settings: WebSettings) -> Generator[int]:
    """Serve an application and answer the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    repeats, express = getattr(app, "repeats", None), getattr(app, "express", None)
    config = server_config(app, settings, repeats=repeats, express=express)
    server = uvicorn.Server(config)
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


def reply_to(connection: socket.socket, request: bytes) -> Reply:
    """Send a request on a connection that stays, and answer what comes back."""
    connection.sendall(request)
    return next_reply(connection, bytearray())


def next_reply(connection: socket.socket, received: bytearray) -> Reply:
    """Answer the next answer on a connection; `received` keeps what comes after it."""
    while b"\r\n\r\n" not in received:
        received += _some(connection)
    head, _, rest = bytes(received).partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    headers = dict(line.lower().split(b": ", 1) for line in lines)
    length = int(headers.get(b"content-length", 0))
    while len(rest) < length:
        rest += _some(connection)
    received[:] = rest[length:]
    return Reply(status, headers, rest[:length])


def _some(connection: socket.socket) -> bytes:
    part = connection.recv(1 << 16)
    assert part, "the connection was closed"
    return part
