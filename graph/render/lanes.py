"""Lanes: things that last as bars and things that happen as marks, each in the row of its thing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.render.axis import drawn_axis, drawn_day
from graph.render.picture import Box, Caption, Link, Mark, Row, Stroke
from graph.render.style import FAINT, INK, MUTED
from graph.render.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from graph.render.axis import Axis
    from graph.render.picture import Guide, Source

MARGIN = 40.0
NAME_SIZE, NOTE_SIZE, EVENT_SIZE = 22.0, 16.0, 16.0
SYMBOL = 9.0
MOST_LEVELS, LEVEL = 3, 13.0
GAP = 10.0
BAR = 16.0
TABLE_COLUMNS = ("Row", "What", "From", "Until", "Sources")


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasts from a day until another, or on where there is none."""

    start: date
    end: date | None
    kind: str
    label: str
    qualifiers: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens on a day; `text` is written beneath it where there is room."""

    id: str
    day: date
    kind: str
    name: str
    text: str = ""
    detail: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """The row of one thing."""

    id: str
    name: str
    kind: str
    note: str = ""
    bars: tuple[Bar, ...] = ()
    events: tuple[Event, ...] = ()
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """How tall rows are, and whether what happens is written beneath it."""

    top: float
    height: float
    written: bool = True
    name_size: float = NAME_SIZE


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the lanes put into a picture."""

    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    guides: tuple[Guide, ...]
    captions: tuple[Caption, ...]
    bottom: float


def drawn_lanes(lanes: Sequence[Lane], axis: Axis, day: date, rows: Rows) -> Drawn:
    """The lanes from the top of the rows downwards, over an axis, with the line of the day."""
    bottom = rows.top + rows.height * len(lanes)
    lines, names = drawn_axis(axis, rows.top, bottom)
    today, today_name = drawn_day(axis, day, rows.top, bottom)
    dividers: list[Guide] = [
        Stroke((MARGIN, y), (axis.right, y), FAINT, 1)
        for y in (rows.top + rows.height * row for row in range(len(lanes) + 1))
    ]
    marks: list[Mark] = []
    links: list[Link] = []
    for row, lane in enumerate(lanes):
        y = rows.top + rows.height * row
        marks.append(_head(lane, axis, y, rows))
        happened = list(_events(lane, axis, y, rows))
        marks += happened
        links += _bars(lane, axis, y, rows)
        links += [
            _tie(lane, mark, event) for mark, event in zip(happened, lane.events, strict=True)
        ]
    return Drawn(
        tuple(marks), tuple(links), (*lines, *dividers, *today), (*names, *today_name), bottom + 34
    )


def table_rows(lanes: Sequence[Lane]) -> Iterator[Row]:
    """What lanes say, for reading without seeing: a row for each bar and each happening."""
    for lane in lanes:
        for bar in lane.bars:
            until = str(bar.end) if bar.end else ""
            yield Row((lane.name, bar.label, str(bar.start), until), bar.sources)
        for event in lane.events:
            said = "; ".join((event.name, *event.detail))
            yield Row((lane.name, said, str(event.day), ""), event.sources)


def _middle(y: float, rows: Rows) -> float:
    return y + (rows.height * 0.44 if rows.written else rows.height / 2)


def _head(lane: Lane, axis: Axis, y: float, rows: Rows) -> Mark:
    room = axis.left - MARGIN - 16
    note_size = min(NOTE_SIZE, rows.name_size * 0.8)
    notes = wrapped(lane.note, note_size, room, most=1) if lane.note else []
    free = rows.height - len(notes) * note_size * 1.2
    size, names = _fitted(lane.name, rows.name_size, room, free)
    tall = len(names) * size * 1.1 + len(notes) * note_size * 1.2
    at = y + (rows.height - tall) / 2
    captions: list[Caption] = []
    for line in names:
        at += size * 1.1
        captions.append(Caption(line, MARGIN, at - size * 0.26, size, "start", bold=True, ink=INK))
    for line in notes:
        at += note_size * 1.2
        captions.append(Caption(line, MARGIN, at - 4, note_size, "start", ink=MUTED))
    made = Mark(lane.id, lane.name, lane.kind, MARGIN, y + rows.height / 2, 0.0)
    return replace(made, captions=tuple(captions), href=lane.href)


def _fitted(name: str, size: float, room: float, free: float) -> tuple[float, list[str]]:
    """The size and lines with which a name finds room whole, or is shortened at the smallest."""
    names: list[str] = []
    for share in (1.0, 0.9, 0.8, 0.7):
        most = max(1, int(free // (size * share * 1.12)))
        names = wrapped(name, size * share, room, most=most, bold=True)
        if " ".join(names).split() == name.split():
            return size * share, names
    return size * 0.7, names


def _bars(lane: Lane, axis: Axis, y: float, rows: Rows) -> Iterator[Link]:
    middle = _middle(y, rows)
    for bar in lane.bars:
        left, right = axis.x(bar.start), axis.x(bar.end) if bar.end else axis.right
        box = Box(left, middle - BAR / 2, max(right, left + 1.5), middle + BAR / 2)
        yield Link(
            lane.id,
            lane.id,
            bar.label,
            bar.kind,
            bar.start,
            bar.sources,
            cell=box,
            qualifiers=bar.qualifiers,
        )


def _events(lane: Lane, axis: Axis, y: float, rows: Rows) -> Iterator[Mark]:
    """The marks of a lane; of two texts that would touch, the later one counts as the end."""
    middle = _middle(y, rows)
    written = _written(lane.events, axis, rows)
    base = middle + BAR / 2 + EVENT_SIZE + 6
    before, level = axis.left - 4 * SYMBOL, 0
    for event in lane.events:
        x = axis.x(event.day)
        level = (level + 1) % MOST_LEVELS if x - before < 2 * SYMBOL + 2 else 0
        before = x
        place = written.get(event.id)
        captions: tuple[Caption, ...] = ()
        if place is not None:
            captions = (Caption(event.text, place, base, EVENT_SIZE, ink=INK, halo=True),)
        yield Mark(
            event.id,
            event.name,
            event.kind,
            x,
            middle - level * LEVEL,
            SYMBOL,
            detail=event.detail,
            href=event.href,
            day=event.day,
            sources=event.sources,
            captions=captions,
        )


def _written(events: Sequence[Event], axis: Axis, rows: Rows) -> dict[str, float]:
    """Where the texts of events stand that find room, the last ones chosen first."""
    found: dict[str, float] = {}
    free = axis.right + 30
    for event in reversed(events) if rows.written else ():
        if not event.text:
            continue
        box = Caption(event.text, 0, 0, EVENT_SIZE).box
        half = (box.right - box.left) / 2
        x = min(axis.x(event.day), free - half)
        if axis.x(event.day) - x <= half and x - half >= axis.left - GAP:
            found[event.id] = x
            free = x - half - GAP
    return found


def _tie(lane: Lane, mark: Mark, event: Event) -> Link:
    return Link(lane.id, mark.id, event.name, event.kind, event.day, event.sources)
