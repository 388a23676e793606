"""Labels beside places: each finds room near its place, over water where there is some."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, inf, pi, sin
from typing import TYPE_CHECKING

from graph.render.picture import Box, Caption
from graph.render.style import INK, MUTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.render.picture import Anchor, Point
    from graph.render.world import World

NAME_SIZE, NOTE_SIZE = 24.0, 17.0
SPREAD = tuple(range(0, 360, 12))
REACHES = tuple(range(36, 420, 16))
ON_LAND = 220.0
EDGE = 6.0


@dataclass(frozen=True, slots=True)
class Label:
    """A name with a note, for a place."""

    name: str
    note: str
    place: Point
    ink: str = INK


@dataclass(frozen=True, slots=True)
class Placed:
    """A label where it found room, and where the line from its place ends."""

    captions: tuple[Caption, ...]
    box: Box
    line: tuple[Point, Point]


def placed(labels: Sequence[Label], ground: World) -> tuple[Placed, ...]:
    """The labels in the order given; one that finds no room is left out."""
    found: list[Placed] = []
    for label in labels:
        places = [other.place for other in labels]
        best = _best(label, places, found, ground)
        if best:
            found.append(best)
    return tuple(found)


def _best(
    label: Label, places: Sequence[Point], taken: Sequence[Placed], ground: World
) -> Placed | None:
    """The label nearest to its place and least over land; farther is not tried once it is worse."""
    best, least = None, inf
    for reach in REACHES:
        if reach >= least:
            break
        for made in _around(label, reach):
            cost = reach + ON_LAND * _land(made.box, ground)
            if cost < least and _fits(made, places, taken, ground):
                best, least = made, cost
    return best


def _around(label: Label, reach: float) -> Iterator[Placed]:
    for angle in SPREAD:
        turn = pi * angle / 180
        x, y = label.place[0] + reach * cos(turn), label.place[1] + reach * sin(turn) * 0.8
        yield _label(label, (x, y))


def _label(label: Label, end: Point) -> Placed:
    """The lines of a label on the far side of the end of its line."""
    left = end[0] < label.place[0]
    anchor: Anchor = "end" if left else "start"
    x = end[0] + (-5 if left else 5)
    lines = [(label.name, NAME_SIZE, True, label.ink)]
    lines += [(label.note, NOTE_SIZE, False, MUTED)] if label.note else []
    top = end[1] - sum(size for _, size, _, _ in lines) * 0.56
    captions: list[Caption] = []
    for text, size, bold, ink in lines:
        top += size * 1.05
        captions.append(Caption(text, x, top - size * 0.18, size, anchor, bold, ink, halo=True))
    boxes = [caption.box for caption in captions]
    box = Box(
        min(one.left for one in boxes),
        boxes[0].top,
        max(one.right for one in boxes),
        boxes[-1].bottom,
    )
    return Placed(tuple(captions), box, (label.place, end))


def _fits(made: Placed, places: Sequence[Point], taken: Sequence[Placed], ground: World) -> bool:
    box = made.box
    if box.left < EDGE or box.right > ground.width - EDGE:
        return False
    if box.top < EDGE / 3 or box.bottom > ground.height:
        return False
    if any(box.touches(other.box, -5) or _crosses(made.line, other) for other in taken):
        return False
    if any(_crosses(other.line, made) for other in taken):
        return False
    wide = Box(box.left - EDGE, box.top - EDGE, box.right + EDGE, box.bottom + EDGE)
    return not any(wide.holds(place) for place in places)


def _crosses(line: tuple[Point, Point], other: Placed) -> bool:
    """Whether a line runs through a label or across its line."""
    if _meet(line, other.line):
        return True
    (x1, y1), (x2, y2) = line
    steps = max(int(hypot(x2 - x1, y2 - y1) // 5), 1)
    return any(
        other.box.left < x1 + (x2 - x1) * n / steps < other.box.right
        and other.box.top < y1 + (y2 - y1) * n / steps < other.box.bottom
        for n in range(steps + 1)
    )


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _land(box: Box, ground: World) -> float:
    """The share of a label that stands over land."""
    xs = [box.left + (box.right - box.left) * n / 8 for n in range(9)]
    ys = [box.top + (box.bottom - box.top) * n / 3 for n in range(4)]
    points = [ground.is_land(x, y) for x in xs for y in ys]
    return sum(points) / len(points)
