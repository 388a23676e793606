"""The derived graph as RDF: accepted values, effects and standings, each with what it rests on."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from rdflib import PROV, RDF, XSD, Literal, URIRef

from graph.derived_context import write_context
from graph.qualifiers import withdrawals_taken_back
from graph.triples import CACHED, Triples
from ontology.namespaces import CODE, iri, slug
from ontology.terms import DEP

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graph.dates import Span
    from graph.derivation import Derived
    from graph.model import Participation, Resolution, ResolvedAction

SPOKEN_OR_SIGNED = {"signature"}


def derived_graph(derived: Derived) -> Triples:
    """Answer what was derived as RDF triples."""
    graph = Triples()
    taken_back = withdrawals_taken_back(derived.actions)
    for action in derived.actions:
        _write_action(graph, action)
        if action.event.iri in taken_back:
            _write_no_effect(graph, action, taken_back[action.event.iri])
        else:
            _write_effect(graph, _node(action.event.iri), action)
    for event, day in derived.others.items():
        _write_day(graph, event, day, DEP.doneOn)
    for treaty, effect in derived.entry_into_force.items():
        if effect.day and effect.day.day:
            graph.add((_node(treaty), DEP.computedEffectOn, _date(effect.day.day)))
        elif effect.reason:
            graph.add((_node(treaty), DEP.noEffectBecause, Literal(effect.reason, lang="en")))
    by_pair: dict[tuple[str, str], list[Participation]] = defaultdict(list)
    for participation in derived.participations:
        before = by_pair[participation.actor, participation.treaty]
        _write_participation(graph, participation, before)
        before.append(participation)
    write_context(graph, derived.context)
    return graph


@lru_cache(maxsize=CACHED)
def _node(iri: str) -> URIRef:
    return URIRef(iri)


@lru_cache(maxsize=CACHED)
def _date(day: object) -> Literal:
    return Literal(str(day), datatype=XSD.date)


def _write_action(graph: Triples, action: ResolvedAction) -> None:
    event = _node(action.event.iri)
    signed = action.event.kind in SPOKEN_OR_SIGNED
    _write_day(graph, event, action.day, DEP.doneOn if signed else DEP.depositedOn)
    for prop, resolution in (
        (DEP.circulatedOn, action.circulated),
        (DEP.effectiveOn, action.stated_effect),
    ):
        if resolution:
            _write_day(graph, event, resolution, prop)
    if action.notice:
        graph.add((event, DEP.notice, Literal(action.notice)))


def _write_no_effect(graph: Triples, action: ResolvedAction, by: ResolvedAction) -> None:
    """Write an act that was taken back: the day on which it would have had effect is no effect."""
    event, day = _node(action.event.iri), by.day.value
    when = f"on {day}" if day.day else f"by {day.latest}"
    would = action.takes_effect.day if action.takes_effect else None
    before = f"; it was to take effect on {would}" if would else ""
    because = f"the withdrawal was taken back {when}{before}"
    if action.rule:
        graph.add((event, DEP.underRule, _node(action.rule.iri)))
    graph.add((event, DEP.noEffectBecause, Literal(because, lang="en")))
    graph.add((event, PROV.wasDerivedFrom, _node(by.event.iri)))


def _write_effect(graph: Triples, event: URIRef, action: ResolvedAction) -> None:
    if action.rule:
        graph.add((event, DEP.underRule, _node(action.rule.iri)))
    if action.basis:
        graph.add((event, DEP.effectBasis, Literal(action.basis)))
    if action.effect.day and action.effect.day.day:
        graph.add((event, DEP.computedEffectOn, _date(action.effect.day.day)))
    if action.effect.reason:
        graph.add((event, DEP.noEffectBecause, Literal(action.effect.reason, lang="en")))
    effect = action.takes_effect
    if effect and effect.day:
        graph.add((event, DEP.takesEffectOn, _date(effect.day)))
    elif effect:
        _write_bounds(graph, event, effect, (DEP.effectNotEarlierThan, DEP.effectNotLaterThan))


def _write_bounds(graph: Triples, event: URIRef, span: Span, terms: tuple[URIRef, URIRef]) -> None:
    for term, day in zip(terms, (span.earliest, span.latest), strict=True):
        if day:
            graph.add((event, term, _date(day)))


def _write_day(graph: Triples, event: str, resolution: Resolution, prop: URIRef) -> None:
    """Write an accepted day on the event, and how it was accepted beside it."""
    subject, value = _node(event), resolution.value
    if value.day:
        graph.add((subject, prop, _date(value.day)))
    else:
        _write_bounds(graph, subject, value, (DEP.notEarlierThan, DEP.notLaterThan))
    accepted = _node(iri("accepted", f"{slug(event)}.{slug(str(prop))}"))
    graph.add((accepted, RDF.type, DEP.AcceptedValue))
    graph.add((accepted, DEP.ofEvent, subject))
    graph.add((accepted, DEP.ofProperty, prop))
    graph.add((accepted, RDF.value, _date(value.day) if value.day else Literal(str(value))))
    _refer(graph, accepted, PROV.wasDerivedFrom, (c.iri for c in resolution.deciding))
    _refer(graph, accepted, DEP.contestedBy, (c.iri for c in resolution.contesting))
    if resolution.reason:
        graph.add((accepted, DEP.unresolvedBecause, Literal(resolution.reason, lang="en")))


def _refer(graph: Triples, subject: URIRef, prop: URIRef, targets: Iterable[str]) -> None:
    for target in targets:
        graph.add((subject, prop, _node(target)))


def _status_from(found: Participation, before: list[Participation]) -> date:
    """Answer since when the status has held, over intervals that differ in qualifiers only."""
    start = found.interval.start
    for earlier in reversed(before):
        if earlier.interval.end != start or earlier.statuses != found.statuses:
            break
        start = earlier.interval.start
    return start


def _write_participation(graph: Triples, found: Participation, before: list[Participation]) -> None:
    name = f"{slug(found.actor)}-{slug(found.treaty)}-{len(before) + 1}"
    subject = _node(iri("participation", name))
    graph.add((subject, RDF.type, DEP.Participation))
    graph.add((subject, DEP.ofActor, _node(found.actor)))
    graph.add((subject, DEP.underTreaty, _node(found.treaty)))
    certain = len(found.statuses) == 1
    _refer(
        graph,
        subject,
        DEP.status if certain else DEP.possibleStatus,
        (f"{CODE}{s}" for s in sorted(found.statuses)),
    )
    _refer(graph, subject, DEP.qualifier, (f"{CODE}{q}" for q in sorted(found.qualifiers)))
    graph.add((subject, DEP.validFrom, _date(found.interval.start)))
    graph.add((subject, DEP.statusFrom, _date(_status_from(found, before))))
    if found.interval.end:
        graph.add((subject, DEP.validUntil, _date(found.interval.end)))
    _refer(graph, subject, PROV.wasDerivedFrom, sorted(found.derived_from))
    if found.reason:
        graph.add((subject, DEP.unresolvedBecause, Literal(found.reason, lang="en")))
