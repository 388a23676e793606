"""Whether the service lives and is ready, and its figures."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.dependencies import json_response, library
from api.problems import problem
from api.web.metrics import MEDIA_TYPE

router = APIRouter(tags=["service"])


@router.get("/health", summary="Whether the service lives")
async def health() -> Response:
    """Answer at once, whatever else is going on."""
    answer = json_response({"status": "ok"})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get("/ready", summary="Whether the data are loaded")
async def ready(request: Request) -> Response:
    """Answer the version of the data that is served, None where a remote store has none."""
    if not hasattr(request.app.state, "desk"):
        return problem(503, "The data are not loaded yet; ask again in a second.")
    await request.app.state.desk.ready()
    version = library(request).built.version or None
    answer = json_response({"status": "ready", "data_version": version})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get("/metrics", summary="The figures of the service for Prometheus")
def metrics(request: Request) -> Response:
    """Answer how many requests there were, how long they took, and how full the memory is."""
    if not request.app.state.settings.web.metrics:
        return problem(404, "The figures are switched off here (DEPOSITARY_METRICS).")
    figures = request.app.state.metrics.text()
    return Response(figures, media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})
