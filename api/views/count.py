"""The count of a treaty: the number of its parties over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from api.answers.parties import counts
from api.answers.withdrawals import withdrawals
from api.views.frame import framed, source_line, spelled, under_treaty
from api.views.ring import sources_used
from graph.dates import day_in_words
from graph.render.count import Step, count
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.answers.view import View
    from api.views.frame import Subject
    from graph.render.picture import Picture


def count_view(view: View, subject: Subject) -> Picture:
    """Answer the number of parties on each day on which it changed, with who joined and left."""
    thing, subject = under_treaty(view, subject)
    steps = [
        Step(
            date.fromisoformat(row.day),
            row.parties,
            tuple(state.name for state in row.joined),
            tuple(state.name for state in row.left),
        )
        for row in counts(view, slug(thing)).counts
    ]
    title = f"{view.names.label(thing)}: number of parties"
    frame = framed(view, "count", subject, (title, _said(steps, view.on)))
    used = sources_used(withdrawals(view, slug(thing)))
    return count(replace(frame, source_line=source_line(used)), steps)


def _said(steps: Sequence[Step], on: date) -> str:
    past = [step for step in steps if step.day <= on]
    if not past:
        return f"No state is bound on {day_in_words(on)}."
    now, most = past[-1].number, max(past, key=lambda step: step.number)
    text = f"{now} {'state is' if now == 1 else 'states are'} bound"
    if most.number == now:
        return f"{text}, the most there have been."
    fewer = spelled(most.number - now)
    return f"{text}, {fewer} fewer than the {most.number} of {day_in_words(most.day)}."
