"""How much a request may bring: a short body, as it is, all of it before anything is computed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from api.web.exchange import header, send_problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

FORM = b"application/x-www-form-urlencoded"
# A form writes a byte as %XX, so that it is up to three times as long as what it says.
LONGER_AS_FORM = 3


class Bodies:
    """Refuses long and compressed bodies, and passes short ones on whole.

    A body is kept until all of it is here, so no route ever waits for a client.
    """

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        """Stand before an application that reads bodies of so many bytes at the most."""
        self.app, self.most_bytes = app, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body, or refuse it."""
        if scope["type"] != "http" or not _has_body(scope):
            await self.app(scope, receive, send)
            return
        coding = header(scope, b"content-encoding")
        if coding is not None and coding.strip().lower() != b"identity":
            detail = "A compressed body is not read here; send it without Content-Encoding."
            await send_problem(send, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
            return
        most = self._most(scope)
        if _told_length(scope) > most:
            await self._refuse_length(send, most)
            return
        received = await _whole_body(receive, most)
        if received is None:
            return  # the client has left
        if len(received) > most:
            await self._refuse_length(send, most)
            return
        await self.app(scope, _replayed(received, receive), send)

    def _most(self, scope: Scope) -> int:
        kind = (header(scope, b"content-type") or b"").partition(b";")[0].strip().lower()
        return self.most_bytes * LONGER_AS_FORM if kind == FORM else self.most_bytes

    async def _refuse_length(self, send: Send, most: int) -> None:
        detail = f"The body is longer than {most // 1024} kB, the longest that is read here."
        # The rest of the body is not read, so the connection cannot be used again.
        headers = [(b"connection", b"close")]
        await send_problem(send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail, headers)


def _has_body(scope: Scope) -> bool:
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value.strip() != b"0")
        for name, value in scope["headers"]
    )


def _told_length(scope: Scope) -> int:
    told = header(scope, b"content-length") or b"0"
    return int(told) if told.isdigit() else 0


async def _whole_body(receive: Receive, most: int) -> bytes | None:
    """Answer a body, or what is more than the most of it; None where the client leaves."""
    received = b""
    more = True
    while more and len(received) <= most:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        received += message.get("body", b"")
        more = message.get("more_body", False)
    return received


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Answer a way to receive that gives the body first and then what comes, such as a leave."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
