"""Small things that every layer of the web needs: a header, a whole answer, a problem."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Scope, Send

Headers = list[tuple[bytes, bytes]]

# What an answer carries that comes from before the routes.
SAFE: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
    (b"access-control-allow-origin", b"*"),
    (b"cache-control", b"no-store"),
]


def header(scope: Scope, name: bytes) -> bytes | None:
    """Answer the first header of a request by its name in lower case."""
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    for found, value in headers:
        if found == name:
            return value
    return None


def noted(scope: Scope) -> dict[str, Any]:
    """Answer what the layers note about a request for each other: id, route, use of the cache."""
    return cast("dict[str, Any]", scope.setdefault("state", {}))


def problem_body(status: int, detail: str, **more: str) -> bytes:
    """Answer an error as the JSON of `application/problem+json` (RFC 9457)."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    return json.dumps(body | {"detail": detail} | more).encode()


async def send_problem(
    send: Send, status: int, detail: str, headers: Headers | None = None
) -> None:
    """Send an error that a layer of the web finds before any route is asked."""
    await send_whole(
        send,
        status,
        [
            (b"content-type", b"application/problem+json"),
            *SAFE,
            *(headers or []),
        ],
        problem_body(status, detail),
    )


async def send_whole(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    """Send a whole answer."""
    if status != HTTPStatus.NOT_MODIFIED:
        headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
