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
    "pdf": "application/pdf",
    "json": "application/json",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "csv": "text/csv; charset=utf-8; header=present",
}
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True)
class Drawn:
    """A picture ready to be sent, with the policy that its page needs."""

    body: str | bytes
    media_type: str
    policy: str | None = None


def draw(
    picture: Picture, suffix: str, *, embed: bool = False, ancestors: str | None = None
) -> Drawn:
    """Answer a picture in one of the formats.

    An embedded page that is served may stand in the frames of the sites that `ancestors` names,
    and its policy is for the header; without `ancestors` the page is a file and states it itself.
    """
    media_type = FORMATS[suffix]
    if suffix == "html":
        from graph.render.page import to_page

        page = to_page(picture, embed=embed, stated=not (embed and ancestors))
        framing = (
            f"frame-ancestors {ancestors}" if embed and ancestors else "frame-ancestors 'self'"
        )
        return Drawn(page.html, media_type, f"{page.policy}; {framing}")
    policy = SVG_POLICY if suffix == "svg" else None
    return Drawn(_written(picture, suffix), media_type, policy)


def _written(picture: Picture, suffix: str) -> str | bytes:
    """Answer a picture as a file; the libraries of a format are loaded when it is asked for."""
    if suffix in {"png", "pdf"}:
        from graph.render.raster import to_pdf, to_png

        return to_png(picture) if suffix == "png" else to_pdf(picture)
    if suffix in {"graphml", "gexf"}:
        from graph.render.export import to_gexf, to_graphml

        return to_graphml(picture) if suffix == "graphml" else to_gexf(picture)
    return {"svg": to_svg, "json": to_json, "csv": to_csv}[suffix](picture)
