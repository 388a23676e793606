"""What follows for policies as RDF: days of measures, due days, departures; what was public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import XSD, Literal, URIRef

from graph.dates import parse_span
from graph.norm_reader import read_norms
from graph.norms import departures, due_day, instrument_terms, measure_terms
from graph.triples import Triples
from ontology.terms import DEP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from graph.dates import Span
    from graph.derivation import Derived
    from graph.norm_model import Measure, NormModel, Term
    from graph.store import Store

ABOUT_POLICIES = """SELECT DISTINCT ?event WHERE {
  VALUES ?kind { dep:Practice dep:Directive dep:PolicyStep } ?event a ?kind }"""
ASSERTIONS = """SELECT ?assertion ?issued WHERE { ?assertion a dep:Assertion ;
  <http://www.w3.org/ns/prov#wasQuotedFrom> ?source .
  OPTIONAL { ?source <http://purl.org/dc/terms/issued> ?issued } }"""


def norm_graph(store: Store, derived: Derived) -> Triples:
    """Answer what follows from the policies, practices and directives of a store."""
    model = read_norms(store)
    days = {event: resolution.value for event, resolution in derived.others.items()}
    graph = Triples()
    ends = {iri: term.end for iri, term in instrument_terms(model).items()}
    terms = measure_terms(model)
    for instrument in model.instruments:
        if not instrument.stated_end:
            _write_days(graph, instrument.iri, {DEP.validUntil: ends[instrument.iri]})
        for measure in instrument.measures:
            if measure.iri in terms:
                _write_days(graph, measure.iri, _derived_days(measure, terms[measure.iri]))
    for practice, measure in departures(model):
        graph.add((URIRef(practice.iri), DEP.departsFrom, URIRef(measure.iri)))
    _write_due_days(graph, model, days)
    return graph


def not_public(store: Store, derived: Derived, day: date) -> set[str]:
    """Answer the policies, measures, events and assertions that the public could not know of."""
    hidden = {event["event"] or "" for event in store.select(ABOUT_POLICIES)}
    hidden = {event for event in hidden if not derived.claims.get(event)}
    for instrument in read_norms(store).instruments:
        told = bool(derived.claims.get(instrument.iri))
        if not told or (instrument.public_on and instrument.public_on > day):
            hidden |= {instrument.iri, *(m.iri for m in instrument.measures)}
    for row in store.select(ASSERTIONS):
        issued = parse_span(row["issued"]).latest if row["issued"] else None
        if issued is None or issued > day:
            hidden.add(row["assertion"] or "")
    return hidden


def _derived_days(measure: Measure, term: Term) -> dict[URIRef, date | None]:
    """Answer the days of a measure that its record does not state itself."""
    first = term.start.latest or term.start.earliest
    return {
        DEP.validFrom: None if measure.own_start else first,
        DEP.validUntil: term.end if term.end != measure.own_end else None,
        DEP.uncertainFrom: term.doubt if term.doubt != measure.own_doubt else None,
    }


def _write_days(graph: Triples, iri: str, days: Mapping[URIRef, date | None]) -> None:
    for prop, day in days.items():
        if day:
            graph.add((URIRef(iri), prop, Literal(day.isoformat(), datatype=XSD.date)))


def _write_due_days(graph: Triples, model: NormModel, days: Mapping[str, Span]) -> None:
    for directive in model.directives:
        due = due_day(directive, days.get(directive.iri))
        if directive.due is None and due and due.day:
            day = Literal(due.day.isoformat(), datatype=XSD.date)
            graph.add((URIRef(directive.iri), DEP.dueOn, day))
