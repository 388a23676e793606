"""What treaties demand and what policies set: obligations and measures in one shape."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from api.answers.shapes import Named, Norm, Policies, Policy, PolicyRow
from api.answers.sources import all_sources
from graph.errors import UnknownName
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.answers.shapes import SourceRef
    from api.answers.view import View
    from graph.store import Row


def policies(view: View, state_name: str) -> Policies:
    """Answer the policies of a state, and which of them holds on the day of the view."""
    state = view.names.state(state_name)
    rows = [_policy_row(row) for row in _policy_rows(view, state)]
    in_force = [
        row.id
        for row in rows
        if row.valid_from <= view.on_text
        and (row.valid_until is None or view.on_text < row.valid_until)
    ]
    name, code = view.names.label(state), slug(state).upper()
    return Policies(
        Named(code, name),
        view.on_text,
        in_force[-1] if in_force else None,
        rows,
        view.tail(f"Policies of {name}", f"states/{code}/policies", "policies", state=state),
    )


def policy(view: View, name: str) -> Policy:
    """Answer one policy with its measures and the sources of each."""
    holders = view.store.select("SELECT DISTINCT ?state WHERE { ?policy dep:heldBy ?state }")
    every = [r for h in holders for r in view.ask("policies", state=h["state"] or "")]
    rows = [row for row in every if slug(row["policy"] or "") == name.lower()]
    if not rows:
        what = "policy"
        raise UnknownName(what, name, {slug(row["policy"] or "") for row in every})
    thing = rows[0]["policy"] or ""
    measures = norms(view, view.ask("measures", policy=thing))
    known = all_sources(view)
    sources = [known[row["source"] or ""] for row in rows]
    tail = view.tail(rows[0]["name"] or "", f"policies/{slug(thing)}", "measures", policy=thing)
    return Policy(_policy_row(rows[0]), measures, sources, tail)


def norms(view: View, rows: Sequence[Row]) -> list[Norm]:
    """Answer the norms of some rows, one row for each source of each norm."""
    known = all_sources(view)
    return [_norm(known, list(same)) for _, same in groupby(rows, key=lambda row: row["norm"])]


def _norm(known: Mapping[str, SourceRef], rows: Sequence[Row]) -> Norm:
    row = rows[0]
    return Norm(
        slug(row["norm"] or ""),
        row["name"] or "",
        slug(row["modality"] or ""),
        slug(row["conduct"] or ""),
        slug(row["matter"] or ""),
        row["onlyIn"],
        row["exceptIn"],
        row["condition"],
        row["decidedBy"],
        row["within"],
        row.get("article"),
        [known[r["source"] or ""] for r in rows],
    )


def _policy_rows(view: View, state: str) -> list[Row]:
    """Answer one row for each policy: the query gives one for each of its sources."""
    return list({row["policy"]: row for row in view.ask("policies", state=state)}.values())


def _policy_row(row: Row) -> PolicyRow:
    return PolicyRow(
        slug(row["policy"] or ""),
        row["name"] or "",
        Named(row["code"] or "", row["stateName"] or ""),
        slug(row["instrument"] or ""),
        slug(row["status"] or ""),
        row["validFrom"] or "",
        row["validUntil"],
        row["publicOn"],
        slug(row["replaces"]) if row["replaces"] else None,
        row["note"],
    )
