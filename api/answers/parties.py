"""Which states are bound by a treaty on a day, and how their number came about."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from api.answers.bounds import with_bounds
from api.answers.shapes import Named
from api.answers.treaty_shapes import CountOnDay, Counts, Parties, Party
from api.answers.withdrawals import named, unresolved
from ontology.namespaces import slug

if TYPE_CHECKING:
    from api.answers.view import View


def parties(view: View, treaty_name: str) -> Parties:
    """Answer the states that are certainly bound on the day of the view, and their number."""
    treaty = view.names.treaty(treaty_name)
    name = view.names.label(treaty)
    rows = view.ask("parties", treaty=treaty, on=view.on)
    bound = [Party(row["code"] or "", row["name"] or "", row["since"] or "") for row in rows]
    tail = view.tail(
        f"Parties to the {name}",
        f"treaties/{slug(treaty)}/parties",
        "parties",
        treaty=treaty,
        on=view.on,
    )
    return Parties(
        Named(slug(treaty), name),
        view.on_text,
        view.known_text,
        len(bound),
        bound,
        unresolved(view, treaty),
        with_bounds(view, treaty, rows, tail),
    )


def counts(view: View, treaty_name: str) -> Counts:
    """Answer the number of parties on each day on which it changed, future days included.

    A state that cannot be told to be bound is counted in from the first day on which it must be.
    """
    treaty = view.names.treaty(treaty_name)
    days: dict[str, dict[str, list[Named]]] = defaultdict(lambda: {"joined": [], "left": []})
    for row in view.ask("counts", treaty=treaty):
        days[row["day"] or ""][row["change"] or ""].append(named(row))
    found: list[CountOnDay] = []
    number = 0
    for day, changes in sorted(days.items()):
        number += len(changes["joined"]) - len(changes["left"])
        found.append(CountOnDay(day, number, changes["joined"], changes["left"]))
    name = view.names.label(treaty)
    tail = view.tail(
        f"Number of parties to the {name}",
        f"treaties/{slug(treaty)}/counts",
        "counts",
        treaty=treaty,
    )
    return Counts(Named(slug(treaty), name), view.known_text, found, tail)
