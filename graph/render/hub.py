"""The label of the thing in the middle, as large as its disc allows, without a broken word."""

from __future__ import annotations

from math import hypot

from graph.render.picture import Caption
from graph.render.style import look
from graph.render.text import wrapped

LARGEST, SMALLEST = 18, 5
FREE = 0.8


def hub_captions(
    label: str, kind: str, place: tuple[float, float], radius: float
) -> tuple[Caption, ...]:
    """The lines of a label, centred inside a disc of a radius at a place."""
    size, lines = _fitted(label, radius)
    top = place[1] - (len(lines) - 1) * size * 0.6 + size * 0.36
    ink = look(kind).ink
    return tuple(
        Caption(line, place[0], top + row * size * 1.2, size, bold=True, ink=ink)
        for row, line in enumerate(lines)
    )


def _fitted(label: str, radius: float) -> tuple[float, list[str]]:
    for step in range(LARGEST, SMALLEST, -1):
        size = radius * step / 50
        for room in (1.7, 1.5, 1.3):
            lines = wrapped(label, size, radius * room, bold=True)
            whole = " ".join(lines).split() == label.split()
            if whole and _reach(lines, size) <= radius * FREE:
                return size, lines
    size = radius * SMALLEST / 50
    return size, wrapped(label, size, radius * 1.5, most=7, bold=True)


def _reach(lines: list[str], size: float) -> float:
    middle = (len(lines) - 1) / 2
    return max(
        (
            hypot(
                Caption(line, 0, 0, size, bold=True).box.right,
                (abs(row - middle) * 1.2 + 0.4) * size,
            )
            for row, line in enumerate(lines)
        ),
        default=0.0,
    )
