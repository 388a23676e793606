"""Strangers' queries put to a remote store: looked at here first, answered there, bounded twice.

A worker of the sandbox reads each query over no data at all. What it refuses never goes out: what
cannot be read, what asks for other services or would change data, what is too large. So the
reasons are those that a client of this service knows.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from api.answers.view import NO_DAYS
from api.sandbox import stops
from api.sandbox.description import described
from api.sandbox.desk import OURSELVES, Desk
from api.sandbox.lanes import Full, Lane
from api.sandbox.limits import bytes_of
from api.sandbox.tokens import refuse_unsafe
from api.stores.endpoint import ROWS, TRIPLES, Late, TooLarge, Unanswered
from api.stores.prefixes import with_prefixes
from api.stores.remote import FIGURES, rows_of, version_of
from api.stores.results import sent
from graph.errors import RefusedQuery
from graph.store import RESULT_FORMATS

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from datetime import date

    from api.sandbox.limits import Limits
    from api.sandbox.pool import Answer
    from api.sandbox.sources import Source
    from api.sandbox.wire import Question
    from api.stores.endpoint import Endpoint

IS_THERE = "ASK { ?s ?p ?o }"
LOOK_SECONDS = 60
OTHER_DATA = "holds other data than when this service started: restart it"


class RemoteDesk(Desk):
    """Takes questions as a desk does, and has them answered by a remote store."""

    def __init__(self, source: Source, limits: Limits, endpoint: Endpoint, version: str) -> None:
        """Ask an endpoint; `source` has no data, only the prefixes that need not be declared."""
        super().__init__(source, limits)
        self._endpoint = replace(
            endpoint, seconds=limits.seconds, most_bytes=bytes_of(limits.answer_mb)
        )
        self._version, self._looked = version, float("-inf")

    async def open(self, asking: int | None, share: int) -> None:
        """Start what is needed; `share` processes do the same."""
        await super().open(asking, share)
        self._client = self._endpoint.async_client()
        slots = self.limits.running + self.limits.middle_running + self.limits.heavy_running
        waiting = int(self.limits.waiting)
        patience = self.limits.wait_seconds
        self._lane = Lane(max(1, round(slots / share)), waiting, patience, waiting + 1)

    async def close(self) -> None:
        """End all."""
        await self._client.aclose()
        await super().close()

    async def ready(self) -> None:
        """Raise where the remote store is away, or holds other data than when this one started."""
        async with self._turn(OURSELVES):
            if self._version and time.monotonic() - self._looked > LOOK_SECONDS:
                if version_of(rows_of(await self._read(FIGURES, ROWS))) != self._version:
                    raise Unanswered(OTHER_DATA)
                self._looked = time.monotonic()
            await self._read(IS_THERE, ROWS)

    async def answer(self, question: Question, client: str, known: date | None = None) -> Answer:
        """Answer a question, or raise Stopped or Unanswered."""
        if known:
            raise stops.Stopped(400, NO_DAYS)
        refuse_unsafe(question.text)
        _refuse_graphs(question)
        async with self._turn(client):
            alone = replace(question, rewrite=False)
            looked_at = await super().answer(alone, client)
            came_as = ROWS if looked_at.media_type in RESULT_FORMATS else TRIPLES
            body = await self._read(with_prefixes(question.text, self._source.prefixes), came_as)
            return await asyncio.to_thread(
                sent, body, came_as, question, self.limits, self._source.prefixes
            )

    async def description(self, endpoint: str, media_type: str) -> bytes:
        """Answer the description of the service, without figures: they are not ours to count."""
        return described(endpoint, {}, media_type, union=self._source.union)

    async def _read(self, text: str, kind: str) -> bytes:
        return await self._endpoint.read_async(self._client, text, kind)

    @asynccontextmanager
    async def _turn(self, client: str) -> AsyncGenerator[None]:
        """Have a slot for as long as one query may take; say why where that is not enough."""
        try:
            async with asyncio.timeout(self.limits.seconds), self._slot(client):
                yield
        except (TimeoutError, Late) as error:
            raise stops.too_long(self.limits) from error
        except TooLarge as error:
            reply = {"status": 413, "detail": "", "limit": "size"}
            raise stops.explained(self.limits, reply) from error

    @asynccontextmanager
    async def _slot(self, client: str) -> AsyncGenerator[None]:
        try:
            await self._lane.enter(client, self.limits.seconds)
        except Full as error:
            if error.by_client:
                raise stops.too_many(self.limits) from error
            raise stops.full(self.limits, heavy=False) from error
        try:
            yield
        finally:
            self._lane.leave(client)


def _refuse_graphs(question: Question) -> None:
    """Refuse a dataset of the client's choice: a remote store may fetch what it is told."""
    if question.default_graphs or question.named_graphs:
        message = (
            "A dataset cannot be chosen here, for the data lie in a remote store; leave "
            "default-graph-uri and named-graph-uri out, and use GRAPH."
        )
        raise RefusedQuery(message)
