"""Addresses of what changed in a state's policy, and of how far it is from a treaty."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.answers import comparison
from api.dependencies import DAY, Asking, respond, view
from graph.dates import parse_day

router = APIRouter(prefix="/states", tags=["states"])


class ComparisonAsking(Asking):
    """The parameters of a comparison of two days."""

    first: Annotated[str, Field(alias="from", description=f"the earlier day: {DAY}")]
    last: Annotated[str | None, Field(alias="to", description="the later day; else `on`")] = None


class DistanceAsking(Asking):
    """The parameters of the distance from a treaty."""

    treaty: Annotated[str, Field(description="the treaty whose obligations are compared")]


@router.get(
    "/{state}/policies/compare",
    summary="What was lifted, changed, new or kept in a state's policy between two days",
)
def compare(request: Request, state: str, asking: Annotated[ComparisonAsking, Query()]) -> Response:
    """Answer component by component what changed between two days, with the instruments."""
    seen = view(request, asking)
    last = parse_day(asking.last) if asking.last else seen.on
    answer = comparison.comparison(seen, state, parse_day(asking.first), last)
    return respond(request, asking, answer)


@router.get(
    "/{state}/policies/distance",
    summary="Which measures of a state agree with a treaty's obligations or contradict them",
)
def distance(request: Request, state: str, asking: Annotated[DistanceAsking, Query()]) -> Response:
    """Answer obligation by obligation how the measures of a state stand to it on a day."""
    seen = view(request, asking)
    return respond(request, asking, comparison.distance(seen, state, asking.treaty))
