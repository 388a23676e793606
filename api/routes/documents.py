"""Addresses of policies, claims, sources and changes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.answers import history, listings, norms
from api.dependencies import Asked, Listed, Listing, respond, view
from api.negotiation import wanted
from api.pages import feed
from graph.dates import parse_day, today
from graph.errors import WrongUse

if TYPE_CHECKING:
    from api.answers.source_shapes import Claims
    from api.answers.view import View

router = APIRouter(tags=["documents"])


class ClaimsAsking(Listing):
    """The parameters of the list of claims."""

    about: Annotated[
        str | None, Field(description="kind/slug of an event, as action/pol-ottawa-withdrawal")
    ] = None
    source: Annotated[str | None, Field(description="slug or number of a source")] = None
    verdict: Annotated[
        str | None, Field(description="only claims with this verdict, as contradicted or contests")
    ] = None


class ChangesAsking(Listing):
    """The parameters of the list of changes."""

    since: Annotated[
        str | None,
        Field(description="the day after which changes count; a feed goes back a year without it"),
    ] = None
    until: Annotated[str | None, Field(description="the last day that counts")] = None


@router.get("/policies/{policy}", summary="A policy and its measures")
def policy(request: Request, policy: str, asking: Asked) -> Response:
    """Answer one policy."""
    return respond(request, asking, norms.policy(view(request, asking), policy))


@router.get("/claims", summary="What sources say of an event, or what one source says")
def claims(request: Request, asking: Annotated[ClaimsAsking, Query()]) -> Response:
    """Answer the claims about an event or of a source."""
    seen = view(request, asking)
    return respond(request, asking, _claims(seen, asking))


def _claims(seen: View, asking: ClaimsAsking) -> Claims:
    return listings.claims(seen, asking.about, asking.source, asking.verdict)


@router.get("/sources", summary="The sources of the record, the highest authority first")
def sources(request: Request, asking: Listed) -> Response:
    """Answer the sources."""
    return respond(request, asking, listings.sources(view(request, asking)))


@router.get("/sources/{source}", summary="A source and everything that the record takes from it")
def source(request: Request, source: str, asking: Listed) -> Response:
    """Answer one source."""
    return respond(request, asking, listings.source(view(request, asking), source))


@router.get("/changes", summary="The changes of standing between two days, also as Atom feed")
def changes(request: Request, asking: Annotated[ChangesAsking, Query()]) -> Response:
    """Answer the changes after one day, up to and including another."""
    until = parse_day(asking.until) if asking.until else today()
    seen = view(request, asking)
    forms = ("application/json", "text/csv", feed.MEDIA_TYPE)
    if wanted(request, forms, asking.format) == feed.MEDIA_TYPE:
        since = parse_day(asking.since) if asking.since else until - timedelta(days=366)
        latest = feed.feed(seen, history.changes(seen, since, until))
        return Response(latest, media_type=feed.MEDIA_TYPE)
    if asking.since is None:
        message = "The parameter 'since' is required: the day after which changes count, "
        raise WrongUse(message + "such as 2025-12-19.")
    return respond(request, asking, history.changes(seen, parse_day(asking.since), until))
