"""The pages for readers: start, things of the record, the query page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.answers.pictures import sentence
from api.answers.withdrawals import withdrawals
from api.dependencies import Asked, view

if TYPE_CHECKING:
    from api.answers.things import Thing
    from api.answers.view import View

router = APIRouter(tags=["pages"])

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@router.get("/", summary="The start page", response_class=HTMLResponse)
def start(request: Request, asking: Asked) -> Response:
    """Answer the main question at sight, and lead to the rest."""
    seen = view(request, asking)
    found = withdrawals(seen, "ottawa")
    return _page("start.html", found=found, sentence=sentence(found))


def thing_page(request: Request, seen: View, thing: Thing) -> Response:
    """Answer a thing of the record as a page."""
    return _page("thing.html", thing=thing)


def query_page(request: Request) -> Response:
    """Answer the page on which a query can be written."""
    return _page("query.html")


def _page(template: str, **values: object) -> Response:
    return HTMLResponse(TEMPLATES.get_template(template).render(values))
