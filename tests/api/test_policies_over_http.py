"""Policies over HTTP: what holds, what changed, how far from a treaty, by questions of users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.test_treaties_over_http import get
from tests.graph.lookups import table

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from graph.store import EmbeddedStore

MEMO = "/states/USA/policies/compare?from=2025-12-01&to=2025-12-19&on=2026-11-01"
US_LAWS = ["usa-export-moratorium-extensions", "usa-pl-102-484-1365", "usa-pl-103-160-1423",
           "usa-pl-104-107-580"]  # fmt: skip


def by_component(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {c["component"]: c for c in answer["components"] if c["change"] != "unclear"}


def values(store: EmbeddedStore, query: str) -> list[str]:
    return [(row["value"] or "").rsplit("/", 1)[-1] for row in store.select(query)]


@pytest.mark.parametrize("row", table("policy_timeline.csv"), ids=lambda row: row["event"])
def test_every_row_of_the_timeline_is_in_the_record(
    store: EmbeddedStore, row: dict[str, str]
) -> None:
    thing = f"<https://w3id.org/depositary/id/{row['thing']}>"
    assert store.select(f"SELECT ?source WHERE {{ ?claim dep:about {thing} }}")


# 12: what does policy allow on 1 January 2025, by component?
def test_what_the_policy_sets_on_a_day_is_told_by_component(client: TestClient) -> None:
    answer = get(client, "/states/USA/policies?on=2025-01-01")
    assert answer["in_force"] == "usa-landmines-2022"
    said = {(m["component"], m["modality"], m["except_in"]) for m in answer["holding"]}
    assert ("placeOfUse", "prohibition", "Korean Peninsula") in said
    assert ("stockpileRule", "duty", "Korean Peninsula") in said
    assert {("transferRule", "prohibition", None), ("productionRule", "prohibition", None)} <= said
    transfer = next(e for e in answer["events"] if e["id"] == "usa-transfer-ukraine-2024")
    assert transfer["departs_from"] == ["usa-2022-transfer"]


# 13: what changed on 2 December 2025, component by component?
def test_what_the_memorandum_changed_is_told_component_by_component(client: TestClient) -> None:
    answer = get(client, MEMO)
    changes = {name: c["change"] for name, c in by_component(answer).items()}
    assert changes == {
        "placeOfUse": "lifted", "stockpileRule": "changed", "authorityToUse": "new",
        "selfDestructRule": "new", "reviewRule": "new", "assistanceRule": "kept",
        "productionRule": "kept", "transferRule": "kept", "treatyGoal": "kept"}  # fmt: skip
    reviewed = {name for name, c in by_component(answer).items() if c["under_review"]}
    assert reviewed == {"assistanceRule", "productionRule", "transferRule", "treatyGoal"}
    assert by_component(answer)["placeOfUse"]["force"] == "objectiveOnly"
    assert by_component(answer)["selfDestructRule"]["force"] == "interimGuidance"
    norms = [n for c in answer["components"] for n in (*c["before"], *c["after"])]
    assert all(norm["sources"] for norm in norms)


def test_the_act_is_an_interim_memorandum_public_since_a_later_day(client: TestClient) -> None:
    (memo,) = get(client, MEMO)["instruments"]
    assert (memo["instrument"], memo["status"]) == ("departmentMemorandum", "policyInterim")
    assert (memo["valid_from"], memo["public_on"]) == ("2025-12-02", "2025-12-19")
    assert memo["replaces_all"] == ["usa-landmines-2022"]


# 14: was the rule outside Korea ever a statute?
def test_the_rule_outside_korea_was_never_a_statute(client: TestClient) -> None:
    answer = get(client, "/states/USA/policies?on=2025-01-01")
    assert sorted(law["id"] for law in answer["laws"]) == US_LAWS
    holding = {m["instrument"] for m in answer["holding"] if m["component"] == "placeOfUse"}
    assert holding == {"usa-landmines-2022"}
    in_doubt = {m["component"] for m in answer["in_doubt"] if m["instrument"] in US_LAWS}
    assert in_doubt == {"transferRule", "treatyGoal"}


# 15: how often has the policy on use outside Korea been turned round?
def test_the_policy_on_use_outside_korea_turned_round_five_times_after_1998(
    client: TestClient,
) -> None:
    rows = client.get("/sparql", params={"query": _query("place_rules")}).json()
    said = {r["policy"]["value"].rsplit("-", 1)[-1]: r["modality"]["value"]
            for r in rows["results"]["bindings"]}  # fmt: skip
    turns = [said[year] for year in ("1998", "2004", "2014", "2020", "2022", "2025")]
    assert turns == ["prohibition", "permission"] * 3


# 16: who had to approve use outside Korea under the policy of 2020?
def test_who_decided_under_the_policy_of_2020_is_contested(client: TestClient) -> None:
    rows = client.get("/sparql", params={"query": _query("contested_authority")}).json()
    said = [(r["value"]["value"], r["authority"]["value"]) for r in rows["results"]["bindings"]]
    assert said == [
        ("Secretary of Defense, on the proposal of a combatant commander", "government"),
        ("Combatant commanders", "specialist"),
    ]


# 17: did the transfer of 2024 contradict the policy, and did it go to a party?
def test_the_transfer_of_2024_departs_from_the_policy_and_went_to_a_party(
    client: TestClient,
) -> None:
    rows = client.get("/sparql", params={"query": _query("departures")}).json()["results"]
    departed = {(_last(r, "value"), _last(r, "instrument")) for r in rows["bindings"]}
    assert departed == {("usa-transfer-ukraine-2024", "usa-landmines-2022")}
    rows = client.get("/sparql", params={"query": _query("transfers_to_parties")}).json()["results"]
    found = {(r["value"]["value"].rsplit("/", 1)[-1], r["since"]["value"])
             for r in rows["bindings"] if r["treaty"]["value"].endswith("/ottawa")}  # fmt: skip
    assert found == {("ukr", "2006-06-01")}


# 19: was the review finished by 2 March 2026?
@pytest.mark.parametrize(("on", "outcome", "since"), [
    ("2025-12-19", "open", None), ("2026-03-02", "open", None),
    ("2026-03-03", "unknown", "2026-03-02"), ("2026-11-01", "unknown", "2026-03-02"),
])  # fmt: skip
def test_the_result_of_the_review_is_unknown_since_it_was_due(
    client: TestClient, on: str, outcome: str, since: str | None
) -> None:
    events = get(client, f"/states/USA/policies?on={on}")["events"]
    (review,) = [e for e in events if e["id"] == "usa-review-2025"]
    assert (review["due_on"], review["outcome"]) == ("2026-03-02", outcome)
    assert review["unknown_since"] == since


# 39: since when was the policy valid, and since when known?
@pytest.mark.parametrize(("known", "in_force"), [
    ("2025-12-18", "usa-landmines-2022"), ("2025-12-19", "usa-landmines-2025"),
])  # fmt: skip
def test_the_memorandum_is_not_known_before_it_was_disclosed(
    client: TestClient, known: str, in_force: str
) -> None:
    answer = get(client, f"/states/USA/policies?on=2025-12-10&known={known}")
    assert answer["in_force"] == in_force
    compared = get(client, f"{MEMO}&known={known}")
    assert bool(compared["instruments"]) == (known == "2025-12-19")
    old = next(p for p in answer["policies"] if p["id"] == "usa-landmines-2022")
    assert old["valid_until"] == ("2025-12-02" if known == "2025-12-19" else None)


# 40: what would bind whom on 1 March 2026?
def test_what_binds_whom_is_listed_with_its_article(client: TestClient) -> None:
    rows = client.get("/sparql", params={"query": _query("bound_on")}).json()["results"]["bindings"]
    ottawa = [r for r in rows if r["treaty"]["value"].endswith("/ottawa")]
    standing = {_last(r, "state"): _last(r, "standing") for r in ottawa}
    assert standing == {"pol": "formerParty", "nor": "party", "ukr": "party", "usa": "nonSignatory"}
    owed = {(_last(r, "state"), _last(r, "conduct")) for r in ottawa if "norm" in r}
    assert {("nor", "use"), ("nor", "assistance"), ("ukr", "use")} <= owed
    assert {state for state, _ in owed} == {"nor", "ukr"}
    marked = {_last(r, "qualifier") for r in ottawa if _last(r, "state") == "ukr"}
    assert marked == {"suspensionClaimed", "suspensionContested"}


@pytest.mark.parametrize(("on", "use", "transfer"), [
    ("2005-01-01", "contradicts", "agrees"),
    ("2015-01-01", "partly", "silent"),
    ("2021-01-01", "contradicts", "silent"),
    ("2023-01-01", "partly", "agrees"),
    ("2025-12-19", "contradicts", "agrees"),
])  # fmt: skip
def test_the_distance_from_a_treaty_is_told_duty_by_duty(
    client: TestClient, on: str, use: str, transfer: str
) -> None:
    answer = get(client, f"/states/USA/policies/distance?treaty=ottawa&on={on}")
    found = {o["obligation"]["id"]: o["agreement"] for o in answer["obligations"]}
    assert (found["ottawa-use"], found["ottawa-transfer"]) == (use, transfer)
    assert answer["bound"] == "nonSignatory"


def test_a_source_that_calls_a_policy_a_statute_contests_its_instrument(
    client: TestClient,
) -> None:
    claims = get(client, "/claims?about=policy/usa-landmines-2022")["claims"]
    says = {c["claim"]["source"]["id"]: c["claim"] for c in claims if not c["examined"]}
    assert says["us-mines-article-2025-12"]["states_instrument"] == "statute"
    for wrong in ("us-mines-article-2025-12", "flga-2025-12-20", "walx-2025-12"):
        assert says[wrong]["source"]["says"] == "contests"
    assert says["politico-2022-06-21"]["source"]["says"] in {"accepted", "agrees"}


def test_two_days_of_one_source_leave_the_day_of_a_policy_open(client: TestClient) -> None:
    policies = get(client, "/states/USA/policies?on=2026-01-01")["policies"]
    found = {p["id"]: p["valid_from"] for p in policies}
    assert found["usa-landmines-1998"] == "1998-05-15/1999-05-15"


def test_estimates_of_the_stock_are_kept_side_by_side(store: EmbeddedStore) -> None:
    query = "SELECT ?value WHERE { ?c dep:about practice:usa-stockpile ; dep:most ?value }"
    assert sorted(values(store, query)) == ["10000000", "3000000"]


@pytest.mark.parametrize(("path", "status"), [
    ("/states/USA/policies/compare", 400),
    ("/states/USA/policies/compare?from=2026-01-01&to=2025-01-01", 400),
    ("/states/USA/policies/compare?from=soon", 400),
    ("/states/atlantis/policies/compare?from=2025-01-01", 404),
    ("/states/USA/policies/distance", 400),
    ("/states/USA/policies/distance?treaty=atlantis", 404),
])  # fmt: skip
def test_a_comparison_that_cannot_be_made_is_explained(
    client: TestClient, path: str, status: int
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_state_without_policies_has_none(client: TestClient) -> None:
    answer = get(client, "/states/POL/policies/compare?from=2025-01-01&to=2025-12-31")
    assert (answer["components"], answer["instruments"]) == ([], [])


def _query(name: str) -> str:
    from api.answers.view import query_text

    return query_text(name)


def _last(row: dict[str, Any], name: str) -> str:
    return str(row[name]["value"]).rsplit("/", 1)[-1]
