"""What changed in a state's policy between two days, and how far it is from a treaty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.answers.norms import norms, policy_rows
from api.answers.policy_events import policy_events
from api.answers.policy_shapes import (
    ComponentChanged,
    ObligationDistance,
    PolicyComparison,
    PolicyDistance,
)
from api.answers.shapes import Named
from graph.errors import WrongUse
from graph.norm_reader import read_norms
from graph.norms import compare, distances, measures_on
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from api.answers.policy_shapes import Norm, PolicyEvent, PolicyRow
    from api.answers.view import View
    from graph.norm_model import Measure
    from graph.norms import ComponentChange, Distance

REVIEWING = "reviewing"


def comparison(view: View, state_name: str, first: date, last: date) -> PolicyComparison:
    """Answer what was lifted, changed, new or kept between two days, component by component."""
    if last < first:
        message = f"{first} lies after {last}; name the earlier day first."
        raise WrongUse(message)
    state = view.names.state(state_name)
    code, name = slug(state).upper(), view.names.label(state)
    changes = compare(read_norms(view.store), state, first, last)
    known = _norms_by_iri(view)
    instruments = [r for r in policy_rows(view, state) if _between(r.valid_from, first, last)]
    events = policy_events(view, state)
    reviewed = _reviewed(events, instruments, last)
    return PolicyComparison(
        Named(code, name),
        first.isoformat(),
        last.isoformat(),
        view.known_text,
        instruments,
        [_changed(change, known, under_review=reviewed) for change in changes],
        [event for event in events if _between(event.done_on, first, last)],
        view.tail(
            f"Policies of {name} on {first} and {last}",
            f"states/{code}/policies/compare",
            "measures_on",
            {"from": first.isoformat(), "to": last.isoformat()},
            state=state,
            on=last,
        ),
    )


def distance(view: View, state_name: str, treaty_name: str) -> PolicyDistance:
    """Answer which measures of a state agree with, contradict or say nothing of each obligation."""
    state, treaty = view.names.state(state_name), view.names.treaty(treaty_name)
    model = read_norms(view.store)
    held = [m for m, certain in measures_on(model, state, view.on).items() if certain]
    found = distances(model, model.obligations.get(treaty, ()), held)
    known = _norms_by_iri(view)
    rows = view.ask("standing_on", state=state, treaty=treaty, on=view.on)
    code, name, of = slug(state).upper(), view.names.label(state), view.names.label(treaty)
    return PolicyDistance(
        Named(code, name),
        Named(slug(treaty), of),
        view.on_text,
        view.known_text,
        next((slug(row["value"] or "") for row in rows), None),
        [_distance(one, known) for one in found],
        view.tail(
            f"Policies of {name} and the {of}",
            f"states/{code}/policies/distance",
            "measures_on",
            {"treaty": slug(treaty)},
            state=state,
            on=view.on,
        ),
    )


def _norms_by_iri(view: View) -> Mapping[str, Norm]:
    return {norm.id: norm for norm in norms(view, view.ask("norm_facts"))}


def _between(day: str | None, first: date, last: date) -> bool:
    """Answer whether a day, or the last of its bounds, lies after one day and up to another."""
    end = (day or "").rpartition("/")[2]
    return first.isoformat() < end <= last.isoformat()


def _reviewed(
    events: Iterable[PolicyEvent], instruments: Iterable[PolicyRow], last: date
) -> frozenset[str]:
    """Answer the policies that an open review was ordered of by the last day."""
    ordering = {
        event.policy
        for event in events
        if event.type == REVIEWING and (event.done_on or "") <= last.isoformat()
    }
    return frozenset(p for row in instruments if row.id in ordering for p in row.replaces_all)


def _changed(
    change: ComponentChange, known: Mapping[str, Norm], *, under_review: frozenset[str]
) -> ComponentChanged:
    before, after = _all(change.before, known), _all(change.after, known)
    kept = change.change == "kept" and any(norm.instrument in under_review for norm in after)
    new = [norm for norm in after if norm not in before]
    forces = {norm.force or "inOperation" for norm in new}
    force = forces.pop() if len(forces) == 1 else None
    return ComponentChanged(change.component, change.change, force, kept, before, after)


def _distance(found: Distance, known: Mapping[str, Norm]) -> ObligationDistance:
    def of(kind: str) -> list[Norm]:
        return _all((m for m, agreement in found.measures if agreement == kind), known)

    obligation = known[slug(found.obligation.iri)]
    return ObligationDistance(
        obligation, found.agreement, of("agrees"), of("partly"), of("contradicts")
    )


def _all(measures: Iterable[Measure], known: Mapping[str, Norm]) -> list[Norm]:
    return [known[slug(measure.iri)] for measure in measures]
