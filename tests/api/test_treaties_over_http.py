"""The main question over HTTP: shape, days, CSV, and the SPARQL that gives the same rows."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

LEAVERS = {
    "EST": ("2025-06-27", "2025-07-03", "C.N.360.2025.TREATIES-XXVI-5", "2025-12-27"),
    "LVA": ("2025-06-27", "2025-07-03", "C.N.361.2025.TREATIES-XXVI-5", "2025-12-27"),
    "LTU": ("2025-06-27", "2025-07-03", "C.N.362.2025.TREATIES-XXVI-5", "2025-12-27"),
    "FIN": ("2025-07-10", "2025-07-11", "C.N.372.2025.TREATIES-XXVI-5", "2026-01-10"),
    "POL": ("2025-08-20", "2025-08-26", "C.N.421.2025.TREATIES-XXVI-5", "2026-02-20"),
}
DAYS = [
    ("2025-05-10", 0, 0, 164),
    ("2025-06-26", 0, 0, 164),
    ("2025-06-27", 0, 3, 164),
    ("2025-12-19", 0, 5, 166),
    ("2025-12-26", 0, 5, 166),
    ("2025-12-27", 3, 2, 163),
    ("2026-01-10", 4, 1, 162),
    ("2026-02-19", 4, 1, 162),
    ("2026-02-20", 5, 0, 161),
    ("2026-03-01", 5, 0, 161),
]


def get(client: TestClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(("on", "left", "leaving", "parties"), DAYS)
def test_each_day_has_its_leavers_and_its_number_of_parties(
    client: TestClient, on: str, left: int, leaving: int, parties: int
) -> None:
    answer = get(client, f"/treaties/ottawa/withdrawals?on={on}")
    standings = [row["standing"] for row in answer["withdrawals"]]
    assert standings.count("formerParty") == left
    assert standings.count("party") == leaving
    assert answer["parties"] == parties
    assert answer["on"] == on
    assert answer["known"] is None


def test_every_withdrawal_has_its_days_its_notice_and_its_sources(client: TestClient) -> None:
    answer = get(client, "/treaties/ottawa/withdrawals?on=2026-03-01")
    found = {
        row["state"]["id"]: (
            row["deposited_on"],
            row["circulated_on"],
            row["notice"],
            row["effective_on"],
        )
        for row in answer["withdrawals"]
    }
    assert found == LEAVERS
    for row in answer["withdrawals"]:
        assert row["effect_basis"] == "computed, stated"
        assert row["sources"][0]["id"] == "untc-2026-02-03"
        assert row["sources"][0]["authority"] == "depositary"


def test_a_pending_withdrawal_says_that_it_is_pending(client: TestClient) -> None:
    answer = get(client, "/treaties/ottawa/withdrawals?on=2025-12-19")
    assert {tuple(row["qualifiers"]) for row in answer["withdrawals"]} == {("withdrawalPending",)}


def test_ukraine_claims_suspension_and_never_withdraws(client: TestClient) -> None:
    for on, *_ in DAYS:
        answer = get(client, f"/treaties/ottawa/withdrawals?on={on}")
        assert "UKR" not in {row["state"]["id"] for row in answer["withdrawals"]}
    (suspension,) = get(client, "/treaties/ottawa/withdrawals?on=2026-03-01")["suspensions"]
    assert suspension["state"] == {"id": "UKR", "name": "Ukraine"}
    assert suspension["deposited_on"] == "2025-07-18"
    assert suspension["circulated_on"] == "2025-07-21"
    assert suspension["standing"] == "party"
    assert suspension["qualifiers"] == ["suspensionClaimed", "suspensionContested"]
    assert suspension["contested_by"] == ["AUT", "BEL", "CHE", "COL", "NOR", "NZL"]
    assert suspension["contested_by_meetings"] == ["22msp"]


def test_before_the_first_objection_the_suspension_is_not_contested(client: TestClient) -> None:
    (suspension,) = get(client, "/treaties/ottawa/withdrawals?on=2025-10-16")["suspensions"]
    assert suspension["qualifiers"] == ["suspensionClaimed"]
    assert suspension["contested_by"] == []


def test_what_nobody_could_know_is_not_known(client: TestClient) -> None:
    answer = get(client, "/treaties/ottawa/withdrawals?on=2025-07-01&known=2025-06-01")
    assert answer["withdrawals"] == []
    assert answer["known"] == "2025-06-01"
    assert answer["parties"] == 164


def test_a_vote_at_home_is_announced_and_is_no_withdrawal(client: TestClient) -> None:
    answer = get(client, "/treaties/ottawa/withdrawals?on=2025-05-10")
    votes = [
        a
        for a in answer["announced"]
        if a["state"]["id"] == "LTU" and a["type"] == "parliamentaryVote"
    ]
    assert [vote["done_on"] for vote in votes] == ["2025-05-08"]
    assert answer["withdrawals"] == []


def test_nothing_is_announced_any_more_once_it_is_deposited(client: TestClient) -> None:
    assert get(client, "/treaties/ottawa/withdrawals?on=2026-03-01")["announced"] == []


def test_ukraine_had_decided_to_withdraw_before_it_notified_a_suspension(
    client: TestClient,
) -> None:
    on_5_july = get(client, "/treaties/ottawa/withdrawals?on=2025-07-05")["announced"]
    assert ("UKR", "decree", "withdrawal") in {
        (a["state"]["id"], a["type"], a["aims_at"]) for a in on_5_july
    }


@pytest.mark.parametrize("on", ["2026-07-01", "2026-11-23", "2027-05-31"])
def test_lebanon_is_counted_neither_in_nor_out(client: TestClient, on: str) -> None:
    answer = get(client, f"/treaties/ottawa/parties?on={on}")
    assert answer["count"] == 161
    assert "LBN" not in {party["id"] for party in answer["parties"]}
    (unresolved,) = answer["unresolved"]
    assert unresolved["state"]["id"] == "LBN"
    assert "2026-01-12" in unresolved["reason"]


def test_lebanon_is_certainly_bound_at_the_latest_possible_day(client: TestClient) -> None:
    answer = get(client, "/treaties/ottawa/parties?on=2027-06-01")
    assert (answer["count"], answer["unresolved"]) == (162, [])


@pytest.mark.parametrize("on", ["2025-05-10", "2025-12-19", "2026-03-01"])
def test_the_sparql_link_gives_the_same_rows(client: TestClient, on: str) -> None:
    answer = get(client, f"/treaties/ottawa/withdrawals?on={on}")
    link = urlsplit(str(answer["sparql"]))
    rows = get(client, f"{link.path}?{link.query}")["results"]["bindings"]
    assert [(r["code"]["value"], r["effectiveOn"]["value"]) for r in rows] == [
        (w["state"]["id"], w["effective_on"]) for w in answer["withdrawals"]
    ]


def test_the_sparql_link_keeps_the_day_of_knowledge(client: TestClient) -> None:
    answer = get(client, "/treaties/ottawa/withdrawals?on=2025-09-01&known=2025-07-05")
    link = urlsplit(str(answer["sparql"]))
    rows = get(client, f"{link.path}?{link.query}")["results"]["bindings"]
    assert [r["code"]["value"] for r in rows] == ["EST", "LVA", "LTU"]
    assert [w["state"]["id"] for w in answer["withdrawals"]] == ["EST", "LVA", "LTU"]


@pytest.mark.parametrize("address", ["withdrawals.csv?on=", "withdrawals?format=csv&on="])
def test_csv_has_the_same_rows(client: TestClient, address: str) -> None:
    answer = client.get(f"/treaties/ottawa/{address}2026-03-01")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["state"]: row["effective_on"] for row in rows} == {
        code: days[3] for code, days in LEAVERS.items()
    }
    assert "caliber-az" in next(r for r in rows if r["state"] == "LTU")["sources_contesting"]


@pytest.mark.parametrize("name", ["ottawa", "apmbc", "mine-ban", "Mine Ban Treaty", "OTTAWA"])
def test_a_treaty_answers_to_all_its_names(client: TestClient, name: str) -> None:
    assert get(client, f"/treaties/{name}")["treaty"]["id"] == "ottawa"


def test_a_list_can_be_read_in_parts(client: TestClient) -> None:
    whole = get(client, "/treaties/ottawa/parties?on=2026-03-01")
    part = get(client, "/treaties/ottawa/parties?on=2026-03-01&limit=10&offset=5")
    assert part["total"] == 161
    assert part["parties"] == whole["parties"][5:15]


def test_counts_follow_the_joinings_and_leavings(client: TestClient) -> None:
    counts = get(client, "/treaties/ottawa/counts")["counts"]
    assert counts[0]["day"] == "1999-03-01"
    assert counts[0]["parties"] == 45
    by_day = {c["day"]: c for c in counts}
    assert [s["id"] for s in by_day["2025-12-27"]["left"]] == ["EST", "LVA", "LTU"]
    assert by_day["2025-12-27"]["parties"] == 163


def test_the_treaty_has_its_clauses_as_rules_and_obligations(client: TestClient) -> None:
    answer = get(client, "/treaties/ottawa")
    assert {rule["article"] for rule in answer["rules"]} >= {
        "Article 17(1)",
        "Article 17(2)",
        "Article 20(3)",
    }
    assert {norm["article"] for norm in answer["obligations"]} >= {
        "Article 1",
        "Article 4",
        "Article 5(1)",
        "Article 19",
    }


@pytest.mark.parametrize("path", ["withdrawals", "parties"])
def test_a_day_ahead_says_so_and_whom_it_counts_in_on_a_bound(
    client: TestClient, path: str
) -> None:
    (ahead, lebanon) = get(client, f"/treaties/ottawa/{path}?on=2999-01-01")["notes"]
    assert "2999-01-01 lies after the last entry of the record" in ahead
    assert lebanon.startswith("Lebanon is counted in from 2027-06-01, the last day")
    before = get(client, f"/treaties/ottawa/{path}?on=2027-05-31")
    assert [one["state"]["id"] for one in before["unresolved"]] == ["LBN"]
    assert len(before["notes"]) == 1
    assert get(client, f"/treaties/ottawa/{path}?on=2026-03-01")["notes"] == []


def test_what_was_known_says_how_registers_count(client: TestClient) -> None:
    (note,) = get(client, "/treaties/ottawa/withdrawals?on=2025-12-31&known=2025-12-31")["notes"]
    assert "may have been issued after 2025-12-31" in note
    page = client.get("/id/treaty/ottawa.html?known=2025-12-31").text
    assert "may have been issued after 31 December 2025" in page


def test_citations_name_the_day_the_version_and_the_address(client: TestClient) -> None:
    answer = get(client, "/treaties/ottawa/withdrawals?on=2026-03-01")
    for text in map(str, answer["cite"].values()):
        assert answer["data_version"] in text
        assert answer["permalink"] in text
    assert answer["cite"]["bibtex"].startswith("@dataset{")
    assert answer["cite"]["ris"].startswith("TY  - DATA")
