"""Which states have left a treaty, which are leaving, which claim to have suspended it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from api.answers.bounds import with_bounds
from api.answers.shapes import Named
from api.answers.sources import claims_about, sources_of
from api.answers.treaty_shapes import (
    Announced,
    Objection,
    Suspension,
    Unresolved,
    Withdrawal,
    Withdrawals,
)
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.answers.act_shapes import ClaimSaid
    from api.answers.view import View
    from graph.store import Row


def withdrawals(view: View, treaty_name: str) -> Withdrawals:
    """Answer who has left, who is leaving and who claims suspension on the day of the view."""
    treaty = view.names.treaty(treaty_name)
    gone, suspended, objected, announced = (
        view.ask(query, treaty=treaty, on=view.on)
        for query in ("withdrawals", "suspensions", "objections", "announced")
    )
    events = [row["act"] or "" for row in (*gone, *suspended)]
    events += [row["expression"] or "" for row in objected]
    claims = claims_about(view, [*events, *(row["event"] or "" for row in announced)])
    objections = _objections(objected, claims)
    parties = view.ask("parties", treaty=treaty, on=view.on)
    name = view.names.label(treaty)
    tail = view.tail(
        f"Withdrawals from the {name}",
        f"treaties/{slug(treaty)}/withdrawals",
        "withdrawals",
        treaty=treaty,
        on=view.on,
    )
    return Withdrawals(
        Named(slug(treaty), name),
        view.on_text,
        view.known_text,
        [_withdrawal(row, claims) for row in gone],
        [_suspension(row, claims, objections[row["act"] or ""]) for row in suspended],
        [_announced(row, claims) for row in announced],
        len(parties),
        unresolved(view, treaty),
        with_bounds(view, treaty, parties, tail),
    )


def unresolved(view: View, treaty: str) -> list[Unresolved]:
    """Answer the states of which it cannot be told whether they are bound on the day."""
    return [
        Unresolved(named(row), row["reason"] or "")
        for row in view.ask("unresolved", treaty=treaty, on=view.on)
    ]


def named(row: Row) -> Named:
    """Answer the state or organisation of a row by its code and name."""
    return Named(row["code"] or slug(row.get("actor") or ""), row["name"] or "")


def _withdrawal(row: Row, claims: Mapping[str, Sequence[ClaimSaid]]) -> Withdrawal:
    return Withdrawal(
        named(row),
        "withdrawal",
        row["depositedOn"],
        row["circulatedOn"],
        row["notice"],
        row["effectiveOn"],
        row["effectBasis"],
        row["because"],
        row["standing"] or "",
        sorted((row["qualifiers"] or "").split()),
        sources_of(claims.get(row["act"] or "", [])),
    )


def _suspension(
    row: Row, claims: Mapping[str, Sequence[ClaimSaid]], objections: list[Objection]
) -> Suspension:
    return Suspension(
        named(row),
        "suspension",
        row["depositedOn"],
        row["circulatedOn"],
        row["notice"],
        row["standing"] or "",
        sorted((row["qualifiers"] or "").split()),
        [o.by.id for o in objections if o.type == "objection"],
        [o.by.id for o in objections if o.type == "conclusion"],
        objections,
        sources_of(claims.get(row["act"] or "", [])),
    )


def _objections(
    rows: Sequence[Row], claims: Mapping[str, Sequence[ClaimSaid]]
) -> defaultdict[str, list[Objection]]:
    found: defaultdict[str, list[Objection]] = defaultdict(list)
    for row in rows:
        sources = sources_of(claims.get(row["expression"] or "", []))
        last = None if row["doneOn"] else row["notLaterThan"]
        objection = Objection(named(row), row["type"] or "", row["doneOn"], last, sources)
        found[row["act"] or ""].append(objection)
    return found


def _announced(row: Row, claims: Mapping[str, Sequence[ClaimSaid]]) -> Announced:
    return Announced(
        named(row),
        row["type"] or "",
        row["aimsAt"] or "",
        row["doneOn"],
        None if row["doneOn"] else row["notLaterThan"],
        row["summary"] or "",
        sources_of(claims.get(row["event"] or "", [])),
    )
