"""The page of a state: how it stands under each treaty, why, and who says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.answers.norms import policies
from api.answers.standing import standings_of
from api.pages.days import Days
from api.pages.frame import Alternate, Head, Links, card, pasted, show
from api.pages.words import in_words, standing_line
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi.responses import HTMLResponse

    from api.answers.act_shapes import Act, Happening
    from api.answers.state_shapes import Standing
    from api.answers.things import Thing
    from api.answers.view import View

ISO_LENGTH = len("2025-12-19")


@dataclass(frozen=True)
class Side:
    """How a state stands under one treaty, with what it said and what others said apart."""

    found: Standing
    line: str
    own: Sequence[Happening]
    of_others: Sequence[Happening]


def state_page(view: View, thing: Thing) -> HTMLResponse:
    """Answer a state: its standings with their acts, its steps, statements and policies."""
    name = slug(thing.iri)
    sides = sorted(map(_side, standings_of(view, name)), key=_weight)
    held = policies(view, name)
    said = " ".join(f"{side.found.treaty.name}: {side.line}" for side in sides)
    head = Head(
        thing.label,
        f"{thing.label} as of {in_words(view.on_text)}. {said}",
        f"id/state/{name}",
        _alternates(view, name),
        image=card(view, "neighbourhood", state=name.upper()),
        oembed=pasted(view, f"id/state/{name}"),
    )
    return show(
        view,
        "state.html",
        head,
        thing=thing,
        code=name.upper(),
        sides=sides,
        held=held,
        names=_names(view),
        days=_days(view, sides),
    )


def _weight(side: Side) -> tuple[bool, bool, bool, str]:
    """Answer how early a standing is read: exits and doubts, then bonds, then the rest."""
    found = side.found
    told = found.standing is not None or bool(found.possible)
    notable = found.standing == "formerParty" or bool(found.qualifiers or found.possible)
    return not notable, not found.acts, not told, found.treaty.name


def _days(view: View, sides: Sequence[Side]) -> Days:
    """Answer the days on which the standing of a state changed, and those next to the day."""
    bounds = {day for side in sides for day in (side.found.since, side.found.until) if day}
    whole = sorted(day for day in bounds if len(day) == ISO_LENGTH)
    before = [day for day in whole if day < view.on_text]
    after = [day for day in whole if day > view.on_text]
    return Days((), before[-1] if before else None, after[0] if after else None)


def _names(view: View) -> dict[str, str]:
    """Answer the names of states by their codes and of organisations by their slugs."""
    states = {slug(one).upper(): view.names.label(one) for one in view.names.all_of("state")}
    others = view.names.all_of("organisation")
    return states | {slug(one): view.names.label(one) for one in others}


def _side(found: Standing) -> Side:
    of_state = [h for h in found.expressions if h.by.id == found.state.id]
    others = [h for h in found.expressions if h.by.id != found.state.id]
    return Side(found, standing_line(found, _withdrawal(found.acts)), of_state, others)


def _withdrawal(acts: Sequence[Act]) -> Act | None:
    return next((act for act in reversed(acts) if act.type == "withdrawal"), None)


def _alternates(view: View, name: str) -> list[Alternate]:
    links = Links.of(view)
    return [
        Alternate("application/json", "JSON", links.to(f"states/{name.upper()}/treaties.json")),
        Alternate("text/csv", "CSV of its history", links.to(f"states/{name.upper()}.csv")),
        Alternate("text/turtle", "Turtle", links.to(f"id/state/{name}.ttl")),
        Alternate("application/ld+json", "JSON-LD", links.to(f"id/state/{name}.jsonld")),
    ]
