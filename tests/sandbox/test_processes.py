"""The service as processes: any of them may be killed under load, and SIGTERM cuts no answer."""

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
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.sandbox.conftest import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="finds the processes in /proc"
)
ROOT = Path(__file__).parents[2]
LIGHT = "SELECT ?o WHERE { <http://e/7> <http://e/p> ?o }"
ALL = "SELECT * WHERE { ?s ?p ?o }"
STARTED_WITHIN = 20


def asked(address: str, query: str, seconds: float = 10) -> bytes:
    with urlopen(f"{address}sparql?query={quote(query)}", timeout=seconds) as answer:  # noqa: S310 - our own service
        body: bytes = answer.read()
        return body


@contextmanager
def service(data_file: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Answer a running service and its address."""
    command = [sys.executable, "-m", "api", "serve", "--port", "0", "--data", str(data_file)]
    running = subprocess.Popen(  # noqa: S603 - our own program
        [*command, *options], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+/", running.stdout.readline())
        assert found
        yield running, found[0]
    finally:
        if running.poll() is None:
            running.terminate()
        running.communicate(timeout=30)


def children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [int(child) for child in found]


def named(processes: list[int], module: str) -> list[int]:
    return [p for p in processes if module in Path(f"/proc/{p}/cmdline").read_text("utf-8")]


class Load(threading.Thread):
    """A client that asks light questions all the time and notes what it gets."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address, self.answers, self.failures = address, 0, list[str]()
        self._over = threading.Event()

    def run(self) -> None:
        """Ask until it is over."""
        while not self._over.is_set():
            try:
                rows = json.loads(asked(self.address, LIGHT))["results"]["bindings"]
                assert rows[0]["o"]["value"] == "7"
                self.answers += 1
            except (HTTPError, URLError, OSError) as error:
                self.failures.append(repr(error))
            time.sleep(0.01)

    def end(self) -> None:
        """Ask no more."""
        self._over.set()
        self.join(15)


def test_any_process_may_be_killed_under_load_and_comes_back(data_file: Path) -> None:
    with service(data_file, "--workers", "2") as (running, address):
        zygote, web = (
            named(children(running.pid), f"api.{name}")
            for name in ("sandbox.zygote", "cli.serving")
        )
        load = Load(address)
        load.start()
        for victim in (children(zygote[0])[0], zygote[0], web[0]):
            before = load.answers
            os.kill(victim, signal.SIGKILL)
            until = time.monotonic() + STARTED_WITHIN
            while load.answers < before + 5 and time.monotonic() < until:
                time.sleep(0.05)
            assert load.answers >= before + 5
        until = time.monotonic() + STARTED_WITHIN
        while len(children(running.pid)) < 3 and time.monotonic() < until:
            time.sleep(0.1)
        assert len(children(running.pid)) == 3
        load.end()
        # Only what the killed web process itself was answering may have been lost.
        assert len(load.failures) <= 1
        assert running.poll() is None


def test_answers_in_flight_are_finished_when_the_service_is_told_to_stop(data_file: Path) -> None:
    with service(data_file) as (running, address):
        bodies: list[bytes] = []
        clients = [
            threading.Thread(target=lambda: bodies.append(asked(address, ALL))) for _ in range(3)
        ]
        for client in clients:
            client.start()
        time.sleep(0.05)
        running.send_signal(signal.SIGTERM)
        for client in clients:
            client.join(20)
        assert running.wait(20) == 0
    assert [len(json.loads(body)["results"]["bindings"]) for body in bodies] == [2 * THINGS] * 3


def test_nothing_is_left_when_the_first_process_is_killed(data_file: Path) -> None:
    with service(data_file) as (running, _):
        family = [*children(running.pid)]
        running.kill()
        until = time.monotonic() + STARTED_WITHIN
        while any(map(is_alive, family)) and time.monotonic() < until:
            time.sleep(0.1)
        assert not any(map(is_alive, family))


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
