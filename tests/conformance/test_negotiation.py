"""Which form an answer has: 29 checks of Accept (RFC 9110, 12.5.1) and ?format=, numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, NTRIPLES = "text/turtle", "application/n-triples"
JSONLD, RDFXML = "application/ld+json", "application/rdf+xml"
SELECT, ASK = "SELECT * WHERE { ?s ?p ?o }", "ASK {}"
CONSTRUCT, DESCRIBE = "CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <http://example.org/ann>"

CHECKS: list[tuple[str, str | None, str | None]] = [
    (SELECT, None, JSON),  # 1
    (SELECT, "*/*", JSON),
    (SELECT, JSON, JSON),
    (SELECT, XML, XML),
    (SELECT, CSV, CSV),  # 5
    (SELECT, TSV, TSV),
    (SELECT, "application/json", JSON),
    (SELECT, f"{JSON};q=0.5, {XML}", XML),
    (SELECT, f"{XML};q=0.2, {CSV};q=0.9", CSV),
    (SELECT, f"{JSON};q=0, */*", XML),  # 10
    (SELECT, "text/*", CSV),
    (SELECT, f"image/png, {TSV};q=0.1", TSV),
    (SELECT, f"{TURTLE}, {XML};q=0.3", XML),
    (SELECT, "image/png", None),
    (SELECT, TURTLE, None),  # 15
    (SELECT, "APPLICATION/SPARQL-RESULTS+XML", XML),
    (SELECT, f"{CSV}; charset=utf-8", CSV),
    (ASK, None, JSON),
    (ASK, XML, XML),
    (ASK, "application/xml", XML),  # 20
    (CONSTRUCT, None, TURTLE),
    (CONSTRUCT, TURTLE, TURTLE),
    (CONSTRUCT, NTRIPLES, NTRIPLES),
    (CONSTRUCT, JSONLD, JSONLD),
    (CONSTRUCT, RDFXML, RDFXML),  # 25
    (CONSTRUCT, f"{JSON}, {RDFXML};q=0.4", RDFXML),
    (CONSTRUCT, JSON, None),
    (DESCRIBE, "text/*;q=0.3, application/*", NTRIPLES),
    (DESCRIBE, f"{TURTLE};q=0.1, {NTRIPLES};q=0.8", NTRIPLES),
]
NAMED = [
    ("csv", CSV, None),
    ("tsv", TSV, None),
    ("json", JSON, JSONLD),
    ("xml", XML, RDFXML),
    ("ttl", None, TURTLE),
    ("nt", None, NTRIPLES),
    ("json-ld", None, JSONLD),
    ("rdf+xml", None, RDFXML),
    (XML, XML, None),
]


@pytest.mark.parametrize(("query", "accept", "kind"), CHECKS, ids=range(1, len(CHECKS) + 1))
def test_the_accept_header_decides(
    endpoint: TestClient, query: str, accept: str | None, kind: str | None
) -> None:
    headers = {"Accept": accept or ""}
    request = endpoint.build_request("GET", "/sparql", params={"query": query}, headers=headers)
    if accept is None:
        del request.headers["accept"]
    answer = endpoint.send(request)
    assert answer.status_code == (200 if kind else 406)
    expected = kind or "application/problem+json"
    assert answer.headers["content-type"].partition(";")[0] == expected
    assert kind is None or "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(("name", "rows", "triples"), NAMED)
def test_a_format_in_the_address_wins_over_the_header(
    endpoint: TestClient, name: str, rows: str | None, triples: str | None
) -> None:
    for query, kind in ((SELECT, rows), (CONSTRUCT, triples)):
        given = {"query": query, "format": name}
        answer = endpoint.get("/sparql", params=given, headers={"Accept": "image/png"})
        assert answer.status_code == (200 if kind else 406)
        assert kind in {None, answer.headers["content-type"].partition(";")[0]}


def test_an_unknown_format_is_told_which_there_are(endpoint: TestClient) -> None:
    answer = endpoint.get("/sparql", params={"query": ASK, "format": "docx"})
    assert answer.status_code == 400
    assert "json xml csv tsv" in answer.json()["detail"]
