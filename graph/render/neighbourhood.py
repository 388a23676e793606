"""The neighbourhood: one state, treaty or policy in the middle and what touches it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.render.hub import hub_captions
from graph.render.layout import (
    BESIDE,
    HUB,
    LINE,
    NAME_SIZE,
    NOTE_SIZE,
    STEP,
    SYMBOL,
    Layout,
    Node,
    Place,
    layout,
)
from graph.render.picture import BrokenPicture, Caption, LegendItem, Link, Mark, Picture
from graph.render.style import INK, MUTED, kind_order, words
from graph.render.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.render.picture import Anchor, Box, Frame, Point

LINK_SIZE = 14.0
LINK_ROOM = 112.0
SAMPLES = 60
TRIES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)


def neighbourhood(
    frame: Frame, centre: Node, nodes: Sequence[Node], links: Sequence[Link]
) -> Picture:
    """The picture of what touches the centre, each link with its label and its sources."""
    _refuse_loose_ends(centre, nodes, links)
    found = layout(centre, nodes, links)
    marks = {centre.id: _hub(centre, found)} | {p.node.id: _mark(p) for p in found.places}
    main = {place.link: place for place in found.places if place.link is not None}
    drawn = [
        _main_link(link, main[index], marks) if index in main else _cross_link(link, marks)
        for index, link in enumerate(links)
    ]
    clear = [link if _is_clear(link, tuple(marks.values())) else _undrawn(link) for link in drawn]
    hidden = sum(not link.path for link in clear)
    return Picture(
        view="neighbourhood",
        frame=frame,
        marks=tuple(marks.values()),
        links=_captioned(clear, tuple(marks.values())),
        legend=_legend(tuple(marks.values())),
        width=found.width,
        height=found.height,
        note=f"Not drawn, for clearness, but in the table: {hidden} more links." if hidden else "",
    )


def _is_clear(link: Link, marks: Sequence[Mark]) -> bool:
    """Whether a line between two things of the same centre runs through no label and no mark."""
    if link.main:
        return True
    boxes = [caption.box for mark in marks for caption in mark.captions]
    boxes += [mark.box for mark in marks if mark.id not in {link.source, link.target}]
    points = (along(link.path, step / SAMPLES) for step in range(1, SAMPLES))
    return not any(box.holds(point) for point in points for box in boxes)


def _undrawn(link: Link) -> Link:
    return replace(link, path=(), captions=())


def _refuse_loose_ends(centre: Node, nodes: Sequence[Node], links: Sequence[Link]) -> None:
    ids = Counter([centre.id, *(node.id for node in nodes)])
    twice = [node_id for node_id, count in ids.items() if count > 1]
    loose = [end for link in links for end in (link.source, link.target) if end not in ids]
    if twice:
        message = f"Node {twice[0]!r} is in the picture twice: give each node one identifier."
        raise BrokenPicture(message)
    if loose:
        message = f"A link names {loose[0]!r}, which is not in the picture: add it as a node."
        raise BrokenPicture(message)


def _hub(node: Node, found: Layout) -> Mark:
    captions = hub_captions(node.label, node.kind, found.centre, HUB)
    return replace(_bare(node, found.centre, HUB), captions=captions)


def _bare(node: Node, place: Point, size: float) -> Mark:
    return Mark(
        id=node.id,
        label=node.label,
        kind=node.kind,
        x=place[0],
        y=place[1],
        size=size,
        detail=node.detail,
        href=node.href,
        day=node.day,
        sources=node.sources,
    )


def _mark(place: Place) -> Mark:
    captions: list[Caption] = []
    x = place.x + place.side * BESIDE
    anchor: Anchor = "start" if place.side > 0 else "end"
    tall = (len(place.name) * NAME_SIZE + len(place.note) * NOTE_SIZE) * LINE
    y = place.y - tall / 2
    for line in place.name:
        y += NAME_SIZE * LINE
        captions.append(Caption(line, x, y - 4, NAME_SIZE, anchor, bold=True, ink=INK))
    for line in place.note:
        y += NOTE_SIZE * LINE
        captions.append(Caption(line, x, y - 4, NOTE_SIZE, anchor, ink=MUTED))
    return replace(_bare(place.node, (place.x, place.y), SYMBOL), captions=tuple(captions))


def _main_link(link: Link, place: Place, marks: Mapping[str, Mark]) -> Link:
    parent = marks[place.parent]
    lines = wrapped(link.label, LINK_SIZE, LINK_ROOM, most=2)
    x = place.x - place.side * (SYMBOL + 6)
    anchor: Anchor = "end" if place.side > 0 else "start"
    top = place.y + LINK_SIZE * 0.36 - (len(lines) - 1) * LINK_SIZE * 0.58
    captions = tuple(
        Caption(line, x, top + row * LINK_SIZE * 1.16, LINK_SIZE, anchor, ink=MUTED, halo=True)
        for row, line in enumerate(lines)
    )
    return replace(link, path=_branch_path(parent, place), captions=captions, main=True)


def _branch_path(parent: Mark, place: Place) -> tuple[Point, ...]:
    """A curve in cubic pieces that arrives level, so that the label has a line to stand on."""
    end = place.x - place.side * SYMBOL
    if place.depth == 1:
        start = parent.x + place.side * HUB * 0.9
        flat = end - place.side * (LINK_ROOM + 10)
        middle = (start + flat) / 2
        bend = ((start, parent.y), (middle, parent.y), (middle, place.y), (flat, place.y))
    else:
        turn = parent.x + place.side * (STEP - LINK_ROOM - SYMBOL - 12)
        bend = ((parent.x, parent.y), (parent.x, place.y), (parent.x, place.y), (turn, place.y))
    return (*bend, bend[-1], (end, place.y), (end, place.y))


def _cross_link(link: Link, marks: Mapping[str, Mark]) -> Link:
    """A curve between two things that the centre already ties, bowed towards the centre."""
    first, last = marks[link.source], marks[link.target]
    middle = next(iter(marks.values())).x
    bows = [mark.x + 0.55 * (middle - mark.x) for mark in (first, last)]
    path = ((first.x, first.y), (bows[0], first.y), (bows[1], last.y), (last.x, last.y))
    return replace(link, path=path, main=False)


def _captioned(links: Sequence[Link], marks: Sequence[Mark]) -> tuple[Link, ...]:
    taken = [box for mark in marks for box in (mark.box, *(c.box for c in mark.captions))]
    taken += [caption.box for link in links for caption in link.captions]
    return tuple(
        link if link.main or not link.path else _with_caption(link, taken) for link in links
    )


def _with_caption(link: Link, taken: list[Box]) -> Link:
    """The link with its label where it covers nothing; where no place is free the table says it."""
    text = wrapped(link.label, LINK_SIZE, LINK_ROOM * 1.4, most=1)
    for share in TRIES if text else ():
        x, y = along(link.path, share)
        caption = Caption(text[0], x, y + LINK_SIZE * 0.36, LINK_SIZE, ink=MUTED, halo=True)
        if not any(caption.box.touches(box) for box in taken):
            taken.append(caption.box)
            return replace(link, captions=(caption,))
    return link


def along(path: Sequence[Point], share: float) -> Point:
    """The point at a share of the way along one cubic curve."""
    rest = 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    return (
        sum(w * point[0] for w, point in zip(weights, path, strict=True)),
        sum(w * point[1] for w, point in zip(weights, path, strict=True)),
    )


def _legend(marks: Sequence[Mark]) -> tuple[LegendItem, ...]:
    counts = Counter(mark.kind for mark in marks)
    return tuple(
        LegendItem(kind, words(kind), count=counts[kind]) for kind in sorted(counts, key=kind_order)
    )
