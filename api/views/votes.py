"""The votes of states on a yearly resolution."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from api.answers.names import in_words
from api.answers.resolutions import resolution_rows
from api.answers.sources import all_sources
from api.answers.topics import topics
from api.views.frame import framed, source_line
from api.views.matrix import state_rows
from graph.render.cells import Cell, Column
from graph.render.matrix import votes
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.answers.view import View
    from api.views.frame import Subject
    from graph.render.cells import Cells
    from graph.render.picture import Picture
    from graph.store import Row

USUAL_TOPIC = "mineBanTreaty"


def votes_view(view: View, subject: Subject) -> Picture:
    """Answer the votes of states on a yearly resolution, as a heat map."""
    topic = topics(view, subject.topic or USUAL_TOPIC)
    subject = replace(subject, topic=slug(topic))
    called = [row for row in resolution_rows(view, topic) if row["every"] == "true"]
    columns = [_column(view, row) for row in called]
    cells = _cells(view, topic, columns)
    against = {state for (state, _), cell in cells.items() if cell.kind == "against"}
    title = f"Votes on the {in_words(slug(topic))}"
    frame = framed(view, "votes", subject, (title, _said(called, cells, len(against), view)))
    known = all_sources(view)
    labels = dict.fromkeys(name for row in called for name in (row["labels"] or "").split())
    used = [source for source in known.values() if source.id in labels]
    frame = replace(frame, source_line=source_line(used))
    return votes(frame, state_rows(view, against), columns, cells)


def _column(view: View, row: Row) -> Column:
    name = slug(row["resolution"] or "")
    year = (row["doneOn"] or row["notLaterThan"] or "")[:4]
    href = view.link(f"id/resolution/{name}")
    return Column(name, row["name"] or "", year or f"session {row['session']}", "expression", href)


def _cells(view: View, topic: str, columns: Sequence[Column]) -> Cells:
    wanted = {column.id for column in columns}
    cells: Cells = {}
    if not columns:
        return cells
    for name in view.names.all_of("state"):
        code = slug(name).upper()
        cells |= {(code, column.id): Cell("notMember") for column in columns}
    for row in view.ask("votes_on", topicCode=topic):
        resolution = slug(row["resolution"] or "")
        if resolution in wanted:
            cells[slug(row["state"] or "").upper(), resolution] = Cell(slug(row["stance"] or ""))
    return cells


def _said(called: Sequence[Row], cells: Cells, against: int, view: View) -> str:
    if not called:
        return f"No roll call on this topic is recorded up to {view.on_text}."
    last = slug(called[-1]["resolution"] or "")
    tally = Counter(cell.kind for (_, column), cell in cells.items() if column == last)
    text = f"{called[-1]['name']}: {tally['for']} for, {tally['against']} against,"
    ever = f"{against} {'state has' if against == 1 else 'states have'} ever voted against"
    return f"{text} {tally['abstain']} abstaining; {ever}."
