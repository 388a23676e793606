"""Networks over HTTP: equal to SPARQL, in every form, with method and source, or a clear error."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import networkx as nx
import pytest

from api.answers.network_catalogue import MEASURES

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from graph.store import EmbeddedStore

DAY = "2026-03-01"
FORM = "application/sparql-results+json"


def bindings(client: TestClient, query: str) -> list[dict[str, str]]:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": FORM})
    rows = answer.json()["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in rows]


def test_of_the_nato_members_beside_russia_or_belarus_norway_alone_is_still_party(
    client: TestClient,
) -> None:
    answer = client.get(f"/networks/bordering?on={DAY}").json()
    assert answer["summary"] == {"members": 6, "party": "NOR"}


@pytest.mark.parametrize(
    ("organisation", "near", "treaty", "day"),
    [
        ("nato", "RUS,BLR", "ottawa", "2026-03-01"),
        ("nato", "RUS,BLR", "ottawa", "2025-12-19"),
        ("eu", "UKR", "ottawa", "2026-01-15"),
        ("nato", "RUS,BLR", "ccm", "2026-03-01"),
        ("osce", "RUS", "tpnw", "2026-03-01"),
    ],
)
def test_the_snapshot_and_sparql_answer_the_same(
    client: TestClient, organisation: str, near: str, treaty: str, day: str
) -> None:
    asked = {"organisation": organisation, "next_to": near, "treaty": treaty, "on": day}
    answer = client.get("/networks/bordering", params=asked).json()
    found = {
        (row["id"], neighbour, row["standing"])
        for row in answer["rows"]
        for neighbour in row["borders"].split()
    }
    query = parse_qs(urlsplit(str(answer["sparql"])).query)["query"][0]
    rows = bindings(client, query)
    assert found
    assert found == {(row["code"], row["neighbour"], row["standing"]) for row in rows}


def test_the_parties_of_the_snapshot_are_those_of_the_record(
    client: TestClient,
) -> None:
    ties = client.get(f"/networks/snapshot?on={DAY}&kinds=partyTo").json()["rows"]
    for treaty in ("ottawa", "ccm", "npt"):
        listed = client.get(f"/treaties/{treaty}/parties?on={DAY}").json()["parties"]
        found = {row["one"] for row in ties if row["other"] == treaty}
        assert found == {row["id"] for row in listed}


def test_neighbours_of_the_snapshot_are_those_of_sparql(client: TestClient) -> None:
    ties = client.get(f"/networks/snapshot?on={DAY}&kinds=borders").json()["rows"]
    query = """PREFIX dep: <https://w3id.org/depositary/ontology#>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT ?a ?b { ?one dep:bordersOn ?other . ?one a dep:State ; skos:notation ?a .
      ?other a dep:State ; skos:notation ?b FILTER (?a < ?b) }"""
    expected = {(row["a"], row["b"]) for row in bindings(client, query)}
    assert {(row["one"], row["other"]) for row in ties} == expected


FAST = sorted(set(MEASURES) - {"backtest", "hazard"})


@pytest.mark.parametrize("measure", FAST)
def test_every_measure_says_of_which_day_and_data_it_is_and_how_it_came_about(
    client: TestClient, measure: str
) -> None:
    answer = client.get(f"/networks/{measure}?on={DAY}").json()
    version = client.get("/health").json().get("data_version", answer["data_version"])
    assert answer["on"] == DAY
    assert answer["data_version"] == version
    assert answer["method"]["formula"]
    assert answer["method"]["code"].startswith("graph.network.")
    assert answer["rows"]
    assert DAY in answer["permalink"]
    assert answer["data_version"] in answer["cite"]["text"]


@pytest.mark.parametrize("measure", FAST)
def test_the_permalink_leads_back_to_the_same_answer(client: TestClient, measure: str) -> None:
    first = client.get(f"/networks/{measure}?on={DAY}").json()
    again = client.get(first["permalink"].replace("http://testserver", "")).json()
    assert again == first


def test_every_measure_that_is_listed_is_there_with_its_parameters(client: TestClient) -> None:
    listed = client.get("/networks").json()["measures"]
    assert [one["id"] for one in listed] == list(MEASURES)
    assert all(one["method"]["formula"] for one in listed)
    assert "next_to" in next(one for one in listed if one["id"] == "bordering")["parameters"]


def test_the_rows_are_the_same_as_csv(client: TestClient) -> None:
    text = client.get(f"/networks/bordering.csv?on={DAY}").text.splitlines()
    assert text[0] == "id,name,borders,standing"
    assert text[5] == "NOR,Norway,RUS,party"


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_open_in_other_programs(client: TestClient, form: str, read: object) -> None:
    answer = client.get(f"/networks/snapshot?on={DAY}&kinds=borders,left&format={form}")
    assert answer.headers["content-type"].startswith(f"application/{form}")
    graph = read(io.BytesIO(answer.content))  # type: ignore[operator]
    assert graph.has_edge("EST", "RUS")
    assert graph.nodes["ottawa"]["kind"] == "treaty"


def test_what_changed_between_two_days_is_named(client: TestClient) -> None:
    asked = "/networks/snapshot?on=2026-03-01&compare=2025-12-01&kinds=partyTo,left"
    rows = client.get(asked).json()["rows"]
    gone = {row["key"].split()[0] for row in rows if "left ottawa" in row["key"]}
    assert gone == {"EST", "LVA", "LTU", "FIN", "POL"}
    assert {row["change"] for row in rows if "left ottawa" in row["key"]} == {"entered"}
    assert {row["change"] for row in rows if row["key"] == "POL partyTo ottawa None"} == {"left"}


def test_a_standing_that_cannot_be_told_is_no_tie_to_parties(client: TestClient) -> None:
    answer = client.get("/networks/snapshot?on=2026-07-15&kinds=unresolvedUnder").json()
    assert ("LBN", "ottawa") in {(row["one"], row["other"]) for row in answer["rows"]}
    assert any("LBN" in notice for notice in answer["notices"])


def test_the_gaps_that_are_known_are_flagged(client: TestClient) -> None:
    answer = client.get(f"/networks/consistency?on={DAY}").json()
    gaps = {row["id"]: row["gaps"] for row in answer["rows"] if row["gaps"]}
    assert "partyAndStocksPastDeadline" in gaps["UKR"]
    assert "partyAndStocksPastDeadline" in gaps["GRC"]
    assert "policyForbidsAndDoes transfer (2024)" in gaps["USA"]
    assert "FIN" not in gaps


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("exposure?state=atlantis", 404, "no state called 'atlantis'"),
        ("exposure?treaty=ottowa", 404, "Did you mean ottawa"),
        ("centrlity", 404, "Did you mean centrality"),
        ("centrality?on=1900-01-01", 422, "begins later"),
        ("community?relation=votes&on=1980-01-01", 422, "no votes"),
        ("ideal-points?since=2023-12-05", 422, "No roll call divides"),
        ("exposure.graphml", 422, "table"),
        ("hazard?treaty=ottawa", 400, "takes no parameter 'treaty'"),
        ("centrality?relation=cousins", 404, "relation"),
        ("community?method=magic", 404, "method"),
        ("projection?weight=heavy", 404, "weight"),
        ("agreement?index=guess", 404, "agreement"),
        ("agreement?since=yesterday", 400, "yesterday"),
        ("hazard?event=leave&exposure=joined", 404, "exposure"),
        ("centrality?above=nan", 400, "above"),
        ("backtest?known=2025-01-01", 400, "leave `known` out"),
        ("snapshot?nonsense=1", 400, "nonsense"),
    ],
)
def test_what_cannot_be_answered_is_a_clear_problem(
    client: TestClient, address: str, status: int, said: str
) -> None:
    answer = client.get(f"/networks/{address}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]


def test_the_measures_are_described_in_openapi(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]["/networks/{measure}"]["get"]
    names = {parameter["name"] for parameter in described["parameters"]}
    taken = {name for one in MEASURES.values() for name in one.parameters}
    assert taken | {"on", "known", "format", "compare"} <= names
    assert {
        "application/json",
        "application/graphml+xml",
        "application/gexf+xml",
        "text/csv",
    } <= set(described["responses"]["200"]["content"])


def test_the_backtest_finds_what_the_document_says(
    client: TestClient, store: EmbeddedStore
) -> None:
    del store
    answer = client.get("/networks/backtest?on=2025-03-18&basis=acts").json()
    rankings = {row["ranking"]: row for row in answer["rows"] if not row["id"]}
    assert answer["summary"]["left"] == 5
    assert answer["summary"]["parties"] == 164
    assert rankings["baseline"]["mean_rank"] == 4.5
    assert rankings["chance"]["mean_rank"] == 82.5
    assert rankings["left"]["mean_rank"] == 82.5
