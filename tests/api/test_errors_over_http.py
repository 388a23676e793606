"""Wrong questions over HTTP: one shape of error that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

WRONG = [
    ("/treaties/otawa", 404, "'otawa'", "ottawa"),
    ("/states/polnd", 404, "'polnd'", "Poland"),
    ("/treaties/ottawa/parties?on=2025-02-30", 400, "2025-02-30", "2025-12-19"),
    ("/treaties/ottawa/parties?on=19.12.2025", 400, "19.12.2025", "year-month-day"),
    ("/treaties/ottawa/parties?known=soon", 400, "soon", "year-month-day"),
    ("/treaties/ottawa/parties?when=2025-01-01", 400, "'when'", "/docs"),
    ("/treaties/ottawa/parties?limit=-1", 400, "'limit'", "greater"),
    ("/treaties/ottawa/parties?format=pdf", 400, "'pdf'", "csv"),
    ("/treaties/ottawa/parties.ttl", 400, "'ttl'", "csv"),
    ("/changes", 400, "'since'", "required"),
    ("/changes?since=2026-01-01&until=2025-01-01", 400, "2025-01-01", "swap"),
    ("/claims", 400, "about=", "source="),
    ("/claims?about=action/pol-ottawa-withdrawl", 404, "withdrawl", "pol-ottawa-withdrawal"),
    ("/sources/untc", 404, "'untc'", "untc-2026-02-03"),
    ("/policies/usa-landmines-2024", 404, "2024", "usa-landmines-20"),
    ("/graphs/rnig.svg", 404, "'rnig'", "ring"),
    ("/graphs/ring.bmp", 404, "'bmp'", "no format"),
    ("/graphs/neighbourhood.html", 400, "state=", "treaty="),
    ("/graphs/ring.svg?treaty=otawa", 404, "'otawa'", "ottawa"),
    ("/id/state/polnd.json", 404, "'polnd'", "Poland"),
    ("/code/partie.json", 404, "'partie'", "party"),
    ("/nothing-here", 404, "address", "/docs"),
]


@pytest.mark.parametrize(("address", "status", "names", "hints"), WRONG)
def test_an_error_names_the_thing_and_what_to_do(
    client: TestClient, address: str, status: int, names: str, hints: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert names in problem["detail"]
    assert hints in problem["detail"]
    assert "Traceback" not in answer.text


def test_what_cannot_be_accepted_is_said(client: TestClient) -> None:
    answer = client.get("/treaties", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "application/json" in answer.json()["detail"]


def test_a_wrong_method_names_the_right_ones(client: TestClient) -> None:
    answer = client.post("/treaties/ottawa/parties")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
