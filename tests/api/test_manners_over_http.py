"""What clients expect of HTTP beyond the answers themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

ADDRESSES = ["/", "/health", "/treaties", "/graphs/ring.svg", "/id/state/pol.ttl", "/docs"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_get_without_the_body(client: TestClient, address: str) -> None:
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.headers.get("etag") == whole.headers.get("etag")


def test_a_foreign_host_gets_into_no_link(client: TestClient) -> None:
    answer = client.get("/treaties/ottawa/withdrawals", headers={"Host": "evil.example"})
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("address", ["/treaties/", "/treaties/ottawa/parties/", "/id/state/pol/"])
def test_a_slash_at_the_end_makes_no_difference(client: TestClient, address: str) -> None:
    assert client.get(address, follow_redirects=False).status_code == 200


def test_any_entity_tag_is_the_one_that_is_held(client: TestClient) -> None:
    assert client.get("/treaties", headers={"If-None-Match": "*"}).status_code == 304


@pytest.mark.parametrize(
    ("address", "status", "reason"),
    [
        ("/treaties?on=2025-01-01&on=2025-01-02", 400, "more than once"),
        ("/sparql?query=ASK{}&query=ASK{}", 400, "more than once"),
        ("/treaties.csv?format=json", 400, "choose one"),
        ("/treaties/ottawa%00", 404, "no treaty"),
        ("/graphs/ring.svg?state=POL", 400, "leave state="),
        ("/graphs/neighbourhood.html?state=POL&policy=usa-landmines-2025", 400, "alone"),
    ],
)
def test_what_contradicts_itself_is_refused(
    client: TestClient, address: str, status: int, reason: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert reason in answer.text


def test_a_long_name_is_not_echoed_whole(client: TestClient) -> None:
    assert len(client.get(f"/states/{'x' * 20_000}").text) < 1000
