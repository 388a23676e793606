"""Suffixes, HEAD and the headers that every answer carries, as plain ASGI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.negotiation import SUFFIXES

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN_SUFFIXES = (
    "/graphs/",
    "/static/",
    "/openapi.json",
    "/docs",
    "/redoc",
    "/.well-known/",
    "/data/",
)
EXPOSED = b"ETag, Link, Location, Query-Rewritten, Retry-After, X-Request-Id"
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
DOCS_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; worker-src blob:; base-uri 'none'; "
    "frame-ancestors 'self'"
)

ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED),
]
OF_PAGES = [*ALWAYS, (b"content-security-policy", PAGE_POLICY.encode())]
OF_DOCS = [*ALWAYS, (b"content-security-policy", DOCS_POLICY.encode())]


class Suffixes:
    """Takes a suffix such as `.csv` off the path and keeps it as the wanted format.

    A slash at the end of a path makes no difference.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its suffix set apart."""
        if scope["type"] == "http" and not scope["path"].startswith(OWN_SUFFIXES):
            plain = scope["path"].rstrip("/") or "/"
            scope = {**scope, "path": plain, "raw_path": plain.encode()}
            stem, dot, suffix = scope["path"].rpartition(".")
            if dot and suffix in SUFFIXES and not stem.endswith("/"):
                scope = {**scope, "path": stem, "raw_path": stem.encode(), "suffix": suffix}
        await self.app(scope, receive, send)


class Heads:
    """Answers HEAD as GET without the body, on every address."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a HEAD request on as GET and keep the body back."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def headers_only(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, headers_only)


class SafeHeaders:
    """Adds the headers that keep a page from being turned against its reader.

    All that is answered here is public, so any site may read it, without credentials.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on and add what the answer does not set itself."""
        added = OF_DOCS if scope.get("path", "").startswith(("/docs", "/redoc")) else OF_PAGES

        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                have = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in added if name not in have),
                ]
            await send(message)

        await self.app(scope, receive, safe)
