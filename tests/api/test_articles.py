"""A press article taken apart: verdicts that queries find, against those researched by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from api.answers.examination import outcome_of, parameters, verdict_of
from api.answers.examined_shapes import CheckMade
from api.answers.view import QUERIES
from graph.errors import WrongUse
from tests.api.outline import opened
from tests.api.test_treaties_over_http import get
from tests.graph.lookups import table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from starlette.testclient import TestClient

    from graph.store import EmbeddedStore

ARTICLE = "us-mines-article-2025-12"
RESEARCHED = {row["number"]: row["verdict"] for row in table("article_verdicts.csv")}
WRONG = {
    "walx-2025-12": {"contradicted"},
    "flga-2025-12-20": {"contradicted", "nuance"},
    "aerocloud-2025-12": {"notCorroborated"},
    "trumpswarcrimes-2026-03-26": {"notCorroborated"},
    "truth-international-2026": {"notCorroborated"},
    "gamereactor-casualties-2025-12-01": {"contradicted"},
    "national-interest-2025-12": {"contradicted"},
    "un-avl-intro": {"contradicted"},
}


@pytest.fixture(scope="module")
def examined(client: TestClient) -> Mapping[str, dict[str, Any]]:
    """Answer the statements of the article by their numbers."""
    claims = get(client, f"/articles/{ARTICLE}?format=json&on=2026-11-01")["claims"]
    return {row["examined"]["number"]: row["examined"] for row in claims}


def test_every_statement_has_the_verdict_that_was_researched(
    examined: Mapping[str, dict[str, Any]],
) -> None:
    found = {number: one["verdict"] for number, one in examined.items()}
    differing = {n: (found.get(n), v) for n, v in RESEARCHED.items() if found.get(n) != v}
    assert differing == {}
    assert len(found) == 44


def test_most_verdicts_are_found_by_queries(examined: Mapping[str, dict[str, Any]]) -> None:
    stated = {n for n, one in examined.items() if one["verdict_by"] == "editor"}
    assert stated == {"C11", "C16", "C17", "C18", "C20", "C21", "C22", "C24", "C32", "C43", "C44"}
    assert all(one["checks"] for n, one in examined.items() if n not in stated)


def test_every_statement_names_sources_other_than_itself(
    examined: Mapping[str, dict[str, Any]],
) -> None:
    for number, one in examined.items():
        names = {source["id"] for source in one["evidence"]}
        assert ARTICLE not in names
        assert names or one["verdict"] == "opinion", number


def test_quotations_are_short_and_in_their_place(examined: Mapping[str, dict[str, Any]]) -> None:
    for number, one in examined.items():
        if one["quotation"] is None:
            assert one["verdict"] == "omitted", number
        else:
            length = one["quotation_end"] - one["quotation_start"]
            assert len(one["quotation"]) == length <= 120, number


def test_the_query_of_a_check_gives_what_the_check_found(
    client: TestClient, examined: Mapping[str, dict[str, Any]]
) -> None:
    for check in (c for one in examined.values() for c in one["checks"]):
        rows = client.get(check["sparql"], headers={"Accept": "application/json"})
        found = {r["value"]["value"].rsplit("/", 1)[-1].rsplit("#", 1)[-1]
                 for r in rows.json()["results"]["bindings"] if r}  # fmt: skip
        assert found >= set(check["found"]) or not check["found"], check["query"]


@pytest.mark.parametrize(("source", "verdicts"), WRONG.items())
def test_a_source_that_is_known_to_be_wrong_is_refuted(
    client: TestClient, source: str, verdicts: set[str]
) -> None:
    claims = get(client, f"/claims?source={source}&on=2026-11-01")["claims"]
    assert {row["examined"]["verdict"] for row in claims if row["examined"]} == verdicts


def test_no_wrong_source_is_accepted_for_a_policy(client: TestClient) -> None:
    for policy in ("usa-landmines-2022", "usa-landmines-2025"):
        claims = get(client, f"/claims?about=policy/{policy}")["claims"]
        for row in claims:
            said = row["claim"]
            if said["source"]["id"] in WRONG and said["done_on"]:
                assert said["source"]["says"] == "contests"


@pytest.mark.parametrize(
    ("verdict", "count"), [("contradicted", 3), ("omitted", 1), ("opinion", 4)]
)
def test_claims_can_be_asked_for_by_verdict(client: TestClient, verdict: str, count: int) -> None:
    answer = get(client, f"/claims?source=S01&verdict={verdict}")
    assert len([row for row in answer["claims"] if row["examined"]]) == count


def test_an_unknown_verdict_is_an_error_that_names_near_ones(client: TestClient) -> None:
    answer = client.get(f"/claims?source={ARTICLE}&verdict=contradict")
    assert (answer.status_code, answer.json()["near"][0]) == (404, "contradicted")


def test_before_it_was_published_an_article_says_nothing(client: TestClient) -> None:
    assert client.get(f"/articles/{ARTICLE}?known=2025-11-30").status_code == 404


def test_the_page_reads_like_an_annotated_article(client: TestClient) -> None:
    page = opened(client, f"/articles/{ARTICLE}?on=2026-11-01")
    assert page.open == []
    assert len(page.all("blockquote")) == 43
    for words in (
        "contradicted",
        "needs nuance",
        "stated by an editor",
        "found by queries",
        "nullifies prior U.S. legislation",
        "The memorandum is of 2 December 2025",
    ):
        assert words in page.text
    marked = [item for item in page.all("li") if item.get("class", "").startswith("examined ")]
    assert len(marked) > 44
    assert any("query=" in link.get("href", "") for link in page.all("a"))


def test_a_document_that_is_not_taken_apart_is_an_error_that_names_others(
    client: TestClient,
) -> None:
    answer = client.get("/articles/politico-2022-06-21")
    assert answer.status_code == 404
    assert "that the record takes apart" in answer.json()["detail"]


@pytest.mark.parametrize(("expects", "found", "outcome"), [
    ("some", ["x"], "holds"), ("some", [], "fails"), ("none", [], "holds"),
    ("> 160", ["166"], "holds"), ("= 164", ["166"], "fails"), ("> 1", [], "no answer"),
    ("count > 1", ["a", "b"], "holds"), ("count > 1", [], "fails"),
    ("is x", ["X"], "holds"), ("is x", ["x", "y"], "fails"), ("is x", [], "no answer"),
    ("has statute", ["statute"], "holds"), ("has use", ["reuse"], "fails"),
    ("has 2023", ["2023-01-01"], "holds"), ("lacks a", ["b"], "holds"),
    ("has Korean Peninsula", ["the korean peninsula"], "holds"),
])  # fmt: skip
def test_an_expectation_is_met_or_not(expects: str, found: list[str], outcome: str) -> None:
    assert outcome_of(expects, found) == outcome


def test_an_expectation_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(WrongUse, match="has statute"):
        outcome_of("many", [])


@pytest.mark.parametrize(("outcomes", "verdict"), [
    ([("core", "holds")], "supported"),
    ([("core", "holds"), ("caveat", "fails")], "supported"),
    ([("core", "holds"), ("caveat", "holds")], "nuance"),
    ([("core", "fails"), ("caveat", "holds")], "contradicted"),
    ([("core", "no answer")], "notCorroborated"),
    ([("core", "holds"), ("corroboration", "fails")], "notCorroborated"),
])  # fmt: skip
def test_a_verdict_follows_from_the_checks(outcomes: list[tuple[str, str]], verdict: str) -> None:
    checks = [CheckMade(role, "", "", [], outcome, "", "") for role, outcome in outcomes]
    assert verdict_of(checks) == verdict


def test_every_check_asks_a_query_with_its_own_parameters(store: EmbeddedStore) -> None:
    rows = store.select(
        "SELECT ?asks ?given WHERE { ?c dep:asks ?asks ; dep:withParameters ?given }"
    )
    for row in rows:
        text = (QUERIES / f"{row['asks']}.rq").read_text(encoding="utf-8")
        match = re.search(r"VALUES \(?((?:\?\w+ ?)+)\)? \{", text)
        assert match
        names = match[1].replace("?", "").split()
        assert set(names) == set(parameters(row["given"] or "")), row["asks"]
        assert "?value" in text
