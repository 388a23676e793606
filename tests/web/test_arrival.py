"""Requests that are late, long or compressed, and clients that do not read, over real sockets."""

from __future__ import annotations

import gzip
import socket
import time
from typing import TYPE_CHECKING

import pytest

from api.app import create_app
from api.web.settings import WebSettings
from tests.web.wire import all_of, answer_to, connected, listening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Receive, Scope, Send

    from api.settings import Settings

SHORT = WebSettings(arrival_seconds=1, stall_seconds=1, connections=20)
HEAD = b"GET /health HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"


@pytest.fixture(scope="module")
def port(small_settings: Settings) -> Iterator[int]:
    """Answer the port of a service whose patience is short."""
    with listening(create_app(small_settings), SHORT) as found:
        yield found


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HT",
        HEAD + b"X-a: ",
        POST + b"Content-Length: 20\r\n\r\nASK {",
        POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nASK {\r\n",
        POST + b"Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n",
        HEAD + b"\r\n" + b"GET /health HTTP/1.1\r\nHo",
    ],
)
def test_a_request_that_does_not_arrive_is_ended(port: int, sent: bytes) -> None:
    began = time.monotonic()
    answer = answer_to(port, sent)
    assert 0.5 < time.monotonic() - began < 5
    assert answer == b"" or b" 408 " in answer
    assert b"Traceback" not in answer


def test_a_request_that_trickles_is_ended(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(HEAD)
        with pytest.raises(OSError, match=r"reset|pipe"):
            _trickle(connection)


def test_a_client_that_comes_back_has_its_time_again(port: int) -> None:
    with connected(port) as connection:
        for _ in range(4):
            connection.sendall(HEAD + b"\r\n")
            assert connection.recv(4096).startswith(b"HTTP/1.1 200")
            time.sleep(0.6)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /sparql?query=" + b"a" * 300_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
        (HEAD + b"X-a: " + b"b" * 40_000 + b"\r\n\r\n", 431),
        (HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(9000)) + b"\r\n", 431),
        (POST + b"Content-Length: 1099511627776\r\n\r\nASK {}", 413),
        (POST + b"Content-Length: 65537\r\n\r\n" + b"#" * 65537, 413),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"4000\r\n" + b"#" * 16384 + b"\r\n", 408),
        (b"GARBAGE\r\n\r\n", 400),
    ],
)
def test_too_much_is_refused_with_its_own_status(port: int, sent: bytes, status: int) -> None:
    answer = answer_to(port, sent)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert b"Traceback" not in answer


def test_a_chunked_body_is_counted(port: int) -> None:
    chunk = b"4000\r\n" + b"#" * 16384 + b"\r\n"
    sent = POST + b"Transfer-Encoding: chunked\r\n\r\n" + 5 * chunk
    assert answer_to(port, sent).startswith(b"HTTP/1.1 413 ")


def test_a_compressed_body_is_not_inflated(port: int) -> None:
    body = gzip.compress(b"ASK {} #" + b"x" * 10_000_000)
    head = POST + b"Content-Encoding: gzip\r\nConnection: close\r\n"
    sent = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
    assert answer_to(port, sent).startswith(b"HTTP/1.1 415 ")


@pytest.mark.parametrize("address", ["/treaties", "/id/state/pol", "/nothing", "/static/style.css"])
def test_every_route_has_the_limit_on_bodies(port: int, address: str) -> None:
    head = b"POST %s HTTP/1.1\r\nHost: localhost\r\n" % address.encode()
    answer = answer_to(port, head + b"Content-Length: 70000\r\n\r\n" + b"x" * 70_000)
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_long_query_fits_however_it_is_sent(port: int) -> None:
    query = b"ASK {} #" + b"%" * 60_000
    for head, body in (
        (POST, query),
        (POST.replace(b"sparql-query", b"x-www-form-urlencoded"), b"query=" + _escaped(query)),
    ):
        length = b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
        assert answer_to(port, head + length + body).startswith(b"HTTP/1.1 200 ")
    line = b"GET /sparql?query=%s HTTP/1.1\r\n" % _escaped(query[:21_000])
    sent = line + b"Host: localhost\r\nConnection: close\r\n\r\n"
    assert answer_to(port, sent).startswith(b"HTTP/1.1 200 ")


def test_a_client_that_does_not_read_is_cut_off() -> None:
    ended: list[bool] = []

    async def endless(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        if scope["type"] != "http":
            return
        headers = [(b"content-type", b"text/plain")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for _ in range(64):
            await send({"type": "http.response.body", "body": bytes(1 << 20), "more_body": True})
        ended.append(True)

    with listening(endless, SHORT) as port, socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", port))
        connection.settimeout(15)
        connection.sendall(HEAD + b"\r\n")
        began = time.monotonic()
        while not ended and time.monotonic() - began < 10:
            time.sleep(0.05)
        assert ended
        assert not _ends_well(connection)


def test_more_connections_than_allowed_are_told_to_come_back(port: int) -> None:
    held = [connected(port) for _ in range(SHORT.connections)]
    try:
        with connected(port) as connection:
            connection.sendall(HEAD + b"Connection: close\r\n\r\n")
            assert all_of(connection).startswith(b"HTTP/1.1 503 ")
    finally:
        for connection in held:
            connection.close()
    time.sleep(0.2)
    with connected(port) as connection:
        connection.sendall(HEAD + b"Connection: close\r\n\r\n")
        assert all_of(connection).startswith(b"HTTP/1.1 200 ")


def _trickle(connection: socket.socket) -> None:
    """Send a header now and then, for five seconds."""
    for _ in range(50):
        connection.sendall(b"X-a: b\r\n")
        time.sleep(0.1)


def _ends_well(connection: socket.socket) -> bool:
    """Answer whether a chunked answer comes to its end."""
    try:
        return all_of(connection).endswith(b"0\r\n\r\n")
    except ConnectionResetError:
        return False


def _escaped(text: bytes) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in text)
