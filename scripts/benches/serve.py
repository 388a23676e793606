"""The service beside `oxigraph serve` and rdflib-endpoint, over the same statements in one run.

Read the ratios: ours above 1.0 is faster. Each query is asked over eight connections, first with a
number in it that changes each time (nothing can come from a cache), then the same again and
again. "cold" is the first answer of all. A machine with other work on it makes every figure worse.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.benches import questions, servers
from scripts.benches.load import NoAnswer, get, measure, once
from scripts.benches.workload import write_workload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scripts.benches.load import Measured
    from scripts.benches.servers import Server

CONNECTIONS = 8
SECONDS = 1.0
SHORT_WAIT, LONG_WAIT = 5.0, 30.0
LARGE = 20_000
SLOW_MS = 2.0
OVER_RDFLIB = 20

Line = tuple[str, str, str]


def lines() -> Iterator[Line]:
    """Answer what was measured, line by line: what, ours, and the peer with the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "workload.nt"
        yield "statements", str(write_workload(data)), ""
        with servers.ours(data) as our:
            with servers.oxigraph(data) as peer:
                yield from _beside(our, peer)
            yield from _isolation(our, data)
            yield from _spellings(our, data)
            with servers.rdflib_endpoint(data) as slow:
                yield from _beside_rdflib(our, slow)


def _beside(our: Server, peer: Server) -> Iterator[Line]:
    for name, query in (questions.LOOKUPS | questions.QUERIES).items():
        yield _cold(name, query, our, peer)
        ours, theirs = _fresh(our, query), _fresh(peer, query)
        yield _ratio(
            f"{name}, {theirs.median:.1f} ms at the peer", ours, theirs, _goal(name, theirs)
        )
        again, theirs_again = _again(our, query), _again(peer, query)
        goal = 8.0 if again.size > LARGE else 1.0 if name in questions.LOOKUPS else None
        size = f"{again.size / 1000:.1f} kB"
        yield _ratio(f"{name}, repeated, {size}", again, theirs_again, goal)


def _goal(name: str, theirs: Measured) -> float | None:
    if name in questions.LOOKUPS:
        return 0.25
    return 1.0 if theirs.median / CONNECTIONS >= SLOW_MS / 2 else None


def _cold(name: str, query: str, our: Server, peer: Server) -> Line:
    (ours, body), (theirs, other) = (
        once(server.port, server.request(questions.text(query)), LONG_WAIT)
        for server in (our, peer)
    )
    same = "" if _count(body) == _count(other) else "; THE ANSWERS DIFFER"
    return f"{name}, cold", f"{ours:.1f} ms", f"{peer.name} {theirs:.1f} ms{same}"


def _count(body: bytes) -> object:
    found = json.loads(body)
    return len(found["results"]["bindings"]) if "results" in found else found["boolean"]


def _fresh(server: Server, query: str) -> Measured:
    started = time.monotonic_ns() % 1_000_000_000

    def request(number: int) -> bytes:
        return server.request(questions.text(query, started + number))

    return measure(server.port, request, connections=CONNECTIONS, seconds=SECONDS)


def _again(server: Server, query: str) -> Measured:
    request = server.request(questions.text(query))
    return measure(server.port, lambda _: request, connections=CONNECTIONS, seconds=SECONDS)


def _ratio(name: str, ours: Measured, theirs: Measured, goal: float | None) -> Line:
    ratio = ours.rate / theirs.rate
    wanted = f"; wanted {goal:g}: {'yes' if ratio >= goal else 'NO'}" if goal else ""
    beside = f"peer {theirs.rate:,.0f}/s; ratio {ratio:.2f}{wanted}"
    return name, f"{ours.rate:,.0f}/s", beside


def _isolation(our: Server, data: Path) -> Iterator[Line]:
    """Compare one look-up over HTTP with the same in process and an answer without a query."""
    from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store

    store = Store()
    store.bulk_load(path=str(data), format=RdfFormat.N_TRIPLES)
    query = questions.LOOKUPS["one treaty"]

    def in_process(number: int) -> None:
        found = store.query(questions.text(query, number))
        if isinstance(found, QuerySolutions):
            found.serialize(format=QueryResultsFormat.JSON)

    engine = _median(in_process)
    plain = get(our.port, "/health", "application/json")
    web = measure(our.port, lambda _: plain, connections=1, seconds=SECONDS).median
    started = time.monotonic_ns() % 1_000_000_000
    asked = measure(
        our.port,
        lambda number: our.request(questions.text(query, started + number)),
        connections=1,
        seconds=SECONDS,
    ).median
    cost = asked - web - engine
    wanted = f"wanted at most 1 ms: {'yes' if cost <= 1 else 'NO'}"
    beside = f"{asked:.2f} ms less {web:.2f} (health) and {engine:.2f} (engine); {wanted}"
    yield "isolation at the median", f"{cost:.2f} ms", beside


def _median(act: Callable[[int], None], rounds: int = 300) -> float:
    times: list[float] = []
    for number in range(1, rounds):
        start = time.perf_counter()
        act(number)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _spellings(our: Server, data: Path) -> Iterator[Line]:
    """Ask who was party on a day, the peer in a fresh process: NOT EXISTS it may never end."""
    for spelling in questions.WITHOUT:
        for treaty, limit in (("treaty:t7", 100), ("?treaty", 300)):
            query = questions.parties(treaty, spelling)
            ours = _best(our, query, SHORT_WAIT)
            with servers.oxigraph(data) as peer:
                theirs = _best(peer, query, SHORT_WAIT)
            who = "all treaties" if treaty.startswith("?") else "one treaty"
            wanted = f"wanted {limit} ms: {'yes' if ours <= limit else 'NO'}"
            beside = f"oxigraph serve {_shown(theirs)}; {wanted}"
            yield f"parties on a day, {who}, {spelling}", _shown(ours), beside


def _best(server: Server, query: str, seconds: float) -> float:
    """Answer the best of some times in milliseconds, infinite where there is no answer in time."""
    times: list[float] = []
    try:
        for number in range(1, 6):
            took, _ = once(server.port, server.request(questions.text(query, number)), seconds)
            times.append(took)
            if sum(times) > seconds * 1000 / 3:
                break
    except NoAnswer:
        return float("inf")
    return min(times)


def _shown(milliseconds: float, limit: float = SHORT_WAIT) -> str:
    over = milliseconds == float("inf")
    return f"over {limit:g} s" if over else f"{milliseconds:.0f} ms"


def _beside_rdflib(our: Server, slow: Server) -> Iterator[Line]:
    for name in questions.FOR_RDFLIB:
        query = questions.QUERIES[name]
        ours, theirs = _best(our, query, LONG_WAIT), _best(slow, query, LONG_WAIT)
        ratio = theirs / ours
        beside = f"rdflib-endpoint {_shown(theirs, LONG_WAIT)}; ratio {ratio:.0f}"
        wanted = f"; wanted {OVER_RDFLIB}: {'yes' if ratio >= OVER_RDFLIB else 'NO'}"
        yield f"{name}, one client", _shown(ours, LONG_WAIT), beside + wanted
