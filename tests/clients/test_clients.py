"""Clients that people use, unchanged, against a running service."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import pandas as pd
import pytest
from rdflib import Graph, Literal, URIRef, Variable
from rdflib.namespace import RDF, XSD
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from ontology.namespaces import ID, ONTOLOGY, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

ACTS = """PREFIX dep: <https://w3id.org/depositary/ontology#>
PREFIX code: <https://w3id.org/depositary/code/>
PREFIX treaty: <https://w3id.org/depositary/id/treaty/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?name ?depositedOn WHERE {
  ?act dep:actionType code:withdrawal ; dep:underTreaty treaty:ottawa ; dep:performedBy ?state ;
    dep:depositedOn ?depositedOn .
  ?state skos:prefLabel ?name
} ORDER BY ?depositedOn ?name"""
LEAVERS = {"Estonia", "Finland", "Latvia", "Lithuania", "Poland"}
OTTAWA = URIRef(f"{ID}treaty/ottawa")


def test_the_wrapper_reads_rows_as_json_and_xml(endpoint: str) -> None:
    client = _wrapper(endpoint, ACTS, JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert {row["name"]["value"] for row in rows} == LEAVERS
    xml = _wrapper(endpoint, ACTS, XML).queryAndConvert()
    assert len(xml.getElementsByTagName("result")) == len(LEAVERS)


@pytest.mark.parametrize("direct", [True, False], ids=["as a body", "as a form"])
def test_the_wrapper_sends_a_query_by_post(endpoint: str, *, direct: bool) -> None:
    client = _wrapper(endpoint, ACTS, JSON)
    client.setMethod(POST)
    if direct:
        client.setRequestMethod(POSTDIRECTLY)
    assert len(client.queryAndConvert()["results"]["bindings"]) == len(LEAVERS)


def test_the_wrapper_reads_triples_and_tables(endpoint: str) -> None:
    told = _wrapper(endpoint, f"DESCRIBE <{OTTAWA}>", TURTLE).queryAndConvert()
    graph = Graph().parse(data=told, format="turtle")
    assert (OTTAWA, RDF.type, URIRef(f"{ONTOLOGY}Treaty")) in graph
    table = _wrapper(endpoint, ACTS, CSV).queryAndConvert()
    assert table.decode().splitlines()[0] == "name,depositedOn"


def test_the_wrapper_is_told_of_a_syntax_error(endpoint: str) -> None:
    with pytest.raises(QueryBadFormed, match=r"400|[Ee]xpected"):
        _wrapper(endpoint, "SELECT ?s WHERE { ?s ?p }", JSON).query()


def test_rdflib_queries_the_service_as_a_store(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint))
    rows = graph.query(ACTS).bindings
    assert {str(row[Variable("name")]) for row in rows} == LEAVERS
    days = [row[Variable("depositedOn")] for row in rows]
    assert all(isinstance(day, Literal) and day.datatype == XSD.date for day in days)


def test_rdflib_walks_the_service_like_a_graph_of_its_own(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint))
    assert (OTTAWA, RDF.type, URIRef(f"{ONTOLOGY}Treaty")) in graph
    label = URIRef(f"{PREFIXES['skos']}prefLabel")
    assert "Anti-Personnel Mine Ban Convention" in str(list(graph.objects(OTTAWA, label)))


def test_pandas_reads_a_table_from_an_address(endpoint: str) -> None:
    address = f"{endpoint}?{urlencode({'query': ACTS, 'format': 'csv'})}"
    table = pd.read_csv(address, parse_dates=["depositedOn"])
    assert set(table["name"].tolist()) == LEAVERS
    assert {day.year for day in table["depositedOn"].tolist()} == {2025}


def test_pandas_is_told_of_what_is_refused(endpoint: str) -> None:
    address = f"{endpoint}?{urlencode({'query': 'CLEAR ALL', 'format': 'csv'})}"
    with pytest.raises(HTTPError, match=r"40[03]"):
        pd.read_csv(address)


def test_curl_sends_a_file_and_gets_a_table(endpoint: str, tmp_path: Path) -> None:
    file = tmp_path / "acts.rq"
    file.write_text(ACTS, encoding="utf-8")
    table = _curl("-H", "Accept: text/csv", "--data-urlencode", f"query@{file}", endpoint)
    assert table.splitlines()[0] == "name,depositedOn"
    assert len(table.splitlines()) == 1 + len(LEAVERS)


def test_curl_sends_a_body_by_its_type_and_gets_json_compressed(endpoint: str) -> None:
    kind = "Content-Type: application/sparql-query"
    found = json.loads(_curl("--compressed", "-H", kind, "--data-binary", ACTS, endpoint))
    assert len(found["results"]["bindings"]) == len(LEAVERS)


def test_curl_fails_with_the_status_of_a_refusal(endpoint: str) -> None:
    done = _run_curl("--fail", "--data-urlencode", "update=CLEAR ALL", endpoint)
    assert done.returncode == 22
    assert "403" in done.stderr


def _wrapper(endpoint: str, query: str, form: str) -> Any:  # noqa: ANN401 - it carries no types
    client = SPARQLWrapper(endpoint)
    client.setQuery(query)
    client.setReturnFormat(form)
    return client


def _curl(*arguments: str) -> str:
    done = _run_curl("--fail-with-body", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _run_curl(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("curl")
    if program is None:
        pytest.skip("curl is not installed")
    command = [program, "--silent", "--show-error", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
