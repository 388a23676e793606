"""Whether the service lives and is ready."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.dependencies import json_response, library
from api.problems import problem

router = APIRouter(tags=["service"])


@router.get("/health", summary="Whether the service lives")
async def health() -> Response:
    """Answer at once, whatever else is going on."""
    answer = json_response({"status": "ok"})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get("/ready", summary="Whether the data are loaded")
async def ready(request: Request) -> Response:
    """Answer the version of the data that is served."""
    if not hasattr(request.app.state, "library"):
        return problem(503, "The data are not loaded yet; ask again in a second.")
    answer = json_response({"status": "ready", "data_version": library(request).built.version})
    answer.headers["Cache-Control"] = "no-store"
    return answer
