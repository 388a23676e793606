"""oEmbed 1.0: a page of this service that is pasted into a report becomes its picture."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.etree import ElementTree as ET  # only written, never read

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException

from api.dependencies import Asking, address, json_response, view
from api.embedding import USUAL_WIDTH, Shared, frame, height_for
from api.routes.graphs import PictureAsking, shared_picture
from graph.errors import WrongUse
from ontology.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping

router = APIRouter(tags=["pictures"])

LEAST = 1
CARD_WIDTH = 1200
CACHED_FOR = 3600
# The pages that have no picture in their address, and the one that stands on them.
PAGES = {"": ("ring", "treaty", "ottawa")}
KINDS = {"treaty": ("ring", "treaty"), "state": ("neighbourhood", "state")}


class Pasted(BaseModel):
    """The parameters of oEmbed 1.0, section 2.2; others are an error."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, Field(max_length=2000, description="the address of a page or picture")]
    maxwidth: Annotated[int | None, Field(ge=LEAST, description="in pixels")] = None
    maxheight: Annotated[int | None, Field(ge=LEAST, description="in pixels")] = None
    format: Annotated[Literal["json", "xml"], Field(description="json or xml")] = "json"


@router.get("/oembed", summary="The picture of a page of this service, as oEmbed 1.0")
def oembed(request: Request, asking: Annotated[Pasted, Query()]) -> Response:
    """Answer how to embed a page; nothing is fetched, and pages of other hosts are refused."""
    name, given = _named(asking.url, {address(request), BASE})
    asked = _read(given)
    seen = view(request, Asking(on=asked.on, known=asked.known))
    shared = shared_picture(seen, name, asked)
    width = min(USUAL_WIDTH, asking.maxwidth or USUAL_WIDTH)
    height = min(height_for(shared.picture, width), asking.maxheight or 10_000)
    answer = _answer(shared, asked, width, height) | _card(shared, asking)
    return json_response(answer) if asking.format == "json" else _xml(answer)


def _xml(answer: Mapping[str, object]) -> Response:
    """Answer the same as XML (oEmbed 1.0, section 2.3.4.2)."""
    top = ET.Element("oembed")
    for name, value in answer.items():
        ET.SubElement(top, name).text = str(value)
    return Response(ET.tostring(top, "utf-8", xml_declaration=True), media_type="text/xml")


def _answer(shared: Shared, asked: PictureAsking, width: int, height: int) -> dict[str, object]:
    src = shared.live("html", embed="1", on=asked.on, known=asked.known, version=asked.version)
    return {
        "version": "1.0",
        "type": "rich",
        "title": shared.title,
        "provider_name": "Depositary",
        "provider_url": shared.view.address,
        "cache_age": CACHED_FOR,
        "html": frame(src, shared.title, str(width), height),
        "width": width,
        "height": height,
    }


def _card(shared: Shared, asking: Pasted) -> dict[str, object]:
    """Answer the still picture, left out where it would be larger than the asker allows."""
    high = round(CARD_WIDTH * shared.picture.height / shared.picture.width)
    too_large = (asking.maxwidth or CARD_WIDTH) < CARD_WIDTH or (asking.maxheight or high) < high
    if too_large:
        return {}
    return {
        "thumbnail_url": shared.permalink("png"),
        "thumbnail_width": CARD_WIDTH,
        "thumbnail_height": high,
    }


def _named(url: str, ours: set[str]) -> tuple[str, Mapping[str, str]]:
    """Answer the view and the parameters that an address of ours means."""
    base = next((one for one in ours if url.startswith(one) or f"{url}/" == one), None)
    if base is None:
        raise _foreign()
    parts = urlsplit(url[len(base) :])
    path, given = unquote(parts.path), dict(parse_qsl(parts.query))
    if path in PAGES:
        view_name, what, slug = PAGES[path]
        return view_name, {what: slug} | _days(given)
    match path.split("/"):
        case ["graphs", file]:
            return file.partition(".")[0], {k: v for k, v in given.items() if k != "embed"}
        case ["id", kind, slug] if kind in KINDS:
            view_name, what = KINDS[kind]
            return view_name, {what: slug.partition(".")[0]} | _days(given)
        case _:
            raise _foreign()


def _days(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given[name] for name in ("on", "known") if name in given}


def _read(given: Mapping[str, Any]) -> PictureAsking:
    try:
        return PictureAsking(**given)
    except ValidationError as error:
        message = f"The address has a parameter that no picture takes: {error.errors()[0]['loc']}."
        raise WrongUse(message) from error


def _foreign() -> HTTPException:
    detail = "The address is not one of a picture, state or treaty of this service."
    return HTTPException(HTTPStatus.NOT_FOUND, detail)
