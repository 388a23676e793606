"""The sandbox of one web process: where questions are put, today's data and earlier knowledge."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections import OrderedDict
from typing import TYPE_CHECKING

from api.sandbox import stops
from api.sandbox.description import described
from api.sandbox.herd import Herd
from api.sandbox.launch import Launch
from api.sandbox.pool import Answer, Pool
from api.sandbox.wire import Question
from graph.errors import StoreUnavailable

if TYPE_CHECKING:
    from datetime import date

    from api.sandbox.limits import Limits
    from api.sandbox.sources import Source

JSON = "application/sparql-results+json"
COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
WHOLE = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
WATCH_SECONDS = 0.5
OURSELVES = "depositary"


class Desk:
    """Takes questions and has them answered; owns the zygotes that nobody else started."""

    def __init__(self, source: Source, limits: Limits) -> None:
        """Serve a source."""
        self._source, self.limits = source, limits
        self._own: Launch | None = None
        self._known: OrderedDict[date, asyncio.Task[tuple[Launch, Herd]]] = OrderedDict()
        self._starting = asyncio.Lock()
        self._counts: dict[str | None, int] | None = None

    async def open(self, asking: int | None, share: int) -> None:
        """Ask the zygote behind a descriptor, or start one; `share` processes do the same."""
        if asking is None:
            self._own = Launch(self._source, self.limits)
            await asyncio.to_thread(self._own.wait_until_ready)
            through = self._own.asking
        else:
            through = socket.socket(fileno=asking)
        self._pool = Pool(through, self.limits, share)
        self._pool.herd.fill()
        self._watch = asyncio.create_task(self._restart_dead())

    async def close(self) -> None:
        """End all workers and all zygotes that were started here."""
        self._watch.cancel()
        self._pool.close()
        for started in self._known.values():
            _let_go(started)
        if self._own:
            self._own.stop()

    async def answer(self, question: Question, client: str, known: date | None = None) -> Answer:
        """Answer a question, of what was known on a day if one is given; or raise Stopped."""
        herd = await self._herd_of(known) if known else None
        return await self._pool.answer(question, client, herd)

    async def ready(self) -> None:
        """Raise where questions cannot be answered; what is held here is ready once it is open."""

    async def description(self, endpoint: str, media_type: str) -> bytes:
        """Answer the description of the service (SPARQL 1.1 Service Description)."""
        if self._counts is None:
            rows = [*await self._rows(COUNTS), *await self._rows(WHOLE)]
            self._counts = {
                row["g"]["value"] if "g" in row else None: int(row["n"]["value"]) for row in rows
            }
        return described(endpoint, self._counts, media_type, union=self._source.union)

    async def _rows(self, text: str) -> list[dict[str, dict[str, str]]]:
        answer = await self._pool.answer(Question(text, rows_as=JSON), OURSELVES)
        found: list[dict[str, dict[str, str]]] = json.loads(answer.body)["results"]["bindings"]
        return found

    async def _herd_of(self, day: date) -> Herd:
        """Answer the workers that hold what was known on a day; the first question starts them.

        Who waits in vain may ask again: the start goes on.
        """
        if self._source.others:
            raise stops.Stopped(400, "These data have no days of knowledge; leave `known` out.")
        if day not in self._known:
            self._known[day] = asyncio.create_task(self._started(day))
        self._known.move_to_end(day)
        while len(self._known) > self.limits.known_days:
            _let_go(self._known.popitem(last=False)[1])
        task = self._known[day]
        try:
            async with asyncio.timeout(self.limits.seconds):
                _, herd = await asyncio.shield(task)
        except (TimeoutError, StoreUnavailable) as error:
            if task.done():
                self._known.pop(day, None)
            raise stops.preparing() from error
        return herd

    async def _started(self, day: date) -> tuple[Launch, Herd]:
        async with self._starting:
            launch = Launch(self._source.as_known(day), self.limits)
            try:
                await asyncio.to_thread(launch.wait_until_ready)
            except BaseException:
                launch.stop()
                raise
            return launch, Herd(launch.asking, self.limits)

    async def _restart_dead(self) -> None:
        """Start a zygote again that has died."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            ready = [each for each in self._known.values() if _is_ready(each)]
            launches = [each.result()[0] for each in ready]
            for launch in [*launches, *([self._own] if self._own else [])]:
                with contextlib.suppress(OSError):
                    if launch.died():
                        launch.restart()


def _let_go(started: asyncio.Task[tuple[Launch, Herd]]) -> None:
    """End a zygote that is not asked any more, or is only starting."""
    if not started.done():
        started.cancel()
    elif _is_ready(started):
        launch, herd = started.result()
        herd.close()
        launch.stop()


def _is_ready(started: asyncio.Task[tuple[Launch, Herd]]) -> bool:
    return started.done() and not started.cancelled() and not started.exception()
