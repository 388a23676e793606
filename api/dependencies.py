"""What every route needs: the data, the day, and the form of the answer."""

from __future__ import annotations

import json
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from api.answers.plain import as_csv, as_plain, main_list, table
from api.negotiation import wanted
from graph.dates import parse_day, today
from graph.errors import WrongUse
from ontology.namespaces import BASE, slug

if TYPE_CHECKING:
    from api.answers.view import Library, View

# The last one is that of Starlette's test client.
OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "::1", "testserver"})
DAY = "an ISO day such as 2025-12-19"
VERSION = "the data version that the address was made with; a picture that is pinned to it is kept"


class Asking(BaseModel):
    """The parameters that every question takes; others are an error."""

    model_config = ConfigDict(extra="forbid")

    on: Annotated[str | None, Field(description=f"state of the world on that day: {DAY}")] = None
    known: Annotated[str | None, Field(description=f"only what was public on that day: {DAY}")] = (
        None
    )
    format: Annotated[str | None, Field(description="json or csv")] = None


class Listing(Asking):
    """The parameters of a list."""

    limit: Annotated[int | None, Field(ge=1, description="how many rows at the most")] = None
    offset: Annotated[int, Field(ge=0, description="how many rows to leave out first")] = 0


Asked = Annotated[Asking, Query()]
Listed = Annotated[Listing, Query()]


def library(request: Request) -> Library:
    """Answer the data of the running service."""
    found: Library = request.app.state.library
    return found


def address(request: Request) -> str:
    """Answer the address under which the service is reached, with a slash at its end.

    A Host header is believed only where it names this machine; else links use the base IRI.
    """
    public: str | None = request.app.state.settings.public_url
    scope = request.scope
    server, root = tuple(scope.get("server") or ()), scope.get("root_path", "")
    return public or _address(scope["scheme"], request.headers.get("host"), server, root)


@lru_cache(maxsize=64)
def _address(scheme: str, host: str | None, server: tuple[str | int | None, ...], root: str) -> str:
    headers = [(b"host", host.encode("latin-1"))] if host else []
    place = {"scheme": scheme, "server": server or None, "root_path": root, "path": f"{root}/"}
    asked = Request({"type": "http", "query_string": b"", "headers": headers} | place)
    return str(asked.base_url) if asked.url.hostname in OWN_HOSTS else BASE


# These stand before every route: as plain functions each would be sent to a thread of its own.
async def note_route(request: Request) -> None:
    """Note which route answers, for the figures and the log."""
    request.state.route = request.scope["route"].path


async def refuse_repeated(request: Request) -> None:
    """Refuse a parameter that is given more than once: which one is meant cannot be told."""
    names = [name for name, _ in request.query_params.multi_items()]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        message = f"The parameter {repeated[0][:100]!r} is given more than once; give it once."
        raise WrongUse(message)


async def refuse_empty(request: Request) -> None:
    """Refuse a parameter without a value, which a program sends by mistake.

    A browser sends every field of a form, so on pages an empty field is one that was left out.
    """
    from api.pages.problem import wants_page

    empty = sorted(name for name, value in request.query_params.items() if not value.strip())
    if empty and not wants_page(request):
        message = f"The parameter {empty[0][:100]!r} is empty; give it a value or leave it out."
        raise WrongUse(message)


def view(request: Request, asking: Asking) -> View:
    """Answer the view of the data that the parameters ask for."""
    on = parse_day(asking.on) if asking.on else today()
    known = parse_day(asking.known) if asking.known else None
    given = bool(asking.on)
    return library(request).view(on, known, address(request), day_given=given)


def led_to_page(
    request: Request, asking: Asking, kind: str, name: str, treaty: str | None = None
) -> Response | None:
    """Lead a browser that asks for the data of a state or treaty to its page of the same day.

    Programs are not led: they get JSON, also where they do not say what they want. The page of a
    state has a part for each treaty.
    """
    if not wants_html(request, asking):
        return None
    from api.pages.frame import Links

    seen = view(request, asking)
    page = Links.of(seen).thing(kind, slug(seen.names.find(kind, name)))
    part = f"#{slug(seen.names.treaty(treaty))}" if treaty else ""
    return RedirectResponse(f"{page}{part}", HTTPStatus.SEE_OTHER)


def respond(request: Request, asking: Asking, answer: object) -> Response:
    """Send an answer as JSON or, on wish, the list that it is about as CSV."""
    offered = ("application/json", "text/csv")
    kind = wanted(request, offered, asking.format)
    name, items = main_list(answer)
    shown, total = _page(asking, items)
    if kind == "text/csv":
        return Response(as_csv(*table(shown)), media_type="text/csv; charset=utf-8; header=present")
    body = as_plain(answer)
    if isinstance(asking, Listing):
        body |= {name: as_plain_list(shown), "total": total}
    return json_response(body)


def wants_html(request: Request, asking: Asking) -> bool:
    """Answer whether a list is wanted as a page; programs that do not say get JSON."""
    offered = ("application/json", "text/csv", "text/html")
    return wanted(request, offered, asking.format) == "text/html"


def as_plain_list(items: list[Any]) -> list[Any]:
    """Answer dataclasses as dictionaries."""
    return [as_plain(item) for item in items]


def json_response(body: object) -> Response:
    """Send a body as JSON, readable as it stands."""
    text = json.dumps(body, ensure_ascii=False, indent=1)
    return Response(text, media_type="application/json")


def _page(asking: Asking, items: list[Any]) -> tuple[list[Any], int]:
    if not isinstance(asking, Listing):
        return items, len(items)
    end = asking.offset + asking.limit if asking.limit else None
    return items[asking.offset : end], len(items)
