"""A remote endpoint as a store: what it answers, what goes out, and what is not believed."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from api.settings import Settings
from api.stores.endpoint import Endpoint, checked_address
from api.stores.prefixes import with_prefixes
from api.stores.remote import RemoteStore, look_at
from graph.errors import StoreUnavailable, WrongUse
from ontology.namespaces import GRAPHS, PREFIXES
from tests.api.stores.endpoints import free_port

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

    from tests.api.stores.endpoints import Misbehaving

ROWS = "application/sparql-results+json"
NOTHING = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
ANY = "SELECT ?s WHERE { ?s ?p ?o }"
LOGIN = "reader:s3cret"


def asked(remote: Misbehaving, query: str = ANY, **bounds: float) -> list[dict[str, str | None]]:
    """Put a query to a remote end."""
    endpoint = Endpoint(remote.address, LOGIN, **bounds)  # type: ignore[arg-type]
    with closing(RemoteStore(endpoint)) as store:
        return store.select(query)


def test_rows_have_plain_values_and_none_where_a_variable_is_unbound(faulty: Misbehaving) -> None:
    body = (
        b'{"head":{"vars":["s","o"]},"results":{"bindings":[{"s":{"type":"uri","value":"a:b"}}]}}'
    )
    faulty.sends(200, body, content_type=f"{ROWS}; charset=utf-8")
    assert asked(faulty) == [{"s": "a:b", "o": None}]


def test_triples_come_in_the_type_that_is_asked_for(small_endpoint: str) -> None:
    with closing(RemoteStore(Endpoint(small_endpoint))) as store:
        found = store.answer("DESCRIBE treaty:ottawa", "text/csv", "text/turtle")
    assert found.media_type == "text/turtle"
    assert found.body.startswith(b"@prefix")
    assert b"treaty:ottawa" in found.body


def test_an_endpoint_of_the_record_is_known_by_its_graphs_and_has_a_version(
    small_endpoint: str, others_endpoint: str
) -> None:
    is_record, version = look_at(Endpoint(small_endpoint))
    assert (is_record, len(version)) == (True, 16)
    assert look_at(Endpoint(small_endpoint)) == (is_record, version)
    assert look_at(Endpoint(others_endpoint)) == (False, "")


def test_a_query_goes_out_with_login_prefixes_and_the_graphs_of_the_record(
    faulty: Misbehaving,
) -> None:
    faulty.sends(200, NOTHING, content_type=ROWS)
    asked(faulty, "SELECT ?s WHERE { ?s a dep:Claim }")
    assert faulty.queries == [
        f"PREFIX dep: <{PREFIXES['dep']}>\nSELECT ?s WHERE {{ ?s a dep:Claim }}"
    ]
    [head] = faulty.heads
    assert head["authorization"] == "Basic cmVhZGVyOnMzY3JldA=="
    assert (head["accept"], head["accept-encoding"]) == (ROWS, "identity")


@pytest.mark.parametrize(
    ("query", "added"),
    [
        ("SELECT * { ?s dep:p treaty:ottawa }", ["dep", "treaty"]),
        ("PREFIX dep: <http://e/> SELECT * { ?s dep:p ?o }", []),
        ("# PREFIX dep: <http://e/>\nSELECT * { ?s dep:p ?o }", ["dep"]),
        ('SELECT * { ?s <dep:p> "dep:q" }', []),
        ("SELECT * { _:dep e:p ?dep }", []),
    ],
)
def test_prefixes_are_declared_once_and_only_where_they_are_used(
    query: str, added: list[str]
) -> None:
    lines = [f"PREFIX {name}: <{PREFIXES[name]}>" for name in added]
    assert with_prefixes(query, PREFIXES) == "\n".join([*lines, query])


def _closes(request: BaseHTTPRequestHandler) -> None:
    request.close_connection = True


def _promises_more(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", ROWS)
    request.send_header("Content-Length", str(len(NOTHING) + 10))
    request.end_headers()
    request.wfile.write(NOTHING)


def _drips(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", ROWS)
    request.end_headers()
    for _ in range(100):
        request.wfile.write(b" ")
        time.sleep(0.05)


def _says_nothing(request: BaseHTTPRequestHandler) -> None:
    del request
    time.sleep(2)


@pytest.mark.parametrize("way", [_closes, _promises_more, _drips, _says_nothing])
def test_an_answer_that_is_not_whole_in_time_is_none(faulty: Misbehaving, way: object) -> None:
    faulty.answer = way  # type: ignore[assignment]
    begun = time.monotonic()
    with pytest.raises(StoreUnavailable, match=r"The remote store .*; ask again"):
        asked(faulty, seconds=0.5)
    assert time.monotonic() - begun < 1.5


@pytest.mark.parametrize(
    ("status", "body", "headers", "reason"),
    [
        (500, b"", {}, "status 500"),
        (401, b"", {}, "DEPOSITARY_STORE_LOGIN"),
        (200, b"<html>", {"content_type": "text/html"}, "something else"),
        (200, NOTHING, {"content_type": ROWS, "content_encoding": "gzip"}, "something else"),
        (200, b"{", {"content_type": ROWS}, "cannot be read"),
        (200, b"[]", {"content_type": ROWS}, "cannot be read"),
        (200, b"[" * 100_000, {"content_type": ROWS}, "cannot be read"),
        (200, b'{"head":{},"boolean":true}', {"content_type": ROWS}, "cannot be read"),
        (200, b"\xff", {"content_type": ROWS}, "cannot be read"),
        (200, b" " * 5000, {"content_type": ROWS}, "more than"),
        (400, b"line 1:\n no \x1b[2J", {"content_type": "text/plain"}, r"line 1: no \[2J\."),
        (400, b"a" * 100_000, {"content_type": "text/plain"}, "a{300}\\."),
    ],
)
def test_nonsense_is_told_and_not_believed(
    faulty: Misbehaving, status: int, body: bytes, headers: dict[str, str], reason: str
) -> None:
    faulty.sends(status, body, **headers)
    most = 4096 if "more" in reason else 1024 * 1024
    with pytest.raises(StoreUnavailable, match=reason):
        asked(faulty, most_bytes=most)


def test_a_question_that_nobody_waits_for_any_more_is_not_worked_on(faulty: Misbehaving) -> None:
    faulty.answer = _drips
    endpoint = Endpoint(faulty.address)

    async def leave() -> None:
        async with endpoint.async_client() as client:
            asking = asyncio.create_task(endpoint.read_async(client, ANY, ROWS))
            await asyncio.sleep(0.3)
            asking.cancel()
            await asyncio.wait((asking,))

    asyncio.run(leave())
    assert faulty.was_left.wait(3)


def test_no_redirect_is_followed(faulty: Misbehaving, small_endpoint: str) -> None:
    for status in (301, 302, 303, 307, 308):
        faulty.sends(status, location=small_endpoint)
        with pytest.raises(StoreUnavailable, match="not followed"):
            asked(faulty)


def test_where_nobody_listens_is_an_error_and_the_log_has_the_address_without_the_login(
    caplog: pytest.LogCaptureFixture,
) -> None:
    endpoint = Endpoint(f"http://127.0.0.1:{free_port()}/sparql", LOGIN)
    with (
        caplog.at_level(logging.DEBUG),
        closing(RemoteStore(endpoint)) as store,
        pytest.raises(StoreUnavailable, match="does not answer") as told,
    ):
        store.select(ANY)
    assert endpoint.url in caplog.text
    assert endpoint.url not in str(told.value)
    assert "s3cret" not in caplog.text + repr(endpoint) + repr(Settings(store_login=LOGIN))


def test_proxies_of_the_environment_are_not_used(
    faulty: Misbehaving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    faulty.sends(200, NOTHING, content_type=ROWS)
    assert asked(faulty) == []


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://user:secret@example.org/sparql", "DEPOSITARY_STORE_LOGIN"),
        ("https://user@example.org/", "DEPOSITARY_STORE_LOGIN"),
        ("ftp://example.org/", "is no address"),
        ("http:///sparql", "is no address"),
        ("http://example.org:99999/", "is no address"),
        ("http://example.org/a b", "is no address"),
        ("http://example.org/#a", "is no address"),
        ("http://[::1/", "is no address"),
        ("http://\u200b.example/", "is no address"),
        ("http://" + "a" * 70_000, "is no address"),
        ("file:///etc/passwd", "is no address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_login(
    address: str, reason: str
) -> None:
    with pytest.raises(WrongUse, match=reason) as told:
        checked_address(address)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("value", ["secret", "a:\n"])
def test_a_login_that_cannot_be_used_is_not_repeated(value: str) -> None:
    with pytest.raises(WrongUse, match="user:password") as told:
        Settings.from_environment({"DEPOSITARY_STORE_LOGIN": value})
    assert value not in str(told.value)


def test_the_graphs_of_the_record_are_named_for_engines_that_do_not_unite_them(
    small_endpoint: str,
) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    with closing(RemoteStore(Endpoint(small_endpoint))) as store:
        whole = int(store.select(count)[0]["n"] or 0)
        each = [
            int(
                store.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{g}> {{ ?s ?p ?o }} }}")[0]["n"]
                or 0
            )
            for g in GRAPHS.values()
        ]
    with closing(RemoteStore(Endpoint(small_endpoint, foreign=True))) as store:
        assert store.select(count) == [{"n": "0"}]
    assert whole == sum(each) > 1000
