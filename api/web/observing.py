"""The outermost layer: gives a request its id, counts and logs it, and keeps faults inside."""

from __future__ import annotations

import logging
import random
import re
import secrets
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from starlette.requests import Request

from api.web.exchange import header, noted
from api.web.logs import LOGGER, REQUESTS, log_request
from api.web.metrics import Key

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from api.web.metrics import Metrics

    OnError = Callable[[Request], Response]

REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
LONGEST_PATH = 200
IDS = random.Random(secrets.randbits(64))  # noqa: S311 - names a request, guards nothing


class Observed:
    """Answers every request with an X-Request-Id, and an unexpected error without its trace."""

    def __init__(self, app: ASGIApp, metrics: Metrics, on_error: OnError) -> None:
        """Stand before an application; `on_error` makes the answer to an unexpected error."""
        self.app, self.metrics, self.on_error = app, metrics, on_error

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and note what became of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = _Exchange(_request_id(scope), send)
        noted(scope)["request_id"] = exchange.request_id.decode()
        begun = noted(scope).get("begun") or perf_counter()
        self.metrics.running += 1
        try:
            await self.app(scope, receive, exchange)
        except Exception:
            LOGGER.exception("unexpected error in request %s", exchange.request_id.decode())
            if not exchange.status:
                answer = self.on_error(Request(scope, receive))
                await answer(scope, receive, exchange)
            if not exchange.is_whole:
                raise  # so that the server closes the connection, and nobody takes it for all
        finally:
            self.metrics.running -= 1
            self._tell(scope, exchange, perf_counter() - begun)

    def _tell(self, scope: Scope, exchange: _Exchange, seconds: float) -> None:
        notes, path, method = noted(scope), scope["path"], scope["method"]
        route = notes.get("route") or ("/static" if path.startswith("/static/") else None)
        key = Key(method, route, exchange.status, notes.get("cache"))
        tell(self.metrics, key, path, Sent(exchange.request_id, exchange.sent, seconds))


class Sent(NamedTuple):
    """What was sent to a request: its id, the bytes of the body, and how long that took."""

    request_id: bytes
    size: int
    seconds: float


def tell(metrics: Metrics, key: Key, path: str, sent: Sent) -> None:
    """Count a request, and log it where all are logged."""
    metrics.count(key, sent.seconds)
    if REQUESTS.isEnabledFor(logging.INFO):
        log_request(
            {
                "request_id": sent.request_id.decode(),
                "method": key.method[:16],
                "path": path[:LONGEST_PATH],
                "route": key.route,
                "status": key.status,
                "ms": round(sent.seconds * 1000, 2),
                "bytes": sent.size,
                "cache": key.cache or "bypass",
            }
        )


class _Exchange:
    """Sends an answer on with its request id, and counts what is sent; status 0 is none yet."""

    def __init__(self, request_id: bytes, send: Send) -> None:
        self.request_id, self._send = request_id, send
        self.status, self.sent = 0, 0
        self.is_whole = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = [*message["headers"], (b"x-request-id", self.request_id)]
            message = {**message, "headers": headers}
        else:
            self.sent += len(message.get("body", b""))
            self.is_whole = not message.get("more_body", False)
        await self._send(message)


def _request_id(scope: Scope) -> bytes:
    """Answer the id that a proxy gave the request, or a new one."""
    given = header(scope, b"x-request-id")
    if given and REQUEST_ID.fullmatch(given):
        return given
    return new_id()


def new_id() -> bytes:
    """Answer an id for a request: one among many, no secret."""
    return b"%016x" % IDS.getrandbits(64)
