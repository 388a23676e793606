"""The service over a remote endpoint: strangers' queries and its own questions go there."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.sandbox.limits import Limits
from api.served import with_remote
from api.settings import Settings
from graph.errors import StoreUnavailable
from tests.api.stores.endpoints import our_own, program

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from tests.api.stores.endpoints import Misbehaving

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ROWS = "application/sparql-results+json"


@contextmanager
def service_of(address: str, **limits: float) -> Generator[TestClient]:
    """Start the service over an endpoint."""
    settings = with_remote(Settings(limits=Limits(**limits)), address)
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.fixture(scope="module")
def client(small_endpoint: str) -> Iterator[TestClient]:
    """Answer a client of a service over an endpoint with a record."""
    with service_of(small_endpoint) as client:
        yield client


@pytest.fixture(scope="module")
def others(others_endpoint: str) -> Iterator[TestClient]:
    """Answer a client of a service over an endpoint without a record."""
    with service_of(others_endpoint) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/treaties/ottawa/withdrawals",
        "/states/POL",
        "/states/POL/treaties/ottawa",
        "/graphs/ring.svg?treaty=ottawa",
        "/id/treaty/ottawa.ttl",
        "/.well-known/void",
        "/questions",
        "/changes.atom?since=2025-01-01&until=2026-01-01",
    ],
)
def test_what_the_record_answers_the_remote_store_answers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


@pytest.mark.parametrize(
    ("query", "form", "kind"),
    [
        (COUNT, "json", "application/sparql-results+json"),
        (COUNT, "xml", "application/sparql-results+xml"),
        (COUNT, "csv", "text/csv"),
        (COUNT, "tsv", "text/tab-separated-values"),
        ("ASK { ?s a dep:Treaty }", "json", "application/sparql-results+json"),
        ("DESCRIBE treaty:ottawa", "ttl", "text/turtle"),
        ("DESCRIBE treaty:ottawa", "nt", "application/n-triples"),
        ("DESCRIBE treaty:ottawa", "jsonld", "application/ld+json"),
        ("DESCRIBE treaty:ottawa", "rdf", "application/rdf+xml"),
    ],
)
def test_a_stranger_gets_every_type_whatever_the_remote_end_writes(
    client: TestClient, query: str, form: str, kind: str
) -> None:
    answer = client.get("/sparql", params={"query": query, "format": form})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert answer.content


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * { SERVICE <http://e/> { ?s ?p ?o } }", 403),
        ("SELECT * FROM <http://e/> { ?s ?p ?o }", 403),
        ("SELECT * FROM NAMED <http://e/> { ?s ?p ?o }", 403),
        ("LOAD <http://e/>", 403),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", 403),
        ("SELECT * { ?s ?p", 400),
        ("\\u0053ERVICE <http://e/> {}", 403),
    ],
)
def test_what_may_not_be_asked_never_goes_out(faulty: Misbehaving, query: str, status: int) -> None:
    faulty.sends(200, b'{"head":{"vars":["s"]},"results":{"bindings":[]}}', content_type=ROWS)
    with service_of(faulty.address) as client:
        faulty.queries.clear()
        assert client.get("/sparql", params={"query": query}).status_code == status
        assert faulty.queries == []


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_client_chooses_no_dataset_for_the_remote_end(client: TestClient, name: str) -> None:
    answer = client.get("/sparql", params={"query": COUNT, name: "http://169.254.169.254/"})
    assert (answer.status_code, answer.json()["type"].endswith("refused")) == (403, True)


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK{}&known=2020-01-01", "/states?known=2020-01-01"]
)
def test_days_of_knowledge_are_refused_with_a_reason(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, "remote store" in answer.json()["detail"]) == (400, True)


def test_downloads_are_not_offered(client: TestClient) -> None:
    assert client.get("/data").json()["files"] == []
    assert client.get("/data/latest/SHA256SUMS").status_code == 404


def test_an_endpoint_without_a_record_answers_sparql_alone(others: TestClient) -> None:
    assert others.get("/sparql", params={"query": COUNT, "format": "csv"}).text.split() == [
        "n",
        "2",
    ]
    assert others.get("/treaties").status_code == 404
    assert others.get("/ready").json() == {"status": "ready", "data_version": None}


def test_data_without_a_version_cannot_be_pinned(others: TestClient) -> None:
    pinned = {"query": "ASK {}", "version": "0" * 16}
    answer = others.get("/sparql", params=pinned, follow_redirects=False)
    assert (answer.status_code, "'version'" in answer.json()["detail"]) == (400, True)


def test_what_a_type_cannot_carry_is_refused_as_of_our_own_data(others: TestClient) -> None:
    rows = {"query": "SELECT ?o { ?s ?p ?o }", "format": "xml"}
    assert others.get("/sparql", params=rows).status_code == 406
    assert others.get("/sparql", params=rows | {"format": "json"}).status_code == 200


def test_rows_and_size_are_bounded_here_too(small_endpoint: str) -> None:
    everything = {"query": "SELECT * { ?s ?p ?o }"}
    with service_of(small_endpoint, rows=100) as client:
        assert client.get("/sparql", params=everything).json()["limit"] == "rows"
    with service_of(small_endpoint, answer_mb=0.1) as client:
        assert client.get("/sparql", params=everything).json()["limit"] == "size"


def test_a_remote_end_that_comes_back_is_asked_again(faulty: Misbehaving) -> None:
    found = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
    faulty.sends(200, found, content_type=ROWS)
    asked = {"query": "SELECT ?s { ?s ?p ?o }"}
    with service_of(faulty.address) as client:
        assert client.get("/sparql", params=asked).status_code == 200
        faulty.sends(500)
        assert client.get("/sparql", params=asked).status_code == 503
        assert client.get("/ready").status_code == 503
        faulty.sends(200, found, content_type=ROWS)
        assert client.get("/sparql", params=asked).status_code == 200


@pytest.mark.parametrize(
    ("status", "kind", "body", "told"),
    [
        (200, ROWS, b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":1}]}}', 503),
        (200, ROWS, b'{"head":{"vars":["s"]},"results":{"bindings":[', 503),
        (200, "text/html", b"<script>", 503),
        (400, "text/plain", b"no such function", 400),
        (504, "text/plain", b"", 504),
    ],
)
def test_what_comes_in_place_of_an_answer_is_not_passed_on(
    faulty: Misbehaving, status: int, kind: str, body: bytes, told: int
) -> None:
    faulty.sends(200, b'{"head":{"vars":["s"]},"results":{"bindings":[]}}', content_type=ROWS)
    with service_of(faulty.address) as client:
        faulty.sends(status, body, content_type=kind)
        answer = client.get("/sparql", params={"query": "SELECT ?s { ?s ?p ?o }"})
    assert answer.status_code == told
    assert answer.headers["content-type"] == "application/problem+json"
    assert "<script>" not in answer.text


def test_a_remote_end_that_goes_away_is_told_without_its_address(
    finished_build: Path, tmp_path: Path
) -> None:
    with our_own(finished_build / "data.nq") as address:
        settings = with_remote(Settings(cache=tmp_path), address)
    with TestClient(create_app(settings)) as client:
        for path in ("/ready", "/treaties/ottawa/parties", f"/sparql?query={COUNT}"):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            assert "The remote store" in answer.json()["detail"]
            assert "127.0.0.1" not in json.dumps(answer.json())
        assert client.get("/health").status_code == 200


def test_other_data_than_at_the_start_are_not_ready(small_endpoint: str, tmp_path: Path) -> None:
    settings = with_remote(Settings(cache=tmp_path), small_endpoint)
    with TestClient(create_app(replace(settings, remote_version="0" * 16))) as client:
        answer = client.get("/ready")
    assert (answer.status_code, "restart it" in answer.json()["detail"]) == (503, True)


def test_a_remote_end_that_is_away_at_the_start_is_an_error(faulty: Misbehaving) -> None:
    faulty.sends(500)
    with pytest.raises(StoreUnavailable, match=r"cannot be served: .* status 500"):
        with_remote(Settings(), faulty.address)


@pytest.mark.parametrize("kind", ["folder", "endpoint"])
def test_the_program_serves_a_store_by_as_many_processes_as_it_is_told(
    kind: str, finished_build: Path, small_endpoint: str
) -> None:
    store = str(finished_build) if kind == "folder" else small_endpoint
    with program("--store", store, "--workers", "2") as address:
        for path in ("ready", "treaties/ottawa/parties", "sparql?query=ASK%7B%7D"):
            with urlopen(f"{address}{path}", timeout=20) as answer:  # noqa: S310 - our own service
                assert answer.status == 200
