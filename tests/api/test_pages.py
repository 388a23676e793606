"""The pages as HTML: what they say on a day, how they are built, what they refuse."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from api.pages.frame import Links
from api.pages.treaty import MAIN_VIEW
from api.pages.words import day, numbered, period, qualified, spoken
from graph.dates import today
from tests.api.outline import BROWSER, Outline, opened

if TYPE_CHECKING:
    from starlette.testclient import TestClient

QUERY = "SELECT ?s WHERE { ?s a dep:Treaty }"
DAYS = ("/", f"/?on={today().isoformat()}")
TWO_DAYS = ("2025-12-20", "2026-03-01")
PAGES = [
    "/",
    "/?on=2025-12-19",
    "/?on=2025-07-15&known=2025-07-10",
    "/id/state/pol",
    "/id/state/ukr",
    "/id/state/lbn",
    "/id/state/usa",
    "/id/state/mne",
    "/id/treaty/ottawa",
    "/id/treaty/ottawa?on=1998-01-01",
    "/id/policy/usa-landmines-2025",
    "/id/source/untc-2026-02-03",
    "/id/source/model-knowledge",
    "/id/action/pol-ottawa-withdrawal",
    "/id/step/ltu-ottawa-seimas",
    "/id/expression/che-objection-ukr-suspension",
    "/id/claim/pol-ottawa-withdrawal.act-2026-01",
    "/id/rule/ottawa-withdrawal",
    "/id/organisation/22msp",
    "/code/withdrawal",
    "/code/actionTypes",
    "/ontology",
    "/sparql",
    "/sparql?example=withdrawals",
    f"/sparql?query={QUERY}",
    "/sparql?query=ASK {}",
    "/sparql?query=DESCRIBE state:pol",
    "/sparql?query=SELECT",
    "/sparql?query=SELECT ?a ?s WHERE { ?a a dep:TreatyAction ; dep:performedBy ?s } LIMIT 9",
    "/treaties",
    "/treaties?on=2025-12-19",
    "/states",
    "/compare",
    "/compare?treaty=ccm&from=2024-01-01&to=2026-01-01",
    "/compare?state=usa&from=2021-01-01&to=2026-01-01",
    "/graphs",
    "/graphs/ring.html",
    "/graphs/ring.html?treaty=ccm&on=2026-03-01",
    "/graphs/neighbourhood.html?state=POL&on=2026-03-01&known=2026-02-01",
    "/docs",
    "/licences",
    "/id/state/polnd",
    "/nothing-here",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_and_can_be_read_by_a_screen_reader(client: TestClient, path: str) -> None:
    page = opened(client, path)
    assert page.open == []
    assert page.tags[0] == ("html", {"lang": "en"})
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert len(page.all("title")) == 1
    links = [given["href"] for given in page.all("a")]
    assert links[0] == "#content"
    names = [given["id"] for _, given in page.tags if "id" in given]
    assert len(names) == len(set(names))
    assert {href[1:] for href in links if href.startswith("#")} <= set(names)
    labelled = {given["for"] for given in page.all("label")}
    fields = [g for g in page.all("input", "textarea", "select") if g.get("type") != "hidden"]
    assert {given["id"] for given in fields} == labelled
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(given.get("scope") in {"row", "col"} for given in page.all("th"))
    assert all(given.get("alt") for given in page.all("img"))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_nothing_and_links_only_to_itself_and_the_web(
    client: TestClient, path: str
) -> None:
    answer = client.get(path, headers=BROWSER)
    page = Outline(answer.text)
    policy = answer.headers["content-security-policy"]
    for kind, script in re.findall(r"<script([^>]*)>(.*?)</script>", answer.text, re.DOTALL):
        digest = b64encode(sha256(script.encode()).digest()).decode()
        assert kind == ' type="application/ld+json"' or f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert not any(name.startswith("on") or name == "style" for _, g in page.tags for name in g)
    assert page.all("style", "object", "embed", "base") == []
    assert all(given["src"].startswith("/graphs/") for given in page.all("iframe"))
    for given in page.all("a", "link", "form"):
        address = given.get("href") or given.get("action") or ""
        assert address.startswith(("/", "#", "http://", "https://"))
        assert not address.startswith("//")
    outside = [g for g in page.all("a") if g["href"].startswith("http")]
    foreign = [g for g in outside if not g["href"].startswith("http://testserver/")]
    assert all("noopener" in given["rel"] for given in foreign)
    assert ("script-src 'sha256-" in policy) == ("<script>" in answer.text)
    assert "script-src 'self'" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2025-12-19", "No state has left; five states have a withdrawal pending"),
        ("2025-12-27", "Three states have left (Estonia, Latvia, Lithuania)"),
        ("2026-01-10", "Four states have left"),
        ("2026-02-20", "Five states have left"),
        ("2025-05-10", "No state has left; 164 states are bound."),
    ],
)
def test_the_start_page_answers_the_main_question_at_sight(
    client: TestClient, on: str, sentence: str
) -> None:
    page = opened(client, f"/?on={on}")
    head, _, rest = page.text.partition("More questions")
    assert sentence in head.partition("On the day")[0]
    assert rest


def test_ukraine_stands_apart_from_those_who_left(client: TestClient) -> None:
    said = opened(client, "/?on=2026-03-01").text
    table = said.partition("States that notified")[2].partition("This table as")[0]
    apart = said.partition("Suspension claimed: not an exit")[2].partition("Announced or")[0]
    assert "Poland" in table
    assert "Ukraine" not in table
    assert "It is counted among the parties" in apart
    for name in ("Switzerland", "Colombia", "Twenty-Second Meeting of the States Parties"):
        assert name in apart


def test_a_vote_at_home_is_announced_and_no_withdrawal(client: TestClient) -> None:
    said = opened(client, "/?on=2025-05-10").text
    assert "No state had notified a withdrawal by 10 May 2025" in said
    assert "The Seimas votes for withdrawal." in said.partition("Announced or decided")[2]


def test_the_known_day_is_kept_in_links_and_asked_of_the_data(client: TestClient) -> None:
    page = opened(client, "/?on=2025-07-01&known=2025-06-01")
    assert "No state had notified a withdrawal" in page.text
    assert "as known by 1 June 2025" in page.text
    links = [g["href"] for g in page.all("a") if "/id/treaty/ottawa" in g["href"]]
    assert links
    assert all("on=2025-07-01&known=2025-06-01" in href for href in links)


def test_a_state_whose_standing_cannot_be_told_is_shown_with_the_reason(
    client: TestClient,
) -> None:
    start = opened(client, "/?on=2026-11-01").text.partition("Standing cannot be told")[2]
    page = opened(client, "/id/state/lbn?on=2026-11-01").text
    sections = page.partition("compare with the year before")[2]
    state = sections.partition("Anti-Personnel Mine Ban Convention")[2]
    state = state.partition("this standing as JSON")[0]
    reason = "not before 12 January 2026, not after 31 December 2026"
    assert "Lebanon" in start
    assert reason in start
    assert reason in state
    assert "Party since" not in state


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/id/state/est?on=2025-12-19", "withdrawal pending, in effect on 27 December 2025"),
        ("/id/state/est?on=2025-12-27", "Former party since 27 December 2025."),
        ("/id/state/ukr?on=2026-03-01", "suspension claimed and contested"),
        ("/id/state/ukr?on=2026-03-01", "the state itself"),
        ("/id/state/pol?on=2026-03-01", "Steps at home which are not treaty acts"),
        ("/id/state/pol?on=2026-03-01", "says otherwise"),
        ("/id/state/pol?on=2026-03-01", "Article 20(3)"),
        ("/id/state/usa?on=2026-03-01", "Neither signed nor bound."),
        ("/id/state/usa?on=2026-03-01", "department memorandum"),
        ("/id/state/mne?on=2026-03-01", "model knowledge"),
        ("/id/treaty/ottawa", "6 months from: receipt; lands on the same day"),
        ("/id/treaty/ottawa", "held back while engaged in an armed conflict"),
        ("/id/policy/usa-landmines-2025", "Public since 19 December 2025"),
        ("/id/policy/usa-landmines-2022", "it does not hold"),
        ("/id/source/untc-2026-02-03", "Kind of authority: depositary."),
        ("/id/action/pol-ottawa-withdrawal", "Withdrawal, Poland"),
        ("/id/action/pol-ottawa-withdrawal", "in effect 26 February 2026"),
        ("/code/withdrawal", "A party notifies that it leaves the treaty."),
    ],
)
def test_a_page_says_in_words_what_the_record_holds(
    client: TestClient, path: str, said: str
) -> None:
    assert said in opened(client, path).text


def test_the_permalink_and_the_picture_are_of_the_day(client: TestClient) -> None:
    page = opened(client, "/?on=2026-03-01")
    canonical = [g["href"] for g in page.all("link") if g["rel"] == "canonical"]
    assert canonical == ["http://testserver/?on=2026-03-01"]
    images = [g["src"] for g in page.all("img")]
    assert images == [f"/graphs/{MAIN_VIEW}.svg?treaty=ottawa&on=2026-03-01"]


def test_what_a_page_names_as_its_other_forms_can_be_had(client: TestClient) -> None:
    for path in ("/?on=2026-03-01", "/id/state/pol", "/id/policy/usa-landmines-2025", "/ontology"):
        page = opened(client, path)
        for other in (g for g in page.all("link") if g["rel"] == "alternate"):
            answer = client.get(other["href"])
            assert answer.status_code == 200
            sent = answer.headers["content-type"].partition(";")[0]
            assert sent == other["type"].replace("json+oembed", "json")


def test_the_description_of_the_data_set_is_json_that_no_script_can_leave(
    client: TestClient,
) -> None:
    html = client.get("/", headers=BROWSER).text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    assert "<" not in found[1]
    described = json.loads(found[1])
    assert described["@type"] == "Dataset"
    assert described["license"] == "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("poland", "/id/state/pol"),
        ("PL", "/id/state/pol"),
        ("mine-ban", "/id/treaty/ottawa"),
        ("22MSP", "/id/organisation/22msp"),
    ],
)
def test_the_search_leads_to_the_page_of_a_name(client: TestClient, name: str, path: str) -> None:
    answer = client.get("/find", params={"name": name}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, path)


def test_the_search_keeps_the_day(client: TestClient) -> None:
    asked = {"name": "Poland", "on": "2025-12-19"}
    answer = client.get("/find", params=asked, follow_redirects=False)
    assert answer.headers["location"] == "/id/state/pol?on=2025-12-19"


def test_an_unknown_name_gets_a_page_with_the_nearest_names(client: TestClient) -> None:
    answer = client.get("/find?name=polnd", headers=BROWSER)
    page = Outline(answer.text)
    assert answer.status_code == 404
    assert "/find?name=Poland" in [g["href"] for g in page.all("a")]
    assert client.get("/find?name=polnd").headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/?on=2025-02-30", 400, "2025-02-30"),
        ("/?when=2025-02-28", 400, "There is no parameter 'when' here"),
        ("/find", 400, "'name'"),
        ("/id/state/polnd", 404, "Did you mean Poland"),
        ("/code/partie", 404, "party"),
        ("/sparql?example=partie", 404, "parties"),
        ("/graphs/ring.html?on=soon", 400, "soon"),
        ("/nothing-here", 404, "There is no such address here"),
    ],
)
def test_a_browser_gets_errors_as_pages_and_a_program_as_problems(
    client: TestClient, path: str, status: int, said: str
) -> None:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == status
    assert said in Outline(answer.text).text
    assert answer.headers["cache-control"] == "no-store"
    assert client.get(path).headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/treaties/otawa", "/id/state/polnd.json", "/graphs/rnig.svg"])
def test_addresses_of_data_answer_problems_even_to_a_browser(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_style_sheet_is_cached_by_itself_and_not_with_the_data(client: TestClient) -> None:
    answer = client.get("/static/style.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert len(answer.headers.get_list("etag")) == 1
    assert "http" not in answer.text


def test_links_keep_a_path_in_front_of_the_service() -> None:
    links = Links("https://example.org/treaties/", on="2025-12-19")
    assert links.thing("state", "POL") == "/treaties/id/state/pol?on=2025-12-19"
    assert links.to("find", name="a&b", on=None) == "/treaties/find?name=a%26b"


def test_words_for_days_periods_numbers_and_qualifiers() -> None:
    assert day("2025-12-27") == '<time datetime="2025-12-27">27 December 2025</time>'
    assert day("../2025-12-02") == "by 2 December 2025"
    assert day("<b>") == "&lt;b&gt;"
    assert day(None, "none") == "none"
    assert (period("P6M"), period("P90D"), period("P1Y"), period("soon")) == (
        "6 months",
        "90 days",
        "1 year",
        "soon",
    )
    assert (numbered(1, "source"), numbered(12, "source")) == ("one source", "12 sources")
    assert qualified(["withdrawalPending"]) == "withdrawal pending"
    assert spoken("not before 2026-01-12") == "not before 12 January 2026"


def test_links_name_the_day_only_where_the_reader_has_named_it(client: TestClient) -> None:
    day = today().isoformat()
    hrefs = {named: [g["href"] for g in opened(client, named).all("a")] for named in DAYS}
    assert "/id/treaty/ottawa" in hrefs["/"]
    assert f"/id/treaty/ottawa?on={day}" in hrefs[f"/?on={day}"]


@pytest.mark.parametrize(
    ("treaty", "day", "said"),
    [
        ("ottawa", "2025-12-27", "three states leave"),
        ("ottawa", "2026-02-20", "Poland leaves"),
        ("ccm", "2025-03-06", "Lithuania leaves"),
        ("open-skies", "2020-11-22", "United States of America leaves"),
    ],
)
def test_the_days_that_tell_of_a_treaty_are_its_own(
    client: TestClient, treaty: str, day: str, said: str
) -> None:
    page = opened(client, f"/id/treaty/{treaty}?on=2026-03-01")
    assert f"/id/treaty/{treaty}?on={day}" in [g["href"] for g in page.all("a")]
    assert said in page.text


def test_the_start_page_leads_to_the_articles_and_every_menu_to_all_treaties(
    client: TestClient,
) -> None:
    page = opened(client, "/")
    hrefs = [g["href"] for g in page.all("a")]
    assert "/articles/us-mines-article-2025-12" in hrefs
    assert {"/treaties", "/states", "/graphs", "/compare", "/sparql", "/docs"} <= set(hrefs)


def test_two_days_of_a_treaty_are_compared_state_by_state(client: TestClient) -> None:
    page = opened(client, "/compare?treaty=ottawa&from=2025-12-20&to=2026-03-01")
    rows = page.text.partition("Standings that changed")[2].partition("side by side")[0]
    told = [
        name for name in ("Estonia", "Latvia", "Lithuania", "Finland", "Poland") if name in rows
    ]
    assert len(told) == 5
    assert "Ukraine" not in rows
    images = [g["src"] for g in page.all("img")]
    assert images == [f"/graphs/ring.svg?treaty=ottawa&on={day}" for day in TWO_DAYS]


def test_two_days_of_a_state_are_compared_with_its_policies(client: TestClient) -> None:
    page = opened(client, "/compare?state=USA&from=2021-01-01&to=2026-01-01")
    assert "Landmine memorandum of the United States Secretary of Defense" in page.text
    assert "Component by component" in page.text


def test_a_later_day_before_an_earlier_one_is_refused(client: TestClient) -> None:
    answer = client.get("/compare?from=2026-01-02&to=2026-01-01", headers=BROWSER)
    assert answer.status_code == 400
    assert "name the earlier day first" in answer.text


@pytest.mark.parametrize("path", ["/treaties", "/states", "/graphs"])
def test_lists_are_pages_for_browsers_and_json_for_programs(client: TestClient, path: str) -> None:
    assert client.get(path).headers["content-type"] == "application/json"
    assert client.get(path, headers=BROWSER).headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/", "/treaties", "/graphs", "/graphs/ring.html", "/compare"])
def test_a_field_of_a_form_that_is_left_empty_is_as_if_not_sent(
    client: TestClient, path: str
) -> None:
    assert client.get(f"{path}?known=", headers=BROWSER).status_code == 200


def test_the_licences_of_what_pages_carry_are_named(client: TestClient) -> None:
    text = opened(client, "/licences").text
    for part in ("pyvis", "vis-network 9.1.2", "Swagger UI", "Liberation Sans", "OFL-1.1"):
        assert part in text


def test_an_answer_is_shown_as_a_table_and_as_a_graph_and_can_be_shared(
    client: TestClient,
) -> None:
    query = "DESCRIBE state:pol"
    page = opened(client, f"/sparql?query={query}")
    assert "bordersOn" in page.text
    images = [g for g in page.all("img") if g["src"].startswith("data:image/svg+xml;base64,")]
    svg = b64decode(images[0]["src"].partition(",")[2]).decode()
    assert "Lithuania" in svg
    assert "http://testserver/sparql?query=DESCRIBE%20state%3Apol" in page.text


@pytest.mark.parametrize("path", ["/", "/id/treaty/npt", "/graphs/ring.html?treaty=npt"])
def test_every_picture_that_a_page_leads_to_can_be_drawn(client: TestClient, path: str) -> None:
    links = {g["href"] for g in opened(client, path).all("a")}
    pictures = sorted(link for link in links if link.startswith("/graphs/"))
    assert pictures
    assert [link for link in pictures if client.head(link).status_code != 200] == []


def test_a_day_that_is_only_a_bound_is_called_the_latest(client: TestClient) -> None:
    assert "Lebanon joins, at the latest" in opened(client, "/?on=2026-11-23").text


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/treaties/mine-ban/withdrawals?on=2026-03-01", "/id/treaty/ottawa?on=2026-03-01"),
        ("/treaties/ottawa", "/id/treaty/ottawa"),
        ("/treaties/ottawa/parties", "/id/treaty/ottawa"),
        ("/states/Poland/treaties?known=2025-12-31", "/id/state/pol?known=2025-12-31"),
        ("/states/POL/treaties/ottawa", "/id/state/pol#ottawa"),
        ("/states/USA/policies", "/id/state/usa"),
    ],
)
def test_data_of_a_treaty_or_state_leads_browsers_to_its_page_and_answers_programs(
    client: TestClient, path: str, page: str
) -> None:
    for accept in ("text/html", BROWSER["Accept"]):
        led = client.get(path, headers={"Accept": accept}, follow_redirects=False)
        assert (led.status_code, led.headers["location"]) == (303, page)
    assert client.get(path).headers["content-type"] == "application/json"
    assert client.get(page, headers=BROWSER).status_code == 200


def test_the_links_of_a_page_to_its_data_give_data_to_a_browser(client: TestClient) -> None:
    for path in ("/id/treaty/ottawa", "/id/state/pol"):
        page = client.get(path, headers=BROWSER).text
        links = set(re.findall(r'href="(/(?:treaties|states)/[^"]+\.json[^"]*)"', page))
        assert links
        for link in links:
            answer = client.get(link, headers=BROWSER)
            assert answer.headers["content-type"] == "application/json"
