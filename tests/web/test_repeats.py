"""Requests that are equal byte for byte, over real sockets: the same answer, none mistaken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.web.settings import WebSettings
from tests.web.wire import connected, listening, next_reply, reply_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.app import Service

LINE = b"GET /treaties/ottawa/parties?on=2026-03-01 HTTP/1.1\r\n"
REQUEST = LINE + b"Host: localhost\r\nAccept: application/json\r\n\r\n"


@pytest.fixture
def port(service: Service) -> Iterator[int]:
    with listening(service, WebSettings()) as found:
        yield found


def test_the_same_bytes_get_the_same_answer(service: Service, port: int) -> None:
    with connected(port) as connection:
        answers = [reply_to(connection, REQUEST) for _ in range(4)]
    assert REQUEST in service.repeats.answers.ready
    assert answers[0].status == b"HTTP/1.1 200 OK"
    assert all(answer.lasting == answers[0].lasting for answer in answers)
    assert len({answer.headers[b"x-request-id"] for answer in answers}) == 4


def test_another_connection_and_another_client_profit_too(service: Service, port: int) -> None:
    other = REQUEST.replace(b"\r\n\r\n", b"\r\nUser-Agent: other\r\n\r\n")
    for request in (REQUEST, REQUEST, other, other):
        with connected(port) as connection:
            assert reply_to(connection, request).status == b"HTTP/1.1 200 OK"
    assert {REQUEST, other} <= set(service.repeats.answers.ready)


@pytest.mark.parametrize(
    "header",
    [
        b"Connection: close",
        b"X-Forwarded-Proto: https",
        b"X-Forwarded-For: 192.0.2.1",
        b"X-Request-Id: mine",
        b"Authorization: Basic YTpi",
        b"If-None-Match: *",
        b"Range: bytes=0-1",
        b"Content-Length: 0",
        b"Upgrade: h2c",
        b"Something: new",
    ],
)
def test_a_header_that_may_matter_is_always_read(
    service: Service, port: int, header: bytes
) -> None:
    request = REQUEST.replace(b"\r\n\r\n", b"\r\n" + header + b"\r\n\r\n")
    for _ in range(2):
        with connected(port) as connection:
            assert reply_to(connection, request).status.startswith(b"HTTP/1.1 ")
    assert request not in service.repeats.answers.ready


def test_two_requests_in_one_piece_get_two_answers(port: int) -> None:
    with connected(port) as connection:
        once = reply_to(connection, REQUEST)
        connection.sendall(REQUEST + REQUEST)
        received = bytearray()
        assert next_reply(connection, received).lasting == once.lasting
        assert next_reply(connection, received).lasting == once.lasting


def test_a_request_that_comes_in_two_pieces_gets_one_answer(port: int) -> None:
    with connected(port) as connection:
        once = reply_to(connection, REQUEST)
        connection.sendall(LINE)
        assert reply_to(connection, REQUEST.removeprefix(LINE)).lasting == once.lasting


def test_a_body_that_looks_like_a_known_request_stays_a_body(port: int) -> None:
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: %d\r\n\r\n" % len(REQUEST)
    )
    with connected(port) as connection:
        known = reply_to(connection, REQUEST)
        connection.sendall(head)
        refused = reply_to(connection, REQUEST)
        assert refused.status.startswith(b"HTTP/1.1 400")
        assert reply_to(connection, REQUEST).lasting == known.lasting


def test_new_data_are_never_answered_with_old_ones(service: Service, port: int) -> None:
    with connected(port) as connection:
        reply_to(connection, REQUEST)
        service.repeats.state = lambda: "other data"
        assert service.repeats.answer(REQUEST, []) is None
