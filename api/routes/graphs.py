"""Addresses of pictures: one path for each view, its suffix tells the format."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.answers.pictures import VIEWS, Subject, picture
from api.dependencies import DAY, Asked, Asking, json_response, view
from api.pictures import FORMATS, draw
from graph.errors import UnknownName

router = APIRouter(prefix="/graphs", tags=["pictures"])


class PictureAsking(BaseModel):
    """The parameters of a picture; others are an error."""

    model_config = ConfigDict(extra="forbid")

    treaty: Annotated[str | None, Field(description="a treaty, as ottawa")] = None
    state: Annotated[str | None, Field(description="a state, as POL")] = None
    policy: Annotated[str | None, Field(description="a policy, as usa-landmines-2025")] = None
    topic: Annotated[str | None, Field(description="a topic of votes, as mineBanTreaty")] = None
    on: Annotated[str | None, Field(description=f"state of the world on that day: {DAY}")] = None
    known: Annotated[str | None, Field(description=f"only what was public then: {DAY}")] = None
    embed: Annotated[bool, Field(description="1 leaves header and footer away")] = False


@router.get("", summary="The views and formats of pictures")
def views(request: Request, asking: Asked) -> Response:
    """Answer which pictures there are."""
    base = view(request, asking)
    return json_response(
        {
            "views": [
                {
                    "id": name,
                    "what": (function.__doc__ or "").strip().removeprefix("Answer ").split("\n")[0],
                    "formats": {f: base.link(f"graphs/{name}.{f}") for f in FORMATS},
                }
                for name, function in VIEWS.items()
            ]
        }
    )


@router.get("/{name}.{suffix}", summary="A picture in a format")
def graph(
    request: Request, name: str, suffix: str, asking: Annotated[PictureAsking, Query()]
) -> Response:
    """Draw a picture of the data on a day."""
    if suffix not in FORMATS:
        kind = "format"
        raise UnknownName(kind, suffix, FORMATS)
    seen = view(request, Asking(on=asking.on, known=asking.known))
    subject = Subject(asking.treaty, asking.state, asking.policy, asking.topic)
    drawn = draw(picture(seen, name, subject), suffix, embed=asking.embed)
    headers = {"Content-Security-Policy": drawn.policy} if drawn.policy else {}
    return Response(drawn.body, media_type=drawn.media_type, headers=headers)
