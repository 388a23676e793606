"""The record: build, first answer, start of the service, questions beside rdflib.

Times are medians in milliseconds unless said otherwise.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib import Graph

ROUNDS = 9
START_LIMIT_SECONDS = 60
DAY = date(2026, 3, 1)
TREATY = "https://w3id.org/depositary/id/treaty/ottawa"
QUESTIONS = ("withdrawals", "parties", "unresolved", "standings", "counts")
ADDRESSES = (
    "health",
    "treaties/ottawa/withdrawals?on=2026-03-01",
    "treaties/ottawa/parties?on=2026-03-01",
    "states/UKR/treaties/ottawa?on=2026-03-01",
    "graphs/ring.svg?on=2026-03-01",
    "graphs/neighbourhood.html?state=POL&on=2026-03-01",
)
COMMAND = (sys.executable, "-m", "api")

Line = tuple[str, str, str]


def lines() -> Iterator[Line]:
    """Answer what was measured, line by line: what, the figure, and what stands beside it."""
    with tempfile.TemporaryDirectory() as cache:
        os.environ["DEPOSITARY_CACHE"] = cache
        for part in (_build, _command_line, _service, _queries):
            yield from part()


def _build() -> Iterator[Line]:
    script = (
        "import resource, time; start = time.perf_counter();"
        "from graph.build import open_build; n = len(open_build().store);"
        "print(time.perf_counter() - start, n,"
        " resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    printed = subprocess.run(  # noqa: S603 - our own interpreter and our own text
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    seconds, statements, megabytes = printed.stdout.split()
    yield "build of the record, checked", f"{float(seconds):.1f} s", f"{statements} statements"
    yield "memory of the build, peak", f"{megabytes} MB", ""


def _command_line() -> Iterator[Line]:
    bare = _median(lambda: _run(sys.executable, "-c", "pass"))
    left = _median(lambda: _run(*COMMAND, "left", "ottawa"))
    yield "depositary left ottawa", f"{left:.0f} ms", f"a bare interpreter {bare:.0f} ms"


def _run(*command: str) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)  # noqa: S603


def _service() -> Iterator[Line]:
    port = 18_000 + os.getpid() % 2_000
    start = time.perf_counter()
    service = subprocess.Popen(  # noqa: S603
        [*COMMAND, "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/ready")
        yield "start of the service to ready", f"{(time.perf_counter() - start) * 1000:.0f} ms", ""
        for address in ADDRESSES:
            took = _median(partial(_get, f"http://127.0.0.1:{port}/{address}"))
            yield f"GET /{address}", f"{took:.1f} ms", ""
    finally:
        service.terminate()
        service.wait()


def _wait_for(address: str) -> None:
    limit = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < limit:
        try:
            _get(address)
        except OSError:
            time.sleep(0.01)
        else:
            return
    message = f"The service did not answer at {address} within {START_LIMIT_SECONDS} seconds."
    raise SystemExit(message)


def _get(address: str) -> None:
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own service on loopback
        answer.read()


def _queries() -> Iterator[Line]:
    """Put the same texts to Oxigraph and to rdflib over the same statements."""
    from rdflib import Graph

    from api.answers.view import query_text
    from graph.build import open_build

    built = open_build(in_memory=True)
    peer = Graph()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nq"
        built.store.dump(data)
        peer.parse(data=_triples(data.read_text(encoding="utf-8")), format="nt")
    for name in QUESTIONS:
        text = query_text(name, treaty=TREATY, on=DAY)
        ours = _median(partial(built.store.select, text))
        theirs = _median(partial(_ask, peer, text), rounds=1)
        ratio = f"rdflib {theirs:.0f} ms, {theirs / ours:.0f} times as long"
        yield f"query {name}.rq", f"{ours:.1f} ms", ratio


def _ask(peer: Graph, text: str) -> None:
    from ontology.namespaces import PREFIXES

    list(peer.query(text, initNs=PREFIXES))


def _triples(quads: str) -> str:
    """Take the graph names off, so that the peer sees the same single graph."""
    return "\n".join(f"{line.rsplit(' <', 1)[0]} ." for line in quads.splitlines())


def _median(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)
