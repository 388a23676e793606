"""A load generator: keep-alive connections that ask one address again and again.

Answers are parsed by httptools, the parser of uvicorn, so that the client costs little beside the
servers that it measures on the same machine.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import httptools

if TYPE_CHECKING:
    from collections.abc import Callable

LOOPBACK = "127.0.0.1"


class NoAnswer(Exception):
    """A server did not answer well, or not in time."""


@dataclass(frozen=True)
class Measured:
    """What a server did with one question: answers per second, and times in milliseconds."""

    rate: float
    median: float
    size: int


class _Connection(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answered: asyncio.Future[bytes] | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._body: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answered and not self._answered.done():
            self._answered.set_exception(NoAnswer(f"the connection was closed ({exc})"))

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        status, body = self._parser.get_status_code(), b"".join(self._body)
        self._parser = httptools.HttpResponseParser(self)
        self._body = []
        if self._answered is None or self._answered.done():
            return
        if status == HTTPStatus.OK:
            self._answered.set_result(body)
        else:
            self._answered.set_exception(NoAnswer(f"status {status}: {body[:200]!r}"))

    async def ask(self, request: bytes) -> bytes:
        self._answered = asyncio.get_running_loop().create_future()
        if self._transport is None:
            message = "no connection"
            raise NoAnswer(message)
        self._transport.write(request)
        return await self._answered

    def close(self) -> None:
        if self._transport:
            self._transport.close()


def get(port: int, path: str, accept: str = "application/sparql-results+json") -> bytes:
    """Answer the bytes of a GET request."""
    lines = (f"GET {path} HTTP/1.1", f"Host: {LOOPBACK}:{port}", f"Accept: {accept}", "", "")
    return "\r\n".join(lines).encode()


def once(port: int, request: bytes, seconds: float) -> tuple[float, bytes]:
    """Answer the milliseconds that one request took, and its answer; raises NoAnswer."""
    return asyncio.run(_once(port, request, seconds))


def measure(
    port: int, request_number: Callable[[int], bytes], *, connections: int, seconds: float
) -> Measured:
    """Ask over some connections for some seconds, at least twice on each; raises NoAnswer."""
    return asyncio.run(_measure(port, request_number, connections, seconds))


async def _once(port: int, request: bytes, seconds: float) -> tuple[float, bytes]:
    connection = await _connect(port)
    start = time.perf_counter()
    try:
        async with asyncio.timeout(seconds):
            body = await connection.ask(request)
    except TimeoutError as error:
        message = f"no answer in {seconds:g} s"
        raise NoAnswer(message) from error
    finally:
        connection.close()
    return (time.perf_counter() - start) * 1000, body


async def _measure(
    port: int, request_number: Callable[[int], bytes], connections: int, seconds: float
) -> Measured:
    opened = [await _connect(port) for _ in range(connections)]
    times: list[float] = []
    sizes: set[int] = set()
    start = time.perf_counter()

    async def work(first: int, connection: _Connection) -> None:
        number = first
        while time.perf_counter() - start < seconds or number < 2 * connections:
            asked = time.perf_counter()
            sizes.add(len(await connection.ask(request_number(number))))
            times.append((time.perf_counter() - asked) * 1000)
            number += connections

    try:
        async with asyncio.timeout(20 * seconds + 10):
            await asyncio.gather(*(work(i, connection) for i, connection in enumerate(opened)))
    except TimeoutError as error:
        message = f"no answers in {20 * seconds + 10:g} s"
        raise NoAnswer(message) from error
    finally:
        for connection in opened:
            connection.close()
    passed = time.perf_counter() - start
    return Measured(len(times) / passed, statistics.median(times), max(sizes))


async def _connect(port: int) -> _Connection:
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(_Connection, LOOPBACK, port)
    return connection
