"""Linked data, entity tags and headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, URIRef

from ontology.namespaces import iri

if TYPE_CHECKING:
    from starlette.testclient import TestClient

POLAND = URIRef(iri("state", "pol"))
RDF_FORMS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}


# rdflib's own reader of JSON-LD uses a class that rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(("accept", "parser"), RDF_FORMS.items())
def test_a_state_is_the_same_in_every_form_of_rdf(
    client: TestClient, accept: str, parser: str
) -> None:
    answer = client.get("/id/state/pol", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    graph = Graph().parse(data=answer.text, format=parser)
    assert "Poland" in {str(o) for o in graph.objects(POLAND)}
    assert any(str(s).endswith("pol-ottawa-withdrawal") for s in graph.subjects())


def test_a_browser_gets_a_page_and_a_program_json(client: TestClient) -> None:
    page = client.get("/id/state/pol", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.headers["content-type"].startswith("text/html")
    assert "Poland" in page.text
    data = client.get("/id/state/pol", headers={"Accept": "application/json"})
    assert data.json()["label"] == "Poland"


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt", "json", "html"])
def test_a_suffix_chooses_the_form(client: TestClient, suffix: str) -> None:
    answer = client.get(f"/id/state/pol.{suffix}", headers={"Accept": "image/png"})
    assert answer.status_code == 200
    assert f'</id/state/pol.{suffix}>; rel="alternate"' in answer.headers["link"]


@pytest.mark.parametrize(
    ("address", "target"),
    [("/id/state/POL", "/id/state/pol"), ("/id/state/poland.ttl", "/id/state/pol.ttl")],
)
def test_another_name_of_a_thing_leads_to_its_address(
    client: TestClient, address: str, target: str
) -> None:
    answer = client.get(address, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, target)


@pytest.mark.parametrize(
    "address",
    [
        "/id/treaty/ottawa",
        "/id/action/pol-ottawa-withdrawal",
        "/id/claim/pol-ottawa-withdrawal.untc-2026-02-03",
        "/id/source/untc-2026-02-03",
        "/id/participation/ukr-ottawa-6",
        "/id/rule/ottawa-entry",
        "/id/provision/ottawa-20-3",
        "/id/obligation/ottawa-use",
        "/id/policy/usa-landmines-2025",
        "/id/measure/usa-2025-use",
        "/id/step/ltu-ottawa-seimas",
        "/id/expression/che-objection-ukr-suspension",
        "/id/organisation/22msp",
        "/id/accepted/pol-ottawa-withdrawal.depositedOn",
        "/code/party",
        "/ontology",
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "application/json"])
def test_every_kind_of_thing_dereferences(client: TestClient, address: str, accept: str) -> None:
    answer = client.get(address, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(accept)


def test_an_answer_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/treaties/ottawa/parties?on=2026-03-01")
    again = client.get(
        "/treaties/ottawa/parties?on=2026-03-01", headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/treaties/ottawa/parties?on=2026-01-01")
    assert other.headers["etag"] != first.headers["etag"]


def test_errors_carry_no_entity_tag(client: TestClient) -> None:
    assert "etag" not in client.get("/treaties/otawa").headers


def test_anyone_may_read_from_another_site_without_credentials(client: TestClient) -> None:
    answer = client.get("/treaties", headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("address", ["/", "/id/state/pol.html", "/graphs/ring.html", "/sparql"])
def test_pages_allow_no_script_of_others_and_no_foreign_frame(
    client: TestClient, address: str
) -> None:
    headers = client.get(address, headers={"Accept": "text/html"}).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert headers["x-content-type-options"] == "nosniff"


def test_an_embedded_picture_may_stand_in_any_frame(client: TestClient) -> None:
    for address in ("/graphs/ring.html?embed=1", "/graphs/neighbourhood.html?state=POL&embed=1"):
        policy = client.get(address).headers["content-security-policy"]
        assert "frame-ancestors *" in policy


def test_health_and_readiness_are_told_and_never_cached(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    ready = client.get("/ready")
    assert ready.json()["status"] == "ready"
    assert ready.headers["cache-control"] == "no-store"


def test_the_description_of_the_service_names_every_route(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {
        "/treaties/{treaty}/withdrawals",
        "/states/{state}/treaties/{treaty}",
        "/sparql",
    } <= set(paths)
    for path in paths.values():
        assert all(operation["summary"] for operation in path.values())
