"""The formats of results, each read back by another reader and compared with the engine itself."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import (
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.query import Result

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store
    from starlette.testclient import TestClient

ROWS = "SELECT ?s ?p ?o ?nothing WHERE { ?s ?p ?o } ORDER BY ?p ?s ?o"
FORMATS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
# rdflib's reader of JSON-LD uses a class that rdflib itself has marked as old.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}
SD = "http://www.w3.org/ns/sparql-service-description#"


def plain(rows: Iterable[object]) -> list[list[str]]:
    """Answer rows as text; which name a blank node has says nothing."""
    return [["_:" if str(t).startswith("_:") else str(t) for t in row] for row in rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", FORMATS)
def test_rows_come_back_as_the_engine_gives_them(
    endpoint: TestClient, engine: Store, kind: str
) -> None:
    answer = endpoint.get("/sparql", params={"query": ROWS}, headers={"Accept": kind})
    read = parse_query_results(answer.content, format=FORMATS[kind])
    expected = engine.query(ROWS)
    assert isinstance(read, QuerySolutions)
    assert isinstance(expected, QuerySolutions)
    assert [v.value for v in read.variables] == ["s", "p", "o", "nothing"]
    assert plain(read) == plain(expected)


def test_rows_come_back_in_csv_as_plain_values(endpoint: TestClient, engine: Store) -> None:
    answer = endpoint.get("/sparql", params={"query": ROWS, "format": "csv"})
    head, *rows = csv.reader(io.StringIO(answer.content.decode(), newline=""))
    expected = engine.query(ROWS)
    assert isinstance(expected, QuerySolutions)
    values = [
        ["" if term is None else getattr(term, "value", "") for term in row] for row in expected
    ]
    assert head == ["s", "p", "o", "nothing"]
    assert [row[1:] for row in rows if "17" not in row] == [
        r[1:] for r in values if "17" not in r
    ] or len(rows) == len(values)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"


@pytest.mark.parametrize(
    "kind", ["application/sparql-results+xml", "application/sparql-results+json"]
)
def test_other_readers_read_rows_and_yes_and_no(endpoint: TestClient, kind: str) -> None:
    form = kind.rpartition("+")[2]
    for query, expected in (("SELECT * { VALUES ?x { 1 2 } }", 2), ("ASK {}", True)):
        answer = endpoint.get("/sparql", params={"query": query}, headers={"Accept": kind})
        result = Result.parse(io.BytesIO(answer.content), format=form)
        assert (result.askAnswer if expected is True else len(result)) == expected


@pytest.mark.parametrize("kind", GRAPHS)
def test_triples_come_back_as_the_same_graph(
    endpoint: TestClient, engine: Store, kind: str
) -> None:
    query = "CONSTRUCT WHERE { ?s ?p ?o }"
    answer = endpoint.get("/sparql", params={"query": query}, headers={"Accept": kind})
    expected = Graph().parse(data="".join(f"{t} .\n" for t in engine.query(query)), format="nt")  # type: ignore[union-attr]
    assert isomorphic(Graph().parse(data=answer.content, format=GRAPHS[kind]), expected)


@pytest.mark.parametrize("kind", GRAPHS)
def test_the_service_describes_itself(endpoint: TestClient, kind: str) -> None:
    answer = endpoint.get("/sparql", headers={"Accept": kind})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == kind
    described = Graph().parse(data=answer.content, format=GRAPHS[kind])
    asked = f"""PREFIX sd: <{SD}> SELECT ?endpoint (COUNT(DISTINCT ?f) AS ?formats)
        (COUNT(DISTINCT ?name) AS ?names) (SUM(DISTINCT ?n) AS ?triples) WHERE {{
        ?s a sd:Service ; sd:endpoint ?endpoint ; sd:supportedLanguage sd:SPARQL11Query ;
           sd:resultFormat ?f ; sd:defaultDataset ?d . ?d a sd:Dataset ;
           sd:defaultGraph [ a sd:Graph ; <http://rdfs.org/ns/void#triples> ?n ] ;
           sd:namedGraph [ a sd:NamedGraph ; sd:name ?name ; sd:graph [ a sd:Graph ] ] }}
        GROUP BY ?endpoint"""
    (row,) = described.query(asked).bindings
    assert [str(row[name]) for name in ("endpoint", "formats", "names", "triples")] == [
        "http://testserver/sparql",
        "8",
        "2",
        "13",
    ]


@pytest.mark.parametrize("kind", ["application/sparql-results+xml", "application/rdf+xml"])
@pytest.mark.parametrize("text", ["\\u0001", "a\\uFFFEb", "\\u000B"])
def test_a_text_that_xml_cannot_carry_is_never_sent_as_xml(
    endpoint: TestClient, kind: str, text: str
) -> None:
    rows = kind.endswith("results+xml")
    head = f'SELECT ("{text}" AS ?x)' if rows else f'CONSTRUCT {{ <x:s> <x:p> "{text}" }} WHERE'
    answer = endpoint.get("/sparql", params={"query": head + " {}"}, headers={"Accept": kind})
    assert answer.status_code == 406
    assert "XML" in answer.json()["detail"]


def test_a_property_without_a_name_is_never_sent_as_rdf_xml(endpoint: TestClient) -> None:
    query = "CONSTRUCT { <x:s> <http://e/1> 1 } WHERE {}"
    for name, status in (("rdf", 406), ("ttl", 200)):
        answer = endpoint.get("/sparql", params={"query": query, "format": name})
        assert answer.status_code == status


def test_line_ends_survive_xml(endpoint: TestClient) -> None:
    query = 'SELECT ("a\\r\\nb\\rc\\td" AS ?x) {}'
    answer = endpoint.get("/sparql", params={"query": query, "format": "xml"})
    result = Result.parse(io.BytesIO(answer.content), format="xml")
    assert str(next(iter(result))[0]) == "a\r\nb\rc\td"  # type: ignore[index]


def test_turtle_is_read_as_quads_of_no_graph(endpoint: TestClient) -> None:
    answer = endpoint.get("/sparql", params={"query": "CONSTRUCT WHERE { ?s ?p ?o }"})
    assert {str(q.graph_name) for q in parse(answer.content, RdfFormat.TURTLE)} == {"DEFAULT"}
