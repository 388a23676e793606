"""Network analysis, beside plain NetworkX: the record's own snapshot and a file of roll calls.

    DEPOSITARY_ROLL_CALLS=FILE python scripts/benches/network.py

The file (CSV, plain or gzip: resolution, date, state, vote) is not part of the project. Without it
only the record is measured. Times are of the processor, on one core: nothing here waits, and other
work on the machine does not count.
"""

from __future__ import annotations

import os
import resource
import statistics
import time
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import networkx as nx
from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.network.relation import Incidence, Relation
    from graph.network.snapshot import Snapshot

DAY = date(2026, 3, 1)
FILE = "DEPOSITARY_ROLL_CALLS"
ROUNDS = 3
ALIKE = 0.5
REBUILDING = ("backtest",)  # it rebuilds the record as known on another day

Line = tuple[str, str, str]
_Found = TypeVar("_Found")


def lines() -> Iterator[Line]:
    """Answer what was measured: what, how long, and what stands beside it."""
    import_module("numpy")  # the limit binds only libraries that are loaded already
    with threadpool_limits(1, "blas"):
        if votes := os.environ.get(FILE):
            yield from _file(Path(votes))
        yield from _measures()
        yield from _beside_networkx()


def _file(path: Path) -> Iterator[Line]:
    """Measure the whole of a file in this process, so that its peak of memory is its own."""
    from graph.network.agreement import agreement
    from graph.network.community import communities
    from graph.network.ideal_points import ideal_points
    from graph.network.roll_calls import read_roll_calls

    start = time.process_time()
    calls, reading = _timed(lambda: read_roll_calls(path))
    size = f"{len(calls.states)} states, {len(calls.calls)} roll calls"
    yield "roll calls: read", f"{reading:.0f} ms", size
    relation, took = _timed(lambda: agreement(calls, "kappa", 10))
    yield "roll calls: agreement of all states", f"{took:.0f} ms", "kappa"
    found, took = _timed(lambda: communities(relation))
    peer = _timed(lambda: nx.community.louvain_communities(relation.graph(), seed=1))[1]
    yield "roll calls: communities", f"{took:.0f} ms", f"NetworkX {peer:.0f} ms, {found.number}"
    points, took = _timed(lambda: ideal_points(calls))
    yield "roll calls: ideal points", f"{took:.0f} ms", f"{points.steps} steps"
    whole = (time.process_time() - start) * 1000 - peer
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield "roll calls: all of it", f"{whole:.0f} ms", f"peak of the process {peak} MB"


def _measures() -> Iterator[Line]:
    """Measure every measure on one snapshot, as a program would that asks for all of them."""
    from api.answers.network_catalogue import MEASURES
    from api.answers.network_measures import Asked
    from api.answers.networks import snapshot
    from api.answers.view import Library
    from graph.build import open_build

    view = Library(open_build(in_memory=True)).view(DAY)
    shown, whole = _timed(lambda: snapshot(view))
    yield "snapshot of the record", f"{whole:.0f} ms", f"{len(shown.states)} states"
    for name, measure in MEASURES.items():
        if name in REBUILDING:
            continue
        asked = Asked(view, dict(measure.parameters), lambda seen, _: seen)
        asked.__dict__["snapshot"] = shown
        took = _median(partial(measure.answer, asked))
        whole += took
        yield f"measure {name}", f"{took:.0f} ms", ""
    yield "snapshot and every measure", f"{whole:.0f} ms", "all but the backtest"


def _beside_networkx() -> Iterator[Line]:
    from api.answers.networks import snapshot
    from api.answers.view import Library
    from graph.build import open_build
    from graph.network.centrality import centrality, two_mode_centrality
    from graph.network.projection import projection

    shown: Snapshot = snapshot(Library(open_build(in_memory=True)).view(DAY))
    incidence = shown.parties()
    relation = projection(incidence)
    yield _peer("similarity of all states", partial(projection, incidence), _jaccard(incidence))
    yield _peer("four centralities", partial(centrality, relation, ALIKE), _central(relation))
    through = partial(nx.bipartite.betweenness_centrality, incidence.graph(), incidence.rows)
    yield _peer("two-mode centralities", partial(two_mode_centrality, incidence), through)


def _jaccard(incidence: Incidence) -> Callable[[], object]:
    graph = incidence.graph()
    rows = list(incidence.rows)
    return lambda: nx.bipartite.overlap_weighted_projected_graph(graph, rows)


def _central(relation: Relation) -> Callable[[], object]:
    graph = relation.graph(ALIKE)
    return lambda: (nx.degree_centrality(graph), nx.betweenness_centrality(graph))


def _peer(what: str, ours: Callable[[], object], theirs: Callable[[], object]) -> Line:
    own, other = _median(ours), _median(theirs, 1)
    beside = f"NetworkX {other:.0f} ms, {other / own:.0f} times as long"
    return what, f"{own:.1f} ms", beside


def _timed(act: Callable[[], _Found]) -> tuple[_Found, float]:
    start = time.process_time()
    found = act()
    return found, (time.process_time() - start) * 1000


def _median(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    return statistics.median(_timed(act)[1] for _ in range(rounds))


def main() -> None:
    """Print what was measured."""
    for what, measured, beside in lines():
        print(f"{what:40}  {measured:>12}  {beside}", flush=True)


if __name__ == "__main__":
    main()
