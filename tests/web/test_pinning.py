"""Addresses that name the version of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

OTHER = "0123456789abcdef"


def version_of(client: TestClient) -> str:
    """Answer the version of the data that a service has."""
    found: str = client.get("/ready").json()["data_version"]
    return found


@pytest.mark.parametrize(
    "address",
    [
        "/treaties/ottawa/withdrawals?on=2026-03-01",
        "/treaties/ottawa/parties.csv?on=2026-03-01&known=2026-01-01",
        "/changes?since=2025-01-01&until=2026-01-01",
        "/graphs/ring.svg?treaty=ottawa&on=2026-03-01",
        "/sparql?query=ASK%7B%7D",
        "/id/state/pol.ttl?on=2026-03-01",
    ],
)
def test_an_address_with_day_and_version_is_for_good(asker: TestClient, address: str) -> None:
    pinned = asker.get(f"{address}&version={version_of(asker)}")
    assert pinned.status_code == 200
    assert pinned.headers["cache-control"] == "public, max-age=31536000, immutable"
    plain = asker.get(address)
    assert plain.content == pinned.content
    assert plain.headers["cache-control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize(
    "address",
    [
        "/treaties/ottawa/withdrawals?limit=5",  # of the day on which it is asked
        "/changes?since=2025-01-01",
        "/?on=2026-03-01",  # a page has links that depend on the day it is read
    ],
)
def test_what_depends_on_the_day_it_is_read_is_asked_again(asker: TestClient, address: str) -> None:
    answer = asker.get(f"{address}&version={version_of(asker)}")
    assert answer.status_code == 200
    assert "immutable" not in answer.headers["cache-control"]


def test_a_pinned_answer_is_the_same_a_day_later(
    asker: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    address = f"/treaties/ottawa/withdrawals?on=2026-03-01&version={version_of(asker)}"
    before = asker.get(address)
    for module in ("api.app", "api.dependencies"):
        monkeypatch.setattr(f"{module}.today", lambda: date(2030, 1, 1))
    later = asker.get(address)
    assert (later.content, later.headers["etag"]) == (before.content, before.headers["etag"])
    held = {"If-None-Match": before.headers["etag"]}
    assert asker.get(address, headers=held).status_code == 304


def test_another_version_leads_to_the_one_that_is_served(asker: TestClient) -> None:
    answer = asker.get(f"/states?limit=2&version={OTHER}", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == f"/states?limit=2&version={version_of(asker)}"
    assert answer.headers["cache-control"] == "no-store"
    assert version_of(asker) in answer.json()["detail"]


def test_no_path_leads_to_another_host(asker: TestClient) -> None:
    answer = asker.get(f"//evil.example/x?version={OTHER}", follow_redirects=False)
    assert not answer.headers["location"].startswith("//")


def test_what_is_no_version_is_refused(asker: TestClient) -> None:
    answer = asker.get("/states?version=latest")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert "latest" in answer.json()["detail"]
    assert asker.get(f"/states?version={OTHER}&version={OTHER}").status_code == 400
