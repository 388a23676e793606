"""Entity tags, 304 and kept answers, as plain ASGI before everything that computes."""

from __future__ import annotations

import asyncio
import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.middleware.gzip import GZipMiddleware

from api.web.answers import Kept, KeptAnswers
from api.web.compression import CODINGS, IDENTITY, SMALLEST_COMPRESSED, best_coding, is_compressible
from api.web.exchange import header, noted, send_whole
from api.web.sameness import KNOWN_VARY, asked, is_of_the_data, is_volatile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from api.web.exchange import Headers
    from api.web.sameness import Asked

COMPRESSED_INLINE = 32 * 1024
VARY = b"Accept, Accept-Encoding"
REVALIDATED = b"public, max-age=0, must-revalidate"
IMMUTABLE = b"public, max-age=31536000, immutable"
# What a 304 has beside the tag: other sites may read it too.
SHARED = [(b"vary", VARY), (b"access-control-allow-origin", b"*")]
OWN = frozenset({b"etag", b"vary", b"cache-control", b"content-length"})


class Caching:
    """Answers a request that was answered before from memory, or with 304.

    An answer is a function of the data version, the day and the normalised request, so these
    make a strong entity tag before anything is computed. Each content coding has a tag of its
    own. Only whole answers of status 200 are kept.
    """

    def __init__(
        self,
        app: ASGIApp,
        state: Callable[[], tuple[str, date]],
        answers: KeptAnswers,
        *,
        host_matters: bool,
    ) -> None:
        """Stand before an application whose answers hold for a `state`: version and day."""
        self.app, self.state, self.answers = app, state, answers
        self.host_matters = host_matters
        self.compressing = GZipMiddleware(app, minimum_size=SMALLEST_COMPRESSED)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, with 304, or by asking the application."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if not is_of_the_data(scope):
            # A part of a file (Range) must not be compressed as if it were the whole.
            app = self.compressing if scope["method"] == "POST" else self.app
            await app(scope, receive, send)
            return
        state = self.current()
        request = asked(scope, host_matters=self.host_matters)
        kept = self.answers.get(request)
        if kept is None and is_volatile(scope):
            await self.compressing(scope, receive, send)
            return
        tag = kept.tag if kept else tag_of(state, request)
        held = _held(scope, tag, exists=kept is not None)
        if held:
            _note(scope, "revalidated", kept)
            fresh = _fresh(held, lasts=kept is not None and _lasts(scope, kept))
            await send_whole(send, HTTPStatus.NOT_MODIFIED, [*fresh, *SHARED])
        elif kept:
            # One that was made for this very request comes from memory, but was not there before.
            _note(scope, "miss" if noted(scope).get("fresh") else "hit", kept)
            await self.send(scope, send, request, kept)
        else:
            _note(scope, "miss", None)
            await self.app(scope, receive, _Capture(self, scope, send, request, tag))

    def current(self) -> tuple[str, date]:
        """Answer the state that answers hold for now; those of another one are forgotten."""
        state = self.state()
        self.answers.current(state)
        return state

    async def send(self, scope: Scope, send: Send, request: Asked, kept: Kept) -> None:
        """Send an answer in the coding that the client prefers."""
        coding = best_coding(header(scope, b"accept-encoding"))
        chosen = coding if kept.is_compressible else IDENTITY
        body = kept.bodies.get(chosen)
        if body is None:
            body = await _compressed(chosen, kept.bodies[IDENTITY])
            self.answers.add_body(request, chosen, body)
        head = (chosen, _lasts(scope, kept))
        if head not in kept.heads:
            kept.heads[head] = head_of(kept, coding=chosen, lasts=head[1], length=len(body))
        for known_by in ("seen", "received"):
            self.answers.remember(request, noted(scope).get(known_by), kept.heads[head], body)
        await send({"type": "http.response.start", "status": 200, "headers": kept.heads[head]})
        await send({"type": "http.response.body", "body": body})


class _Capture:
    """Takes an answer from the application; one that comes whole is kept, others pass."""

    def __init__(
        self, caching: Caching, scope: Scope, send: Send, request: Asked, tag: str
    ) -> None:
        self.caching, self.scope, self.send = caching, scope, send
        self.request, self.tag = request, tag
        self.start: tuple[Message, Mapping[bytes, str]] | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            given = values_of(message["headers"])
            if message["status"] == HTTPStatus.OK and not _is_private(given):
                self.start = message, given
            else:
                await self.send(message)
        elif self.start is None:
            await self.send(message)
        else:
            (start, values), self.start = self.start, None
            await self._first_body(start["headers"], values, message)

    async def _first_body(
        self, headers: Headers, given: Mapping[bytes, str], message: Message
    ) -> None:
        """Keep an answer that is all here; one that comes in parts gets its tag and goes on."""
        kept = _kept(self.scope, headers, given, self.tag)
        body: bytes = message.get("body", b"")
        if not message.get("more_body") and given.get(b"content-length") == str(len(body)):
            kept.bodies[IDENTITY] = body
            self.caching.answers.put(self.request, kept)
            await self.caching.send(self.scope, self.send, self.request, kept)
            return
        length = [(n, v) for n, v in headers if n.lower() == b"content-length"]
        fresh = _fresh(self.tag, lasts=_lasts(self.scope, kept))
        sent = [*kept.headers, *length, *fresh]
        await self.send({"type": "http.response.start", "status": HTTPStatus.OK, "headers": sent})
        await self.send(message)


def _kept(scope: Scope, headers: Headers, given: Mapping[bytes, str], tag: str) -> Kept:
    media_type = given.get(b"content-type", "")
    return Kept(
        lasting(headers, given),
        tag,
        noted(scope).get("route"),
        # A picture stands for itself; a page has links that depend on the day it is read.
        media_type.startswith("text/html") and not scope["path"].startswith("/graphs/"),
        "immutable" in given.get(b"cache-control", ""),
        is_compressible(media_type, int(given.get(b"content-length", 0))),
    )


def lasting(headers: Headers, given: Mapping[bytes, str]) -> Headers:
    """Answer the headers that an answer has whenever and in whatever coding it is sent."""
    others = sorted(_varies(given) - {"accept", "accept-encoding", "origin"})
    vary = b", ".join((VARY, *(name.encode() for name in others)))
    return [*((name, value) for name, value in headers if name not in OWN), (b"vary", vary)]


def _is_private(given: Mapping[bytes, str]) -> bool:
    """Answer whether an answer is not for others, or depends on what is not in the key."""
    policy = given.get(b"cache-control", "")
    coded = given.get(b"content-encoding") or given.get(b"set-cookie")
    return (
        "no-store" in policy
        or "private" in policy
        or bool(coded)
        or not _varies(given) <= KNOWN_VARY
    )


def _varies(given: Mapping[bytes, str]) -> set[str]:
    return {name.strip() for name in given.get(b"vary", "").lower().split(",")} - {""}


def values_of(headers: Headers) -> dict[bytes, str]:
    """Answer what each header says; one that is given more than once says all of it."""
    found: dict[bytes, str] = {}
    for raw, value in headers:
        name, said = raw.lower(), value.decode("latin-1")
        found[name] = f"{found[name]}, {said}" if name in found else said
    return found


def tag_of(state: tuple[str, date], request: Asked) -> str:
    """Answer the strong entity tag of the answer to a request in a state.

    What is pinned to a day and a version is the same on every day that it is read.
    """
    held = state[:1] if request.pinned else state
    named = repr((*held, *request)).encode("utf-8", "replace")
    return hashlib.blake2b(named, digest_size=12).hexdigest()


def _coded(tag: str, coding: str) -> str:
    return tag if coding == IDENTITY else f"{tag}-{coding}"


def _held(scope: Scope, tag: str, *, exists: bool) -> str | None:
    """Answer the tag of the form of this answer that the client holds, or None.

    `*` means any form that exists, which is known only of an answer that is kept.
    """
    # A list may come in several lines (RFC 9110, 5.2).
    given = b",".join(value for name, value in scope["headers"] if name == b"if-none-match")
    if not given:
        return None
    held = {part.strip().removeprefix("W/") for part in given.decode("latin-1").split(",")}
    mine = [_coded(tag, coding) for coding in (*CODINGS, IDENTITY)]
    found = next((name for name in mine if f'"{name}"' in held), None)
    return tag if found is None and exists and "*" in held else found


def _lasts(scope: Scope, kept: Kept) -> bool:
    return kept.is_immutable or (bool(noted(scope).get("pinned")) and not kept.is_page)


def head_of(kept: Kept, *, coding: str, lasts: bool, length: int) -> Headers:
    """Answer the headers of an answer in a coding, of so many bytes; `lasts` is for good."""
    coded = [] if coding == IDENTITY else [(b"content-encoding", coding.encode())]
    fresh = _fresh(_coded(kept.tag, coding), lasts=lasts)
    return [*kept.headers, *fresh, *coded, (b"content-length", str(length).encode())]


def _fresh(tag: str, *, lasts: bool) -> Headers:
    return [
        (b"etag", f'"{tag}"'.encode()),
        (b"cache-control", IMMUTABLE if lasts else REVALIDATED),
    ]


def _note(scope: Scope, outcome: str, kept: Kept | None) -> None:
    notes = noted(scope)
    notes["cache"] = outcome
    if kept:
        notes["route"] = kept.route


async def _compressed(coding: str, body: bytes) -> bytes:
    """Compress a body; a long one in a thread, so that others are answered meanwhile."""
    if len(body) <= COMPRESSED_INLINE:
        return CODINGS[coding](body)
    return await asyncio.to_thread(CODINGS[coding], body)
