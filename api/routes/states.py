"""Addresses of states: how they stand, and which policies they hold."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.answers import history, listings, norms, standing
from api.dependencies import Asked, Listed, led_to_page, respond, view, wants_html
from api.pages.listing import states_page

router = APIRouter(prefix="/states", tags=["states"])


@router.get("", summary="The states of the record")
def states(request: Request, asking: Listed) -> Response:
    """Answer the states of the record."""
    seen = view(request, asking)
    if wants_html(request, asking):
        return states_page(seen)
    return respond(request, asking, listings.states(seen))


@router.get("/{state}", summary="A state and its history: acts, steps, expressions, effects")
def state(request: Request, state: str, asking: Listed) -> Response:
    """Answer one state and what happened, up to the day."""
    page = led_to_page(request, asking, "state", state)
    seen = view(request, asking)
    return page or respond(request, asking, history.history_of_state(seen, state))


@router.get("/{state}/treaties", summary="How a state stands under each treaty on a day")
def treaties(request: Request, state: str, asking: Listed) -> Response:
    """Answer the standings of a state."""
    page = led_to_page(request, asking, "state", state)
    return page or respond(request, asking, standing.treaties_of(view(request, asking), state))


@router.get(
    "/{state}/treaties/{treaty}",
    summary="How a state stands under a treaty on a day, by which acts and rule, and who differs",
)
def treaty(request: Request, state: str, treaty: str, asking: Asked) -> Response:
    """Answer the standing of a state under a treaty."""
    page = led_to_page(request, asking, "state", state, treaty)
    return page or respond(request, asking, standing.standing(view(request, asking), state, treaty))


@router.get("/{state}/policies", summary="The policies of a state, and which holds on a day")
def policies(request: Request, state: str, asking: Listed) -> Response:
    """Answer the policies of a state."""
    page = led_to_page(request, asking, "state", state)
    return page or respond(request, asking, norms.policies(view(request, asking), state))
