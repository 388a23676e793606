"""Request ids, figures, logs, safe headers, and errors that show nothing of the inside."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.web.logs import JsonLines, set_up
from api.web.settings import WebSettings
from graph.errors import WrongUse
from tests.web.figures import figure

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESSES = ("/", "/health", "/treaties", "/states/nowhere", "/nothing", "/static/style.css",
             "/metrics", "/data/latest/SHA256SUMS", "/treaties?version=x", "/docs")  # fmt: skip
PRIVATE = "a-private-matter"


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Answer what is logged while every request is."""
    requests = logging.getLogger("depositary.requests")
    with caplog.at_level(logging.INFO, requests.name):
        yield caplog


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_an_id_and_safe_headers(asker: TestClient, address: str) -> None:
    first, second = (asker.get(address, follow_redirects=False).headers for _ in range(2))
    assert len(first["x-request-id"]) == 16
    assert first["x-request-id"] != second["x-request-id"]
    assert first["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in first["content-security-policy"]
    assert first["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in first


@pytest.mark.parametrize("given", ["proxy-17", "0" * 64])
def test_the_id_that_a_proxy_gives_is_kept(asker: TestClient, given: str) -> None:
    assert asker.get("/health", headers={"X-Request-Id": given}).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "<script>", "a\tb"])
def test_an_id_that_could_do_harm_is_replaced(asker: TestClient, given: str) -> None:
    assert asker.get("/health", headers={"X-Request-Id": given}).headers["x-request-id"] != given


@pytest.mark.parametrize(
    ("address", "method", "asked_for"),
    [("/treaties", "GET", "x-a"), ("/sparql", "POST", "content-type"), ("/", "HEAD", "accept")],
)
def test_any_site_may_read_and_no_site_may_send_credentials(
    asker: TestClient, address: str, method: str, asked_for: str
) -> None:
    headers = {"Origin": "https://reader.example", "Access-Control-Request-Method": method}
    told = asker.options(address, headers=headers | {"Access-Control-Request-Headers": asked_for})
    assert told.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in told.headers
    for wrong in ("PUT", "DELETE", "PATCH"):
        refused = asker.options(address, headers=headers | {"Access-Control-Request-Method": wrong})
        assert refused.status_code == 400


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_an_error_that_nobody_foresaw_shows_nothing_of_the_inside(
    asker: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    accept: str,
) -> None:
    def broken(*given: object) -> None:
        message = f"inside {PRIVATE} {given}"
        raise RuntimeError(message)

    monkeypatch.setattr("api.answers.things.describe", broken)
    monkeypatch.setattr("api.routes.linked_data.describe", broken)
    answer = asker.get("/id/state/pol", headers={"Accept": accept})
    assert answer.status_code == 500
    assert PRIVATE not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["x-request-id"] in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert PRIVATE in caplog.text
    assert answer.headers["x-request-id"] in caplog.text


def test_a_request_is_counted_by_its_route_and_never_by_its_text(asker: TestClient) -> None:
    for state in ("pol", "est", PRIVATE):
        asker.get(f"/states/{state}")
    asker.request("PROPFIND", "/states")
    asker.get(f"/{PRIVATE}")
    route = {"route": "/states/{state}"}
    assert figure(asker, "depositary_requests_total", status="200", **route) == 2
    assert figure(asker, "depositary_requests_total", status="404", **route) == 1
    assert figure(asker, "depositary_requests_total", method="other") == 1
    assert figure(asker, "depositary_request_seconds_count", **route) == 3
    assert figure(asker, "depositary_requests_in_progress") == 1
    assert figure(asker, "process_resident_memory_bytes") > 0
    assert PRIVATE not in asker.get("/metrics").text


def test_a_kept_answer_counts_for_its_route(asker: TestClient) -> None:
    for _ in range(3):
        asker.get("/states/pol")
    route = "/states/{state}"
    assert figure(asker, "depositary_requests_total", route=route, status="200") == 3


def test_figures_can_be_switched_off(small_settings: Settings) -> None:
    settings = replace(small_settings, web=WebSettings(metrics=False))
    with TestClient(create_app(settings)) as client:
        assert client.get("/metrics").status_code == 404


def test_a_line_is_logged_for_each_request_without_what_was_asked(
    asker: TestClient, logged: pytest.LogCaptureFixture
) -> None:
    asker.get("/sparql", params={"query": f"ASK {{ ?s ?p '{PRIVATE}' }}"})
    asker.post("/sparql", data={"query": f"ASK {{ ?s ?p '{PRIVATE}' }}"})
    lines = [json.loads(JsonLines().format(record)) for record in logged.records]
    requests = [line for line in lines if line["logger"] == "depositary.requests"]
    assert [line["method"] for line in requests] == ["GET", "POST"]
    for line in requests:
        assert (line["path"], line["route"], line["status"]) == ("/sparql", "/sparql", 200)
        assert line["ms"] > 0
        assert line["bytes"] > 0
        assert len(line["request_id"]) == 16
    assert PRIVATE not in logged.text + json.dumps(lines)


def test_no_path_can_write_a_line_of_its_own(
    asker: TestClient, logged: pytest.LogCaptureFixture
) -> None:
    asker.get("/states/x%0A2026-01-01 CRITICAL forged")
    record = next(r for r in logged.records if r.name == "depositary.requests")
    assert "\n" not in record.getMessage()
    assert "\n" not in JsonLines().format(record)


@pytest.mark.parametrize(("kind", "told"), [("json", True), ("text", True), ("off", False)])
def test_logs_are_lines_on_standard_error(
    capsys: pytest.CaptureFixture[str], kind: str, *, told: bool
) -> None:
    loggers = [logging.getLogger(name) for name in ("depositary", "uvicorn.error")]
    requests = logging.getLogger("depositary.requests")
    before = [(each, each.handlers, each.propagate, each.level) for each in (*loggers, requests)]
    try:
        set_up(kind)
        requests.info("a request", extra={"request": {"status": 200}})
        loggers[0].error("a fault")
        written = capsys.readouterr().err
    finally:
        for each, handlers, propagate, level in before:
            each.handlers, each.propagate = handlers, propagate
            each.setLevel(level)
    assert ("a request" in written) == told
    assert "a fault" in written
    if kind == "json":
        assert [json.loads(line)["level"] for line in written.splitlines()] == ["info", "error"]


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        ("BODY_KB", "128", "body_kb", 128),
        ("ANSWERS_MB", "0", "answers_mb", 0),
        ("LOG", "json", "log", "json"),
        ("METRICS", "off", "metrics", False),
        ("ARRIVAL_SECONDS", "", "arrival_seconds", 10),
    ],
)
def test_a_setting_is_read_from_the_environment(
    name: str, text: str, field: str, value: object
) -> None:
    settings = Settings.from_environment({f"DEPOSITARY_{name}": text})
    assert getattr(settings.web, field) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("BODY_KB", "0"),
        ("BODY_KB", "-1"),
        ("CONNECTIONS", "many"),
        ("LOG", "loud"),
        ("METRICS", "2"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(name: str, text: str) -> None:
    with pytest.raises(WrongUse, match=f"DEPOSITARY_{name} is '{text}'"):
        WebSettings.from_environment({f"DEPOSITARY_{name}": text})
