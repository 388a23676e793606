"""Pictures over HTTP: nine views in eight formats, for every day, and errors that help."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from api.answers.pictures import TAKES, VIEWS
from api.pictures import FORMATS

if TYPE_CHECKING:
    from starlette.testclient import TestClient

NINE = [
    "map",
    "ring",
    "timeline",
    "count",
    "matrix",
    "neighbourhood",
    "policy",
    "exposure",
    "votes",
]
NEEDED = {"neighbourhood": "state=POL&", "policy": "state=USA&", "exposure": "state=EST&"}
DAYS = ("1900-01-01", "1968-07-01", "1997-12-03", "1999-03-01", "2026-03-01", "2150-01-01")
STARTS = {
    "html": b"<!doctype html>",
    "svg": b"<svg",
    "png": b"\x89PNG",
    "pdf": b"%PDF-",
    "json": b"{",
    "graphml": b"<?xml",
    "gexf": b"<gexf",
}
LEAVERS = ("Estonia", "Finland", "Latvia", "Lithuania", "Poland", "Ukraine")


def address(view: str, suffix: str, on: str = "2026-03-01") -> str:
    return f"/graphs/{view}.{suffix}?{NEEDED.get(view, '')}on={on}"


def test_all_nine_views_are_offered_in_all_formats(client: TestClient) -> None:
    offered = client.get("/graphs").json()["views"]
    assert sorted(view["id"] for view in offered) == sorted(NINE)
    assert all(set(view["formats"]) == set(FORMATS) for view in offered)
    assert set(VIEWS) == set(TAKES) == set(NINE)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("view", NINE)
def test_every_view_comes_in_every_format_with_its_media_type(
    client: TestClient, view: str, suffix: str
) -> None:
    answer = client.get(address(view, suffix))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMATS[suffix]
    assert answer.content[:20].lower().startswith(STARTS.get(suffix, b"").lower())


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("view", [view for view in NINE if view != "exposure"])
def test_every_view_is_drawn_for_every_day(client: TestClient, view: str, on: str) -> None:
    answer = client.get(address(view, "svg", on))
    assert answer.status_code == 200
    root = ET.fromstring(answer.text)  # noqa: S314 - our own text
    assert root.get("role") == "img"
    assert f"on={on}" in answer.text


def test_exposure_before_a_state_existed_says_so(client: TestClient) -> None:
    answer = client.get(address("exposure", "svg", "1900-01-01"))
    assert answer.status_code == 400
    assert "Estonia has no standing on 1900-01-01" in answer.json()["detail"]


@pytest.mark.parametrize("view", ["map", "ring", "timeline"])
def test_the_five_leavers_and_ukraine_are_written_out(client: TestClient, view: str) -> None:
    svg = client.get(address(view, "svg")).text
    assert all(f">{name}</text>" in svg for name in LEAVERS)


def test_the_map_has_every_state_of_the_record(client: TestClient) -> None:
    told = client.get(address("map", "json")).json()
    codes = {mark["id"] for mark in told["marks"]}
    assert {state["id"] for state in client.get("/states").json()["states"]} <= codes
    kinds = {mark["id"]: mark["kind"] for mark in told["marks"]}
    assert kinds["LBN"] == "unresolved"
    assert [kinds[code] for code in ("COK", "NIU", "VAT", "PSE")] == ["party"] * 4
    assert "no position on the status of any territory" in told["note"]


def test_the_count_of_the_picture_is_the_count_of_the_answer(client: TestClient) -> None:
    counted = client.get("/treaties/ottawa/counts").json()["counts"]
    drawn = client.get(address("count", "json")).json()["marks"]
    assert [(row["day"], f"{row['parties']} parties") for row in counted] == [
        (mark["day"], mark["name"]) for mark in drawn
    ]


def test_the_matrix_tells_the_same_as_the_parties_of_each_treaty(client: TestClient) -> None:
    links = client.get(address("matrix", "json")).json()["links"]
    for treaty in ("ottawa", "npt", "tpnw", "open-skies"):
        found = {x["source"] for x in links if x["target"] == treaty and x["kind"] == "party"}
        bound = client.get(f"/treaties/{treaty}/parties?on=2026-03-01&limit=500").json()
        assert found == {state["id"] for state in bound["parties"]}


def test_the_votes_of_a_column_are_the_votes_of_the_roll_call(client: TestClient) -> None:
    links = client.get(address("votes", "json")).json()["links"]
    column = {x["source"]: x["kind"] for x in links if x["target"] == "a-res-78-45"}
    told = client.get("/resolutions/a-res-78-45").json()
    assert {row["state"]["id"]: row["vote"] for row in told["votes"]} == {
        code: kind for code, kind in column.items() if kind != "notMember"
    }


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/graphs/map.svg?state=POL", "takes treaty="),
        ("/graphs/count.svg?topic=mineBanTreaty", "takes treaty="),
        ("/graphs/matrix.svg?treaty=ottawa", "leave treaty="),
        ("/graphs/policy.svg", "USA"),
        ("/graphs/exposure.svg", "state=EST"),
        ("/graphs/votes.svg?state=POL", "takes topic="),
    ],
)
def test_a_parameter_that_a_view_does_not_take_is_an_error_that_says_what_it_takes(
    client: TestClient, path: str, said: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert said in answer.json()["detail"]


def test_an_unknown_parameter_and_an_unknown_topic_are_errors(client: TestClient) -> None:
    assert client.get("/graphs/map.svg?colour=red").status_code in {400, 422}
    assert client.get("/graphs/votes.svg?topic=cheese").status_code == 404


def test_the_neighbourhood_of_a_state_says_what_it_leaves_out(client: TestClient) -> None:
    told = json.loads(client.get(address("neighbourhood", "json")).text)
    assert "Acts, steps at home and statements are left out" in told["note"]
    assert "Convention on Cluster Munitions" in told["note"]
    kinds = {mark["id"]: mark["kind"] for mark in told["marks"]}
    assert kinds["ottawa"] == "formerParty"
    assert all(link["sources"] for link in told["links"] if link["target"] in {"ottawa", "npt"})
    svg = ET.fromstring(client.get(address("neighbourhood", "svg")).text)  # noqa: S314
    assert float(svg.get("height") or 0) < 1600


def test_the_middle_of_a_former_party_under_its_treaty_is_drawn_as_one(client: TestClient) -> None:
    told = client.get("/graphs/neighbourhood.json?state=POL&treaty=ottawa&on=2026-03-01").json()
    assert told["marks"][0]["kind"] == "formerParty"


def test_the_headline_and_the_legend_of_the_npt_say_that_the_withdrawal_is_contested(
    client: TestClient,
) -> None:
    picture = client.get("/graphs/ring.svg?treaty=npt&on=2026-03-01").text
    assert "(Democratic People's Republic of Korea, which is contested)" in picture
    assert "Former party: 1, of them withdrawal contested: 1" in picture
