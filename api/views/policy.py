"""The policies of a state over time, their measures, and what each replaced."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from api.answers.names import in_words
from api.answers.norms import HOLDERS, policy_rows
from api.answers.sources import all_sources
from api.views.frame import capitalised, cited, framed, short, source_line, spelled
from graph.dates import parse_span
from graph.errors import WrongUse
from graph.render.lanes import Bar, Lane
from graph.render.policy import policies
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from api.answers.policy_shapes import PolicyRow
    from api.answers.shapes import SourceRef
    from api.answers.view import View
    from api.views.frame import Subject
    from graph.render.picture import Picture
    from graph.store import Row

UNCLEAR = "policyUnclear"
IN_OPERATION = "inOperation"


def policy_view(view: View, subject: Subject) -> Picture:
    """Answer one state's policies, their measures and what each replaced."""
    if not subject.state:
        holders = sorted(slug(h["state"] or "").upper() for h in view.store.select(HOLDERS))
        message = f"Name the state whose policies are shown: state=…, as {', '.join(holders)}."
        raise WrongUse(message)
    state = view.names.state(subject.state)
    subject = replace(subject, state=slug(state).upper())
    rows = [row for row in policy_rows(view, state) if _start(row) <= view.on]
    measures = view.ask("measures_of_state", state=state)
    known = all_sources(view)
    frame = framed(view, "policy", subject, _said(view, state, rows, measures))
    held = {row.id for row in rows}
    used = [known[s] for m in measures if slug(m["policy"] or "") in held for s in _listed(m)]
    frame = replace(frame, source_line=source_line(used))
    lanes = _measure_lanes([m for m in measures if slug(m["policy"] or "") in held], known)
    return policies(frame, [_policy_lane(view, row) for row in rows], lanes, _replaced(rows))


def _start(row: PolicyRow) -> date:
    span = parse_span(row.valid_from)
    return span.latest or span.earliest or date.max


def _end(row: PolicyRow) -> date | None:
    return _day(row.valid_until)


def _listed(row: Row) -> list[str]:
    return (row["sources"] or "").split()


def _policy_lane(view: View, row: PolicyRow) -> Lane:
    start, end, span = _start(row), _end(row), parse_span(row.valid_from)
    until = f" until {short(str(end))}" if end else ""
    kind = "unclear" if row.status == UNCLEAR else "policy"
    label = f"{row.name}: {in_words(row.instrument)}, from {span.in_words()}"
    bar = Bar(start, end, kind, f"{label}{until}")
    note = f"{short(str(start)) if span.day else span.in_words()}, {in_words(row.instrument)}"
    href = view.link(f"id/policy/{row.id}")
    return Lane(row.id, row.name, "policy", note, (bar,), (), href)


def _replaced(rows: Iterable[PolicyRow]) -> list[tuple[str, str]]:
    """Answer which policy replaced which, both among those shown."""
    rows = tuple(rows)
    shown = {row.id for row in rows}
    return [(row.id, old) for row in rows for old in row.replaces_all if old in shown]


def _measure_lanes(measures: Iterable[Row], known: Mapping[str, SourceRef]) -> list[Lane]:
    """Answer a lane for each conduct and what it is about, with a bar for each measure."""
    grouped: dict[tuple[str, str], list[Bar]] = defaultdict(list)
    for row in measures:
        grouped[row["conduct"] or "", row["matter"] or ""] += _bars(row, known)
    return [
        Lane(
            f"{conduct}: {matter}",
            f"{capitalised(conduct)}: {matter}",
            "measure",
            # What is told for certain is drawn over what is not.
            bars=tuple(sorted(bars, key=lambda bar: (bar.kind != "unclear", bar.start))),
        )
        for (conduct, matter), bars in grouped.items()
    ]


def _bars(row: Row, known: Mapping[str, SourceRef]) -> Iterator[Bar]:
    """Answer the days of a measure, and apart those on which it cannot be told to hold."""
    start, end, doubt = (_day(row[name]) for name in ("since", "until", "doubt"))
    sources = cited(known[source] for source in _listed(row))
    force = row["force"] or IN_OPERATION
    name = row["name"] or ""
    label = name if force == IN_OPERATION else f"{name} ({in_words(force)})"
    if start and start != doubt:
        yield Bar(start, doubt or end, row["modality"] or "", label, sources=sources)
    if doubt and doubt != end:
        yield Bar(doubt, end, "unclear", label, sources=sources)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _said(
    view: View, state: str, rows: Sequence[PolicyRow], measures: Iterable[Row]
) -> tuple[str, str]:
    name = view.names.label(state)
    title = f"{name}: policies, their measures and what each replaced"
    if not rows:
        return title, f"No policy of {name} is recorded up to this day."
    last = rows[-1]
    number = sum(1 for m in measures if slug(m["policy"] or "") == last.id)
    times = "policy" if len(rows) == 1 else "policies"
    text = f"{capitalised(spelled(len(rows)))} {times} since {_start(rows[0]).year}"
    return title, f"{text}; the latest, of {short(str(_start(last)))}, sets {number} measures."
