"""Addresses of network analysis: one path for each measure, its suffix or format tells the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.answers.plain import as_csv, as_plain
from api.dependencies import Asked, Asking, json_response, library, respond, view
from api.negotiation import wanted
from graph.errors import UnknownName

if TYPE_CHECKING:
    from datetime import date

    from api.answers.view import View

router = APIRouter(prefix="/networks", tags=["networks"])

GRAPHS = {"graphml": "application/graphml+xml", "gexf": "application/gexf+xml"}
OFFERED = ("application/json", "text/csv", *GRAPHS.values())
DAY = "an ISO day such as 2025-03-18"


class NetworkAsking(Asking):
    """The parameters of all measures; one that a measure does not take is an error."""

    format: Annotated[str | None, Field(description="json, csv, graphml or gexf")] = None
    treaty: Annotated[str | None, Field(description="a treaty, as ottawa")] = None
    state: Annotated[str | None, Field(description="one state only, as FIN")] = None
    organisation: Annotated[str | None, Field(description="an organisation, as nato")] = None
    next_to: Annotated[str | None, Field(description="states across the border: RUS,BLR")] = None
    relation: Annotated[str | None, Field(description="treaties, votes or two-mode")] = None
    mode: Annotated[str | None, Field(description="states or treaties")] = None
    weight: Annotated[str | None, Field(description="count, jaccard, cosine, backbone")] = None
    index: Annotated[str | None, Field(description="share, lijphart, kappa, pi")] = None
    above: Annotated[
        float | None, Field(allow_inf_nan=False, description="from which value on states are tied")
    ] = None
    least: Annotated[int | None, Field(ge=1, description="least common roll calls")] = None
    method: Annotated[str | None, Field(description="leiden or louvain")] = None
    seed: Annotated[int | None, Field(ge=0, le=2**31, description="where the lots begin")] = None
    kinds: Annotated[str | None, Field(description="kinds of ties: borders,allied")] = None
    topic: Annotated[str | None, Field(description="roll calls on it: mineBanTreaty")] = None
    since: Annotated[str | None, Field(description=f"roll calls from that day on: {DAY}")] = None
    until: Annotated[str | None, Field(description=f"roll calls up to that day: {DAY}")] = None
    right: Annotated[str | None, Field(description="whose ideal point is positive: USA")] = None
    event: Annotated[str | None, Field(description="the hazard of what: join or leave")] = None
    exposure: Annotated[str | None, Field(description="joined, left, leftAny, outside")] = None
    basis: Annotated[str | None, Field(description="backtest: public or acts")] = None
    compare: Annotated[
        str | None, Field(description=f"what changed since that earlier day: {DAY}")
    ] = None


NetworkAsked = Annotated[NetworkAsking, Query()]


@router.get("", summary="The measures of networks, with their parameters and formulas")
def measures(request: Request, asking: Asked) -> Response:
    """Answer which measures there are."""
    from api.answers.network_catalogue import measures as offered

    return respond(request, asking, offered())


@router.get(
    "/{measure}",
    summary="A measure of the network of a day, or what changed in it between two days",
    responses={
        200: {
            "description": "Rows, summary, method, parameters and what it rests on",
            "content": {kind: {} for kind in OFFERED},
        },
        422: {"description": "The data of that day do not allow the measure"},
    },
)
def network(request: Request, measure: str, asking: NetworkAsked) -> Response:
    """Answer a measure as JSON, its rows as CSV, or its network as GraphML or GEXF."""
    from api.answers.analyses import about, analyse, table
    from api.answers.network_catalogue import MEASURES
    from graph.network.export import exported

    if measure not in MEASURES:
        kind = "measure"
        raise UnknownName(kind, measure, MEASURES)
    form = wanted(request, OFFERED, GRAPHS.get(asking.format or "", asking.format))
    given = asking.model_dump(exclude={"on", "known", "format"})

    def earlier(seen: View, day: date) -> View:
        return library(request).view(seen.on, day, seen.address)

    answer, found = analyse(view(request, asking), measure, given, earlier)
    if form == "text/csv":
        body = as_csv(*table(answer.rows))
        return Response(body, media_type="text/csv; charset=utf-8; header=present")
    for suffix, media_type in GRAPHS.items():
        if form == media_type:
            return Response(exported(found.graph, suffix, about(answer)), media_type=media_type)
    return json_response(as_plain(answer))
