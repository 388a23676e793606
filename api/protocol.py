"""What a request to the SPARQL address asks: the query operation of SPARQL 1.1 Protocol (2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from api.negotiation import best
from api.web.parameters import MOST_FIELDS, parameters
from graph.errors import RefusedQuery, WrongUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi import Request
    from starlette.types import Scope

    from api.sandbox.limits import Limits

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, NTRIPLES = "text/turtle", "application/n-triples"
JSONLD, RDFXML = "application/ld+json", "application/rdf+xml"

# What a client may accept, in our order of preference, and what it is sent.
ROWS = {kind: kind for kind in (JSON, XML, CSV, TSV)} | {
    "application/json": JSON,
    "application/xml": XML,
    "text/xml": XML,
}
TRIPLES = {kind: kind for kind in (TURTLE, NTRIPLES, JSONLD, RDFXML)} | {
    "application/json": JSONLD,
    "application/xml": RDFXML,
    "text/xml": RDFXML,
    "text/plain": NTRIPLES,
}
KINDS_OF_ROWS, KINDS_OF_TRIPLES = tuple(ROWS), tuple(TRIPLES)
# The names of `?format=`, those that clients send unasked included.
NAMES = {
    "json": (JSON, JSONLD),
    "xml": (XML, RDFXML),
    "csv": (CSV, None),
    "tsv": (TSV, None),
    "srj": (JSON, None),
    "srx": (XML, None),
    **dict.fromkeys(("ttl", "turtle", "n3"), (None, TURTLE)),
    **dict.fromkeys(("nt", "ntriples", "n-triples"), (None, NTRIPLES)),
    **dict.fromkeys(("jsonld", "json-ld"), (None, JSONLD)),
    **dict.fromkeys(("rdf", "rdfxml", "rdf+xml"), (None, RDFXML)),
}
NAMED_IN_ERRORS = "json xml csv tsv, or ttl nt jsonld rdf"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
UPDATE = "application/sparql-update"
NO_UPDATE = "The data cannot be changed here: this service answers queries and refuses updates."
NO_GRAPH_STORE = (
    "The Graph Store Protocol is refused: this service answers queries. "
    "Ask for a graph by CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <…> { ?s ?p ?o } }."
)
REPEATABLE = ("default-graph-uri", "named-graph-uri")
# SPARQLWrapper sends its format under three names.
ONCE = ("query", "format", "output", "results", "known", "example", "rewrite")
GRAPH_STORE = ("graph", "default")
ESCAPED = 3  # bytes of a form for each of the text


@dataclass(frozen=True)
class Asking:
    """What is asked: the query, the dataset, the form of the answer; None for what is not said."""

    query: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    format: str | None = None
    known: str | None = None
    example: str | None = None
    rewrite: bool = True


async def asking_of(request: Request, limits: Limits) -> Asking:
    """Answer what a request asks; raise where it asks in a way that is not offered."""
    if request.method != "POST":
        return asking_of_address(request.scope, limits)
    fields = _fields(request.scope["query_string"], "address")
    kind, charset = _content_type(request)
    if kind == UPDATE:
        raise RefusedQuery(NO_UPDATE)
    if kind not in {FORM, DIRECT}:
        message = f"Send the query as {DIRECT}, or in a form as {FORM}, not as {kind or 'nothing'}."
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        message = f"The charset {charset[:40]} is not read; send UTF-8."
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)
    body = await _body(request, int(limits.text_kb * 1024) * ESCAPED + 1024)
    if kind == FORM:
        return _asking([*fields, *_fields(body, "form")], limits, needed=True)
    text = _decoded(body)
    return _asking([*fields, ("query", text)], limits, needed=True)


def asking_of_address(scope: Scope, limits: Limits) -> Asking:
    """Answer what an address asks; raise where it asks in a way that is not offered."""
    return _asking(_fields(scope["query_string"], "address"), limits)


def kinds_wanted(request: Request, form: str | None) -> tuple[str | None, str | None]:
    """Answer the media types for rows and for triples; None where the client takes none of them."""
    if name := form or request.scope.get("suffix"):
        return _by_name(name)
    accept = ",".join(request.headers.getlist("accept")) or "*/*"
    rows, triples = best(accept, KINDS_OF_ROWS), best(accept, KINDS_OF_TRIPLES)
    if rows is None and triples is None:
        offered = ", ".join(dict.fromkeys([*ROWS.values(), *TRIPLES.values()]))
        message = f"None of the accepted types is offered here; offered are {offered}."
        raise HTTPException(HTTPStatus.NOT_ACCEPTABLE, message)
    return rows and ROWS[rows], triples and TRIPLES[triples]


def _by_name(name: str) -> tuple[str | None, str | None]:
    key = name.strip().lower()
    if key in NAMES:
        return NAMES[key]
    if key in ROWS or key in TRIPLES:
        return ROWS.get(key), TRIPLES.get(key)
    message = f"The format {name[:40]!r} is not offered; offered are {NAMED_IN_ERRORS}."
    raise WrongUse(message)


def _asking(fields: Sequence[tuple[str, str]], limits: Limits, *, needed: bool = False) -> Asking:
    names = [name for name, _ in fields]
    _refuse_others(names)
    given = dict(fields)
    query = given.get("query")
    if query is None and (needed or any(name in names for name in REPEATABLE)):
        message = "The parameter query is missing; it holds the text of the query."
        raise WrongUse(message)
    if query is not None and len(query.encode()) > limits.text_kb * 1024:
        message = f"The query is longer than {limits.text_kb:g} kB; ask in smaller parts."
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)
    default, named = (tuple(v for n, v in fields if n == name) for name in REPEATABLE)
    any_graph = bool(default or named)
    return Asking(
        query,
        default if any_graph else None,
        named if any_graph else None,
        given.get("format") or given.get("output") or given.get("results"),
        given.get("known"),
        given.get("example"),
        given.get("rewrite", "yes").lower() not in {"no", "0", "false", "off"},
    )


def _refuse_others(names: list[str]) -> None:
    if "update" in names or any(name.startswith("using-") for name in names):
        raise RefusedQuery(NO_UPDATE)
    if "query" not in names and any(name in GRAPH_STORE for name in names):
        raise RefusedQuery(NO_GRAPH_STORE)
    for name in names:
        if name not in (*ONCE, *REPEATABLE):
            message = f"There is no parameter {name[:100]!r} here; see /docs for those there are."
            raise WrongUse(message)
        if name in ONCE and names.count(name) > 1:
            message = f"The parameter {name!r} is given more than once; give it once."
            raise WrongUse(message)


def _fields(encoded: bytes, where: str) -> tuple[tuple[str, str], ...]:
    try:
        return parameters(encoded)
    except UnicodeDecodeError as error:
        message = f"The {where} holds bytes that are not UTF-8."
        raise WrongUse(message) from error
    except ValueError as error:
        message = f"The {where} has more than {MOST_FIELDS} parameters."
        raise WrongUse(message) from error


def _content_type(request: Request) -> tuple[str, str]:
    """Answer media type and charset of the body; compressed bodies are refused."""
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in {"", "identity"}:
        message = f"Send the query as it is, not compressed by {coding[:40]}."
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)
    kind, *parameters = (
        part.strip().lower() for part in request.headers.get("content-type", "").split(";")
    )
    values = dict(part.split("=", 1) for part in parameters if "=" in part)
    return kind, values.get("charset", "utf-8").strip('"')


async def _body(request: Request, most: int) -> bytes:
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > most:
            message = f"The body is longer than {most // 1024} kB; ask in smaller parts."
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)
    return bytes(received)


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "The query is not UTF-8 text."
        raise WrongUse(message) from error
