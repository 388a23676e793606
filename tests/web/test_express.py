"""The short way of a query gives what the layers and the framework give, header by header."""

from __future__ import annotations

import gzip
import logging
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from api.app import create_app
from api.web.settings import WebSettings
from tests.web.wire import connected, listening, reply_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.settings import Settings

# The layers look at a request with a header that nobody knows.
UNKNOWN = b"X-Nobody-Knows: this\r\n"
STATES = "SELECT ?s ?name { ?s a dep:State ; skos:prefLabel ?name } ORDER BY ?s ?name"
ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 20"
NOT_EXISTS = "SELECT ?s { ?s a dep:State FILTER NOT EXISTS { ?s dep:iso3 'POL' } } ORDER BY ?s"


@pytest.fixture(scope="module")
def ports(small_settings: Settings) -> Iterator[tuple[int, int]]:
    """Answer two services over the same record, so that neither answers for the other."""
    one, other = create_app(small_settings), create_app(small_settings)
    with listening(one, WebSettings()) as first, listening(other, WebSettings()) as second:
        yield first, second


@pytest.mark.parametrize(
    ("query", "more", "headers"),
    [
        ("ASK {}", "", b""),
        (STATES, "", b""),
        (STATES, "", b"Accept: text/csv\r\n"),
        (STATES, "", b"Accept: application/sparql-results+xml;q=0.9, text/html;q=0.1\r\n"),
        (STATES, "&format=tsv", b""),
        (STATES, "", b"Accept-Encoding: gzip\r\n"),
        (STATES, "&known=2025-06-01", b""),
        (STATES, "&rewrite=no", b"Origin: https://example.org\r\n"),
        (STATES, "&default-graph-uri=https://w3id.org/nothing", b""),
        (ALL, "", b""),
        (ALL, "", b"Accept: application/ld+json\r\n"),
        (ALL, "", b"Accept: text/csv\r\n"),
        (NOT_EXISTS, "", b""),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "", b""),
        ("SELECT * {", "", b""),
        ("INSERT DATA { <a:b> <a:c> 1 }", "", b""),
        (STATES, "&known=yesterday", b""),
        (STATES, "&format=pdf", b""),
        (STATES, "&colour=red", b""),
        (STATES, "&query=again", b""),
        (STATES, "", b"Accept: image/png\r\n"),
        ("DESCRIBE <https://w3id.org/depositary/id/state/pol>", "", b"Accept: text/html\r\n"),
    ],
)
def test_a_query_is_answered_the_same_on_both_ways(
    ports: tuple[int, int], query: str, more: str, headers: bytes
) -> None:
    line = f"GET /sparql?query={quote(query)}{more} HTTP/1.1\r\nHost: localhost\r\n".encode()
    with connected(ports[0]) as one, connected(ports[1]) as other:
        short = reply_to(one, line + headers + b"\r\n")
        long = reply_to(other, line + headers + UNKNOWN + b"\r\n")
    assert short.lasting == long.lasting


def test_a_query_that_asks_for_the_time_is_never_kept(ports: tuple[int, int]) -> None:
    request = b"GET /sparql?query=SELECT(NOW()%20AS%20?n)%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with connected(ports[0]) as connection:
        once, again = (reply_to(connection, request) for _ in range(2))
    assert once.status == again.status == b"HTTP/1.1 200 OK"
    assert b"etag" not in once.headers
    assert once.body != again.body


def test_a_compressed_answer_holds_the_same(ports: tuple[int, int]) -> None:
    query = quote("SELECT * { ?s ?p ?o } LIMIT 100")
    line = f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n"
    with connected(ports[0]) as connection:
        packed = reply_to(connection, line.encode() + b"Accept-Encoding: gzip\r\n\r\n")
        plain = reply_to(connection, line.encode() + b"\r\n")
    assert packed.headers[b"content-encoding"] == b"gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers[b"etag"] != plain.headers[b"etag"]


def test_the_figures_count_a_query_once(ports: tuple[int, int]) -> None:
    counted = b'depositary_requests_total{method="GET",route="/sparql",status="%d"} '
    figures = b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with connected(ports[0]) as connection:
        for query, status in (("ASK%20%7B%7D%23once", 200), ("ASK%20%7B%23once", 400)):
            before = _figure(reply_to(connection, figures).body, counted % status)
            line = f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            assert b" %d " % status in reply_to(connection, line).status
            after = _figure(reply_to(connection, figures).body, counted % status)
            assert after == before + 1


def test_the_short_ways_are_logged_like_the_long_one(
    ports: tuple[int, int], caplog: pytest.LogCaptureFixture
) -> None:
    line = b"GET /sparql?query=ASK%20%7B%7D%23logged HTTP/1.1\r\nHost: localhost\r\n"
    short, long = line + b"\r\n", line + UNKNOWN + b"\r\n"
    with caplog.at_level(logging.INFO, "depositary.requests"), connected(ports[0]) as connection:
        replies = [reply_to(connection, request) for request in (short, short, long, short)]
    ids = [reply.headers[b"x-request-id"] for reply in replies]
    lines = [getattr(record, "request", {}) for record in caplog.records]
    assert [one["request_id"].encode() for one in lines] == ids
    assert [one["cache"] for one in lines] == ["miss", "hit", "hit", "hit"]
    assert {(one["path"], one["route"], one["status"], one["bytes"]) for one in lines} == {
        ("/sparql", "/sparql", 200, lines[0]["bytes"])
    }
    assert "logged" not in caplog.text.replace("depositary", "")


def test_an_answer_that_is_compressed_at_once_counts_as_a_miss(
    ports: tuple[int, int], caplog: pytest.LogCaptureFixture
) -> None:
    query = quote("SELECT * { ?s ?p ?o } LIMIT 99")
    line = f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"
    figures = b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with caplog.at_level(logging.INFO, "depositary.requests"), connected(ports[0]) as connection:
        for request in (line.encode(), line.encode(), figures):
            reply_to(connection, request)
    lines = [getattr(record, "request", {}) for record in caplog.records]
    assert [one["cache"] for one in lines if one["path"] == "/sparql"] == ["miss", "hit"]


def _figure(text: bytes, name: bytes) -> float:
    return sum(float(line.rpartition(b" ")[2]) for line in text.split(b"\n") if name in line)
