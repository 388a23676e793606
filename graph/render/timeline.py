"""The timeline: the acts of a treaty year by year and the way out of it, or a state's treaties."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from graph.render.axis import Axis, around, drawn_axis, drawn_day
from graph.render.lanes import TABLE_COLUMNS, Rows, drawn_lanes, table_rows
from graph.render.picture import Caption, LegendItem, Link, Mark, Picture, Row, Table
from graph.render.style import MUTED, kind_order, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from graph.render.lanes import Drawn, Lane
    from graph.render.picture import Frame, Source

WIDTH = 1200.0
MARGIN = 40.0
RIGHT = 1160.0
WIDE_LEFT = 40.0
LANE_LEFT = 250.0
STATE_LEFT = 330.0
HEADING = 20.0
STACK_TOP, STACK_BASE = 60.0, 330.0
LARGEST_UNIT, SMALLEST_UNIT = 13.0, 2.5
LANE_HEIGHT = 84.0
TREATY_HEIGHT, TREATY_SIZE = 46.0, 17.0
TALLEST_LANES = 20
LEAST = 760


@dataclass(frozen=True, slots=True)
class ActDone:
    """One act under a treaty, by a state, on a day."""

    id: str
    day: date
    kind: str
    state: str
    name: str
    what: str
    href: str | None = None
    sources: tuple[Source, ...] = ()


def timeline_of_treaty(
    frame: Frame, treaty: tuple[str, str], acts: Sequence[ActDone], leaving: Sequence[Lane]
) -> Picture:
    """Every act of a treaty as a square in its year, and below it the steps of those leaving."""
    if not acts:
        return _nothing(frame)
    axis = _whole_years([*(act.day for act in acts), frame.day])
    squares = tuple(_stacked(acts, axis))
    guides, captions = drawn_axis(axis, STACK_TOP, STACK_BASE)
    day, day_name = drawn_day(axis, frame.day, STACK_TOP, STACK_BASE)
    heading = Caption("Every act, in its year", MARGIN, 22, HEADING, "start", bold=True, ink=MUTED)
    below = _way_out(frame, leaving, STACK_BASE + 100)
    marks = (Mark(treaty[0], treaty[1], "treaty", 0, 0, 0.0), *squares)
    return Picture(
        view="timeline",
        frame=frame,
        marks=(*marks, *(below.marks if below else ())),
        links=(*_under(treaty[0], acts), *(below.links if below else ())),
        legend=(*_counted(acts), *_not_yet(acts, _lane_legend(leaving))),
        width=WIDTH,
        height=below.bottom if below else STACK_BASE + 50,
        guides=(*guides, *day, *(below.guides if below else ())),
        captions=(heading, *captions, *day_name, *(below.captions if below else ())),
        table=Table(TABLE_COLUMNS, (*table_rows(leaving), *map(_table_row, acts))),
        least=LEAST,
    )


def timeline_of_state(frame: Frame, lanes: Sequence[Lane]) -> Picture:
    """How long a state has been bound by each treaty, and the acts by which it was."""
    days = [day for lane in lanes for day in _days(lane)]
    if not days:
        return _nothing(frame)
    axis = Axis(*around([*days, frame.day]), STATE_LEFT, RIGHT)
    rows = Rows(40.0, TREATY_HEIGHT, written=False, name_size=TREATY_SIZE)
    drawn = drawn_lanes(lanes, axis, frame.day, rows)
    return Picture(
        view="timeline",
        frame=frame,
        marks=drawn.marks,
        links=drawn.links,
        legend=_lane_legend(lanes),
        width=WIDTH,
        height=drawn.bottom,
        guides=drawn.guides,
        captions=drawn.captions,
        table=Table(TABLE_COLUMNS, tuple(table_rows(lanes))),
        least=LEAST,
    )


def _table_row(act: ActDone) -> Row:
    return Row((act.name, act.what, str(act.day), ""), act.sources)


def _whole_years(days: list[date]) -> Axis:
    """A scale on which the column of each year has its full width."""
    first, last = min(days), max(days)
    return Axis(first.replace(month=1, day=1), last.replace(month=12, day=31), WIDE_LEFT, RIGHT)


def _nothing(frame: Frame) -> Picture:
    line = Caption("Nothing is recorded up to this day.", WIDTH / 2, 90, 24, ink=MUTED)
    return Picture("timeline", frame, (), (), (), WIDTH, 180, captions=(line,))


def _stacked(acts: Sequence[ActDone], axis: Axis) -> Iterator[Mark]:
    """A square for each act, stacked upwards in the column of its year, in the order of days."""
    years: dict[int, list[ActDone]] = defaultdict(list)
    for act in sorted(acts, key=lambda act: (kind_order(act.kind), act.day, act.name)):
        years[act.day.year].append(act)
    pitch = (axis.right - axis.left) * 365.25 / max((axis.last - axis.first).days, 1) * 0.92
    unit = _unit(max(map(len, years.values())), pitch)
    across = max(int(pitch // unit), 1)
    for year, done in years.items():
        middle = axis.x(type(axis.first)(year, 7, 1))
        left = min(max(middle - across * unit / 2, axis.left), axis.right - across * unit)
        for place, act in enumerate(done):
            x = left + (place % across + 0.5) * unit
            y = STACK_BASE - (place // across + 0.5) * unit
            yield _square(act, x, y, unit)


def _unit(most: int, pitch: float) -> float:
    """The largest square with which the tallest column finds room."""
    unit = min(LARGEST_UNIT, pitch)
    while unit > SMALLEST_UNIT:
        if ceil(most / max(int(pitch // unit), 1)) * unit <= STACK_BASE - STACK_TOP - 12:
            return unit
        unit -= 0.25
    return unit


def _square(act: ActDone, x: float, y: float, unit: float) -> Mark:
    side = unit * 0.88
    return Mark(
        act.id,
        f"{act.name}: {act.what}",
        act.kind,
        x,
        y,
        side / 2,
        href=act.href,
        day=act.day,
        sources=act.sources,
        span=(side, side),
    )


def _under(treaty: str, acts: Iterable[ActDone]) -> Iterator[Link]:
    return (Link(act.id, treaty, act.what, act.kind, act.day, act.sources) for act in acts)


def _way_out(frame: Frame, lanes: Sequence[Lane], top: float) -> Drawn | None:
    """The lanes of those that left, are leaving or claim a suspension, on a scale of their own."""
    days = [day for lane in lanes for day in _days(lane)]
    if not days:
        return None
    axis = Axis(*around(days, 0.06), LANE_LEFT, RIGHT)
    tall = LANE_HEIGHT if len(lanes) <= TALLEST_LANES else TREATY_HEIGHT
    rows = Rows(top, tall, len(lanes) <= TALLEST_LANES)
    drawn = drawn_lanes(lanes, axis, frame.day, rows)
    text = "The way out: from the first word to the effect"
    heading = Caption(text, MARGIN, top - 34, HEADING, "start", bold=True, ink=MUTED)
    return type(drawn)(
        drawn.marks, drawn.links, drawn.guides, (heading, *drawn.captions), drawn.bottom
    )


def _days(lane: Lane) -> list[date]:
    ends = [day for bar in lane.bars for day in (bar.start, bar.end) if day]
    return [*ends, *(event.day for event in lane.events)]


def _counted(acts: Iterable[ActDone]) -> tuple[LegendItem, ...]:
    counts = Counter(act.kind for act in acts)
    kinds = sorted(counts, key=kind_order)
    return tuple(LegendItem(kind, words(kind), count=counts[kind], area=True) for kind in kinds)


def _not_yet(acts: Iterable[ActDone], items: Iterable[LegendItem]) -> Iterator[LegendItem]:
    kinds = {act.kind for act in acts}
    return (item for item in items if not (item.area and item.kind in kinds))


def _lane_legend(lanes: Sequence[Lane]) -> tuple[LegendItem, ...]:
    """What the bars and marks of lanes stand for."""
    bars = sorted({bar.kind for lane in lanes for bar in lane.bars}, key=kind_order)
    kinds = {event.kind for lane in lanes for event in lane.events}
    marks = sorted(kinds, key=kind_order)
    areas = [LegendItem(kind, words(kind), area=True) for kind in bars]
    return (*areas, *(LegendItem(kind, words(kind)) for kind in marks))
