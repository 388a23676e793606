"""Addresses of treaties: who is bound, who left, what was done under them."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.answers import acts, listings, parties, withdrawals
from api.dependencies import Asked, Listed, led_to_page, respond, view, wants_html
from api.pages.listing import treaties_page

router = APIRouter(prefix="/treaties", tags=["treaties"])


@router.get("", summary="The treaties of the record, with the number of their parties")
def treaties(request: Request, asking: Listed) -> Response:
    """Answer the treaties of the record."""
    seen = view(request, asking)
    if wants_html(request, asking):
        return treaties_page(seen)
    return respond(request, asking, listings.treaties(seen))


@router.get("/{treaty}", summary="A treaty, its clauses as rules, and its obligations")
def treaty(request: Request, treaty: str, asking: Asked) -> Response:
    """Answer one treaty."""
    page = led_to_page(request, asking, "treaty", treaty)
    return page or respond(request, asking, listings.treaty(view(request, asking), treaty))


@router.get("/{treaty}/parties", summary="The states that are certainly bound on a day")
def parties_on(request: Request, treaty: str, asking: Listed) -> Response:
    """Answer the parties on a day."""
    page = led_to_page(request, asking, "treaty", treaty)
    return page or respond(request, asking, parties.parties(view(request, asking), treaty))


@router.get(
    "/{treaty}/withdrawals",
    summary="Who left, who is leaving, who claims suspension, who announced it",
)
def withdrawals_on(request: Request, treaty: str, asking: Listed) -> Response:
    """Answer the main question."""
    page = led_to_page(request, asking, "treaty", treaty)
    return page or respond(request, asking, withdrawals.withdrawals(view(request, asking), treaty))


@router.get("/{treaty}/actions", summary="All acts under a treaty, with the claims of sources")
def actions(request: Request, treaty: str, asking: Listed) -> Response:
    """Answer the acts under a treaty."""
    page = led_to_page(request, asking, "treaty", treaty)
    return page or respond(request, asking, acts.actions(view(request, asking), treaty))


@router.get("/{treaty}/counts", summary="The number of parties on each day on which it changed")
def counts(request: Request, treaty: str, asking: Listed) -> Response:
    """Answer the number of parties over time."""
    page = led_to_page(request, asking, "treaty", treaty)
    return page or respond(request, asking, parties.counts(view(request, asking), treaty))
