"""The count: the number of parties over time, with the acts that changed it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.render.axis import Axis, around, drawn_axis, drawn_day, short_day
from graph.render.picture import (
    Caption,
    Ground,
    LegendItem,
    Link,
    Mark,
    Picture,
    Row,
    Stroke,
    Table,
)
from graph.render.style import FAINT, INK, MUTED, WARNING, look
from graph.render.text import advance, number, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graph.render.picture import Frame, Guide

WIDTH = 1200.0
MARGIN = 40.0
LEFT, RIGHT = 92.0, 1150.0
TOP, BASE = 44.0, 500.0
BAR_HEADING, BAR_MIDDLE, BAR_REACH, BAR_DEPTH = 562.0, 676.0, 78.0, 40.0
HEIGHT = 750.0
ROOM = 520.0
HEADING, NUMBER = 20.0, 20.0
CALL_SIZE, CALL_NOTE, CALL_STEP = 26.0, 20.0, 66.0
MOST_CALLED = 5
GRID_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
MOST_LINES = 9
BAR_WIDEST = 26.0
BAR_NUMBER = 15.0


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which the number changed: the number from then on, who joined and who left."""

    day: date
    number: int
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def count(frame: Frame, steps: Sequence[Step]) -> Picture:
    """The picture of the number of parties to a treaty, up to the day of the frame and beyond."""
    if not steps:
        return _empty(frame)
    axis = Axis(*around([*(step.day for step in steps), frame.day]), LEFT, RIGHT)
    most = max(step.number for step in steps)
    marks = [_mark(step, axis, most) for step in steps]
    grid, numbers = _grid(most)
    lines, names = drawn_axis(axis, TOP, BAR_MIDDLE + BAR_DEPTH)
    day, day_name = drawn_day(axis, frame.day, TOP, BAR_MIDDLE + BAR_DEPTH)
    bars, bar_names = _bars(steps, axis)
    calls, called = _calls(steps, axis, most)
    return Picture(
        view="count",
        frame=frame,
        marks=tuple(marks),
        links=tuple(_next(one, other) for one, other in pairwise(marks)),
        legend=_legend(steps, frame.day),
        width=WIDTH,
        height=HEIGHT,
        guides=(*grid, *lines, *_line(steps, axis, frame.day, most), *bars, *calls, *day),
        captions=(*numbers, *names, *bar_names, *called, *day_name),
        rows="marks",
        table=Table(("Day", "Parties", "Joined", "Left", "Sources"), tuple(map(_row, steps))),
        note="The line steps on the day on which a state is bound or no longer bound, not on the"
        " day of signature or deposit; what lies after the day shown is dashed.",
    )


def _empty(frame: Frame) -> Picture:
    line = Caption("No state is bound by it yet.", WIDTH / 2, 90, 24, ink=MUTED)
    return Picture("count", frame, (), (), (), WIDTH, 180, captions=(line,), rows="marks")


def _y(value: float, most: int) -> float:
    return BASE - (BASE - TOP - 20) * value / max(most, 1)


def _mark(step: Step, axis: Axis, most: int) -> Mark:
    said = [f"joined: {', '.join(step.joined)}"] if step.joined else []
    said += [f"left: {', '.join(step.left)}"] if step.left else []
    kind = "left" if step.left else "joined"
    size = 9.0 if step.left else 3.0
    place = axis.x(step.day), _y(step.number, most)
    name = f"{step.number} {'party' if step.number == 1 else 'parties'}"
    label = str(step.day)
    return Mark(label, label, kind, *place, size, name=name, detail=tuple(said), day=step.day)


def _row(step: Step) -> Row:
    return Row((str(step.day), str(step.number), ", ".join(step.joined), ", ".join(step.left)))


def _next(one: Mark, other: Mark) -> Link:
    return Link(one.id, other.id, "then", day=other.day)


def _grid(most: int) -> tuple[list[Guide], list[Caption]]:
    step = next((s for s in GRID_STEPS if most / s < MOST_LINES), GRID_STEPS[-1])
    values = range(0, most + 1, step)
    lines: list[Guide] = [
        Stroke((LEFT, _y(v, most)), (RIGHT, _y(v, most)), FAINT, 1) for v in values
    ]
    texts = [Caption(str(v), LEFT - 12, _y(v, most) + 7, NUMBER, "end", ink=MUTED) for v in values]
    title = Caption("States bound", MARGIN, 17, HEADING, "start", bold=True, ink=MUTED)
    return lines, [title, *texts]


def _line(steps: Sequence[Step], axis: Axis, day: date, most: int) -> list[Guide]:
    """The steps as a line, solid up to the day shown and dashed after it."""
    past = [step for step in steps if step.day <= day]
    later = [step for step in steps if step.day > day]
    ink = look("party").fill
    start = past[-1].number if past else 0
    until = min(axis.x(day), RIGHT)
    solid = _stepped(past, axis, (LEFT, 0), most) + f"H{number(until)}"
    found: list[Guide] = []
    if past:
        found.append(Ground(f"{solid}V{number(BASE)}H{number(LEFT)}z", fill="#e3eef6"))
        found.append(Ground(solid, stroke=ink, width=3))
    if later:
        dashed = _stepped(later, axis, (until, start), most) + f"H{number(RIGHT)}"
        found.append(Ground(dashed, stroke=ink, width=2, dashed=True))
    return found


def _stepped(steps: Sequence[Step], axis: Axis, start: tuple[float, float], most: int) -> str:
    path = f"M{number(start[0])} {number(_y(start[1], most))}"
    moves = (f"H{number(axis.x(step.day))}V{number(_y(step.number, most))}" for step in steps)
    return path + "".join(moves)


def _bars(steps: Sequence[Step], axis: Axis) -> tuple[list[Guide], list[Caption]]:
    """How many joined, upwards, and left, downwards, in each year."""
    years = sorted({step.day.year for step in steps})
    up = {y: sum(len(s.joined) for s in steps if s.day.year == y) for y in years}
    down = {y: sum(len(s.left) for s in steps if s.day.year == y) for y in years}
    room = BAR_DEPTH - 1.4 * BAR_NUMBER
    unit = min(BAR_REACH / max([*up.values(), 1]), room / max([*down.values(), 1]))
    guides: list[Guide] = [Stroke((LEFT, BAR_MIDDLE), (RIGHT, BAR_MIDDLE), MUTED, 1)]
    heading = "Joined and left in each year"
    captions = [Caption(heading, MARGIN, BAR_HEADING, HEADING, "start", bold=True, ink=MUTED)]
    pitch = (axis.right - axis.left) * 365.25 / max((axis.last - axis.first).days, 1)
    for year in years:
        left, right = _year(axis, year)
        for value, side, kind in ((up[year], -1, "joined"), (down[year], 1, "left")):
            if not value:
                continue
            tall = max(unit * value, 3.0) * side
            edges = f"M{number(left)} {number(BAR_MIDDLE)}H{number(right)}"
            path = f"{edges}v{number(tall)}H{number(left)}z"
            guides.append(Ground(path, fill=look(kind).fill))
            y = BAR_MIDDLE + tall + (-5 if side < 0 else 16)
            ink = WARNING if kind == "left" else MUTED
            if pitch >= advance(str(value), BAR_NUMBER) + 3:
                captions.append(Caption(str(value), (left + right) / 2, y, BAR_NUMBER, ink=ink))
    return guides, captions


def _year(axis: Axis, year: int) -> tuple[float, float]:
    whole = (axis.right - axis.left) / max((axis.last - axis.first).days, 1) * 365.25
    wide = min(whole * 0.72, BAR_WIDEST)
    middle = axis.x(type(axis.first)(year, 7, 1))
    return middle - wide / 2, middle + wide / 2


def _calls(steps: Sequence[Step], axis: Axis, most: int) -> tuple[list[Guide], list[Caption]]:
    """The latest departures in words beneath the line, each tied to its step."""
    left = [step for step in steps if step.left][-MOST_CALLED:]
    guides: list[Guide] = []
    captions: list[Caption] = []
    lowest = BASE - 30 - CALL_STEP * len(left)
    for row, step in enumerate(left):
        place = axis.x(step.day), _y(step.number, most)
        end = max(min(place[0] - 46, RIGHT - 70), LEFT + ROOM + 20)
        y = max(lowest, place[1] + 40) + row * CALL_STEP
        names = wrapped(", ".join(step.left), CALL_SIZE, ROOM, most=1, bold=True)
        day = f"left {short_day(step.day)}: {step.number} remain"
        captions.append(Caption(names[0], end, y, CALL_SIZE, "end", bold=True, ink=WARNING))
        captions.append(Caption(day, end, y + CALL_NOTE * 1.3, CALL_NOTE, "end", ink=INK))
        path = f"M{number(end + 8)} {number(y - 7)}H{number(place[0])}V{number(place[1])}"
        guides.append(Ground(path, stroke=WARNING, width=1.4))
    return guides, captions


def _legend(steps: Sequence[Step], day: date) -> tuple[LegendItem, ...]:
    past = [step for step in steps if step.day <= day]
    joined, left = (sum(len(names) for names in kind) for kind in _changes(past))
    items = [LegendItem("joined", "Times a state joined", count=joined)]
    return (*items, LegendItem("left", "Times a state left", count=left)) if left else tuple(items)


def _changes(steps: Sequence[Step]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    return [step.joined for step in steps], [step.left for step in steps]
