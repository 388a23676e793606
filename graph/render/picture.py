"""What a picture is: frame, marks, links, guides and legend, with every place decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graph.errors import DepositaryError
from graph.render.text import advance

if TYPE_CHECKING:
    from datetime import date

Anchor = Literal["start", "middle", "end"]
Rows = Literal["marks", "links"]
Point = tuple[float, float]


class BrokenPicture(DepositaryError):
    """What a picture was asked to show does not hold together."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that a mark or a link rests on; `href` is followed only when it is http(s)."""

    title: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every picture: what is to be seen, on which day, and from where."""

    title: str
    sentence: str
    day: date
    source_line: str
    data_version: str
    permalink: str
    known: date | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that something takes on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box, slack: float = 0.0) -> bool:
        """Whether two rectangles share ground, edges within `slack` not counted."""
        across = self.left + slack < other.right and other.left + slack < self.right
        return across and self.top + slack < other.bottom and other.top + slack < self.bottom

    def holds(self, point: Point) -> bool:
        """Whether a point lies inside."""
        return self.left < point[0] < self.right and self.top < point[1] < self.bottom


@dataclass(frozen=True, slots=True)
class Caption:
    """One line of text at a place; `y` is its baseline."""

    text: str
    x: float
    y: float
    size: float
    anchor: Anchor = "middle"
    bold: bool = False
    ink: str = "#1b2733"
    halo: bool = False
    upright: bool = False

    @property
    def box(self) -> Box:
        """The ground that the line takes; an upright one runs upwards from its place."""
        width = advance(self.text, self.size, bold=self.bold)
        if self.upright:
            return Box(self.x - 0.76 * self.size, self.y - width, self.x + 0.22 * self.size, self.y)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - 0.76 * self.size, left + width, self.y + 0.22 * self.size)


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing in the picture: its code or label, what it is, and where it stands.

    A mark is drawn in the shape of its kind; as an area where it has a `span` (width, height) or an
    `outline` (path data); not at all where its size is 0. `same` is the identifier of the mark of
    which it is another appearance.
    """

    id: str
    label: str
    kind: str
    x: float
    y: float
    size: float
    name: str = ""
    qualifiers: tuple[str, ...] = ()
    detail: tuple[str, ...] = ()
    href: str | None = None
    group: str = ""
    day: date | None = None
    sources: tuple[Source, ...] = ()
    captions: tuple[Caption, ...] = ()
    turn: float = 0.0
    span: tuple[float, float] | None = None
    outline: str = ""
    same: str = ""

    @property
    def title(self) -> str:
        """The full name: the label alone, or the name with the label as its code."""
        return (
            f"{self.name} ({self.label})" if self.name and self.name != self.label else self.label
        )

    @property
    def box(self) -> Box:
        """The ground that the mark itself takes, without its captions."""
        if self.span:
            wide, tall = (side / 2 for side in self.span)
            return Box(self.x - wide, self.y - tall, self.x + wide, self.y + tall)
        return Box(self.x - self.size, self.y - self.size, self.x + self.size, self.y + self.size)


@dataclass(frozen=True, slots=True)
class Link:
    """A statement that joins two things; the layout fills in its path and caption.

    Where a link has a cell, the cell stands for it in the kind's colour; without path and cell it
    is part of the data and not drawn.
    """

    source: str
    target: str
    label: str
    kind: str = "link"
    day: date | None = None
    sources: tuple[Source, ...] = ()
    path: tuple[Point, ...] = ()
    captions: tuple[Caption, ...] = ()
    main: bool = True
    cell: Box | None = None
    qualifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disc:
    """A round ground behind the marks."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str = "none"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A thin straight line that divides the ground."""

    start: Point
    end: Point
    ink: str
    width: float = 3.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """A shape behind the marks: path data filled, stroked or both."""

    path: str
    fill: str = "none"
    stroke: str = "none"
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class ArcLabel:
    """A text set along a circle, centred on an angle (degrees, clockwise from the top)."""

    text: str
    centre: Point
    radius: float
    angle: float
    size: float
    ink: str


Guide = Disc | Stroke | Ground | ArcLabel


@dataclass(frozen=True, slots=True)
class LegendItem:
    """What a shape and colour stand for, and how many there are; `area` shows it as a patch."""

    kind: str
    label: str
    qualifiers: tuple[str, ...] = ()
    count: int | None = None
    area: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row and the sources it rests on, each address safe to follow."""

    cells: tuple[str, ...]
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """What a picture says, for reading without seeing; the last column is that of the sources."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole picture; width and height are those of the drawing without its frame.

    `guides` lie behind the marks and `over` on them; `least` is the width in pixels below which
    a page lets the reader move the drawing sideways. The cells of a `grid` lie in rows and columns
    with seams over them.
    """

    view: str
    frame: Frame
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    legend: tuple[LegendItem, ...]
    width: float
    height: float
    note: str = ""
    guides: tuple[Guide, ...] = ()
    over: tuple[Guide, ...] = ()
    captions: tuple[Caption, ...] = ()
    rows: Rows = "links"
    table: Table | None = None
    least: int = 0
    grid: bool = False

    def mark(self, mark_id: str) -> Mark:
        """The mark with an identifier."""
        return next(mark for mark in self.marks if mark.id == mark_id)
