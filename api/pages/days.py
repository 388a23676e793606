"""The days that tell most about a treaty: where a reader may go next in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from api.answers.parties import counts
from api.pages.words import numbered
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.answers.shapes import Named
    from api.answers.treaty_shapes import CountOnDay
    from api.answers.view import View

MOST = 7


@dataclass(frozen=True)
class Days:
    """Days to go to: the telling ones, and the change before and after the day of the view."""

    telling: Sequence[tuple[str, str]] = ()
    earlier: str | None = None
    later: str | None = None


def days_of_treaty(view: View, treaty: str) -> Days:
    """Answer when parties left, joined, and which change of their number comes next."""
    changed = counts(view, slug(view.names.treaty(treaty))).counts
    before = [one.day for one in changed if one.day < view.on_text]
    after = [one.day for one in changed if one.day > view.on_text]
    told = [(one.day, _what(view, treaty, one)) for one in _telling(changed)]
    return Days(told, before[-1] if before else None, after[0] if after else None)


def _telling(changed: Sequence[CountOnDay]) -> list[CountOnDay]:
    """Answer the days on which parties left, filled up with those on which the latest joined."""
    leaving = [one for one in changed if one.left][-MOST:]
    joining = [one for one in changed[:1] if not one.left]
    others = [one for one in changed[1:] if not one.left]
    room = MOST - len(leaving) - len(joining)
    latest = others[-room:] if room > 0 else []
    return sorted([*leaving, *joining, *latest], key=lambda one: one.day)


def _what(view: View, treaty: str, one: CountOnDay) -> str:
    parts = [(one.left, "leave"), (one.joined, "join")]
    said = ", ".join(_said(who, verb) for who, verb in parts if who)
    return f"{said}, at the latest" if _open_before(view, treaty, one) else said


def _open_before(view: View, treaty: str, one: CountOnDay) -> bool:
    """Answer whether it could not be told on the day before whether a state was bound already."""
    eve = date.fromisoformat(one.day) - timedelta(days=1)
    rows = view.ask("unresolved", treaty=view.names.treaty(treaty), on=eve)
    changing = {state.id for state in (*one.left, *one.joined)}
    return not changing.isdisjoint(row["code"] or "" for row in rows)


def _said(states: Sequence[Named], verb: str) -> str:
    """Answer who does it, in the present tense: the day may lie before or after today."""
    if len(states) == 1:
        return f"{states[0].name} {verb}s"
    return f"{numbered(len(states), 'state')} {verb}"
