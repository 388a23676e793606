"""Answers from data that others change: sent and kept nowhere, neither here nor on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.middleware.gzip import GZipMiddleware

from api.web.compression import SMALLEST_COMPRESSED

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

NO_STORE = (b"cache-control", b"no-store")


class Unkept:
    """Lets every answer through, compressed on wish, and tells all caches to forget it."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self.app = GZipMiddleware(app, minimum_size=SMALLEST_COMPRESSED)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by asking the application."""

        async def forget(message: Message) -> None:
            if message["type"] == "http.response.start":
                others = (h for h in message["headers"] if h[0].lower() != NO_STORE[0])
                message = {**message, "headers": [*others, NO_STORE]}
            await send(message)

        await self.app(scope, receive, forget)
