"""The page on which a query is written, and on which its rows stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from api.pages.frame import verbatim
from tests.api.outline import BROWSER, Outline, opened

if TYPE_CHECKING:
    from starlette.testclient import TestClient

QUERY = "SELECT ?s WHERE { ?s a dep:Treaty FILTER (?s = treaty:ottawa) }"


def test_a_browser_sees_the_rows_of_a_query_as_a_table(client: TestClient) -> None:
    page = opened(client, f"/sparql?query={QUERY}")
    assert "One row." in page.text
    assert "treaty:ottawa" in page.text
    assert "/id/treaty/ottawa" in [g["href"] for g in page.all("a")]


def test_an_address_in_a_result_is_followed_only_into_the_web(client: TestClient) -> None:
    query = (
        "SELECT * WHERE { VALUES ?x { <javascript:alert(1)> <data:text/html,x> <http://a.b/> } }"
    )
    page = opened(client, f"/sparql?query={query}")
    outside = [g["href"] for g in page.all("a") if not g["href"].startswith(("/", "#", "https://"))]
    assert outside == ["http://a.b/"]
    assert "javascript:alert(1)" in page.text


def test_a_page_shows_a_thousand_rows_and_says_how_many_there_are(client: TestClient) -> None:
    page = opened(client, "/sparql?query=SELECT * WHERE { ?s ?p ?o } LIMIT 1200")
    assert "1200 rows. Only the first 1000 are shown" in page.text
    assert len(page.all("tr")) == 1001


def test_a_wrong_query_stays_in_the_form_with_the_place_of_the_error(client: TestClient) -> None:
    answer = client.get("/sparql?query=SELECT *%0AWHERE { ?s", headers=BROWSER)
    page = Outline(answer.text)
    assert answer.status_code == 400
    assert "^ line 2" in page.text
    assert "SELECT * WHERE { ?s" in page.text.partition("Query")[2]
    assert [g.get("aria-invalid") for g in page.all("textarea")] == ["true"]


def test_a_refused_query_says_why_on_the_page(client: TestClient) -> None:
    query = "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    answer = client.get("/sparql", params={"query": query}, headers=BROWSER)
    assert answer.status_code == 403
    assert "this service does not call other endpoints" in Outline(answer.text).text


def test_every_example_can_be_asked_as_it_stands(client: TestClient) -> None:
    page = opened(client, "/sparql")
    names = [g["href"] for g in page.all("a") if "example=" in g["href"]]
    assert len(names) > 15
    for href in names:
        html = client.get(href, headers=BROWSER).text
        found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", html, re.DOTALL)
        assert found
        assert found[1].startswith("# ")


def test_a_query_comes_back_in_the_form_letter_by_letter(client: TestClient) -> None:
    query = '\n\n  ASK { ?s ?p "</textarea><script>1</script>" }'
    html = client.get("/sparql", params={"query": query}, headers=BROWSER).text
    assert f">\n{verbatim(query)}</textarea>" in html
    assert "<script>1" not in html


def test_marks_that_reorder_a_line_are_shown_as_their_codes() -> None:
    assert verbatim('ASK { ?s ?p "\u202ea" }') == "ASK { ?s ?p &#34;\\u202Ea&#34; }"
