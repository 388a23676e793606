"""The shortest way to an answer: a connection brings the very same bytes as one before.

A request that is equal byte for byte is answered before it is read. It is remembered only where
all its headers are known to change nothing that the parser or the application decides: no body,
no upgrade, nothing that a proxy says of a client.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, cast

from api.web.metrics import Key
from api.web.observing import Sent, new_id, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from starlette.types import Scope

    from api.web.answers import KeptAnswers
    from api.web.exchange import Headers
    from api.web.metrics import Metrics
    from api.web.sameness import Asked

LONGEST_REMEMBERED = 4 * 1024
STATUS_LINE = b"HTTP/1.1 200 OK\r\n"
END = b"\r\n\r\n"
HARMLESS = frozenset((
    b"accept",
    b"accept-encoding",
    b"accept-language",
    b"cache-control",
    b"dnt",
    b"host",
    b"origin",
    b"pragma",
    b"priority",
    b"referer",
    b"sec-fetch-dest",
    b"sec-fetch-mode",
    b"sec-fetch-site",
    b"sec-fetch-user",
    b"sec-gpc",
    b"upgrade-insecure-requests",
    b"user-agent",
))  # fmt: skip


class Repeats:
    """Knows the bytes of requests that were answered with status 200 from memory."""

    def __init__(
        self, answers: KeptAnswers, metrics: Metrics, state: Callable[[], Hashable]
    ) -> None:
        """Look into the memory for answers; `state` is what they hold for: version and day."""
        self.answers, self.metrics, self.state = answers, metrics, state

    def answer(self, received: bytes, others: Headers) -> list[bytes] | None:
        """Answer what to send to a request of these bytes, with some headers more; or None."""
        ready = self.answers.sent_to(received, self.state)
        if ready is None:
            return None
        begun, request_id = perf_counter(), new_id()
        request, kept, headers, body = ready
        sent = whole([*others, *headers, (b"x-request-id", request_id)], body)
        key, seconds = Key("GET", kept.route, 200, "hit"), perf_counter() - begun
        tell(self.metrics, key, cast("Asked", request).path, Sent(request_id, len(body), seconds))
        return sent


def whole(headers: Headers, body: bytes) -> list[bytes]:
    """Answer the bytes of a whole answer of status 200."""
    lines = b"".join([b"%b: %b\r\n" % pair for pair in headers])
    return [b"%b%b\r\n" % (STATUS_LINE, lines), body]


def remembered(received: bytes, scope: Scope) -> bytes | None:
    """Answer the bytes by which a request is known again; None where they do not say it all."""
    one = len(received) <= LONGEST_REMEMBERED and received.find(END) == len(received) - len(END)
    alike = scope["method"] == "GET" and scope["http_version"] == "1.1"
    harmless = all(
        name in HARMLESS or (name == b"connection" and value.lower() == b"keep-alive")
        for name, value in scope["headers"]
    )
    return received if one and alike and harmless else None
