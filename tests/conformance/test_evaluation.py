"""The endpoint answers what the engine answers in process: no more, no less, no other order."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse,
    parse_query_results,
)

from api.sandbox.sources import Source
from tests.conformance.grammar import QUERIES, SCRAPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store
    from starlette.testclient import TestClient

JSON, NTRIPLES = "application/sparql-results+json", "application/n-triples"
PREFIXES = dict(Source(files=("any",)).prefixes)
# Answers that are documented: 503 and 504 among those of the server.
STATUSES = {200, 400, 403, 406, 413, 429, 503, 504}
PARAMETERS = st.dictionaries(
    st.sampled_from(["format", "known", "default-graph-uri", "named-graph-uri", "x", "rewrite"]),
    st.one_of(
        st.text(max_size=20), st.sampled_from(["json", "ttl", "csv", "http://example.org/one"])
    ),
    max_size=3,
)


def named(terms: Iterable[object]) -> tuple[str, ...]:
    """Answer terms as text; which name a blank node has says nothing."""
    return tuple("_:" if str(term).startswith("_:") else str(term) for term in terms)


def of_engine(engine: Store, query: str) -> bool | Counter[tuple[str, ...]]:
    found = engine.query(query, prefixes=PREFIXES, base_iri="http://testserver/sparql")
    return counted(found)


def counted(
    found: QueryBoolean | QuerySolutions | QueryTriples,
) -> bool | Counter[tuple[str, ...]]:
    if isinstance(found, QueryBoolean):
        return bool(found)
    if isinstance(found, QuerySolutions):
        return Counter(map(named, found))
    return Counter({named((t.subject, t.predicate, t.object)): 1 for t in found})


def of_endpoint(endpoint: TestClient, query: str) -> bool | Counter[tuple[str, ...]]:
    accept = f"{JSON}, {NTRIPLES}"
    answer = endpoint.post("/sparql", data={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    if answer.headers["content-type"].startswith(NTRIPLES):
        triples = parse(answer.content, RdfFormat.N_TRIPLES)
        return Counter({named((t.subject, t.predicate, t.object)): 1 for t in triples})
    read = parse_query_results(answer.content, format=QueryResultsFormat.JSON)
    return counted(read)


@settings(max_examples=150)
@given(query=QUERIES)
def test_a_legal_query_has_the_answer_of_the_engine(
    endpoint: TestClient, engine: Store, query: str
) -> None:
    try:
        expected = of_engine(engine, query)
    except SyntaxError:
        answer = endpoint.post("/sparql", data={"query": query})
        assert answer.status_code == 400
        assert "position" in answer.json() or "hint" in answer.json()
    else:
        assert of_endpoint(endpoint, query) == expected


@settings(max_examples=300)
@given(text=SCRAPS, parameters=PARAMETERS, by_post=st.booleans())
def test_no_text_and_no_parameter_brings_the_service_down(
    endpoint: TestClient, text: str, parameters: dict[str, str], *, by_post: bool
) -> None:
    if by_post:
        answer = endpoint.post("/sparql", data={"query": text} | parameters)
    else:
        answer = endpoint.get("/sparql", params={"query": text} | parameters)
    assert answer.status_code in STATUSES, answer.text
    if answer.status_code != 200:
        assert answer.json()["status"] == answer.status_code
        assert answer.json()["detail"]
