"""Addresses that name the version of the data: what they give never changes."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote

from api.web.exchange import SAFE, noted, problem_body, send_problem, send_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

PARAMETER = b"version="
VERSION = re.compile(r"[0-9a-f]{16}")


class Pins:
    """Reads `version=`: with the version that is served the answer is for good.

    With another version the client is led to the one that is served, which it can see: no
    answer ever claims a version that it is not of.
    """

    def __init__(self, app: ASGIApp, version: Callable[[], str]) -> None:
        """Stand before an application whose data have a version."""
        self.app, self.version = app, version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the version off the address, and note whether the answer lasts."""
        if scope["type"] != "http" or PARAMETER not in scope["query_string"]:
            await self.app(scope, receive, send)
            return
        parts = scope["query_string"].split(b"&")
        pins = [part for part in parts if part.startswith(PARAMETER)]
        rest = [part for part in parts if not part.startswith(PARAMETER)]
        if len(pins) != 1:
            await self.app(scope, receive, send)
            return
        given = unquote(pins[0].removeprefix(PARAMETER).decode("latin-1"))
        if given == self.version():
            noted(scope)["pinned"] = _has_day(scope["path"], rest)
            await self.app({**scope, "query_string": b"&".join(rest)}, receive, send)
        elif VERSION.fullmatch(given):
            await self._lead_on(scope, send, rest)
        else:
            detail = f"version={given[:100]!r} is no version of the data; it has 16 characters 0-f."
            await send_problem(send, HTTPStatus.BAD_REQUEST, detail)

    async def _lead_on(self, scope: Scope, send: Send, rest: list[bytes]) -> None:
        status = HTTPStatus.TEMPORARY_REDIRECT
        query = b"&".join([*rest, PARAMETER + self.version().encode()])
        detail = f"Another version of the data is served now: {self.version()}. It is at Location."
        headers = [
            # One slash: two would name another host.
            (b"location", b"/" + scope["raw_path"].lstrip(b"/") + b"?" + query),
            (b"content-type", b"application/problem+json"),
            *SAFE,
        ]
        await send_whole(send, status, headers, problem_body(status, detail))


def _has_day(path: str, rest: list[bytes]) -> bool:
    """Answer whether a request names its day, where its answer depends on one."""
    if path.startswith("/sparql"):
        return True
    last = b"until=" if path.startswith("/changes") else b"on="
    return any(part.startswith(last) for part in rest)
