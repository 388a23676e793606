"""Roll calls and positions over HTTP: votes, words and deeds, each with its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.test_treaties_over_http import get

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_the_roll_calls_of_a_topic_come_with_the_vote_of_a_state(client: TestClient) -> None:
    answer = get(client, "/resolutions?topic=ottawa&state=lebanon")
    assert (answer["topic"], answer["total"]) == ("mineBanTreaty", 30)
    votes = {row["symbol"]: row["vote"] for row in answer["resolutions"]}
    assert votes["A/RES/54/54 B"] == "against"
    assert votes["A/C.1/80/L.30"] is None


def test_not_a_member_is_told_apart_from_absent(client: TestClient) -> None:
    rows = get(client, "/resolutions?topic=mineBanTreaty&state=MNE")["resolutions"]
    votes = {row["symbol"]: row["vote"] for row in rows}
    assert votes["A/RES/51/45 S"] == "notMember"
    assert votes["A/RES/61/84"] == "for"
    absent = get(client, "/resolutions?topic=mineBanTreaty&state=KHM")["resolutions"]
    assert "absent" in {row["vote"] for row in absent}


@pytest.mark.parametrize("name", ["a-res-78-45", "A/RES/78/45", "a-res-78-45?format=json"])
def test_a_roll_call_answers_to_its_slug_and_its_symbol(client: TestClient, name: str) -> None:
    answer = get(client, f"/resolutions/{name}")
    row = answer["resolution"]
    assert (row["votes_for"], row["votes_against"], row["abstaining"], row["absent"]) == (
        168,
        1,
        16,
        8,
    )
    (russia,) = [v for v in answer["votes"] if v["state"]["id"] == "RUS"]
    assert (russia["vote"], russia["single_source"]) == ("against", True)
    assert {s["id"] for s in answer["not_members"]} == {"COK", "NIU", "PSE", "VAT"}


def test_a_roll_call_says_which_of_its_days_is_wrong(client: TestClient) -> None:
    answer = get(client, "/resolutions/a-res-54-54-b")
    assert answer["resolution"]["day"] == "1999-12-01"
    wrong = "voeten-days-before-2003 dates it 1999-12-04; accepted is 1999-12-01"
    assert wrong in answer["notices"]


def test_a_roll_call_of_which_one_vote_is_known_has_totals_as_stated(client: TestClient) -> None:
    answer = get(client, "/resolutions/a-c1-80-l-30")
    row = answer["resolution"]
    assert (row["votes_for"], row["every_vote"], answer["not_members"]) == (154, False, [])
    assert [(v["state"]["id"], v["vote"]) for v in answer["votes"]] == [("EST", "abstain")]


def test_the_positions_of_estonia_show_the_turn(client: TestClient) -> None:
    answer = get(client, "/states/EST/positions?topic=ottawa")
    runs = [(r["body"], r["vote"], r["votes"]) for r in answer["series"]]
    assert runs == [("un-general-assembly", "for", 28), ("un-first-committee", "abstain", 1)]
    kinds = {e["type"] for e in answer["expressions"]}
    assert {"announcement", "reasons", "explanationOfVote"} <= kinds
    assert {p["status"] for p in answer["practice"]} == {"planned", "renounced"}
    assert all(p["statements"] for p in answer["practice"])


def test_what_was_done_later_is_left_out(client: TestClient) -> None:
    answer = get(client, "/states/EST/positions?on=2020-01-01&topic=ottawa")
    assert max(vote["day"] for vote in answer["votes"]) < "2020-01-02"
    assert answer["expressions"] == []


def test_what_was_not_yet_public_is_left_out(client: TestClient) -> None:
    answer = get(client, "/states/RUS/positions?topic=ottawa&known=2010-01-01")
    assert max(vote["day"] for vote in answer["votes"]) < "2010-01-02"
    assert answer["practice"] == []


def test_a_charge_and_its_denial_are_one_disputed_practice(client: TestClient) -> None:
    answer = get(client, "/states/KHM/positions?topic=mineBanTreaty")
    (use,) = [p for p in answer["practice"] if p["conduct"] == "use"]
    assert use["status"] == "disputed"
    assert {said["status"] for said in use["statements"]} == {"alleged", "denied"}


def test_votes_before_a_state_had_a_seat_are_listed(client: TestClient) -> None:
    answer = get(client, "/states/SSD/positions?topic=ottawa")
    assert len(answer["not_member_in"]) == 15
    assert len(answer["votes"]) == 13


def test_an_unknown_topic_names_the_nearest(client: TestClient) -> None:
    answer = client.get("/resolutions?topic=minebn")
    assert answer.status_code == 404
    assert "mineBanTreaty" in answer.json()["detail"]


def test_an_unknown_resolution_is_not_found(client: TestClient) -> None:
    assert client.get("/resolutions/a-res-99-99").status_code == 404


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("/resolutions.csv", "id,name,symbol,topic,body"),
        ("/resolutions/a-res-78-45.csv", "state,state_name,vote"),
        ("/states/POL/positions.csv", "day,resolution,resolution_name"),
    ],
)
def test_the_lists_come_as_csv(client: TestClient, path: str, first: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.text.startswith(first)


def test_a_vote_and_a_practice_can_be_read_as_linked_data(client: TestClient) -> None:
    vote = client.get("/id/vote/a-res-78-45-rus.ttl").text
    assert "code:against" in vote
    practice = client.get("/id/practice/khm-use-2025.ttl").text
    assert "code:disputed" in practice
