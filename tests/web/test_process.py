"""The service as its own process: how it starts, how it stops, what it writes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from tests.web.wire import all_of, connected

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

SLOW = (
    "SELECT (COUNT(*) AS ?n) { { SELECT * { ?a ?b ?c } LIMIT 1500 } "
    "{ SELECT * { ?d ?e ?f } LIMIT 1500 } }"
)
PUBLIC = {"DEPOSITARY_PUBLIC_URL": "https://treaties.example.org/"}
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")


@contextmanager
def process(
    records: Path, cache: Path, **settings: str
) -> Generator[tuple[subprocess.Popen[str], int]]:
    """Start `depositary serve` and answer the process and its port; end it if it has not ended."""
    given = {"DEPOSITARY_RECORDS": str(records), "DEPOSITARY_CACHE": str(cache), **settings}
    command = [sys.executable, "-m", "api", "serve", "--port", "0"]
    with subprocess.Popen(  # noqa: S603 - our own program
        command,
        env={**os.environ, **given},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        try:
            assert started.stdout
            found = ADDRESS.search(started.stdout.readline())
            assert found
            yield started, int(found[1])
        finally:
            if started.poll() is None:
                started.kill()


def test_answers_in_flight_are_finished_on_sigterm(small_template: Path, tmp_path: Path) -> None:
    with process(small_template, tmp_path) as (running, port):
        with connected(port) as connection:
            head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
            kind = "\r\nContent-Type: application/sparql-query\r\n\r\n"
            connection.sendall(f"{head}{len(SLOW)}{kind}{SLOW}".encode())
            time.sleep(0.1)
            running.send_signal(signal.SIGTERM)
            answer = all_of(connection)
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert b"2250000" in answer
        assert running.wait(20) in {0, -signal.SIGTERM}
        with pytest.raises(ConnectionRefusedError):
            connected(port)


def test_a_half_sent_request_does_not_keep_it_from_stopping(
    small_template: Path, tmp_path: Path
) -> None:
    with process(small_template, tmp_path) as (running, port), connected(port) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        time.sleep(0.1)
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) in {0, -signal.SIGTERM}


def test_kill_damages_nothing_on_disk(small_template: Path, tmp_path: Path) -> None:
    tags: list[str] = []
    for _ in range(3):
        with process(small_template, tmp_path, **PUBLIC) as (running, port):
            with urlopen(f"http://127.0.0.1:{port}/treaties/ottawa/parties") as answer:
                tags.append(answer.headers["etag"])
            running.kill()
    assert len(set(tags)) == 1


def test_health_is_fast_while_the_machine_computes(small_template: Path, tmp_path: Path) -> None:
    with process(small_template, tmp_path) as (_, port):
        busy = [threading.Thread(target=_ask_slowly, args=(port,)) for _ in range(4)]
        for thread in busy:
            thread.start()
        while any(thread.is_alive() for thread in busy):
            with urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
                assert json.load(answer) == {"status": "ok"}
            time.sleep(0.02)


def test_each_request_is_a_line_of_json(small_template: Path, tmp_path: Path) -> None:
    with process(small_template, tmp_path, DEPOSITARY_LOG="json") as (running, port):
        with urlopen(f"http://127.0.0.1:{port}/states?limit=1") as answer:
            given = answer.headers["x-request-id"]
        running.send_signal(signal.SIGTERM)
        assert running.stderr
        lines = [json.loads(line) for line in running.stderr.read().splitlines() if line[:1] == "{"]
    (line,) = lines
    assert (line["request_id"], line["route"], line["status"]) == (given, "/states", 200)


def _ask_slowly(port: int) -> None:
    with connected(port) as connection:
        head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        kind = f"Content-Type: application/sparql-query\r\nContent-Length: {len(SLOW)}\r\n\r\n"
        connection.sendall(f"{head}{kind}{SLOW}".encode())
        all_of(connection)
