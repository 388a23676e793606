"""Fixtures of the sandbox: one zygote over a made-up set of files, and questions put to it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from api.sandbox.launch import Launch
from api.sandbox.limits import Limits
from api.sandbox.pool import Pool
from api.sandbox.sources import Source

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

# Tight, so that what has to be stopped is stopped soon; memory and rows are those of a test.
LIMITS = Limits(
    seconds=1.0,
    memory_mb=64,
    answer_mb=1,
    rows=5000,
    running=2,
    middle_running=2,
    middle_seconds=0.05,
    heavy_wait_seconds=0.4,
    per_client=2,
)
THINGS = 3000


def triples() -> str:
    """Answer N-Triples enough for a join of them with themselves to be endless."""
    lines = (
        f'<http://e/{n}> <http://e/p> "{n}" .\n<http://e/{n}> <http://e/next> <http://e/{n + 1}> .'
        for n in range(THINGS)
    )
    return "\n".join(lines)


@pytest.fixture(scope="session")
def data_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Answer a file of RDF."""
    file = tmp_path_factory.mktemp("data") / "things.nt"
    file.write_text(triples(), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def launch(data_file: Path) -> Iterator[Launch]:
    """Answer a zygote that holds the file."""
    launched = Launch(Source(files=(str(data_file),)), LIMITS)
    assert launched.wait_until_ready() == 2 * THINGS
    yield launched
    launched.stop()


@pytest.fixture
def with_pool(launch: Launch) -> Callable[[Callable[[Pool], Awaitable[None]]], None]:
    """Answer a function that runs a test against a pool of workers of its own."""

    def run(test: Callable[[Pool], Awaitable[None]]) -> None:
        async def running() -> None:
            pool = Pool(launch.asking, LIMITS)
            try:
                await test(pool)
            finally:
                pool.close()

        asyncio.run(running())

    return run
