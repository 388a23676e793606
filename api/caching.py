"""Suffixes, entity tags and safe headers: what surrounds every answer, as plain ASGI."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from api.negotiation import SUFFIXES
from graph.dates import today

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOT_OF_THE_DATA = ("/health", "/ready", "/static/")
OWN_SUFFIXES = ("/graphs/", "/static/", "/openapi.json", "/docs", "/redoc", "/.well-known/")
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
DOCS_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; worker-src blob:; base-uri 'none'; "
    "frame-ancestors 'self'"
)


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


class EntityTags:
    """Gives every answer a strong ETag from data version, day and request, and answers 304.

    The answers are a function of exactly these, so a tag that comes back proves that the answer
    would be the same, before it is computed.
    """

    def __init__(self, app: ASGIApp, version: Callable[[], str]) -> None:
        """Stand before an application whose data have a version."""
        self.app, self.version = app, version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 304 where the client has the answer, else pass on and add the tag."""
        if not _may_be_cached(scope):
            await self.app(scope, receive, send)
            return
        tag = self._tag(scope)
        given = _header(scope, b"if-none-match")
        if given and {"*", tag} & {part.strip().removeprefix("W/") for part in given.split(",")}:
            await send({"type": "http.response.start", "status": 304, "headers": _fresh(tag)})
            await send({"type": "http.response.body", "body": b""})
            return

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:  # noqa: PLR2004
                message["headers"] = [*message["headers"], *_fresh(tag)]
            await send(message)

        await self.app(scope, receive, tagged)

    def _tag(self, scope: Scope) -> str:
        parts = (
            self.version(),
            today().isoformat(),
            scope["path"],
            scope["query_string"].decode("latin-1"),
            str(scope.get("suffix")),
            str(_header(scope, b"accept")),
            str(_header(scope, b"accept-encoding")),
            str(_header(scope, b"host")),
        )
        return f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]}"'


class SafeHeaders:
    """Adds the headers that keep a page from being turned against its reader."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on and add what the answer does not set itself."""
        policy = (
            DOCS_POLICY if scope.get("path", "").startswith(("/docs", "/redoc")) else PAGE_POLICY
        )

        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                have = {name.lower() for name, _ in message["headers"]}
                added = [
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                    (b"content-security-policy", policy.encode()),
                ]
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in added if name not in have),
                ]
            await send(message)

        await self.app(scope, receive, safe)


def _may_be_cached(scope: Scope) -> bool:
    readable = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
    return readable and not scope["path"].startswith(NOT_OF_THE_DATA)


def _header(scope: Scope, name: bytes) -> str | None:
    return next((v.decode("latin-1") for n, v in scope["headers"] if n == name), None)


def _fresh(tag: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"etag", tag.encode()),
        (b"cache-control", b"public, max-age=0, must-revalidate"),
        (b"vary", b"Accept"),
    ]
