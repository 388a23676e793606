"""The SPARQL address: forms of queries and answers, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

PARTIES = """
SELECT (COUNT(?p) AS ?n) WHERE {
  ?p dep:status code:party ; dep:underTreaty treaty:ottawa ; dep:validFrom ?from .
  OPTIONAL { ?p dep:validUntil ?until }
  FILTER (?from <= "2025-12-19"^^xsd:date && (!BOUND(?until) || "2025-12-19"^^xsd:date < ?until))
}"""
REFUSED = [
    "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * WHERE { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * WHERE { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * FROM <http://127.0.0.1:1/> WHERE { ?s ?p ?o }",
    "SELECT * FROM NAMED <file:///etc/passwd> WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:1/>",
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP ALL",
]
TOO_MUCH = [
    "SELECT * WHERE " + "{" * 3000 + "}" * 3000,
    "ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }",
    "ASK { FILTER(" + "!" * 9400 + "true) }",
    "ASK { FILTER(true" + " || true" * 9400 + ") }",
    "ASK { {} " + "UNION {} " * 6600 + "}",
    "ASK { ?s " + "[ <a:b> " * 600 + "1" + " ]" * 600 + "}",
    "ASK { # " + "x" * 70_000 + "\n}",
]
HARMLESS = [
    'ASK { ?s ?p "SERVICE" }',
    "ASK { ?s ?p '''FROM LOAD''' }",
    "ASK { ?s ?p <http://example.org/SERVICE> } # SERVICE <http://127.0.0.1/>",
    "SELECT ?service ?from WHERE { ?service ?from ?load } LIMIT 1",
    "PREFIX service: <http://example.org/> ASK { ?s service:FROM ?o }",
]


@pytest.mark.parametrize("method", ["get", "form", "body"])
def test_a_query_is_answered_however_it_is_sent(client: TestClient, method: str) -> None:
    if method == "get":
        answer = client.get("/sparql", params={"query": PARTIES})
    elif method == "form":
        answer = client.post("/sparql", data={"query": PARTIES})
    else:
        headers = {"Content-Type": "application/sparql-query"}
        answer = client.post("/sparql", content=PARTIES, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "166"


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        ("SELECT ?s WHERE { ?s a dep:Treaty }", "application/sparql-results+xml", None),
        ("SELECT ?s WHERE { ?s a dep:Treaty }", "text/csv", None),
        ("SELECT ?s WHERE { ?s a dep:Treaty }", "text/tab-separated-values", None),
        (
            "SELECT ?s WHERE { ?s a dep:Treaty }",
            "application/json",
            "application/sparql-results+json",
        ),
        ("ASK {}", "application/sparql-results+json", None),
        ("DESCRIBE treaty:ottawa", "text/turtle", None),
        ("DESCRIBE treaty:ottawa", "application/n-triples", None),
        ("DESCRIBE treaty:ottawa", "application/ld+json", None),
        ("DESCRIBE treaty:ottawa", "application/rdf+xml", None),
        ("DESCRIBE treaty:ottawa", "*/*", "text/turtle"),
    ],
)
def test_the_accept_header_chooses_the_form(
    client: TestClient, query: str, accept: str, kind: str | None
) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == (kind or accept)
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("query", REFUSED)
def test_queries_that_reach_out_or_change_are_refused_with_a_reason(
    client: TestClient, query: str
) -> None:
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 403
    assert "refused" in answer.json()["detail"]


@pytest.mark.parametrize("query", TOO_MUCH, ids=range(len(TOO_MUCH)))
def test_queries_that_would_kill_the_engine_never_reach_it(client: TestClient, query: str) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert answer.status_code in {400, 413}
    assert client.get("/health").status_code == 200


@pytest.mark.parametrize("query", HARMLESS)
def test_a_keyword_inside_a_string_name_or_comment_refuses_nothing(
    client: TestClient, query: str
) -> None:
    assert client.get("/sparql", params={"query": query}).status_code == 200


def test_a_syntax_error_tells_its_position(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "SELECT ?s WHERE {\n ?s ?p }"})
    assert answer.status_code == 400
    assert "2:" in answer.json()["detail"]


def test_an_update_is_refused_however_it_is_sent(client: TestClient) -> None:
    form = client.post("/sparql", data={"update": "CLEAR ALL"})
    headers = {"Content-Type": "application/sparql-update"}
    body = client.post("/sparql", content="CLEAR ALL", headers=headers)
    assert (form.status_code, body.status_code) == (403, 403)
    assert "cannot be changed" in form.json()["detail"]
    assert "cannot be changed" in body.json()["detail"]


def test_named_graphs_keep_record_and_derivation_apart(client: TestClient) -> None:
    query = """SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s a ?class } } ORDER BY ?g"""
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert [row["g"]["value"].rpartition("/")[2] for row in rows] == [
        "derived",
        "ontology",
        "records",
    ]


ANTI_JOIN = """
SELECT ?state WHERE {
  ?in dep:underTreaty treaty:ottawa ; dep:performedBy ?state ; dep:actionType code:ratification .
  FILTER NOT EXISTS {
    ?out dep:underTreaty treaty:ottawa ; dep:performedBy ?state ; dep:actionType code:withdrawal .
  }
}"""


def test_an_answer_says_what_was_rewritten_and_is_the_same_without(client: TestClient) -> None:
    rewritten = client.get("/sparql", params={"query": ANTI_JOIN})
    form = client.post("/sparql", data={"query": ANTI_JOIN, "rewrite": "no"})
    assert rewritten.headers["Query-Rewritten"] == "not-exists-as-minus"
    assert "Query-Rewritten" not in form.headers
    rows, others = (answer.json()["results"]["bindings"] for answer in (rewritten, form))
    assert sorted(row["state"]["value"] for row in rows) == sorted(
        row["state"]["value"] for row in others
    )
    assert len(rows) > 100


def test_a_syntax_error_in_a_rewritten_query_tells_its_position_in_what_was_sent(
    client: TestClient,
) -> None:
    broken = ANTI_JOIN.replace("?state WHERE", "?state (1 AS ?state) WHERE")
    answer = client.get("/sparql", params={"query": broken})
    plain = client.get("/sparql", params={"query": broken, "rewrite": "no"})
    assert (answer.status_code, answer.json()["detail"]) == (400, plain.json()["detail"])
