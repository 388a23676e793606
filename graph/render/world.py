"""The shapes of the world as `scripts/world.mjs` projected them, and where markers stand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.render.picture import Point


@dataclass(frozen=True, slots=True)
class World:
    """Outlines and middles by ISO 3166 alpha-3 code, on a ground of a width and a height.

    `land` is a coarse raster of cells with land in them, for finding free water for a label.
    """

    width: float
    height: float
    outlines: Mapping[str, str]
    middles: Mapping[str, Point]
    markers: Mapping[str, Point]
    land: tuple[str, ...]
    cell: float

    def is_land(self, x: float, y: float) -> bool:
        """Whether there is land around a point."""
        row, column = int(y // self.cell), int(x // self.cell)
        if not 0 <= row < len(self.land):
            return False
        return 0 <= column < len(self.land[row]) and self.land[row][column] == "#"


@cache
def world() -> World:
    """The one world of all maps; docs/boundaries.md says whose view of boundaries it is."""
    text = files("graph.render").joinpath("data", "world.json").read_text(encoding="utf-8")
    told = json.loads(text)
    return World(
        told["width"],
        told["height"],
        told["shapes"],
        {code: (x, y) for code, (x, y) in told["middles"].items()},
        {code: (x, y) for code, (x, y) in told["markers"].items()},
        tuple(told["land"]),
        told["cell"],
    )
