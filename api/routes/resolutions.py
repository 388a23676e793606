"""Addresses of roll calls, and of what a state votes, says and does."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.answers import positions as answers
from api.answers import resolutions as roll_calls
from api.dependencies import Asked, Listing, respond, view

router = APIRouter(tags=["votes and positions"])

TOPIC = "mineBanTreaty or another topic of the list; a treaty such as ottawa stands for its own"


class OnTopic(Listing):
    """The parameters of a list that can be narrowed to a topic."""

    topic: Annotated[str | None, Field(description=TOPIC)] = None


class RollCalls(OnTopic):
    """The parameters of the list of roll calls."""

    state: Annotated[str | None, Field(description="whose votes to show, such as EST")] = None


@router.get("/resolutions", summary="Roll calls, their totals, and how a state voted in each")
def resolutions(request: Request, asking: Annotated[RollCalls, Query()]) -> Response:
    """Answer the roll calls."""
    found = roll_calls.resolutions(view(request, asking), asking.topic, asking.state)
    return respond(request, asking, found)


@router.get(
    "/resolutions/{resolution:path}",
    summary="A roll call by its slug or symbol: totals, every vote, what each source says",
)
def resolution(request: Request, resolution: str, asking: Asked) -> Response:
    """Answer one roll call."""
    return respond(request, asking, roll_calls.resolution(view(request, asking), resolution))


@router.get(
    "/states/{state}/positions",
    summary="What a state votes, says and does, each with its sources",
)
def positions(request: Request, state: str, asking: Annotated[OnTopic, Query()]) -> Response:
    """Answer the positions of a state."""
    return respond(request, asking, answers.positions(view(request, asking), state, asking.topic))
