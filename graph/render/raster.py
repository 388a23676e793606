"""A picture as PNG or PDF, drawn from its SVG with fonts that the renderer brings along."""

from __future__ import annotations

import re
from math import sqrt
from typing import TYPE_CHECKING

from graph.render.pdf_order import in_order
from graph.render.svg import to_svg
from graph.render.text import number

if TYPE_CHECKING:
    from graph.render.picture import Picture

SCALE = 2.0
MOST_PIXELS = 8_200_000
SIZE = re.compile(r' (?:width|height)="([0-9.]+)"')


def to_png(picture: Picture) -> bytes:
    """The picture as PNG at twice its size in pixels, less where that would be very large."""
    import vl_convert

    svg = to_svg(picture)
    return vl_convert.svg_to_png(svg, scale=_scale(svg))


def to_pdf(picture: Picture) -> bytes:
    """The picture as one page of PDF with its fonts inside."""
    import vl_convert

    return in_order(vl_convert.svg_to_pdf(to_svg(picture)))


def _scale(svg: str) -> float:
    """How many pixels stand for one: the size is what the writer said at the head of the SVG."""
    wide, tall = (float(found) for found in SIZE.findall(svg)[:2])
    return float(number(min(SCALE, sqrt(MOST_PIXELS / (wide * tall)))))
