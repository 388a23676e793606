"""Addresses of pictures: one path for each view, its suffix tells the format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.answers.pictures import VIEWS, Subject, picture
from api.archive import CITATIONS, MEDIA_TYPE, archive, citation_file
from api.dependencies import DAY, VERSION, Asked, Asking, json_response, view
from api.embedding import Shared
from api.negotiation import wanted
from api.pages.picture import gallery_page, picture_page
from api.pictures import FORMATS, Drawn, draw
from graph.errors import UnknownName

if TYPE_CHECKING:
    from api.answers.view import View

router = APIRouter(prefix="/graphs", tags=["pictures"])

OFFERED = (*FORMATS, "zip", *CITATIONS)
# What an address says of the day and of the way to send, and not of what is shown.
OF_THE_ADDRESS = {"on", "known", "version", "embed", "download"}


class PictureAsking(BaseModel):
    """The parameters of a picture; others are an error."""

    model_config = ConfigDict(extra="forbid")

    treaty: Annotated[str | None, Field(description="a treaty, as ottawa")] = None
    state: Annotated[str | None, Field(description="a state, as POL")] = None
    policy: Annotated[str | None, Field(description="a policy, as usa-landmines-2025")] = None
    topic: Annotated[str | None, Field(description="a topic of votes, as mineBanTreaty")] = None
    on: Annotated[str | None, Field(description=f"state of the world on that day: {DAY}")] = None
    known: Annotated[str | None, Field(description=f"only what was public then: {DAY}")] = None
    version: Annotated[str | None, Field(description=VERSION)] = None
    embed: Annotated[bool, Field(description="1 leaves header and footer away")] = False
    download: Annotated[bool, Field(description="1 sends one file that fetches nothing")] = False


@router.get("", summary="The views and formats of pictures")
def views(request: Request, asking: Asked) -> Response:
    """Answer which pictures there are."""
    base = view(request, asking)
    if wanted(request, ("application/json", "text/html"), asking.format) == "text/html":
        return gallery_page(base)
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


@router.get("/{name}.{suffix}", summary="A picture in a format, its citation, or all as ZIP")
def graph(
    request: Request, name: str, suffix: str, asking: Annotated[PictureAsking, Query()]
) -> Response:
    """Draw a picture of the data on a day; html is a page unless `embed` or `download` is set."""
    if suffix not in OFFERED:
        kind = "format"
        raise UnknownName(kind, suffix, OFFERED)
    seen = view(request, Asking(on=asking.on, known=asking.known))
    shared = shared_picture(seen, name, asking)
    if suffix == "html" and not (asking.embed or asking.download):
        return picture_page(shared)
    drawn = _file(request, shared, suffix, embed=asking.embed)
    headers = {"Content-Security-Policy": drawn.policy} if drawn.policy else {}
    if asking.download or suffix == "zip":
        file = f"{name}-{seen.on_text}.{suffix}"
        headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return Response(drawn.body, media_type=drawn.media_type, headers=headers)


def shared_picture(seen: View, name: str, asking: PictureAsking) -> Shared:
    """Answer a picture with the addresses under which it is shared."""
    subject = Subject(asking.treaty, asking.state, asking.policy, asking.topic)
    asked = asking.model_dump(exclude=OF_THE_ADDRESS, exclude_none=True)
    return Shared(seen, name, asked, picture(seen, name, subject))


def _file(request: Request, shared: Shared, suffix: str, *, embed: bool) -> Drawn:
    if suffix == "zip":
        return Drawn(archive(shared.picture), MEDIA_TYPE)
    if suffix in CITATIONS:
        return Drawn(citation_file(shared.picture, suffix), CITATIONS[suffix])
    ancestors = request.app.state.settings.frame_ancestors
    return draw(shared.picture, suffix, embed=embed, ancestors=ancestors)
