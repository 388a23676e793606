"""What a hostile query can do: use up its own limits, and nothing of anybody else's."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.sandbox.pool import Pool
from api.sandbox.stops import Stopped
from api.sandbox.wire import Question
from tests.sandbox.conftest import LIMITS, THINGS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from api.sandbox.launch import Launch
    from api.sandbox.pool import Answer

    WithPool = Callable[[Callable[[Pool], Awaitable[None]]], None]

JSON = "application/sparql-results+json"
LINUX = Path("/proc/self/statm").exists()
LIGHT = "SELECT ?o WHERE { <http://e/7> <http://e/p> ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?c) WHERE { ?a ?b ?c1 . ?d ?e ?f . ?g ?h ?i FILTER(?c1 > ?i) }"
VALUES = " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(100)))} }}" for i in range(6))
DOUBLING = " ".join(f"BIND(CONCAT(?s{i}, ?s{i}) AS ?s{i + 1})" for i in range(33))
ENDLESS = {
    "a join without keys": RUNAWAY,
    "values joined": f"SELECT (COUNT(*) AS ?c) WHERE {{ {VALUES} }}",
    "a path of everything": "SELECT (COUNT(*) AS ?c) WHERE { ?x !<x:a>*/!<x:b>*/!<x:a>* ?y }",
    "not exists without keys": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c FILTER NOT EXISTS "
    "{ ?d ?e ?f FILTER(STR(?d) = CONCAT(STR(?c), 'x')) } }",
}
GREEDY = {
    "order": "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a LIMIT 1",
    "distinct": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * WHERE { ?a ?b ?c . ?d ?e ?f } }",
    "doubling": f"SELECT (STRLEN(?s33) AS ?l) WHERE {{ BIND('0123456789' AS ?s0) {DOUBLING} }}",
}
LARGE = {
    "rows": "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }",
    "triples": "CONSTRUCT { ?a <x:x> ?d } WHERE { ?a ?b ?c . ?d ?e ?f }",
    "one value": "SELECT (CONCAT(?x, ?x) AS ?y) WHERE { BIND(REPLACE("
    f"'{'a' * 2000}', 'a', '{'b' * 1000}') AS ?x) }}",
}


async def asked(pool: Pool, text: str, client: str = "someone") -> Answer:
    question = Question(text, rows_as=JSON, triples_as="text/turtle", base="http://e/sparql")
    return await pool.answer(question, client)


async def stopped(pool: Pool, text: str, client: str = "someone") -> tuple[int, float]:
    """Answer the status of a query that is stopped, and after how many seconds."""
    start = time.monotonic()
    with pytest.raises(Stopped) as caught:
        await asked(pool, text, client)
    return caught.value.status, time.monotonic() - start


async def value(pool: Pool, client: str = "someone else") -> str:
    answer = json.loads((await asked(pool, LIGHT, client)).body)
    return str(answer["results"]["bindings"][0]["o"]["value"])


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_an_endless_query_ends_at_its_limit(with_pool: WithPool, text: str) -> None:
    async def test(pool: Pool) -> None:
        status, seconds = await stopped(pool, text)
        assert status in {503, 504}
        assert seconds < LIMITS.seconds + 0.5
        assert await value(pool) == "7"

    with_pool(test)


@pytest.mark.skipif(not LINUX, reason="memory is bounded on Linux only, as is said at start")
@pytest.mark.parametrize("text", GREEDY.values(), ids=GREEDY)
def test_a_greedy_query_ends_at_its_memory_or_time(with_pool: WithPool, text: str) -> None:
    async def test(pool: Pool) -> None:
        status, _ = await stopped(pool, text)
        assert status in {503, 504}
        assert await value(pool) == "7"

    with_pool(test)


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_an_answer_that_is_too_large_is_refused_whole(with_pool: WithPool, text: str) -> None:
    async def test(pool: Pool) -> None:
        with pytest.raises(Stopped, match="nothing is sent in part") as caught:
            await asked(pool, text)
        assert caught.value.status == 413

    with_pool(test)


def test_an_answer_of_exactly_the_most_rows_is_sent(with_pool: WithPool) -> None:
    async def test(pool: Pool) -> None:
        most = int(LIMITS.rows)
        answer = await asked(pool, f"SELECT ?s WHERE {{ ?s ?p ?o }} LIMIT {most}")
        assert len(json.loads(answer.body)["results"]["bindings"]) == most
        status, _ = await stopped(pool, f"SELECT ?s WHERE {{ ?s ?p ?o }} LIMIT {most + 1}")
        assert status == 413

    with_pool(test)


def test_four_runaways_leave_the_others_alone(with_pool: WithPool) -> None:
    async def test(pool: Pool) -> None:
        tasks = [asyncio.create_task(stopped(pool, RUNAWAY, f"hog {n}")) for n in range(4)]
        while not all(task.done() for task in tasks):
            assert await value(pool) == "7"
            await asyncio.sleep(0.05)
        assert {task.result()[0] for task in tasks} <= {503, 504}

    with_pool(test)


def test_one_client_with_too_many_heavy_queries_is_told_so(
    with_pool: WithPool, launch: Launch
) -> None:
    # Long enough for all of them to become heavy on a busy machine.
    limits = replace(LIMITS, seconds=6, turn_seconds=0.001, middle_seconds=0.002, middle_running=8)

    async def test(_: Pool) -> None:
        pool = Pool(launch.asking, limits)
        tasks = [asyncio.create_task(stopped(pool, RUNAWAY, "hog")) for _ in range(12)]
        statuses = [status for status, _ in await asyncio.gather(*tasks)]
        assert 429 in statuses
        assert set(statuses) <= {429, 503, 504}
        assert await value(pool, "hog") == "7"
        pool.close()

    with_pool(test)


@pytest.mark.skipif(not LINUX, reason="needs /proc")
def test_a_client_that_leaves_ends_the_work(with_pool: WithPool, launch: Launch) -> None:
    async def test(pool: Pool) -> None:
        task = asyncio.create_task(asked(pool, RUNAWAY))
        await asyncio.sleep(0.3)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await asyncio.sleep(0.1)
        before = sum(map(cpu_ticks, workers(launch)))
        await asyncio.sleep(0.4)
        assert sum(map(cpu_ticks, workers(launch))) - before <= 2

    with_pool(test)


@pytest.mark.skipif(not LINUX, reason="needs /proc")
def test_a_worker_has_no_files_and_can_open_none(with_pool: WithPool, launch: Launch) -> None:
    async def test(pool: Pool) -> None:
        assert await value(pool) == "7"
        assert {open_files(worker) for worker in workers(launch)} == {("0 1 2 3 4", "5", "5")}

    with_pool(test)


@pytest.mark.skipif(not LINUX, reason="needs /proc")
def test_a_killed_worker_is_replaced_before_its_client_notices(
    with_pool: WithPool, launch: Launch
) -> None:
    async def test(pool: Pool) -> None:
        slow = "SELECT (COUNT(*) AS ?n) WHERE { ?a <http://e/p> ?c . ?d <http://e/next> ?a }"
        for _ in range(5):
            task = asyncio.create_task(asked(pool, slow))
            await asyncio.sleep(0.001)
            for worker in workers(launch):
                os.kill(worker, signal.SIGKILL)
            body = json.loads((await task).body)
            assert body["results"]["bindings"][0]["n"]["value"] == str(THINGS - 1)

    with_pool(test)


@pytest.mark.parametrize("bomb", ["(" * 50_000, "{" * 50_000, "ASK { ?s " + "[ <x:a> " * 5000])
def test_a_deep_query_is_refused_and_kills_nothing(with_pool: WithPool, bomb: str) -> None:
    async def test(pool: Pool) -> None:
        status, seconds = await stopped(pool, bomb)
        assert status == 400
        assert seconds < 1
        assert await value(pool) == "7"

    with_pool(test)


def workers(launch: Launch) -> list[int]:
    children = Path(f"/proc/{launch.process.pid}/task/{launch.process.pid}/children")
    return [int(child) for child in children.read_text(encoding="ascii").split()]


def open_files(process: int) -> tuple[str, str, str]:
    """Answer the open descriptors of a process, and how many it may have (soft, hard)."""
    names = sorted(file.name for file in Path(f"/proc/{process}/fd").iterdir())
    limits = Path(f"/proc/{process}/limits").read_text(encoding="ascii")
    most = next(line for line in limits.splitlines() if line.startswith("Max open files"))
    soft, hard = most.split()[3:5]
    return " ".join(names), soft, hard


def cpu_ticks(process: int) -> int:
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    user, system = fields.split()[11:13]
    return int(user) + int(system)
