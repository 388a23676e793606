"""The SPARQL address: the query operation of the SPARQL 1.1 Protocol over the whole graph."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from api.dependencies import library
from api.negotiation import SUFFIXES, best, wanted
from api.sandbox.rewriting import Rewriting, rewrite
from api.sandbox.tokens import LONGEST_QUERY, refuse_unsafe
from graph.dates import parse_day, today
from graph.errors import WrongUse
from graph.store import GRAPH_FORMATS, RESULT_FORMATS

if TYPE_CHECKING:
    from graph.store import Answer

router = APIRouter(tags=["SPARQL"])

RESULTS = (*RESULT_FORMATS, "application/json")
GRAPHS = tuple(GRAPH_FORMATS)
REWRITING_HEADER = "Depositary-Rewriting"


class QueryAsking(BaseModel):
    """The parameters of a query sent by GET."""

    model_config = ConfigDict(extra="forbid")

    query: Annotated[
        str | None, Field(description="the query; common prefixes may be left out")
    ] = None
    known: Annotated[str | None, Field(description="only what was public on that day")] = None
    format: Annotated[str | None, Field(description="json xml csv tsv, or ttl nt jsonld rdf")] = (
        None
    )
    rewriting: Annotated[
        Literal["on", "off"], Field(description="off to put the query to the engine as it is")
    ] = "on"
    example: Annotated[
        str | None, Field(description="the query page with this example, as withdrawals")
    ] = None


@router.get("/sparql", summary="Put a SPARQL query to the whole graph")
async def get(request: Request, asking: Annotated[QueryAsking, Query()]) -> Response:
    """Answer a query; a browser gets a page, with the rows or for a query to be written."""
    from api.routes.pages import query_page, result_page

    if asking.query is None:
        return query_page(request, asking.example)
    if _wants_page(request, asking.format):
        return await run_in_threadpool(result_page, request, asking.query, asking.known)
    return await _answer(request, asking)


@router.post("/sparql", summary="Put a SPARQL query to the whole graph")
async def post(request: Request) -> Response:
    """Answer a query that is sent as a form or as the body."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/sparql-update":
        message = "The data cannot be changed here; this service only answers queries."
        raise HTTPException(HTTPStatus.FORBIDDEN, message)
    body = await _body(request)
    if kind == "application/sparql-query":
        given = dict(request.query_params) | {"query": body}
        return await _answer(request, QueryAsking(**given))
    if kind != "application/x-www-form-urlencoded":
        message = "Send application/sparql-query or a form with the field query."
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)
    return await _answer(request, _from_form(body))


def _from_form(body: str) -> QueryAsking:
    from urllib.parse import parse_qs

    fields = parse_qs(body, keep_blank_values=True, max_num_fields=10)
    if "update" in fields:
        message = "The data cannot be changed here; this service only answers queries."
        raise HTTPException(HTTPStatus.FORBIDDEN, message)
    if len(fields.get("query", [])) != 1:
        message = "The form needs the field query, once."
        raise WrongUse(message)
    names = ("query", "known", "format", "rewriting")
    return QueryAsking(**{name: fields[name][0] for name in names if name in fields})


async def _body(request: Request) -> str:
    """Read the body, as UTF-8 and not longer than a form with the longest query can be."""
    received = b""
    async for chunk in request.stream():
        received += chunk
        if len(received) > 3 * LONGEST_QUERY + 1024:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The query is too long.")
    try:
        return received.decode("utf-8")
    except UnicodeDecodeError as error:
        message = "The query is not UTF-8 text."
        raise WrongUse(message) from error


async def _answer(request: Request, asking: QueryAsking) -> Response:
    query = asking.query or ""
    refuse_unsafe(query)
    results, graph = _formats(request, asking.format)
    known = parse_day(asking.known) if asking.known else None

    def run() -> tuple[Answer, str]:
        store = library(request).view(today(), known).store
        if asking.rewriting == "off":
            return store.answer(query, results, graph), "off"
        written = rewrite(query)
        try:
            return store.answer(written.text, results, graph), written.words
        except WrongUse:
            # The place of a fault is told in the text that was sent.
            return store.answer(query, results, graph), Rewriting(query).words

    answer, words = await run_in_threadpool(run)
    kind = answer.media_type
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    headers = {REWRITING_HEADER: words}
    return Response(answer.body, headers=headers, media_type=f"{kind}{charset}")


def _wants_page(request: Request, given: str | None) -> bool:
    name = given or request.scope.get("suffix")
    if name:
        return name == "html"
    accept = ",".join(request.headers.getlist("accept")) or "*/*"
    return best(accept, (*RESULTS, *GRAPHS, "text/html")) == "text/html"


def _formats(request: Request, given: str | None) -> tuple[str, str]:
    """Answer in which types rows and triples are sent, whichever the query gives."""
    name = given or request.scope.get("suffix")
    if name:
        kind = SUFFIXES.get(name, name)
        if kind not in (*RESULTS, *GRAPHS):
            message = (
                f"The format {name!r} is not offered; offered are json xml csv tsv ttl nt jsonld."
            )
            raise WrongUse(message)
        return _as_rows(kind if kind in RESULTS else RESULTS[0]), (
            kind if kind in GRAPHS else GRAPHS[0]
        )
    found = wanted(request, (*RESULTS, *GRAPHS))
    return _as_rows(found if found in RESULTS else RESULTS[0]), (
        found if found in GRAPHS else GRAPHS[0]
    )


def _as_rows(kind: str) -> str:
    return RESULTS[0] if kind == "application/json" else kind
