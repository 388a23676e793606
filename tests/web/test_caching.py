"""Answers that are kept, tags that prove that nothing changed, codings beside each other."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.web.answers import Kept, KeptAnswers
from api.web.compression import CODINGS, best_coding
from api.web.settings import WebSettings
from tests.web.figures import figure, outcomes

if TYPE_CHECKING:
    from pathlib import Path

PARTIES = "/treaties/ottawa/parties?on=2026-03-01"
ASK = "/sparql?query=SELECT%20%2A%20%7B%20%3Fs%20a%20dep%3AState%20%7D"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (PARTIES, PARTIES),
        (PARTIES + "&limit=2", "/treaties/ottawa/parties?limit=2&on=2026-03-01"),
        (ASK, ASK.replace("%20", "+")),
        ("/states?limit=2", "/states?limit=%32"),
    ],
)
def test_a_question_asked_again_is_answered_from_memory(
    asker: TestClient, first: str, second: str
) -> None:
    once, again = asker.get(first), asker.get(second)
    assert once.status_code == again.status_code == 200
    assert (once.content, once.headers["etag"]) == (again.content, again.headers["etag"])
    assert outcomes(asker) == {"hit": 1, "miss": 1, "revalidated": 0}


@pytest.mark.parametrize(
    ("address", "headers", "other", "others"),
    [
        (PARTIES, {}, PARTIES.replace("03", "04"), {}),
        (PARTIES, {}, PARTIES.replace("parties?", "parties.csv?"), {}),
        ("/id/state/pol", {"Accept": "text/turtle"}, "/id/state/pol", {"Accept": "text/html"}),
        ("/states", {}, "/states", {"Host": "localhost:99"}),
        (ASK, {}, ASK, {"Depositary-Rewriting": "off"}),
        (ASK, {}, ASK + "&known=2025-01-01", {}),
    ],
)
def test_different_questions_have_different_tags(
    asker: TestClient,
    address: str,
    headers: dict[str, str],
    other: str,
    others: dict[str, str],
) -> None:
    first, second = asker.get(address, headers=headers), asker.get(other, headers=others)
    assert first.headers["etag"] != second.headers["etag"]
    assert outcomes(asker)["miss"] == 2


def test_one_accept_header_never_gets_the_form_of_another(asker: TestClient) -> None:
    for kind in ("text/turtle", "application/json", "text/html", "text/turtle"):
        answer = asker.get("/id/state/pol", headers={"Accept": kind})
        assert answer.headers["content-type"].startswith(kind)


@pytest.mark.parametrize("coding", [*CODINGS, "identity"])
def test_every_coding_has_the_same_text_and_a_tag_of_its_own(
    asker: TestClient, coding: str
) -> None:
    plain = asker.get(PARTIES, headers={"Accept-Encoding": "identity"})
    coded = asker.get(PARTIES, headers={"Accept-Encoding": coding})
    assert coded.text == plain.text
    assert coded.headers.get("content-encoding", "identity") == coding
    assert (coded.headers["etag"] == plain.headers["etag"]) == (coding == "identity")
    assert int(coded.headers["content-length"]) == coded.num_bytes_downloaded
    assert {"Accept", "Accept-Encoding"} <= set(coded.headers["vary"].split(", "))


@pytest.mark.parametrize("coding", [*CODINGS, "identity"])
def test_a_held_answer_is_confirmed_and_not_sent(asker: TestClient, coding: str) -> None:
    headers = {"Accept-Encoding": coding}
    tag = asker.get(PARTIES, headers=headers).headers["etag"]
    for held in (tag, f'"other", {tag}', f"W/{tag}"):
        again = asker.get(PARTIES, headers=headers | {"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert asker.get(PARTIES, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_tag_holds_after_a_restart(small_settings: Settings) -> None:
    with TestClient(create_app(small_settings)) as before:
        tag = before.get(PARTIES).headers["etag"]
    with TestClient(create_app(small_settings)) as after:
        assert after.get(PARTIES, headers={"If-None-Match": tag}).status_code == 304


def test_any_tag_confirms_only_what_exists(asker: TestClient) -> None:
    assert asker.get("/treaties/otawa", headers={"If-None-Match": "*"}).status_code == 404
    asker.get(PARTIES)
    assert asker.get(PARTIES, headers={"If-None-Match": "*"}).status_code == 304


def test_errors_are_never_kept(asker: TestClient) -> None:
    for _ in range(2):
        answer = asker.get("/treaties/otawa")
        assert answer.status_code == 404
        assert answer.headers["cache-control"] == "no-store"
    assert figure(asker, "depositary_cache_answers") == 0


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "struuid()", "\\u004EOW()"])
def test_a_query_that_asks_for_time_or_chance_is_asked_each_time(
    asker: TestClient, function: str
) -> None:
    query = f"SELECT ({function} AS ?x) {{}}"
    answers = [asker.get("/sparql", params={"query": query}) for _ in range(2)]
    assert not any("etag" in answer.headers for answer in answers)
    assert figure(asker, "depositary_cache_answers") == 0


def test_what_carries_a_password_is_not_shared(asker: TestClient) -> None:
    asker.get(PARTIES, headers={"Authorization": "Bearer secret"})
    assert figure(asker, "depositary_cache_answers") == 0


def test_other_data_have_other_tags(small_record: Path, tmp_path: Path) -> None:
    settings = Settings(records=small_record, cache=tmp_path / "builds")
    with TestClient(create_app(settings)) as client:
        before = client.get(PARTIES).headers["etag"]
    states = small_record / "states.csv"
    states.write_text(states.read_text().replace("Poland", "Polen"))
    with TestClient(create_app(settings)) as client:
        assert client.get(PARTIES).headers["etag"] != before


def test_the_answers_of_yesterday_are_forgotten(
    asker: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = asker.get("/treaties").headers["etag"]
    from datetime import date

    monkeypatch.setattr("api.app.today", lambda: date(2030, 1, 1))
    assert asker.get("/treaties").headers["etag"] != first
    assert figure(asker, "depositary_cache_answers") == 1


def test_nothing_is_kept_where_there_is_no_room(small_settings: Settings) -> None:
    settings = replace(small_settings, web=WebSettings(answers_mb=0))
    with TestClient(create_app(settings)) as client:
        tag = client.get(PARTIES).headers["etag"]
        assert figure(client, "depositary_cache_answers") == 0
        assert client.get(PARTIES, headers={"If-None-Match": tag}).status_code == 304


def test_an_answer_to_a_posted_query_is_compressed_and_not_kept(asker: TestClient) -> None:
    rows = asker.post(
        "/sparql",
        data={"query": "SELECT * { ?s ?p ?o } LIMIT 100"},
        headers={"Accept-Encoding": "gzip"},
    )
    assert (rows.status_code, rows.headers["content-encoding"]) == (200, "gzip")
    assert "etag" not in rows.headers


@given(sizes=st.lists(st.integers(0, 40_000), max_size=60), codings=st.booleans())
def test_the_memory_for_answers_never_grows_over_its_bound(
    sizes: list[int], *, codings: bool
) -> None:
    answers = KeptAnswers(100_000)
    for number, size in enumerate(sizes):
        kept = Kept([], "tag", None, False, False, True, {"identity": bytes(size)})  # noqa: FBT003
        answers.put(number % 7, kept)
        if codings:
            answers.add_body(number % 7, "gzip", bytes(size // 3))
        answers.remember(number % 7, ("seen", number), [], b"")
        held = [found for key in range(7) if (found := answers.get(key))]
        assert {id(kept) for _, kept, _, _ in answers.ready.values()} <= {id(k) for k in held}
        assert answers.bytes == sum(found.size for found in held) <= 100_000
        assert len(answers) == len(held)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, "identity"),
        (b"", "identity"),
        (b"gzip", "gzip"),
        (b"gzip, deflate, br, zstd", "zstd"),
        (b"zstd;q=0.5, gzip;q=0.9", "gzip"),
        (b"zstd;q=0, *", "gzip"),
        (b"*;q=0", "identity"),
        (b"GZIP; q=1.0", "gzip"),
        (b"gzip;q=high", "identity"),
        (b"br", "identity"),
    ],
)
def test_the_coding_that_the_client_prefers_is_sent(accepted: bytes | None, coding: str) -> None:
    assert best_coding(accepted) == coding


def test_the_same_text_gives_the_same_compressed_bytes() -> None:
    body = b"standing " * 500
    assert CODINGS["gzip"](body) == CODINGS["gzip"](body)
    assert gzip.decompress(CODINGS["gzip"](body)) == body


def test_tags_that_come_in_two_lines_are_one_list(asker: TestClient) -> None:
    tag = asker.get(PARTIES).headers["etag"]
    given = [("If-None-Match", '"other"'), ("If-None-Match", tag)]
    assert asker.get(PARTIES, headers=given).status_code == 304
