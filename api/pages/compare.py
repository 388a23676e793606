"""The page that compares two days: of a treaty, or of the treaties and policies of a state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.answers.comparison import comparison
from api.answers.history import changes
from api.answers.pictures import sentence
from api.answers.withdrawals import withdrawals
from api.pages.days import Days, days_of_treaty
from api.pages.frame import Alternate, Head, Links, show
from api.pages.words import in_words
from graph.errors import WrongUse
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from fastapi.responses import HTMLResponse

    from api.answers.policy_shapes import PolicyComparison
    from api.answers.treaty_shapes import Change
    from api.answers.view import View

USUAL_TREATY = "ottawa"


@dataclass(frozen=True)
class Compared:
    """What is compared: a treaty, or all treaties and the policies of a state."""

    treaty: str | None
    state: str | None
    first: date
    last: date


def a_year_before(day: date) -> date:
    """Answer the same day of the year before; 28 February for a 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def compare_page(view_on: Callable[[date], View], asked: Compared) -> HTMLResponse:
    """Answer what changed between two days; `view_on` gives the view of a day."""
    if asked.last < asked.first:
        message = f"{asked.first} lies after {asked.last}; name the earlier day first."
        raise WrongUse(message)
    before, after = view_on(asked.first), view_on(asked.last)
    treaty = after.names.treaty(asked.treaty or USUAL_TREATY)
    state = after.names.state(asked.state) if asked.state else None
    moved = [
        change
        for change in changes(after, asked.first, asked.last).changes
        if _concerns(change, slug(state).upper() if state else None, slug(treaty))
    ]
    about = after.names.label(state or treaty)
    return show(
        after,
        "compare.html",
        _head(after, asked, about),
        asked=asked,
        about=about,
        thing=("state", slug(state)) if state else ("treaty", slug(treaty)),
        moved=moved,
        sides=[] if state else [_side(view, slug(treaty)) for view in (before, after)],
        policies=_policies(after, state, asked),
        days=Days() if state else days_of_treaty(after, slug(treaty)),
        treaties={slug(one): after.names.label(one) for one in after.names.all_of("treaty")},
        chosen=slug(treaty),
        first=asked.first.isoformat(),
        last=asked.last.isoformat(),
    )


def _head(view: View, asked: Compared, about: str) -> Head:
    first, last = asked.first.isoformat(), asked.last.isoformat()
    links = Links.of(view)
    days = {"since": first, "until": last, "known": view.known_text}
    return Head(
        f"{about}: two days compared",
        f"What changed after {in_words(first)} up to {in_words(last)}.",
        "compare",
        [
            Alternate("application/json", "JSON of all changes", links.bare("changes", **days)),
            Alternate("text/csv", "CSV of all changes", links.bare("changes.csv", **days)),
        ],
        of_a_day=False,
        more={"treaty": asked.treaty, "state": asked.state, "from": first, "to": last},
    )


def _concerns(change: Change, state: str | None, treaty: str) -> bool:
    return change.state.id == state if state else change.treaty == treaty


def _side(view: View, treaty: str) -> tuple[str, str, str]:
    """Answer the day, what is to be said of it, and its picture."""
    found = withdrawals(view, treaty)
    days = {"on": view.on_text, "known": view.known_text}
    image = Links.of(view).bare("graphs/ring.svg", treaty=treaty, **days)
    return view.on_text, sentence(found), image


def _policies(view: View, state: str | None, asked: Compared) -> PolicyComparison | None:
    if state is None:
        return None
    found = comparison(view, slug(state), asked.first, asked.last)
    return found if found.components or found.instruments else None
