"""The matrix of states by treaties."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from api.answers.listings import states
from api.views.frame import framed, publishers_line, short
from graph.render.cells import Cell, Column, StateRow
from graph.render.matrix import matrix
from graph.render.ring import REGIONS
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from api.answers.view import View
    from api.views.frame import Subject
    from graph.render.cells import Cells
    from graph.render.picture import Picture

FIRST = ("ottawa", "ccm", "ccw", "ccw-a1", "ccw-p2a", "ccw-p4", "ccw-p5", "att", "ap1", "ap2")
NAMES: Mapping[str, str] = {"ottawa": "Ottawa", "rome": "Rome", "open-skies": "Open Skies"}


def matrix_view(view: View, subject: Subject) -> Picture:
    """Answer the standing of every state under every treaty on a day."""
    qualifiers = qualifiers_of(view)
    cells: Cells = {}
    for row in view.ask("standings_of_all", on=view.on):
        marked = tuple(sorted(qualifiers.get(row["participation"] or "", ())))
        key = slug(row["state"] or "").upper(), slug(row["treaty"] or "")
        said = f"since {short(row['since'] or '')}"
        cells[key] = Cell(row["standing"] or "unresolved", marked, said)
    left = {state for (state, _), cell in cells.items() if cell.kind == "formerParty"}
    columns = _columns(view)
    frame = framed(view, "matrix", subject, ("States by treaties", _said(cells, columns, left)))
    publishers = (row["publisher"] or "" for row in view.ask("publishers"))
    frame = replace(frame, source_line=publishers_line(publishers))
    return matrix(frame, state_rows(view, left), columns, cells)


def qualifiers_of(view: View) -> Mapping[str, list[str]]:
    """Answer the qualifiers of each standing that has some."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in view.ask("qualifiers"):
        found[row["participation"] or ""].append(row["qualifier"] or "")
    return found


def state_rows(view: View, apart: Collection[str] = ()) -> list[StateRow]:
    """Answer the states as rows, region by region, those apart in bold."""
    rows = [
        StateRow(
            row.id,
            row.name,
            row.region.capitalize(),
            view.link(f"id/state/{row.id.lower()}"),
            row.id in apart,
        )
        for row in states(view).states
    ]
    order = {region: place for place, region in enumerate(REGIONS)}
    return sorted(rows, key=lambda row: (order.get(row.region, len(order)), row.region, row.name))


def _columns(view: View) -> list[Column]:
    names = [slug(treaty) for treaty in view.names.all_of("treaty")]
    ordered = sorted(names, key=lambda n: (FIRST.index(n) if n in FIRST else len(FIRST), n))
    return [
        Column(
            name,
            view.names.label(view.names.treaty(name)),
            NAMES.get(name, name.upper()),
            "treaty",
            view.link(f"id/treaty/{name}"),
        )
        for name in ordered
    ]


def _said(cells: Cells, columns: list[Column], left: Collection[str]) -> str:
    bound = {c.id: _bound(cells, c.id) for c in columns}
    most = max(columns, key=lambda column: bound[column.id])
    text = f"Of {len(columns)} treaties the {most.name} binds the most states, {bound[most.id]}"
    return f"{text}; {len(left)} states have left at least one and are not back (in bold)."


def _bound(cells: Cells, treaty: str) -> int:
    return sum(1 for (_, t), cell in cells.items() if t == treaty and cell.kind == "party")
