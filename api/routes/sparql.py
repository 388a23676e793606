"""The SPARQL address: the query operation of the SPARQL 1.1 Protocol over the whole graph."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from http import HTTPStatus
from ipaddress import IPv6Network, ip_address
from typing import TYPE_CHECKING, Any, cast

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from api.dependencies import address
from api.negotiation import best
from api.problems import problem
from api.protocol import (
    CSV,
    JSON,
    NO_GRAPH_STORE,
    ROWS,
    TRIPLES,
    TURTLE,
    Asking,
    asking_of,
    kinds_wanted,
)
from api.sandbox.wire import Question
from api.web.exchange import noted
from graph.dates import parse_day
from graph.errors import DepositaryError

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from api.sandbox.desk import Desk
    from api.sandbox.pool import Answer

router = APIRouter(tags=["SPARQL"])

CLIENT_CLOSED = 499  # nobody is there to read it
SHORT = 0.05
REWRITTEN = "Query-Rewritten"
# The note of what came of a query that was put before the route was asked (api.express).
OUTCOME = "outcome"
OR_PAGE = (*ROWS, *TRIPLES, "text/html")


def _parameter(name: str, says: str, kind: str = "string") -> dict[str, Any]:
    schema = {"type": kind} | ({"items": {"type": "string"}} if kind == "array" else {})
    return {"name": name, "in": "query", "required": False, "description": says, "schema": schema}


PARAMETERS = [
    _parameter("query", "the query; common prefixes may be left out"),
    _parameter("default-graph-uri", "a graph of the default graph; may be repeated", "array"),
    _parameter("named-graph-uri", "a graph for GRAPH; may be repeated", "array"),
    _parameter("format", "json xml csv tsv for rows, ttl nt jsonld rdf for triples"),
    _parameter("known", "only what was public on that day"),
    _parameter("rewrite", "no: put the query to the engine as it stands"),
    _parameter("example", "the query page with this example, as withdrawals"),
]
TEXT: dict[str, Any] = {"schema": {"type": "string"}}
FIELDS = {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}
BODY = {
    "required": True,
    "content": {
        "application/sparql-query": TEXT,
        "application/x-www-form-urlencoded": {"schema": FIELDS},
    },
}
STATUSES: dict[int | str, dict[str, Any]] = {
    400: {"description": "The query cannot be read; `position`, `line` and `hint` say where"},
    403: {"description": "Asked for what is refused: updates, SERVICE, graphs of others"},
    406: {"description": "None of the accepted types can carry the answer"},
    413: {"description": "The query or its answer is too large"},
    415: {"description": "The body is of a type that is not read"},
    429: {"description": "Too many heavy queries of this client; see Retry-After"},
    503: {"description": "Too many queries, or out of memory; see Retry-After"},
    504: {"description": "The query reached its time"},
}


@router.get(
    "/sparql",
    summary="Put a SPARQL query to the whole graph",
    responses=STATUSES,
    openapi_extra={"parameters": PARAMETERS},
)
async def get(request: Request) -> Response:
    """Answer a query; without one, describe the service, and to a browser the query page."""
    asking = await asking_of(request, desk_of(request).limits)
    if asking.query is None:
        return await _without_query(request, asking)
    if wants_page(request, asking.format):
        return await _result_page(request, asking)
    return await _answer(request, asking)


@router.post(
    "/sparql",
    summary="Put a SPARQL query to the whole graph",
    responses=STATUSES,
    openapi_extra={"requestBody": BODY},
)
async def post(request: Request) -> Response:
    """Answer a query that is sent as a form or as the body."""
    return await _answer(request, await asking_of(request, desk_of(request).limits))


@router.api_route("/sparql", methods=["PUT", "DELETE", "PATCH"], include_in_schema=False)
async def graph_store() -> Response:
    """Refuse what would change a graph."""
    refused = problem(HTTPStatus.METHOD_NOT_ALLOWED, NO_GRAPH_STORE)
    refused.headers["Allow"] = "GET, HEAD, OPTIONS, POST"
    return refused


async def _answer(request: Request, asking: Asking) -> Response:
    rows, triples = kinds_wanted(request, asking.format)
    notes = noted(request.scope)
    if OUTCOME in notes:
        answer = _of(notes[OUTCOME])
    else:
        answer = await evaluated(request, asking, rows, triples)
    return Response(status_code=CLIENT_CLOSED) if answer is None else sent(answer)


def _of(outcome: Answer | DepositaryError | None) -> Answer | None:
    if isinstance(outcome, DepositaryError):
        raise outcome
    return outcome


async def evaluated(
    request: Request, asking: Asking, rows: str | None, triples: str | None
) -> Answer | None:
    """Answer the query in one of two media types, or None where the client has gone."""
    question = Question(
        asking.query or "",
        _endpoint(request),
        rows,
        triples,
        asking.default_graphs,
        asking.named_graphs,
        asking.rewrite,
    )
    known = parse_day(asking.known) if asking.known else None
    return await _while_awaited(request, desk_of(request).answer(question, _client(request), known))


def sent(answer: Answer) -> Response:
    """Answer the response that carries an answer."""
    kind = answer.media_type
    table = "; header=present" if kind == CSV else ""
    charset = f"; charset=utf-8{table}" if kind.startswith("text/") else ""
    headers = {"Vary": "Accept"}
    if answer.notes:
        headers[REWRITTEN] = ", ".join(answer.notes)
    return Response(answer.body, media_type=f"{kind}{charset}", headers=headers)


async def _while_awaited(request: Request, working: Coroutine[Any, Any, Answer]) -> Answer | None:
    """Answer what is worked on; None, and the work ended, where the client goes away first."""
    watch = _Watch(request)
    try:
        return await working
    except asyncio.CancelledError:
        if not watch.is_left:
            raise
        watch.task.uncancel()
        return None
    finally:
        watch.end()


class _Watch:
    """Cancels the task that answers when its client has gone; a short answer needs no watch."""

    def __init__(self, request: Request) -> None:
        self.is_left = False
        self.task = cast("asyncio.Task[Any]", asyncio.current_task())
        self._request = request
        self._watching: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(SHORT, self._begin)

    def end(self) -> None:
        self._timer.cancel()
        if self._watching:
            self._watching.cancel()

    def _begin(self) -> None:
        self._watching = asyncio.create_task(self._wait())

    async def _wait(self) -> None:
        await _gone(self._request)
        self.is_left = True
        self.task.cancel()


async def _gone(request: Request) -> None:
    """Wait until the client has closed its connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _without_query(request: Request, asking: Asking) -> Response:
    """Answer the query page to a browser or for an example, else the service description."""
    from api.routes.pages import query_page

    if asking.example or wants_page(request, asking.format):
        return await run_in_threadpool(query_page, request, asking.example)
    _, kind = kinds_wanted(request, asking.format)
    if kind is None:
        message = f"The service description comes as {', '.join(dict.fromkeys(TRIPLES.values()))}."
        return problem(HTTPStatus.NOT_ACCEPTABLE, message)
    body = await desk_of(request).description(_endpoint(request), kind)
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return Response(body, media_type=f"{kind}{charset}", headers={"Vary": "Accept"})


async def _result_page(request: Request, asking: Asking) -> Response:
    from api.routes.pages import result_page

    outcome: Answer | DepositaryError | None
    try:
        outcome = await evaluated(request, asking, JSON, TURTLE)
    except DepositaryError as error:
        outcome = error
    if outcome is None:
        return Response(status_code=CLIENT_CLOSED)
    query = asking.query or ""
    return await run_in_threadpool(result_page, request, query, asking.known, outcome)


def wants_page(request: Request, given: str | None) -> bool:
    """Answer whether a browser asks."""
    name = given or request.scope.get("suffix")
    if name:
        return bool(name == "html")
    accept = ",".join(request.headers.getlist("accept")) or "*/*"
    return best(accept, OR_PAGE) == "text/html"


def _client(request: Request) -> str:
    """Answer who asks, for fairness."""
    return _customer(request.client.host) if request.client else ""


@lru_cache(maxsize=1024)
def _customer(host: str) -> str:
    """Answer the address, of IPv6 the part that one customer has."""
    try:
        found = ip_address(host)
    except ValueError:
        return host
    return str(found) if found.version == 4 else str(IPv6Network((int(found), 64), strict=False))  # noqa: PLR2004


def _endpoint(request: Request) -> str:
    return f"{address(request)}sparql"


def desk_of(request: Request) -> Desk:
    """Answer where queries are put."""
    found: Desk = request.app.state.desk
    return found
