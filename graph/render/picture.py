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

    @property
    def box(self) -> Box:
        """The ground that the line takes."""
        width = advance(self.text, self.size, bold=self.bold)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - 0.76 * self.size, left + width, self.y + 0.22 * self.size)


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing in the picture: its code or label, what it is, and where it stands."""

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

    @property
    def title(self) -> str:
        """The full name: the label alone, or the name with the label as its code."""
        return (
            f"{self.name} ({self.label})" if self.name and self.name != self.label else self.label
        )

    @property
    def box(self) -> Box:
        """The ground that the mark itself takes, without its captions."""
        return Box(self.x - self.size, self.y - self.size, self.x + self.size, self.y + self.size)


@dataclass(frozen=True, slots=True)
class Link:
    """A statement that joins two things; the layout fills in its path and caption."""

    source: str
    target: str
    label: str
    kind: str = "link"
    day: date | None = None
    sources: tuple[Source, ...] = ()
    path: tuple[Point, ...] = ()
    captions: tuple[Caption, ...] = ()
    main: bool = True


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


@dataclass(frozen=True, slots=True)
class ArcLabel:
    """A text set along a circle, centred on an angle (degrees, clockwise from the top)."""

    text: str
    centre: Point
    radius: float
    angle: float
    size: float
    ink: str


@dataclass(frozen=True, slots=True)
class LegendItem:
    """What a shape and colour stand for, and how many there are."""

    kind: str
    label: str
    qualifiers: tuple[str, ...] = ()
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole picture; width and height are those of the drawing without its frame."""

    view: str
    frame: Frame
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    legend: tuple[LegendItem, ...]
    width: float
    height: float
    note: str = ""
    guides: tuple[Disc | Stroke | ArcLabel, ...] = ()
    captions: tuple[Caption, ...] = ()
    rows: Rows = "links"

    def mark(self, mark_id: str) -> Mark:
        """The mark with an identifier."""
        return next(mark for mark in self.marks if mark.id == mark_id)
