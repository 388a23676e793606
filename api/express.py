"""A query by GET, answered beside the layers of the web and the framework.

For a short query these take longer than the query. What is answered here is kept in the memory for
answers like any other, so whatever is unusual (a coding to compress with, a connection about to
close, an error) goes the long way and finds the answer, or the error, there.
"""

from __future__ import annotations

from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.protocol import asking_of_address, kinds_wanted
from api.routes import sparql
from api.sandbox.pool import Answer
from api.web.answers import Kept
from api.web.caching import head_of, lasting, tag_of, values_of
from api.web.compression import IDENTITY, best_coding, is_compressible
from api.web.exchange import header, noted
from api.web.headers import OF_PAGES
from api.web.metrics import Key
from api.web.observing import Sent, new_id, tell
from api.web.sameness import asked, is_volatile
from graph.errors import DepositaryError

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import Receive, Scope

    from api.web.caching import Caching
    from api.web.exchange import Headers
    from api.web.metrics import Metrics

PATH = "/sparql"


class Express:
    """Answers queries that ask for nothing but rows or triples."""

    def __init__(self, app: FastAPI, caching: Caching, metrics: Metrics) -> None:
        """Ask the sandbox of an application, and keep the answers where the layers look."""
        self.app, self.caching, self.metrics = app, caching, metrics

    def takes(self, scope: Scope) -> bool:
        """Answer whether a request whose headers are all harmless may be answered here."""
        return scope["path"] == PATH and b"query=" in scope["query_string"]

    async def answer(self, scope: Scope, receive: Receive) -> tuple[Headers, bytes] | None:
        """Answer headers and body to be sent with status 200, or None: ask the layers then."""
        noted(scope)["begun"] = begun = perf_counter()
        scope["app"] = self.app
        self.metrics.running += 1
        try:
            found = await self._found(scope, Request(scope, receive))
        finally:
            self.metrics.running -= 1
        if found is None:
            return None
        (headers, body), request_id = found, new_id()
        key, seconds = Key("GET", PATH, 200, "miss"), perf_counter() - begun
        tell(self.metrics, key, PATH, Sent(request_id, len(body), seconds))
        return [*headers, (b"x-request-id", request_id)], body

    async def _found(self, scope: Scope, request: Request) -> tuple[Headers, bytes] | None:
        state = self.caching.current()
        same = asked(scope, host_matters=self.caching.host_matters)
        answers = self.caching.answers
        if b"version=" in scope["query_string"] or is_volatile(scope) or answers.get(same):
            return None
        answer = await self._answer(request)
        if answer is None:
            return None
        kept = _kept(answer, tag_of(state, same))
        answers.put(same, kept)
        noted(scope)["fresh"] = True
        if kept.is_compressible and best_coding(header(scope, b"accept-encoding")) != IDENTITY:
            return None
        headers = head_of(kept, coding=IDENTITY, lasts=False, length=len(answer.body))
        answers.remember(same, noted(scope)["received"], headers, answer.body)
        return headers, answer.body

    async def _answer(self, request: Request) -> Answer | None:
        """Answer the query; what comes of it otherwise is noted for the route, which tells it."""
        try:
            asking = asking_of_address(request.scope, sparql.desk_of(request).limits)
            if asking.query is None or sparql.wants_page(request, asking.format):
                return None
            rows, triples = kinds_wanted(request, asking.format)
        except (DepositaryError, HTTPException):
            return None  # The route finds the same fault again, before it asks anything.
        outcome: Answer | DepositaryError | None
        try:
            outcome = await sparql.evaluated(request, asking, rows, triples)
        except DepositaryError as error:
            outcome = error
        noted(request.scope)[sparql.OUTCOME] = outcome
        return None if isinstance(outcome, DepositaryError) else outcome


def _kept(answer: Answer, tag: str) -> Kept:
    kind, body = answer.media_type, answer.body
    return Kept(
        _headers(kind, answer.notes),
        tag,
        PATH,
        is_page=False,
        is_immutable=False,
        is_compressible=is_compressible(kind, len(body)),
        bodies={IDENTITY: body},
    )


@lru_cache(maxsize=64)
def _headers(kind: str, notes: tuple[str, ...]) -> Headers:
    """Answer the headers that the route and the layers give an answer of a media type."""
    headers = [*sparql.sent(Answer(b"", kind, notes)).raw_headers, *OF_PAGES]
    return lasting(headers, values_of(headers))
