"""The standing of a state over HTTP: why it stands so, and who says otherwise."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from api.answers.view import View
from tests.api.test_treaties_over_http import get

if TYPE_CHECKING:
    from datetime import date

    from starlette.testclient import TestClient

    from graph.store import Row


@pytest.mark.parametrize("name", ["POL", "pol", "poland", "Poland", "PL"])
def test_a_state_answers_to_all_its_names(client: TestClient, name: str) -> None:
    answer = get(client, f"/states/{name}/treaties/ottawa?on=2025-12-19")
    assert answer["state"] == {"id": "POL", "name": "Poland"}


def test_the_standing_of_poland_rests_on_its_acts_and_the_article(client: TestClient) -> None:
    answer = get(client, "/states/POL/treaties/ottawa?on=2025-12-19")
    assert (answer["standing"], answer["qualifiers"]) == ("party", ["withdrawalPending"])
    assert (answer["since"], answer["until"]) == ("2025-08-20", "2026-02-20")
    assert answer["standing_since"] == "2013-06-01"
    by_type = {act["type"]: act for act in answer["acts"]}
    assert by_type["signature"]["done_on"] == "1997-12-04"
    assert by_type["ratification"]["deposited_on"] == "2012-12-27"
    assert by_type["withdrawal"]["rule"] == {
        "id": "ottawa-withdrawal",
        "article": "Article 20(3)",
        "sources": ["nl-laws-bwbv0001384"],
    }
    says = {c["source"]["id"]: c["source"]["says"] for c in by_type["withdrawal"]["claims"]}
    assert says["untc-2026-02-03"] == "accepted"
    assert says["haberler-2025-12-18"] == "contests"
    assert "parliamentaryVote" in {step["type"] for step in answer["domestic_steps"]}


def test_the_sides_on_ukraine_are_kept_apart(client: TestClient) -> None:
    answer = get(client, "/states/UKR/treaties/ottawa?on=2026-03-01")
    sides = {view["according_to"]: view for view in answer["views"]}
    assert sides["claimant"]["in_operation"] is False
    assert sides["objectors"]["in_operation"] is True
    assert set(sides["objectors"]["who"]) >= {"CHE", "NOR", "22msp"}
    assert {view["standing"] for view in answer["views"]} == {"party"}


def test_a_standing_that_cannot_be_told_lists_what_is_possible(client: TestClient) -> None:
    answer = get(client, "/states/LBN/treaties/ottawa?on=2026-08-01")
    assert answer["standing"] is None
    assert answer["possible"] == ["contractingState", "nonSignatory", "party"]
    assert "2026-01-12" in answer["reason"]


def test_the_united_states_never_signed_and_held_policies_in_turn(
    client: TestClient,
) -> None:
    assert get(client, "/states/USA/treaties/ottawa?on=2025-12-19")["standing"] == "nonSignatory"
    policies = get(client, "/states/USA/policies?on=2025-12-19")
    assert [p["valid_from"] for p in policies["policies"]] == [
        "1996-05-16",
        "1997-01-17",
        "1998-05-15/1999-05-15",
        "2004-02-27",
        "2014-06-27",
        "2014-09-23",
        "2020-01-31",
        "2022-06-21",
        "2025-12-02",
    ]
    assert policies["in_force"] == "usa-landmines-2025"
    latest = get(client, "/policies/usa-landmines-2025")
    assert latest["policy"]["instrument"] == "departmentMemorandum"
    assert latest["policy"]["status"] == "policyInterim"
    assert latest["policy"]["public_on"] == "2025-12-19"
    assert all(measure["sources"] for measure in latest["measures"])


def test_acts_of_later_days_are_left_out(client: TestClient) -> None:
    answer = get(client, "/states/POL/treaties/ottawa?on=2000-01-01")
    assert [act["type"] for act in answer["acts"]] == ["signature"]


def test_model_knowledge_is_named_as_such(client: TestClient) -> None:
    answer = get(client, "/states/MNE/treaties/ottawa?on=2007-01-01")
    (succession,) = answer["acts"]
    assert (succession["effective_on"], succession["effect_basis"]) == ("2006-06-03", "stated")
    assert succession["rule"]["sources"] == ["model-knowledge"]
    by_source = {c["source"]["id"]: c for c in succession["claims"]}
    assert by_source["model-knowledge"]["source"]["authority"] == "model"
    assert by_source["model-knowledge"]["effective_on"] == "2006-06-03"


def test_changes_name_who_moved_and_how(client: TestClient) -> None:
    answer = get(client, "/changes?since=2025-12-19&until=2026-03-01")
    assert [(c["day"], c["state"]["id"]) for c in answer["changes"] if "party" in c["before"]] == [
        ("2025-12-27", "EST"),
        ("2025-12-27", "LVA"),
        ("2025-12-27", "LTU"),
        ("2026-01-10", "FIN"),
        ("2026-02-20", "POL"),
    ]


def test_claims_can_be_asked_by_event_and_by_source(client: TestClient) -> None:
    by_event = get(client, "/claims?about=action/ltu-ottawa-withdrawal")["claims"]
    wrong = next(c for c in by_event if c["claim"]["source"]["id"] == "caliber-az")
    assert wrong["claim"]["effective_on"] == "2025-05-08"
    assert wrong["claim"]["source"]["says"] == "contests"
    by_source = get(client, "/claims?source=S05")["claims"]
    assert {c["claim"]["source"]["id"] for c in by_source} == {"npaid-22msp"}
    assert get(client, "/sources/npaid-22msp")["references"] == ["S05"]


def test_the_page_of_a_state_asks_the_store_once_for_all_treaties(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Counter[str] = Counter()
    ask = View.ask

    def counting(self: View, name: str, **values: str | date) -> list[Row]:
        asked[name] += 1
        return ask(self, name, **values)

    monkeypatch.setattr(View, "ask", counting)
    page = client.get("/id/state/nor.html?on=2024-05-17").text
    assert page.count("<section") > len(get(client, "/treaties")["treaties"])
    assert [asked[name] for name in ("standings_of_state", "acts", "events")] == [1, 1, 1]
