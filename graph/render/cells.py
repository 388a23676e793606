"""Cells: states in rows, things in columns, and in each cell how the two go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.render.picture import Box, Caption, Ground, Link, Mark, Row, Table
from graph.render.style import INK, MUTED, PAPER, WARNING, words
from graph.render.text import advance, number, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDTH = 1200.0
MARGIN = 40.0
GUTTER = 26.0
ROW = 17.0
NAME_SIZE = 13.0
REGION_SIZE = 15.0
HEAD_SIZE = 13.0
REGION_GAP = 24.0
TOP = 10.0
FEW, MANY = 8, 60
LEAST_NAME, LEAST_CELL, MOST_CELL = 96.0, 14.0, 34.0


@dataclass(frozen=True, slots=True)
class Column:
    """What a column stands for; `short` is written above it."""

    id: str
    name: str
    short: str
    kind: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class StateRow:
    """A row: a state and the region it is written under; `bold` sets it apart."""

    id: str
    name: str
    region: str
    href: str | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """How a state and a column go together, and in words since when or by what."""

    kind: str
    qualifiers: tuple[str, ...] = ()
    said: str = ""


Cells = dict[tuple[str, str], Cell]


@dataclass(frozen=True, slots=True)
class Sheets:
    """What the cells put into a picture."""

    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    captions: tuple[Caption, ...]
    seams: tuple[Ground, ...]
    height: float
    table: Table


@dataclass(frozen=True, slots=True)
class _Block:
    """One of the blocks that stand side by side; its places are of names, cells and heads."""

    left: float
    first: float
    step: float
    top: float
    rows: tuple[StateRow | str, ...]

    def x(self, column: int) -> float:
        return self.first + self.step * column


def drawn_cells(rows: Sequence[StateRow], columns: Sequence[Column], cells: Cells) -> Sheets:
    """The cells in as many blocks side by side as the columns leave room for."""
    blocks = _blocks(rows, columns)
    marks = [Mark(c.id, c.short, c.kind, 0, 0, 0.0, name=c.name, href=c.href) for c in columns]
    links: list[Link] = []
    captions: list[Caption] = []
    for block in blocks:
        captions += _heads(block, columns)
        for entry, y in _placed(block):
            if isinstance(entry, str):
                captions.append(_heading(entry, block, y))
                continue
            marks.append(_name(entry, block, y))
            links += _cells(entry, block, y, columns, cells)
    bottom = max(block.top + _tall(block.rows) for block in blocks) + 8 if blocks else 80.0
    table = _table(rows, columns, cells)
    seams = tuple(_seams(blocks, len(columns)))
    return Sheets(tuple(marks), tuple(links), tuple(captions), seams, bottom, table)


def _blocks(rows: Sequence[StateRow], columns: Sequence[Column]) -> list[_Block]:
    count = _how_many(len(rows), len(columns))
    room = (WIDTH - 2 * MARGIN - GUTTER * (count - 1)) / count
    widest = max((advance(row.name, NAME_SIZE, bold=row.bold) for row in rows), default=0.0)
    name = max(min(widest + 10, room * 0.5), LEAST_NAME)
    step = min((room - name) / max(len(columns), 1), MOST_CELL)
    head = max((advance(c.short, HEAD_SIZE) for c in columns), default=0.0)
    parts = _parted(_grouped(rows), count)
    return [
        _Block(left, left + name, step, TOP + head + 12, part)
        for part, left in zip(parts, _lefts(len(parts), room), strict=True)
    ]


def _lefts(count: int, room: float) -> list[float]:
    return [MARGIN + (room + GUTTER) * place for place in range(count)]


def _how_many(rows: int, columns: int) -> int:
    """How many blocks leave each cell its least width; two for many states in any case."""
    for count in (3, 2):
        room = (WIDTH - 2 * MARGIN - GUTTER * (count - 1)) / count
        tight = (room - LEAST_NAME - 120) / max(columns, 1) >= LEAST_CELL
        if rows >= count * FEW and (tight or (count, rows > MANY) == (2, True)):
            return count
    return 1


def _grouped(rows: Sequence[StateRow]) -> list[StateRow | str]:
    found: list[StateRow | str] = []
    region = None
    for row in rows:
        if row.region != region:
            found.append(row.region)
            region = row.region
        found.append(row)
    return found


def _parted(entries: Sequence[StateRow | str], count: int) -> list[tuple[StateRow | str, ...]]:
    """The entries in parts of like height; a part that begins inside a region names it again."""
    share = _tall(entries) / count
    parts: list[list[StateRow | str]] = [[]]
    region = ""
    for entry in entries:
        region = entry if isinstance(entry, str) else region
        full = _tall(parts[-1]) + ROW > share + ROW / 2
        if full and len(parts) < count and parts[-1]:
            carried = [] if isinstance(entry, str) else [f"{region}, continued"]
            parts.append([*carried])
        parts[-1].append(entry)
    return [tuple(part) for part in parts if part]


def _tall(entries: Iterable[StateRow | str]) -> float:
    return sum(REGION_GAP if isinstance(entry, str) else ROW for entry in entries)


def _placed(block: _Block) -> Iterator[tuple[StateRow | str, float]]:
    y = block.top
    for entry in block.rows:
        yield entry, y
        y += REGION_GAP if isinstance(entry, str) else ROW


def _heads(block: _Block, columns: Sequence[Column]) -> Iterator[Caption]:
    size = min(HEAD_SIZE, block.step * 0.96)
    for place, column in enumerate(columns):
        x = block.x(place) + block.step / 2 + size * 0.3
        yield Caption(column.short, x, block.top - 4, size, "start", ink=INK, upright=True)


def _seams(blocks: Iterable[_Block], columns: int) -> Iterator[Ground]:
    """The white bars between columns: cells side by side are drawn as one."""
    for block in blocks:
        top, bottom = number(block.top), number(block.top + _tall(block.rows))
        for x in (block.x(place) for place in range(1, columns)):
            yield Ground(f"M{number(x - 0.5)} {top}h1V{bottom}h-1z", PAPER)


def _heading(region: str, block: _Block, y: float) -> Caption:
    return Caption(region, block.left, y + ROW, REGION_SIZE, "start", bold=True, ink=MUTED)


def _name(row: StateRow, block: _Block, y: float) -> Mark:
    room = block.first - block.left - 6
    text = wrapped(row.name, NAME_SIZE, room, most=1, bold=row.bold)
    ink = WARNING if row.bold else INK
    size = NAME_SIZE
    caption = Caption(text[0] if text else "", block.left, y + 13, size, "start", row.bold, ink)
    return Mark(
        row.id,
        row.id,
        "state",
        block.left,
        y + ROW / 2,
        0.0,
        name=row.name,
        href=row.href,
        group=row.region,
        captions=(caption,),
    )


def _cells(
    row: StateRow, block: _Block, y: float, columns: Sequence[Column], cells: Cells
) -> Iterator[Link]:
    for place, column in enumerate(columns):
        cell = cells.get((row.id, column.id))
        if cell is None:
            continue
        x = block.x(place)
        box = Box(x + 0.5, y + 1, x + block.step - 0.5, y + ROW - 1)
        said = f"; {cell.said}" if cell.said else ""
        label = f"{row.name}, {column.name}: {', '.join(map(words, _all(cell)))}{said}"
        yield Link(row.id, column.id, label, cell.kind, cell=box, qualifiers=cell.qualifiers)


def _all(cell: Cell) -> tuple[str, ...]:
    return cell.kind, *cell.qualifiers


def _table(rows: Sequence[StateRow], columns: Sequence[Column], cells: Cells) -> Table:
    """A row for each state, a column for each thing: what a reader would expect of a table."""
    heads = ("State", "Region", *(column.short for column in columns), "Sources")
    blank = Cell("")
    return Table(
        heads,
        tuple(
            Row((row.name, row.region, *(_said(cells.get((row.id, c.id), blank)) for c in columns)))
            for row in rows
        ),
    )


def _said(cell: Cell) -> str:
    return ", ".join(map(words, _all(cell))) if cell.kind else "\u2013"
