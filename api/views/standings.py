"""How a state has stood under each treaty over time, as bars, and in a sentence."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from api.answers.names import in_words
from api.views.frame import capitalised, short
from graph.render.lanes import Bar
from graph.render.style import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.answers.view import View
    from graph.store import Row

SHOWN = frozenset({"party", "signatory", "contractingState", "formerParty", ""})
MOST_NAMED = 4


def standing_bars(view: View, state: str) -> Mapping[str, list[Bar]]:
    """Answer the bars of a state by treaty; being neither signatory nor bound is no bar."""
    found: dict[str, list[Bar]] = defaultdict(list)
    for row in participations(view, state):
        start, end = date.fromisoformat(row["from"] or ""), row["until"]
        standing = row["standing"] or ""
        if standing in SHOWN and start <= view.on:
            until = date.fromisoformat(end) if end else None
            kind = standing or "unresolved"
            text = f"{words(kind)} since {short(row['since'] or '')}"
            found[row["treaty"] or ""].append(Bar(start, until, kind, text))
    return found


def participations(view: View, state: str) -> list[Row]:
    """Answer the rows of the standings of a state over time."""
    return view.ask("participations_of", state=state)


def standings_on(view: View, state: str) -> Mapping[str, Row]:
    """Answer the row of each treaty that holds on the day of the view."""
    return {
        row["treaty"] or "": row
        for row in participations(view, state)
        if (row["from"] or "") <= view.on_text
        and (row["until"] is None or view.on_text < row["until"])
    }


def state_sentence(view: View, state: str, treaty: str | None = None) -> str:
    """Answer in a sentence how a state stands: under one treaty, or under all of them."""
    rows = standings_on(view, state)
    name = view.names.label(state)
    if treaty:
        row = rows.get(treaty)
        if row is None:
            return f"{name} could not be a party on this day."
        told = in_words(row["standing"] or "unresolved")
        return capitalised(f"{name}: {told} since {short(row['since'] or '')}.")
    bound = [t for t, row in rows.items() if row["standing"] == "party"]
    left = [t for t, row in rows.items() if row["standing"] == "formerParty"]
    text = f"{name} is bound by {len(bound)} of the {len(rows)} treaties"
    named = [f"the {view.names.label(t)} ({short(rows[t]['since'] or '')})" for t in left]
    return f"{text} and has left {' and '.join(named[:MOST_NAMED])}." if named else f"{text}."
