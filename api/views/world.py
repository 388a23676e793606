"""The map of a treaty: the standing of every state on a day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.answers.withdrawals import withdrawals
from api.views.frame import framed, sentence, source_line, under_treaty
from api.views.ring import entries_under, sources_used
from graph.render.worldmap import world_map
from ontology.namespaces import slug

if TYPE_CHECKING:
    from api.answers.view import View
    from api.views.frame import Subject
    from graph.render.picture import Picture


def map_view(view: View, subject: Subject) -> Picture:
    """Answer the map: the standing of every state under a treaty on a day."""
    thing, subject = under_treaty(view, subject)
    found = withdrawals(view, slug(thing))
    name = view.names.label(thing)
    frame = framed(view, "map", subject, (f"{name}: how states stand", sentence(found)))
    frame = replace(frame, source_line=source_line(sources_used(found)))
    return world_map(frame, (slug(thing), name), entries_under(view, thing, found))
