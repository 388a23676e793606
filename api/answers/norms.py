"""What treaties demand and what policies set: obligations and measures in one shape."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from api.answers.policy_events import laws_of, policy_events
from api.answers.policy_shapes import Norm, Policies, Policy, PolicyRow
from api.answers.shapes import Named
from api.answers.sources import all_sources, bounded_day
from graph.errors import UnknownName
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.answers.shapes import SourceRef
    from api.answers.view import View
    from graph.store import Row

BOUNDS = ("notEarlierThan", "notLaterThan")
ENDED, UNCLEAR = "policyRescinded", "policyUnclear"
NOT_HELD = (ENDED, UNCLEAR)
HOLDERS = "SELECT DISTINCT ?state WHERE { ?policy a dep:Policy ; dep:heldBy ?state }"


def policies(view: View, state_name: str) -> Policies:
    """Answer the policies and laws of a state, and what holds on the day of the view."""
    state = view.names.state(state_name)
    rows = policy_rows(view, state)
    in_force = [row.id for row in rows if _begun(row, view) and row.status not in NOT_HELD]
    name, code = view.names.label(state), slug(state).upper()
    found = view.ask("measures_on", state=state, on=view.on)
    return Policies(
        Named(code, name),
        view.on_text,
        in_force[-1] if in_force else None,
        rows,
        laws_of(view, state),
        _holding(view, found, doubtful=False),
        _holding(view, found, doubtful=True),
        policy_events(view, state),
        view.tail(f"Policies of {name}", f"states/{code}/policies", "policies", state=state),
    )


def policy(view: View, name: str) -> Policy:
    """Answer one policy with its measures and the sources of each."""
    holders = [h["state"] or "" for h in view.store.select(HOLDERS)]
    wanted = name.lower()
    every = {row.id: (state, row) for state in holders for row in policy_rows(view, state)}
    if wanted not in every:
        what = "policy"
        raise UnknownName(what, name, every)
    state, row = every[wanted]
    asked = view.ask("policies", state=state)
    thing = next(r["policy"] or "" for r in asked if slug(r["policy"] or "") == wanted)
    known = all_sources(view)
    names = dict.fromkeys(r["source"] or "" for r in asked if r["policy"] == thing)
    tail = view.tail(row.name, f"policies/{wanted}", "measures", policy=thing)
    measures = norms(view, view.ask("measures", policy=thing))
    return Policy(row, measures, [known[s] for s in names], tail)


def policy_rows(view: View, state: str) -> list[PolicyRow]:
    """Answer the policies of a state in order, with the status of each on the day of the view."""
    asked = view.ask("policies", state=state)
    starts = {row["policy"]: _start(row) or "" for row in asked}
    ordered = sorted(asked, key=lambda row: (starts[row["policy"]], row["policy"] or ""))
    return [
        _policy_row(view, list(same), starts)
        for _, same in groupby(ordered, key=lambda row: row["policy"])
    ]


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
        row.get("within"),
        row.get("article"),
        [known[s] for s in dict.fromkeys(r["source"] or "" for r in rows)],
        _code(row, "component"),
        _code(row, "force"),
        _code(row, "instrument"),
    )


def _code(row: Row, name: str) -> str | None:
    value = row.get(name)
    return slug(value) if value else None


def _holding(view: View, rows: Sequence[Row], *, doubtful: bool) -> list[Norm]:
    """Answer the measures that certainly hold on the day, or those of which nobody tells."""
    in_doubt = [r for r in rows if r["doubt"] and r["doubt"] <= view.on_text]
    return norms(view, in_doubt if doubtful else [r for r in rows if r not in in_doubt])


def _start(row: Row) -> str | None:
    return bounded_day(row, "validFrom", bounds=BOUNDS)


def _begun(row: PolicyRow, view: View) -> bool:
    return row.valid_from.rpartition("/")[2] <= view.on_text


def _policy_row(view: View, rows: Sequence[Row], starts: Mapping[str | None, str]) -> PolicyRow:
    row = rows[0]
    replaced = {r["replaces"] for r in rows if r["replaces"]}
    in_order = [slug(p or "") for p in sorted(replaced, key=lambda p: (starts.get(p, ""), p))]
    return PolicyRow(
        slug(row["policy"] or ""),
        row["name"] or "",
        Named(row["code"] or "", row["stateName"] or ""),
        slug(row["instrument"] or ""),
        _status(row, view.on_text),
        _start(row) or "",
        row["validUntil"],
        row["publicOn"],
        in_order[-1] if in_order else None,
        row["note"],
        row["issuedBy"],
        in_order,
        sorted({slug(r["addsTo"]) for r in rows if r["addsTo"]}),
    )


def _status(row: Row, on: str) -> str:
    """Answer the status of a policy on a day: as set, ended since, or not known any more."""
    if row["validUntil"] and row["validUntil"] <= on:
        return ENDED
    if row["uncertainFrom"] and row["uncertainFrom"] <= on:
        return UNCLEAR
    return slug(row["status"] or "")
