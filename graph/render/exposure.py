"""The exposure of a state: how its land neighbours and its fellow members stand under a treaty."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.render.legend import standings_legend
from graph.render.picture import Caption, Link, Mark, Picture, Row, Stroke, Table
from graph.render.ring import code_caption
from graph.render.style import FAINT, INK, MUTED, WARNING, kind_order, words
from graph.render.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.render.picture import Frame, Source
    from graph.render.ring import RingEntry

WIDTH = 1200.0
MARGIN = 40.0
LEFT = 360.0
NAME_SIZE, NOTE_SIZE = 22.0, 17.0
HUB = 46.0
NEAR, NEAR_STEP, NEAR_TALL = 24.0, 172.0, 132.0
FAR, FAR_STEP, FAR_TALL = 17.0, 40.0, 42.0
GAP = 22.0
NEAR_NAME = 17.0
TABLE_COLUMNS = ("Tie", "State", "Code", "Standing", "Note", "Sources")
NOTE = (
    "Neighbours share a land border. A state that is in several organisations stands in each; the"
    " legend counts it once."
)


@dataclass(frozen=True, slots=True)
class Group:
    """States that share something with the one in question: a border, or an organisation."""

    id: str
    name: str
    link: str
    members: tuple[RingEntry, ...]
    near: bool = False
    doubtful: frozenset[str] = frozenset()
    sources: tuple[Source, ...] = ()


def exposure(frame: Frame, state: RingEntry, near: Group, groups: Sequence[Group]) -> Picture:
    """A row of large marks for the neighbours, then rows of marks for each organisation."""
    marks: list[Mark] = [_hub(state)]
    guides: list[Stroke] = []
    captions = list(_titles(near, 26.0))
    marks += _row(near, marks, _Step(NEAR, NEAR_STEP, NEAR_TALL, named=True), 26.0)
    top = max(marks[-1].y + NEAR_TALL * 0.66, 2 * HUB + 70)
    for group in groups:
        guides.append(Stroke((MARGIN, top), (WIDTH - MARGIN, top), FAINT, 1.2))
        captions += _titles(group, top + GAP + FAR)
        made = _row(group, marks, _Step(FAR, FAR_STEP, FAR_TALL), top + GAP + FAR)
        marks += made
        top = max(made[-1].y if made else top, top + GAP + NAME_SIZE * 3) + FAR + GAP
    return Picture(
        view="exposure",
        frame=frame,
        marks=tuple(marks),
        links=tuple(_links(state, (near, *groups), marks)),
        legend=tuple(
            standings_legend((mark.kind, mark.qualifiers) for mark in marks[1:] if not mark.same)
        ),
        width=WIDTH,
        height=top,
        guides=tuple(guides),
        captions=tuple(captions),
        note=NOTE,
        table=Table(TABLE_COLUMNS, tuple(_table_rows((near, *groups)))),
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """How large the marks of a row are, how far apart, and whether names stand beneath them."""

    size: float
    across: float
    down: float
    named: bool = False


def _hub(state: RingEntry) -> Mark:
    return _mark(state, state.state, (MARGIN + HUB, 16.0 + HUB), HUB)


def _row(group: Group, before: Sequence[Mark], step: _Step, top: float) -> list[Mark]:
    """The members of a group in rows, those that left or are leaving first."""
    first = {mark.id for mark in before}
    room = WIDTH - MARGIN - LEFT
    across = max(int(room // step.across), 1)
    found: list[Mark] = []
    for place, entry in enumerate(sorted(group.members, key=_order)):
        x = LEFT + step.across * (place % across + 0.5)
        y = top + step.size + step.down * (place // across)
        again = entry.state in first
        name = f"{group.id}/{entry.state}" if again else entry.state
        mark = _mark(entry, name, (x, y), step.size)
        mark = replace(mark, same=entry.state if again else "", group=group.name)
        if entry.state in group.doubtful:
            mark = replace(mark, detail=(*mark.detail, "not in all data sets"))
        if step.named:
            mark = replace(mark, captions=(*mark.captions, *_name(mark, step)))
        found.append(mark)
    return found


def _order(entry: RingEntry) -> tuple[bool, int, str]:
    return not entry.apart, kind_order(entry.kind), entry.name


def _mark(entry: RingEntry, name: str, place: tuple[float, float], size: float) -> Mark:
    made = replace(entry.mark(place, size), id=name, group="")
    return replace(made, captions=(code_caption(made),))


def _name(mark: Mark, step: _Step) -> Iterator[Caption]:
    y = mark.y + mark.size + 6
    ink = WARNING if mark.kind == "formerParty" else INK
    for line in wrapped(mark.name, NEAR_NAME, step.across - 8, most=2, bold=True):
        y += NEAR_NAME * 1.12
        yield Caption(line, mark.x, y, NEAR_NAME, bold=True, ink=ink)
    for line in wrapped("; ".join(mark.detail), NOTE_SIZE, step.across - 8, most=1):
        yield Caption(line, mark.x, y + NOTE_SIZE * 1.2, NOTE_SIZE, ink=MUTED)


def _titles(group: Group, top: float) -> Iterator[Caption]:
    """What a group is called, with how many of how many are bound."""
    x = MARGIN if not group.near else MARGIN + 2 * HUB + 18
    y = top + NAME_SIZE * 0.3
    for line in wrapped(group.name, NAME_SIZE, LEFT - x - 20, most=3, bold=True):
        yield Caption(line, x, y, NAME_SIZE, "start", bold=True, ink=INK)
        y += NAME_SIZE * 1.15
    bound = sum(entry.kind == "party" for entry in group.members)
    text = f"{bound} of {len(group.members)} bound" if group.members else "none recorded"
    yield Caption(text, x, y + 2, NOTE_SIZE, "start", ink=MUTED)


def _links(state: RingEntry, groups: Sequence[Group], marks: Sequence[Mark]) -> Iterator[Link]:
    """Which ties join the states; they are data, and not drawn."""
    known = {mark.id for mark in marks}
    for group in groups:
        for entry in group.members:
            name = f"{group.id}/{entry.state}"
            end = name if name in known else entry.state
            yield Link(state.state, end, group.link, group.id, sources=group.sources)


def _table_rows(groups: Sequence[Group]) -> Iterator[Row]:
    for group in groups:
        for entry in sorted(group.members, key=_order):
            standing = ", ".join(map(words, (entry.kind, *entry.qualifiers)))
            doubt = "not in all data sets" if entry.state in group.doubtful else ""
            note = "; ".join(filter(None, (entry.note, doubt)))
            yield Row((group.name, entry.name, entry.state, standing, note), group.sources)
