"""The address for queries, asked without the framework's router.

Routing, dependencies and the layers of the framework take longer than a short query, so a GET of
`/sparql` goes to its route at once. The route, its errors and its headers are the same as through
the framework, which still describes it and answers every other spelling of the address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request

from api import problems
from api.routes import sparql
from api.web.exchange import noted
from api.web.headers import SafeHeaders
from graph.errors import DepositaryError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

PATH = "/sparql"


class Direct:
    """Answers a GET of the query address; everything else goes to the framework."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the framework."""
        self.app, self.route = app, SafeHeaders(_answered)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request to the route or to the framework."""
        is_ours = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == PATH
        await (self.route if is_ours else self.app)(scope, receive, send)


async def _answered(scope: Scope, receive: Receive, send: Send) -> None:
    noted(scope)["route"] = PATH
    request = Request(scope, receive, send)
    try:
        response = await sparql.get(request)
    except (DepositaryError, HTTPException) as error:
        response = await problems.answered(request, error)
    await response(scope, receive, send)
