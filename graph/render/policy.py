"""The policies of a state: when each held, which replaced which, and its measures by conduct."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from graph.render.axis import Axis, around
from graph.render.lanes import TABLE_COLUMNS, Rows, drawn_lanes, table_rows
from graph.render.picture import Caption, Ground, LegendItem, Link, Picture, Table
from graph.render.style import INK, MUTED, kind_order, words
from graph.render.text import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.render.lanes import Lane
    from graph.render.picture import Frame

WIDTH = 1200.0
MARGIN = 40.0
LEFT, RIGHT = 470.0, 1150.0
HEADING = 20.0
POLICIES = Rows(64.0, 56.0, written=False, name_size=17.0)
MEASURE_HEIGHT, MEASURE_SIZE = 30.0, 17.0
LEAST = 900
NOTE = (
    "A bar lasts as long as its policy or measure; a measure that no later policy is reported to"
    " change goes on. An arrow leads from a policy to the one that replaced it. One row may hold"
    " several measures: the table lists each, and which are objectives or interim guidance only."
)


def policies(
    frame: Frame,
    held: Sequence[Lane],
    measures: Sequence[Lane],
    replaced: Sequence[tuple[str, str]],
) -> Picture:
    """The policies up to the day of the frame; `replaced` names later and earlier policies."""
    if not held:
        return _empty(frame)
    days = [day for lane in held for bar in lane.bars for day in (bar.start, bar.end) if day]
    axis = Axis(*around([*days, frame.day]), LEFT, RIGHT)
    upper = drawn_lanes(held, axis, frame.day, POLICIES)
    rows = Rows(upper.bottom + 66, MEASURE_HEIGHT, written=False, name_size=MEASURE_SIZE)
    lower = drawn_lanes(measures, axis, frame.day, rows)
    return Picture(
        view="policy",
        frame=frame,
        marks=(*upper.marks, *lower.marks),
        links=(*upper.links, *lower.links, *(_link(*pair) for pair in replaced)),
        legend=tuple(_legend((*held, *measures))),
        width=WIDTH,
        height=lower.bottom,
        guides=(*upper.guides, *lower.guides),
        over=tuple(_arrows(held, axis, replaced)),
        captions=(
            _heading("Policies", POLICIES.top - 36),
            _heading("Their measures, by conduct", rows.top - 30),
            *upper.captions,
            *lower.captions,
        ),
        note=NOTE,
        table=Table(TABLE_COLUMNS, tuple(table_rows((*held, *measures)))),
        least=LEAST,
    )


def _empty(frame: Frame) -> Picture:
    line = Caption("No policy is recorded up to this day.", WIDTH / 2, 90, 24, ink=MUTED)
    return Picture("policy", frame, (), (), (), WIDTH, 180, captions=(line,))


def _heading(text: str, y: float) -> Caption:
    return Caption(text, MARGIN, y, HEADING, "start", bold=True, ink=MUTED)


def _link(later: str, earlier: str) -> Link:
    return Link(later, earlier, "replaced", "replaced")


def _arrows(
    held: Sequence[Lane], axis: Axis, replaced: Sequence[tuple[str, str]]
) -> Iterator[Ground]:
    """From the bar of an earlier policy down to the beginning of the one that replaced it."""
    rows = {lane.id: row for row, lane in enumerate(held)}
    starts = {lane.id: lane.bars[0].start for lane in held}
    for later, earlier in replaced:
        x = axis.x(starts[later])
        top = POLICIES.top + POLICIES.height * (rows[earlier] + 0.5) + 8
        end = POLICIES.top + POLICIES.height * (rows[later] + 0.5) - 9
        yield Ground(f"M{number(x)} {number(top)}V{number(end - 7)}", stroke=INK, width=1.6)
        head = f"M{number(x - 5)} {number(end - 8)}h10L{number(x)} {number(end)}z"
        yield Ground(head, fill=INK)


def _legend(lanes: Sequence[Lane]) -> Iterator[LegendItem]:
    kinds = {bar.kind for bar in chain.from_iterable(lane.bars for lane in lanes)}
    for kind in sorted(kinds, key=kind_order):
        yield LegendItem(kind, words(kind), area=True)
