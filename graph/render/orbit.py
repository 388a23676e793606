"""Where the marks of a ring stand: sectors by region, bands by standing, slots on rows."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, cos, pi, radians, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.render.picture import Point

TOP_GAP = 16.0
SECTOR_GAP = 2.4
PITCH = 30.0
ROW_STEP = 31.0
LOOSEST = 1.45
MOST_ROWS = 9


@dataclass(frozen=True, slots=True)
class Sector:
    """The slice of the circle that a region has, in degrees clockwise from the top."""

    name: str
    start: float
    end: float

    @property
    def middle(self) -> float:
        """The angle in the middle of the slice."""
        return (self.start + self.end) / 2


def polar(centre: Point, radius: float, angle: float) -> Point:
    """The point at a distance and an angle (degrees, clockwise from the top) of a centre."""
    turn = radians(angle)
    return centre[0] + radius * sin(turn), centre[1] - radius * cos(turn)


def sectors(counts: Mapping[str, int]) -> tuple[Sector, ...]:
    """Slices in the order given, as wide as their counts, with room for band names at the top."""
    free = 360 - TOP_GAP - SECTOR_GAP * (len(counts) - 1)
    total = sum(counts.values())
    found: list[Sector] = []
    start = TOP_GAP / 2
    for name, count in counts.items():
        end = start + free * count / total
        found.append(Sector(name, start, end))
        start = end + SECTOR_GAP
    return tuple(found)


def rows_needed(needs: Mapping[str, int], slices: Sequence[Sector], outer: float) -> int:
    """How many rows a band needs so that each region fits into its slice."""
    for rows in range(1, MOST_ROWS):
        inner = outer - ROW_STEP * (rows - 1)
        if all(ceil(needs.get(part.name, 0) / rows) <= _columns(part, inner) for part in slices):
            return rows
    return MOST_ROWS


def _columns(part: Sector, radius: float) -> int:
    return int((part.end - part.start) * pi / 180 * radius // PITCH) or 1


def slots(part: Sector, count: int, rows: int, outer: float) -> list[tuple[float, float]]:
    """Radius and angle of each of `count` marks, column by column, centred in the slice."""
    if not count:
        return []
    columns = ceil(count / rows)
    inner = outer - ROW_STEP * (rows - 1)
    tight = PITCH / inner * 180 / pi
    step = min((part.end - part.start) / columns, tight * LOOSEST)
    first = part.middle - step * (columns - 1) / 2
    return [
        (outer - ROW_STEP * (index % rows), first + step * (index // rows))
        for index in range(count)
    ]
