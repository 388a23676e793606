"""SPARQL 1.1 Protocol, query operation: each kind of request of section 2.1, numbered.

Those for updates (2.2) and the Graph Store Protocol have one answer here: refused, with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
JSON = "application/sparql-results+json"
E = "http://example.org/"
ONE, TWO = f"{E}one", f"{E}two"
WHERE_ANN_IS = f"SELECT ?g WHERE {{ <{E}ann> <{E}in> ?g }} ORDER BY ?g"
GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Sent:
    """A request: method, parameters of the address, headers and body."""

    method: str
    address: Fields = field(default_factory=list[tuple[str, str]])
    body: bytes | None = None
    kind: str | None = None
    accept: str = JSON

    def by(self, client: TestClient) -> Any:  # noqa: ANN401 - the client's own type
        """Send it."""
        headers = {"Accept": self.accept} | ({"Content-Type": self.kind} if self.kind else {})
        path = f"/sparql?{urlencode(self.address)}" if self.address else "/sparql"
        return client.request(self.method, path, content=self.body, headers=headers)


def got(fields: Fields) -> Sent:
    return Sent("GET", fields)


def form(fields: Fields) -> Sent:
    return Sent("POST", [], urlencode(fields).encode(), FORM)


def direct(text: str, fields: Fields | None = None) -> Sent:
    return Sent("POST", fields or [], text.encode(), DIRECT)


ANSWERED: dict[str, tuple[Sent, list[str]]] = {
    "P01 query by GET": (got([("query", GRAPHS)]), [ONE, TWO]),
    "P02 query by a form": (form([("query", GRAPHS)]), [ONE, TWO]),
    "P03 query as the body": (direct(GRAPHS), [ONE, TWO]),
    "P04 a default graph by GET": (got([("query", WHERE_ANN_IS), (DEFAULT, ONE)]), [ONE]),
    "P05 two default graphs by GET": (
        got([("query", WHERE_ANN_IS), (DEFAULT, ONE), (DEFAULT, TWO)]),
        [ONE, TWO],
    ),
    "P06 two default graphs beside a body": (
        direct(WHERE_ANN_IS, [(DEFAULT, ONE), (DEFAULT, TWO)]),
        [ONE, TWO],
    ),
    "P07 default graphs in a form": (
        form([("query", WHERE_ANN_IS), (DEFAULT, ONE), (DEFAULT, TWO)]),
        [ONE, TWO],
    ),
    "P08 a named graph by GET": (got([("query", GRAPHS), (NAMED, TWO)]), [TWO]),
    "P09 named graphs in a form": (
        form([("query", GRAPHS), (NAMED, ONE), (NAMED, TWO)]),
        [ONE, TWO],
    ),
    "P10 named graphs beside a body": (direct(GRAPHS, [(NAMED, ONE)]), [ONE]),
    "P11 both kinds of graphs": (
        got(
            [
                ("query", f"SELECT ?g {{ <{E}ann> <{E}in> ?a GRAPH ?g {{ ?s ?p ?o }} }}"),
                (DEFAULT, ONE),
                (NAMED, TWO),
            ]
        ),
        [TWO, TWO, TWO],
    ),
    "P12 only a named graph leaves the default one empty": (
        got([("query", "SELECT (?s AS ?g) WHERE { ?s ?p ?o }"), (NAMED, TWO)]),
        [],
    ),
    "P13 only a default graph leaves no named one": (got([("query", GRAPHS), (DEFAULT, ONE)]), []),
    "P14 the protocol's dataset wins over FROM": (
        got([("query", WHERE_ANN_IS.replace("WHERE", f"FROM <{TWO}> WHERE")), (DEFAULT, ONE)]),
        [ONE],
    ),
    "P15 FROM chooses among the graphs": (
        got([("query", WHERE_ANN_IS.replace("WHERE", f"FROM <{TWO}> WHERE"))]),
        [TWO],
    ),
    "P16 FROM by a prefixed name": (
        got([("query", f"PREFIX e: <{E}> " + WHERE_ANN_IS.replace("WHERE", "FROM e:one WHERE"))]),
        [ONE],
    ),
    "P17 FROM NAMED chooses as well": (
        got([("query", GRAPHS.replace("WHERE", f"FROM NAMED <{ONE}> WHERE"))]),
        [ONE],
    ),
    "P18 a charset of the body": (
        Sent("POST", [], GRAPHS.encode(), f'{DIRECT}; charset="UTF-8"'),
        [ONE, TWO],
    ),
    "P19 the type of the body in capitals": (
        Sent("POST", [], GRAPHS.encode(), DIRECT.upper()),
        [ONE, TWO],
    ),
    "P20 per cent signs and plus signs in the text": (
        got([("query", 'SELECT ?g { VALUES ?g { "%25+1" } }')]),
        ["%25+1"],
    ),
    "P21 letters of all scripts": (
        form([("query", 'SELECT ?g { VALUES ?g { "żółw 海龟 🐢" } }')]),
        ["żółw 海龟 🐢"],
    ),
    "P22 comments and line ends": (direct(f"# first\r\n{GRAPHS}\r\n# last"), [ONE, TWO]),
}
REFUSED: dict[str, tuple[Sent, set[int], str]] = {
    "R01 no query in a form": (form([("format", "json")]), {400}, "query is missing"),
    "R02 two queries": (got([("query", "ASK {}"), ("query", "ASK {}")]), {400}, "more than once"),
    "R03 two queries in a form": (
        form([("query", "ASK {}"), ("query", "ASK {}")]),
        {400},
        "more than once",
    ),
    "R04 a query beside a body": (direct("ASK {}", [("query", "ASK {}")]), {400}, "more than once"),
    "R05 a body of another type": (
        Sent("POST", [], b"ASK {}", "text/plain"),
        {415},
        "sparql-query",
    ),
    "R06 a body without a type": (Sent("POST", [], b"ASK {}"), {415}, "sparql-query"),
    "R07 a form without its type": (Sent("POST", [], b"query=ASK%20%7B%7D"), {415}, "form"),
    "R08 a body in UTF-16": (Sent("POST", [], "ASK {}".encode("utf-16"), DIRECT), {400}, "UTF-8"),
    "R09 a body that says UTF-16": (
        Sent("POST", [], "ASK {}".encode("utf-16"), f"{DIRECT}; charset=UTF-16"),
        {415},
        "UTF-8",
    ),
    "R10 bytes that are not UTF-8 in a form": (
        Sent("POST", [], b"query=%FF", FORM),
        {400},
        "UTF-8",
    ),
    "R12 a syntax error": (got([("query", "ASK {")]), {400}, "not valid SPARQL"),
    "R13 an empty query": (got([("query", "")]), {400}, "empty"),
    "R14 another method": (Sent("PUT", [("query", "ASK {}")]), {405}, "Graph Store"),
    "R15 a graph of others": (
        got([("query", "ASK {}"), (DEFAULT, "http://elsewhere.example/")]),
        {403},
        "fetches nothing",
    ),
    "R16 a relative graph": (
        got([("query", "ASK {}"), (DEFAULT, "data")]),
        {403},
        "fetches nothing",
    ),
    "R17 a dataset without a query": (got([(DEFAULT, ONE)]), {400}, "query is missing"),
    "R18 an unknown parameter": (got([("query", "ASK {}"), ("qeury", "x")]), {400}, "no parameter"),
    "R11 a body of triples": (Sent("POST", [], b"x", "text/turtle"), {415}, "sparql-query"),
    "U01 an update by GET": (got([("update", "CLEAR ALL")]), {403}, "cannot be changed"),
    "U02 an update in a form": (form([("update", "CLEAR ALL")]), {403}, "cannot be changed"),
    "U03 an update as the body": (
        Sent("POST", [], b"CLEAR ALL", "application/sparql-update"),
        {403},
        "cannot be changed",
    ),
    "U04 an update sent as a query": (direct("CLEAR ALL"), {403}, "cannot be changed"),
    "U05 an update beside a query": (
        form([("query", "ASK {}"), ("update", "CLEAR ALL")]),
        {403},
        "cannot",
    ),
    "U06 an update with its own dataset": (
        form([("update", "CLEAR ALL"), ("using-graph-uri", ONE)]),
        {403},
        "cannot be changed",
    ),
    "G01 a graph by the Graph Store Protocol": (got([("graph", ONE)]), {403}, "CONSTRUCT"),
    "G02 the default graph by it": (got([("default", "")]), {403}, "CONSTRUCT"),
    "G03 a graph put by it": (
        Sent("PUT", [("graph", ONE)], b"", "text/turtle"),
        {405},
        "CONSTRUCT",
    ),
    "G04 a graph deleted by it": (Sent("DELETE", [("graph", ONE)]), {405}, "CONSTRUCT"),
    "G05 a graph posted to it": (
        Sent("POST", [("graph", ONE)], b"", "text/turtle"),
        {403, 415},
        "",
    ),
}


@pytest.mark.parametrize(("sent", "graphs"), ANSWERED.values(), ids=ANSWERED)
def test_a_query_is_answered_as_the_protocol_says(
    endpoint: TestClient, sent: Sent, graphs: list[str]
) -> None:
    answer = sent.by(endpoint)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == JSON
    rows = answer.json()["results"]["bindings"]
    assert [row["g"]["value"] for row in rows] == graphs


@pytest.mark.parametrize(("sent", "statuses", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_query_is_refused_with_a_reason(
    endpoint: TestClient, sent: Sent, statuses: set[int], reason: str
) -> None:
    answer = sent.by(endpoint)
    assert answer.status_code in statuses, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert reason in answer.json()["detail"] + str(answer.json().get("hint"))


def test_bytes_that_are_not_utf8_in_the_address_are_refused(endpoint: TestClient) -> None:
    answer = endpoint.get("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%22%FF%22%20%7D")
    assert answer.status_code == 400
    assert "UTF-8" in answer.json()["detail"]


def test_head_says_what_get_would_and_sends_no_body(endpoint: TestClient) -> None:
    get = endpoint.get("/sparql", params={"query": GRAPHS})
    head = endpoint.head("/sparql", params={"query": GRAPHS})
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "vary"):
        assert head.headers[name] == get.headers[name]


def test_a_method_that_is_refused_is_told_which_are_not(endpoint: TestClient) -> None:
    assert "POST" in endpoint.delete("/sparql").headers["allow"]


def test_a_relative_iri_is_read_against_the_address_of_the_endpoint(endpoint: TestClient) -> None:
    answer = endpoint.get("/sparql", params={"query": "SELECT (<a> AS ?g) {}", "format": "json"})
    assert answer.json()["results"]["bindings"][0]["g"]["value"] == "http://testserver/a"


@pytest.mark.parametrize(
    ("query", "line", "column", "hint"),
    [
        ("SELECT * WHERE {\n ?s foaf:name ?o }", 2, 14, "PREFIX foaf: <…>"),
        ("SELECT * WHERE {\n ?s rfd:type ?o }", 2, 13, "Perhaps you mean rdf:"),
        ("SELECT * WHERE {\n ?s ?p ?o", 2, 10, "never closed"),
        ("SELECT * WHERE { ?s ?p ?o )", 1, 28, "closes nothing"),
        ("SELECT ?s ?o { ?s ?p ?o } GROUP BY ?s", 1, 38, "GROUP BY"),
        ("SELECT * WHERE { ?s ?p }", 1, 25, "a triple without its object"),
        ("SELECT * WHERE { ?s ?p ?o } LIMIT x", 1, 35, "examples"),
    ],
)
def test_a_syntax_error_tells_place_line_and_hint(
    endpoint: TestClient, query: str, line: int, column: int, hint: str
) -> None:
    problem = endpoint.get("/sparql", params={"query": query}).json()
    assert problem["status"] == 400
    assert problem["position"] == {"line": line, "column": column}
    assert problem["line"] == query.splitlines()[line - 1]
    assert hint in problem["hint"]
