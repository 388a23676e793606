"""The pages for readers: start, things of the record, the query page, the search."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import DAY, Asked, Asking, address, view
from api.pages import find, query
from api.pages.compare import Compared, a_year_before, compare_page
from api.pages.frame import Links
from api.pages.licences import licences_page
from api.pages.policy import policy_page
from api.pages.state import state_page
from api.pages.thing import any_page, is_ontology, ontology_page, source_page
from api.pages.treaty import start_page, treaty_page
from graph.dates import parse_day, today

if TYPE_CHECKING:
    from datetime import date

    from api.answers.things import Thing
    from api.answers.view import View
    from api.sandbox.pool import Answer as SandboxAnswer
    from graph.errors import DepositaryError

router = APIRouter(tags=["pages"])

PAGES = {
    "state": state_page,
    "treaty": treaty_page,
    "policy": policy_page,
    "source": source_page,
}


class Finding(BaseModel):
    """The parameters of the search; others are an error."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200, description="a state or treaty")]
    on: Annotated[str | None, Field(description="the day of the page to go to")] = None
    known: Annotated[str | None, Field(description="the day of knowledge of that page")] = None


class Comparing(BaseModel):
    """The parameters of a comparison of two days; others are an error."""

    model_config = ConfigDict(extra="forbid")

    treaty: Annotated[str | None, Field(description="a treaty, as ottawa")] = None
    state: Annotated[str | None, Field(description="a state instead, as POL")] = None
    first: Annotated[str | None, Field(alias="from", description=f"the earlier day: {DAY}")] = None
    last: Annotated[str | None, Field(alias="to", description=f"the later day: {DAY}")] = None
    known: Annotated[str | None, Field(description=f"only what was public then: {DAY}")] = None


@router.get("/", summary="The start page", response_class=HTMLResponse)
def start(request: Request, asking: Asked) -> Response:
    """Answer the main question at sight, and lead to the rest."""
    return start_page(view(request, asking))


@router.get("/find", summary="The page of a state or treaty by any of its names")
def finding(request: Request, asking: Annotated[Finding, Query()]) -> Response:
    """Lead to the page that a name means."""
    seen = view(request, Asking(on=asking.on, known=asking.known))
    return RedirectResponse(find.page_of(seen, asking.name), HTTPStatus.SEE_OTHER)


@router.get("/compare", summary="What changed between two days, of a treaty or of a state")
def compare(request: Request, asking: Annotated[Comparing, Query()]) -> Response:
    """Answer two days side by side; without days, the year up to today."""
    last = parse_day(asking.last) if asking.last else today()
    first = parse_day(asking.first) if asking.first else a_year_before(last)

    def view_on(day: date) -> View:
        return view(request, Asking(on=day.isoformat(), known=asking.known))

    asked = Compared(asking.treaty, asking.state or None, first, last)
    return compare_page(view_on, asked)


@router.get("/licences", summary="What the service is made of, and under which licences")
def licences(request: Request) -> Response:
    """Answer the licences of the packages whose files are served."""
    return licences_page(Links(address(request)))


def thing_page(request: Request, seen: View, thing: Thing) -> Response:  # noqa: ARG001
    """Answer a thing of the record as a page."""
    if is_ontology(thing):
        return ontology_page(seen, thing)
    return PAGES.get(thing.kind, any_page)(seen, thing)


def query_page(request: Request, example: str | None = None) -> Response:
    """Answer the page on which a query can be written."""
    return query.blank_page(request, example)


def result_page(
    request: Request, text: str, known: str | None, outcome: SandboxAnswer | DepositaryError
) -> Response:
    """Answer the page with what came of a query."""
    return query.answered_page(request, text, known, outcome)
