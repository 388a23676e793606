"""The ring of a treaty: every state by its standing and region."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.answers.listings import states
from api.answers.standing import standings
from api.answers.withdrawals import withdrawals
from api.views.frame import framed, sentence, short, source_line, under_treaty
from graph.render.ring import RingEntry, ring
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.answers.shapes import SourceRef
    from api.answers.treaty_shapes import Withdrawals
    from api.answers.view import View
    from api.views.frame import Subject
    from graph.render.picture import Picture


def ring_view(view: View, subject: Subject) -> Picture:
    """Answer the ring: the treaty in the middle, every state by its standing and region."""
    thing, subject = under_treaty(view, subject)
    found = withdrawals(view, slug(thing))
    name = view.names.label(thing)
    frame = framed(view, "ring", subject, (f"{name}: how states stand", sentence(found)))
    frame = replace(frame, source_line=source_line(sources_used(found)))
    return ring(frame, name, entries_under(view, thing, found))


def entries_under(view: View, treaty: str, found: Withdrawals) -> list[RingEntry]:
    """Answer every state with its standing under a treaty, those that left with their day."""
    notes = notes_on(found)
    places = {row.id: row for row in states(view).states}
    return [
        RingEntry(
            code := row["code"] or "",
            row["name"] or "",
            places[code].region.capitalize(),
            places[code].subregion,
            row["standing"] or None,
            tuple((row["qualifiers"] or "").split()),
            notes.get(code, row["reason"] or ""),
            view.link(f"id/state/{code.lower()}"),
        )
        for row in standings(view, treaty)
    ]


def notes_on(found: Withdrawals) -> Mapping[str, str]:
    """Answer what is written beside each state that left, is leaving or claims a suspension."""
    notes = {w.state.id: _note(w.standing, w.effective_on) for w in found.withdrawals}
    return notes | {s.state.id: "claims suspension" for s in found.suspensions}


def sources_used(found: Withdrawals) -> list[SourceRef]:
    """Answer the sources of the withdrawals and suspensions."""
    used = [s for w in found.withdrawals for s in w.sources]
    return used + [s for w in found.suspensions for s in w.sources]


def _note(standing_code: str, effective: str | None) -> str:
    if effective is None:
        return "no day of effect"
    return f"{'left' if standing_code == 'formerParty' else 'leaves'} {short(effective)}"
