"""A picture as PNG or PDF, drawn from its SVG with fonts that the renderer brings along."""

from __future__ import annotations

import os
import re
from functools import cache
from math import sqrt
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from graph.render.pdf_order import in_order
from graph.render.svg import to_svg
from graph.render.text import number

if TYPE_CHECKING:
    from types import ModuleType

    from graph.render.picture import Picture

SCALE = 2.0
MOST_PIXELS = 8_200_000
FONTS = "FONTCONFIG_FILE"
NO_FOLDER = Path(__file__).parent / "data" / "fonts.conf"
BLANK = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
_STARTING = Lock()
SIZE = re.compile(r' (?:width|height)="([0-9.]+)"')


def to_png(picture: Picture) -> bytes:
    """The picture as PNG at twice its size in pixels, less where that would be very large."""
    svg = to_svg(picture)
    png: bytes = _renderer().svg_to_png(svg, scale=_scale(svg))
    return png


def to_pdf(picture: Picture) -> bytes:
    """The picture as one page of PDF with its fonts inside."""
    return in_order(_renderer().svg_to_pdf(to_svg(picture)))


def _renderer() -> ModuleType:
    """The renderer, started once, whoever asks first."""
    with _STARTING:
        return _started()


@cache
def _started() -> ModuleType:
    """The renderer with its own fonts alone, so that a PNG is the same on every machine.

    A font of the machine would also be read anew for each letter. The renderer looks for fonts when
    it first draws, where this variable says.
    """
    import vl_convert

    before = os.environ.get(FONTS)
    os.environ[FONTS] = str(NO_FOLDER)
    try:
        vl_convert.svg_to_png(BLANK)
    finally:
        if before is None:
            del os.environ[FONTS]
        else:
            os.environ[FONTS] = before
    return vl_convert


def _scale(svg: str) -> float:
    """How many pixels stand for one: the size is what the writer said at the head of the SVG."""
    wide, tall = (float(found) for found in SIZE.findall(svg)[:2])
    return float(number(min(SCALE, sqrt(MOST_PIXELS / (wide * tall)))))
