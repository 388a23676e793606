"""The page that a reader gets instead of an error in JSON."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from api.dependencies import address
from api.negotiation import SUFFIXES, best
from api.pages.frame import Head, Links, page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi import Request
    from fastapi.responses import HTMLResponse

PAGES = (
    "/articles/",
    "/code/",
    "/compare",
    "/find",
    "/id/",
    "/licences",
    "/ontology",
    "/sparql",
)
# Lists that are pages for browsers; what lies below them is data.
LISTS = ("/treaties", "/states", "/graphs")
PROBLEM = "application/problem+json"
TITLES = {
    HTTPStatus.NOT_FOUND: "Not in the record",
    HTTPStatus.BAD_REQUEST: "This cannot be read",
    HTTPStatus.FORBIDDEN: "This is not offered",
}


def wants_page(request: Request) -> bool:
    """Answer whether a browser asked for a page, or for what no route answers."""
    accept = ",".join(request.headers.getlist("accept")) or "*/*"
    if best(accept, (PROBLEM, "text/html")) != "text/html":
        return False
    form = request.query_params.get("format") or request.scope.get("suffix") or "html"
    return SUFFIXES.get(form, form) == "text/html" and _is_page(request)


def problem_page(
    request: Request, status: int, detail: str, near: Sequence[str] = ()
) -> HTMLResponse:
    """Answer an error as a page: what is wrong, what is expected, where to go on."""
    title = TITLES.get(HTTPStatus(status), HTTPStatus(status).phrase)
    head = Head(title, detail, "", status=status)
    links = Links(address(request))
    shown = page(links, "problem.html", head, detail=detail, near=near)
    shown.headers["Cache-Control"] = "no-store"
    return shown


def _is_page(request: Request) -> bool:
    path = request.scope["path"]
    drawn = path.startswith("/graphs/") and path.endswith(".html")
    answered = "endpoint" in request.scope
    return path in ("/", *LISTS) or path.startswith(PAGES) or drawn or not answered
