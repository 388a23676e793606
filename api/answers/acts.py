"""The acts, domestic steps and expressions of states, with the claims they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.answers.act_shapes import Act, Actions, Happening, Rule
from api.answers.shapes import Named
from api.answers.sources import bounded_day, claims_about
from api.answers.withdrawals import named
from ontology.namespaces import ID, iri, slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.answers.act_shapes import ClaimSaid
    from api.answers.view import View
    from graph.store import Row

BOUNDS = ("notEarlierThan", "notLaterThan")
EFFECT_BOUNDS = ("effectNotEarlierThan", "effectNotLaterThan")


def acts_of(view: View, *, treaty: str, state: str | None = None) -> list[Act]:
    """Answer the acts under a treaty, of one state or of all, in the order of their days."""
    if state:
        rows = view.ask("acts", treaty=treaty, state=state)
    else:
        rows = view.ask("acts_of_treaty", treaty=treaty)
    claims = claims_about(view, (row["act"] or "" for row in rows))
    return [_act(row, claims) for row in rows]


def acts_by_treaty(view: View, treaties: Sequence[str], state: str) -> Mapping[str, list[Act]]:
    """Answer the acts of a state under each of some treaties, asked for all of them at once."""
    rows = view.ask("acts", treaty=" ".join(treaties), state=state)
    claims = claims_about(view, (row["act"] or "" for row in rows))
    found: dict[str, list[Act]] = {treaty: [] for treaty in treaties}
    for row in rows:
        found[row["treaty"] or ""].append(_act(row, claims))
    return found


def happenings_by_treaty(
    view: View, treaties: Sequence[str], state: str, acts: Mapping[str, Sequence[Act]]
) -> Mapping[str, list[Happening]]:
    """Answer under each treaty the steps and expressions of a state, and those about its acts."""
    own = {iri("action", act.id) for held in acts.values() for act in held}
    code = slug(state).upper()
    rows = [
        row
        for row in view.ask("events", treaty=" ".join(treaties))
        if row["code"] == code or row["towards"] in own
    ]
    claims = claims_about(view, (row["event"] or "" for row in rows))
    unique = {(row["treaty"], row["event"]): row for row in rows}
    found: dict[str, list[Happening]] = {treaty: [] for treaty in treaties}
    for row in unique.values():
        found[row["treaty"] or ""].append(_happening(row, claims))
    return found


def happenings_under(view: View, treaty: str) -> list[Happening]:
    """Answer the domestic steps and expressions that belong to a treaty, in order."""
    rows = view.ask("events", treaty=treaty)
    claims = claims_about(view, (row["event"] or "" for row in rows))
    unique = {row["event"]: row for row in rows}
    return [_happening(row, claims) for row in unique.values()]


def actions(view: View, treaty_name: str) -> Actions:
    """Answer all acts under a treaty, each with the claims of its sources."""
    treaty = view.names.treaty(treaty_name)
    name = view.names.label(treaty)
    tail = view.tail(
        f"Acts under the {name}",
        f"treaties/{slug(treaty)}/actions",
        "acts_of_treaty",
        treaty=treaty,
    )
    about = Named(slug(treaty), name)
    return Actions(about, view.known_text, acts_of(view, treaty=treaty), tail)


def act_day(act: Act) -> str | None:
    """Answer the day of an act: of signing for a signature, of deposit for all others."""
    return act.done_on or act.deposited_on


def begun(day: str | None, on: str) -> bool:
    """Answer whether something done on a day or span (EDTF) can have been done by `on`."""
    first, _, last = (day or "").partition("/")
    return (last if first == ".." else first) <= on if day else False


def _act(row: Row, claims: Mapping[str, Sequence[ClaimSaid]]) -> Act:
    day = bounded_day(row, "depositedOn", bounds=BOUNDS) if not row["doneOn"] else None
    signed = row["type"] == "signature"
    return Act(
        slug(row["act"] or ""),
        named(row),
        slug(row["treaty"] or ""),
        row["type"] or "",
        row["doneOn"] or (day if signed else None),
        None if signed else day,
        row["circulatedOn"],
        row["notice"],
        bounded_day(row, "effectiveOn", bounds=EFFECT_BOUNDS),
        row["effectBasis"],
        row["because"],
        _rule(row),
        list(claims.get(row["act"] or "", [])),
    )


def _rule(row: Row) -> Rule | None:
    if not row["rule"]:
        return None
    return Rule(slug(row["rule"]), row["article"] or "", (row["ruleSources"] or "").split())


def _happening(row: Row, claims: Mapping[str, Sequence[ClaimSaid]]) -> Happening:
    towards = (row["towards"] or "").removeprefix(ID)
    return Happening(
        slug(row["event"] or ""),
        named(row),
        row["type"] or "",
        bounded_day(row, "doneOn", bounds=BOUNDS),
        row["summary"] or "",
        row["aimsAt"] or None,
        row["stance"] or None,
        towards or None,
        list(claims.get(row["event"] or "", [])),
    )
