"""The shapes of answers about networks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.answers.shapes import Tail
    from graph.network.export import Graph

Cell = str | int | float | None
TableRow = dict[str, Cell]


@dataclass(frozen=True)
class Method:
    """How a number came about: its formula, what to mind, and the module with its references."""

    formula: str
    note: str
    code: str


@dataclass(frozen=True)
class Analysis:
    """A measure of the network of a day; null stands for what cannot be told."""

    measure: str
    on: str
    known: str | None
    parameters: Mapping[str, Cell]
    method: Method
    summary: Mapping[str, Cell]
    notices: list[str]
    rows: list[TableRow]
    tail: Tail


@dataclass(frozen=True)
class MeasureOffered:
    """A measure that can be asked for: its parameters with their defaults, and its formula."""

    id: str
    what: str
    parameters: Mapping[str, Cell]
    method: Method
    formats: list[str]


@dataclass(frozen=True)
class Measures:
    """The measures that can be asked for."""

    measures: list[MeasureOffered]


@dataclass(frozen=True, eq=False)
class Finding:
    """What a measure found, before it is said of which day and data it is."""

    rows: list[TableRow]
    key: tuple[str, ...]
    summary: Mapping[str, Cell] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    graph: Graph | None = None
