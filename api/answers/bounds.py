"""States that count as bound only because the last day on which they can have become so is past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.answers.shapes import Tail
    from api.answers.view import View
    from graph.store import Row

COUNTED_IN = (
    "{who} is counted in from {day}, the last day on which the treaty can begin to bind it by its "
    "own clause; the day itself is not known."
)


def with_bounds(view: View, treaty: str, parties: Iterable[Row], tail: Tail) -> Tail:
    """Answer the tail with a note for each party whose first day is a bound yet to come.

    Of days that the record has passed nothing is said: whether the state is bound is known then.
    """
    if not view.lies_ahead:
        return tail
    found = [
        COUNTED_IN.format(who=row["name"], day=row["since"])
        for row in parties
        if view.is_ahead(row["since"] or "") and _open_before(view, treaty, row)
    ]
    return replace(tail, notes=[*tail.notes, *found])


def _open_before(view: View, treaty: str, party: Row) -> bool:
    """Answer whether on the day before it could not be told whether the state was bound."""
    eve = date.fromisoformat(party["since"] or "") - timedelta(days=1)
    rows = view.ask("unresolved", treaty=treaty, on=eve)
    return party["code"] in {row["code"] for row in rows}
