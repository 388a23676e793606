"""Where the things around a centre stand: by distance, kind and day, without overlap."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from math import cos, pi
from typing import TYPE_CHECKING

from graph.dates import day_in_words
from graph.render.style import kind_order
from graph.render.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from graph.render.picture import Link, Source

HUB = 74.0
FIRST = 330.0
BULGE = 30.0
STEP = 160.0
SYMBOL = 13.0
BESIDE = 22.0
NAME_SIZE = 17.0
NOTE_SIZE = 15.0
LINE = 1.22
MARGIN = 26.0
ROW_GAP = 17.0
KIND_GAP = 15.0
LEAST_HEIGHT = 420.0
LABEL_ROOM = 250.0
LAST_ROOM = 196.0
SPLIT_COST = 45.0


@dataclass(frozen=True, slots=True)
class Node:
    """A thing to be placed: what it is called, what kind it is, its day and what rests on it."""

    id: str
    label: str
    kind: str
    day: date | None = None
    detail: tuple[str, ...] = ()
    href: str | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: side -1 is left and 1 right; `link` is what ties it to `parent`."""

    node: Node
    x: float
    y: float
    side: int
    depth: int
    parent: str
    link: int | None
    name: tuple[str, ...]
    note: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """All places, and the size of the ground they need."""

    places: tuple[Place, ...]
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        """The point in the middle."""
        return self.width / 2, self.height / 2


@dataclass(frozen=True, slots=True)
class _Branch:
    """A node with its distance and the link that led to it."""

    node: Node
    depth: int
    parent: str
    link: int | None
    twigs: list[_Branch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    branch: _Branch
    name: tuple[str, ...]
    note: tuple[str, ...]
    gap: float

    @property
    def height(self) -> float:
        lines = len(self.name) * NAME_SIZE + len(self.note) * NOTE_SIZE
        return max(lines * LINE, 2 * SYMBOL + 4) + ROW_GAP + self.gap


def layout(centre: Node, nodes: Sequence[Node], links: Sequence[Link]) -> Layout:
    """Places for the nodes on rings by distance from the centre, read downwards by kind and day."""
    branches = _branches(centre, nodes, links)
    left, right = _halves(branches)
    depth = max((branch.depth for branch in _walk(branches)), default=1)
    room = LABEL_ROOM if depth == 1 else LAST_ROOM
    width = 2 * (FIRST + BULGE + STEP * (depth - 1) + BESIDE + room + MARGIN)
    sides = [(1, _rows(right)), (-1, _rows(left))]
    tall = max(_height(rows) for _, rows in sides)
    height = max(LEAST_HEIGHT, tall + 2 * MARGIN)
    places = [place for side, rows in sides for place in _stacked(side, rows, (width, height))]
    return Layout(tuple(places), width, height)


def _branches(centre: Node, nodes: Sequence[Node], links: Sequence[Link]) -> list[_Branch]:
    ordered = sorted(nodes, key=_reading_order)
    root = _Branch(centre, 0, "", None)
    found = {centre.id: root}
    queue = deque([root])
    while queue:
        branch = queue.popleft()
        tied = _tied(branch.node.id, links)
        for node in ordered:
            if node.id in tied and node.id not in found:
                twig = _Branch(node, branch.depth + 1, branch.node.id, tied[node.id])
                found[node.id] = twig
                branch.twigs.append(twig)
                queue.append(twig)
    apart = [_Branch(node, 1, "", None) for node in ordered if node.id not in found]
    return [*root.twigs, *apart]


def _reading_order(node: Node) -> tuple[int, str, str, str]:
    return kind_order(node.kind), node.kind, str(node.day or "9999"), node.id


def _tied(node_id: str, links: Sequence[Link]) -> Mapping[str, int]:
    tied: dict[str, int] = {}
    for index, link in enumerate(links):
        if node_id in {link.source, link.target}:
            other = link.target if link.source == node_id else link.source
            tied.setdefault(other, index)
    return tied


def _walk(branches: Iterable[_Branch]) -> Iterable[_Branch]:
    for branch in branches:
        yield branch
        yield from _walk(branch.twigs)


def _halves(branches: Sequence[_Branch]) -> tuple[Sequence[_Branch], Sequence[_Branch]]:
    """The branches in two columns of like height, a kind split only where that is much better."""
    heights = [_height(_rows([branch])) for branch in branches]

    def imbalance(cut: int) -> tuple[float, int]:
        split = 0 < cut < len(branches) and branches[cut - 1].node.kind == branches[cut].node.kind
        return abs(sum(heights[:cut]) - sum(heights[cut:])) + SPLIT_COST * split, cut

    cut = min(range(len(branches) + 1), key=imbalance)
    return branches[:cut], branches[cut:]


def _rows(branches: Sequence[_Branch]) -> list[_Row]:
    rows: list[_Row] = []
    before = None
    for branch in _walk(branches):
        fresh = branch.depth == 1 and before not in {None, branch.node.kind}
        before = branch.node.kind if branch.depth == 1 else before
        rows.append(_Row(branch, *_lines(branch), KIND_GAP if fresh else 0.0))
    return rows


def _lines(branch: _Branch) -> tuple[tuple[str, ...], tuple[str, ...]]:
    node, room = branch.node, LABEL_ROOM if branch.depth == 1 else LAST_ROOM
    name = wrapped(node.label, NAME_SIZE, room, most=3, bold=True)
    day = [day_in_words(node.day)] if node.day else []
    note = [
        line for text in (*day, *node.detail[:1]) for line in wrapped(text, NOTE_SIZE, room, most=2)
    ]
    return tuple(name), tuple(note)


def _height(rows: Sequence[_Row]) -> float:
    return sum(row.height for row in rows)


def _stacked(side: int, rows: Sequence[_Row], size: tuple[float, float]) -> Iterable[Place]:
    width, height = size
    top = (height - _height(rows)) / 2
    base = 0.0
    for row in rows:
        y = top + row.gap + (row.height - row.gap) / 2
        top += row.height
        branch = row.branch
        if branch.depth == 1:
            base = FIRST + BULGE * cos(pi * (y - height / 2) / height)
        x = width / 2 + side * (base + STEP * (branch.depth - 1))
        yield Place(
            branch.node, x, y, side, branch.depth, branch.parent, branch.link, row.name, row.note
        )
