"""Those set apart in a ring: large marks around the treaty, each with its full name and dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, product
from math import hypot
from typing import TYPE_CHECKING

from graph.render.orbit import polar
from graph.render.picture import Box, Caption, Mark
from graph.render.style import INK, MUTED, look
from graph.render.text import advance, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.render.picture import Point

SCALES = (1.2, 1.1, 1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.45)
REACHES = (0.6, 0.64, 0.68, 0.72, 0.76)
MARGIN = 10.0
MOST = 16


@dataclass(frozen=True, slots=True)
class Inner:
    """The free disc in the middle of a ring."""

    centre: Point
    radius: float


@dataclass(frozen=True, slots=True)
class Posture:
    """One way to arrange the call-outs: how large, how far out, from which angle, how wide."""

    scale: float
    reach: float
    start: float
    room: float


def callouts(marks: Sequence[Mark], hub: Mark, inner: Inner) -> tuple[Mark, ...] | None:
    """The marks around the hub with name and detail beneath each; None if they do not fit."""
    if not marks or len(marks) > MOST:
        return None if marks else ()
    for posture in _postures(len(marks)):
        placed = tuple(
            _placed(mark, index / len(marks), inner, posture) for index, mark in enumerate(marks)
        )
        if _fits(placed, hub, inner):
            return placed
    return None


def _postures(count: int) -> list[Posture]:
    starts = (90.0,) if count in {1, 2} else (0.0, 180 / count)
    rooms = (230.0, 190.0, 160.0, 130.0)
    return [
        Posture(scale, reach, start, room * max(scale, 0.75))
        for scale, room, reach, start in product(SCALES, rooms, REACHES, starts)
    ]


def _placed(mark: Mark, share: float, inner: Inner, posture: Posture) -> Mark:
    """The mark with its lines on the side away from the hub, so that no spoke crosses them."""
    radius, name_size, note_size = (size * posture.scale for size in (35, 27, 20))
    name = wrapped(mark.name or mark.label, name_size, posture.room, bold=True)
    notes = [line for text in mark.detail for line in wrapped(text, note_size, posture.room)]
    tall = len(name) * name_size * 1.05 + len(notes) * note_size * 1.2 + note_size * 0.5
    x, y = polar(inner.centre, inner.radius * posture.reach, posture.start + 360 * share)
    above = y < inner.centre[1] - radius
    top = y - tall / 2 - radius + (0.0 if above else 2 * radius + 2)
    y += tall / 2 if above else -tall / 2
    captions = [_code(mark, x, y, 21 * posture.scale)]
    for line in name:
        top += name_size * 1.05
        captions.append(Caption(line, x, top, name_size, bold=True, ink=INK, halo=True))
    for line in notes:
        top += note_size * 1.2
        captions.append(Caption(line, x, top, note_size, ink=MUTED, halo=True))
    return replace(mark, x=x, y=y, size=radius, captions=tuple(captions))


def _code(mark: Mark, x: float, y: float, size: float) -> Caption:
    size = min(size, 1.5 * size * 35 / 21 / max(advance(mark.label, 1.0, bold=True), 1.0))
    return Caption(mark.label, x, y + size * 0.36, size, bold=True, ink=look(mark.kind).ink)


def _fits(placed: Sequence[Mark], middle: Mark, inner: Inner) -> bool:
    grounds = [_ground(mark) for mark in placed]
    if any(one.touches(other, -6.0) for one, other in combinations(grounds, 2)):
        return False
    if any(ground.touches(middle.box, -4.0) for ground in grounds):
        return False
    corners = (
        corner for mark in placed for box in _boxes(mark) for corner in _corners(box, inner.centre)
    )
    return all(hypot(*corner) <= inner.radius - MARGIN for corner in corners)


def _boxes(mark: Mark) -> list[Box]:
    half = mark.size * 0.72
    disc = Box(mark.x - half, mark.y - half, mark.x + half, mark.y + half)
    return [disc, *(caption.box for caption in mark.captions)]


def _ground(mark: Mark) -> Box:
    boxes = [mark.box, *(caption.box for caption in mark.captions)]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _corners(box: Box, centre: Point) -> list[Point]:
    return [
        (x - centre[0], y - centre[1]) for x in (box.left, box.right) for y in (box.top, box.bottom)
    ]
