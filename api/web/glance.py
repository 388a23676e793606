"""A short way to an answer: a request that says the same was answered before."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from api.web.exchange import noted
from api.web.metrics import Key
from api.web.observing import Sent, new_id, tell
from api.web.sameness import KEY_HEADERS, OWN_HEADERS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from starlette.types import ASGIApp, Receive, Scope, Send

    from api.web.answers import KeptAnswers
    from api.web.metrics import Metrics

# With one of these a request is looked at by the layers behind.
LOOKED_AT = frozenset((b"authorization", b"if-none-match", b"range", b"x-request-id"))
SEEN_HEADERS = frozenset((*KEY_HEADERS, b"accept-encoding", b"host"))


class Glance:
    """Answers from memory what was asked before in these words; all else goes to the layers."""

    def __init__(
        self,
        app: ASGIApp,
        answers: KeptAnswers,
        metrics: Metrics,
        state: Callable[[], Hashable],
    ) -> None:
        """Stand before the layers; `state` is what answers hold for: data version and day."""
        self.app, self.answers, self.metrics, self.state = app, answers, metrics, state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer at once, or pass on and let the answer be remembered under these words."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        begun = perf_counter()
        seen = _seen(scope)
        ready = self.answers.sent_to(seen, self.state) if seen else None
        if ready is None:
            noted(scope)["seen"] = seen
            await self.app(scope, receive, send)
            return
        request, kept, head, body = ready
        self.answers.remember(request, noted(scope).get("received"), head, body)
        request_id = new_id()
        headers = [*head, (b"x-request-id", request_id)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        key, seconds = Key("GET", kept.route, 200, "hit"), perf_counter() - begun
        tell(self.metrics, key, scope["path"], Sent(request_id, len(body), seconds))


def _seen(scope: Scope) -> Hashable:
    """Answer the words on which an answer may depend; None where more has to be looked at."""
    parts: list[bytes] = [scope["raw_path"], scope["query_string"]]
    for name, value in scope["headers"]:
        if name in SEEN_HEADERS or name.startswith(OWN_HEADERS):
            parts += (name, value)
        elif name in LOOKED_AT:
            return None
    return (scope["scheme"], *parts)
