"""A picture in the format that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.render.svg import to_svg
from graph.render.tables import to_csv, to_json

if TYPE_CHECKING:
    from graph.render.picture import Picture

FORMATS = {
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
}
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True)
class Drawn:
    """A picture ready to be sent, with the policy that its page needs."""

    body: str | bytes
    media_type: str
    policy: str | None = None


def draw(picture: Picture, suffix: str, *, embed: bool = False, ancestors: str = "*") -> Drawn:
    """Answer a picture as html, svg, json or csv.

    An embedded page may stand in the frames of the sites that `ancestors` names.
    """
    media_type = FORMATS[suffix]
    if suffix == "svg":
        return Drawn(to_svg(picture), media_type, SVG_POLICY)
    if suffix == "png":
        return Drawn(_png(to_svg(picture)), media_type)
    if suffix == "html":
        from graph.render.page import to_page, to_svg_page

        page = (to_page if picture.view == "neighbourhood" else to_svg_page)(picture, embed=embed)
        framing = f"frame-ancestors {ancestors}" if embed else "frame-ancestors 'self'"
        return Drawn(page.html, media_type, f"{page.policy}; {framing}")
    return Drawn(to_json(picture) if suffix == "json" else to_csv(picture), media_type)


def _png(svg: str) -> bytes:
    """Answer a picture at twice its size, its letters from the package that draws it."""
    from vl_convert import svg_to_png

    return svg_to_png(svg, scale=2)
