"""What a state did around its policies: laws, practices, directives, reviews, disclosures."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from api.answers.policy_shapes import LawRow, PolicyEvent
from api.answers.sources import all_sources, bounded_day, claims_about, sources_of
from graph.dates import parse_span
from graph.norm_reader import read_norms
from graph.norms import instrument_terms, outcome_on
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from api.answers.act_shapes import ClaimSaid
    from api.answers.shapes import SourceRef
    from api.answers.view import View
    from graph.dates import Span
    from graph.norm_model import Directive
    from graph.store import Row

BOUNDS = ("notEarlierThan", "notLaterThan")


@dataclass(frozen=True)
class _Known:
    """What the events of a view are told with."""

    on: date
    claims: Mapping[str, Sequence[ClaimSaid]]
    directives: Mapping[str, Directive]
    ends: Mapping[str, date | None]


def laws_of(view: View, state: str) -> list[LawRow]:
    """Answer the statutes of a state, in order."""
    known = all_sources(view)
    found = [_law(rows, known) for rows in _by_thing(view.ask("laws", state=state), "law")]
    return sorted(found, key=lambda law: (law.valid_from or "", law.id))


def policy_events(view: View, state: str) -> list[PolicyEvent]:
    """Answer the practices, directives and steps of a state that can have begun by the day."""
    asked = _by_thing(view.ask("policy_events", state=state), "event")
    model = read_norms(view.store)
    known = _Known(
        view.on,
        claims_about(view, (rows[0]["event"] or "" for rows in asked)),
        {directive.iri: directive for directive in model.directives},
        {iri: term.end for iri, term in instrument_terms(model).items()},
    )
    days = {practice.iri: practice.days for practice in model.practices}
    found = [_event(rows, known) for rows in asked] + _practices(view, state, days)
    begun = [event for event in found if _first(event) <= view.on_text]
    return sorted(begun, key=lambda event: (_first(event), event.id))


def _by_thing(rows: Sequence[Row], name: str) -> list[list[Row]]:
    return [list(same) for _, same in groupby(rows, key=lambda row: row[name])]


def _law(rows: Sequence[Row], known: Mapping[str, SourceRef]) -> LawRow:
    row = rows[0]
    return LawRow(
        slug(row["law"] or ""),
        row["name"] or "",
        row["issuedBy"],
        bounded_day(row, "validFrom", bounds=BOUNDS),
        row["validUntil"],
        row["uncertainFrom"],
        row["note"],
        [known[s] for s in dict.fromkeys(r["source"] or "" for r in rows)],
    )


def _event(rows: Sequence[Row], known: _Known) -> PolicyEvent:
    row = rows[0]
    event = row["event"] or ""
    outcome = _outcome(row, known)
    return PolicyEvent(
        slug(event),
        slug(row["kind"] or ""),
        slug(row["type"] or ""),
        row["name"] or "",
        bounded_day(row, "doneOn", bounds=BOUNDS),
        slug(row["policy"]) if row["policy"] else None,
        None,
        None,
        [],
        row["dueOn"],
        outcome,
        row["dueOn"] if outcome == "unknown" else None,
        [],
        sources_of(known.claims.get(event, [])),
    )


def _practices(view: View, state: str, days: Mapping[str, Span | None]) -> list[PolicyEvent]:
    sources = all_sources(view)
    asked = _by_thing(view.ask("policy_practice", state=state), "event")
    return [_practice(rows, sources, days.get(rows[0]["event"] or "")) for rows in asked]


def _practice(
    rows: Sequence[Row], sources: Mapping[str, SourceRef], days: Span | None
) -> PolicyEvent:
    """Answer a practice, known as the source of highest authority knows it."""
    row = rows[0]
    figures = {f"{r['most']} ({r['asOf']})": None for r in rows if r["most"]}
    return PolicyEvent(
        slug(row["event"] or ""),
        "Practice",
        slug(row["type"] or ""),
        row["name"] or "",
        str(days) if days else None,
        None,
        slug(row["status"] or ""),
        slug(row["recipient"]).upper() if row["recipient"] else None,
        list(figures),
        None,
        None,
        None,
        sorted({slug(r["departsFrom"]) for r in rows if r["departsFrom"]}),
        [sources[s] for s in dict.fromkeys(r["source"] or "" for r in rows)],
    )


def _outcome(row: Row, known: _Known) -> str | None:
    directive = known.directives.get(row["event"] or "")
    if directive is None:
        return None
    due = parse_span(row["dueOn"]) if row["dueOn"] else None
    return outcome_on(directive, due, known.ends.get(directive.policy), known.on)


def _first(event: PolicyEvent) -> str:
    first, _, last = (event.done_on or "").partition("/")
    return last if first == ".." else first
