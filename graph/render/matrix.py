"""The matrix: states by treaties; and the votes: states by the roll calls of a yearly text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.render.cells import WIDTH, drawn_cells
from graph.render.legend import standings_legend
from graph.render.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.render.cells import Cells, Column, StateRow
    from graph.render.picture import Frame


def matrix(
    frame: Frame, rows: Sequence[StateRow], columns: Sequence[Column], cells: Cells
) -> Picture:
    """The standing of every state under every treaty on the day of the frame."""
    note = "No cell: the treaty was not open to that state, or the state did not exist, on the day."
    return _of_cells(frame, ("matrix", note), (rows, columns), cells)


def votes(
    frame: Frame, rows: Sequence[StateRow], columns: Sequence[Column], cells: Cells
) -> Picture:
    """How every state voted in each roll call up to the day of the frame, as a heat map."""
    note = (
        "Each column is the session of the General Assembly that voted. An absent state did not"
        " take part in the roll call; absence is not a position."
    )
    return _of_cells(frame, ("votes", note), (rows, columns), cells)


def _of_cells(
    frame: Frame,
    said: tuple[str, str],
    sides: tuple[Sequence[StateRow], Sequence[Column]],
    cells: Cells,
) -> Picture:
    view, note = said
    drawn = drawn_cells(*sides, cells)
    return Picture(
        view=view,
        frame=frame,
        marks=drawn.marks,
        links=drawn.links,
        legend=tuple(standings_legend(((c.kind, c.qualifiers) for c in cells.values()), area=True)),
        width=WIDTH,
        height=drawn.height,
        captions=drawn.captions,
        over=drawn.seams,
        note=note,
        table=drawn.table,
        least=1000,
        grid=True,
    )
