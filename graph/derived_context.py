"""The derived context as RDF: counted votes, accepted statuses, days of membership, neighbours."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rdflib import PROV, RDF, XSD, Literal, URIRef

from ontology.namespaces import CODE, iri, slug
from ontology.terms import DEP

if TYPE_CHECKING:
    from datetime import date

    from graph.context import DerivedContext, MembershipFound
    from graph.context_model import RollCall
    from graph.model import Resolution
    from graph.positions import PracticeFound
    from graph.triples import Triples

TOTALS = (DEP.votesFor, DEP.votesAgainst, DEP.votesAbstaining, DEP.votesAbsent)
A_DAY = timedelta(days=1)


def write_context(graph: Triples, context: DerivedContext) -> None:
    """Write what follows from the context into the derived graph."""
    for call in context.roll_calls:
        _write_totals(graph, call)
    for practice in context.practices:
        _write_practice(graph, practice)
    for membership in context.memberships:
        _write_membership(graph, membership)
    for one, other in context.neighbours:
        graph.add((URIRef(one), DEP.bordersOn, URIRef(other)))
        graph.add((URIRef(other), DEP.bordersOn, URIRef(one)))


def _write_totals(graph: Triples, call: RollCall) -> None:
    """Write the totals as counted, only where the record holds every vote."""
    if call.complete:
        for term, number in zip(TOTALS, call.counted.numbers, strict=True):
            graph.add((URIRef(call.iri), term, Literal(number)))


def _write_practice(graph: Triples, practice: PracticeFound) -> None:
    subject = URIRef(practice.iri)
    graph.add((subject, DEP.practiceStatus, URIRef(f"{CODE}{practice.status}")))
    _write_day(graph, subject, DEP.possibleFrom, practice.possible_from)
    if practice.possible_until:
        _write_day(graph, subject, DEP.possibleUntil, practice.possible_until + A_DAY)


def _write_membership(graph: Triples, found: MembershipFound) -> None:
    subject = URIRef(found.iri)
    for said, terms in (
        (found.begins, (DEP.validFrom, DEP.possibleFrom, DEP.certainFrom)),
        (found.ends, (DEP.validUntil, DEP.certainUntil, DEP.possibleUntil)),
    ):
        if said:
            _write_day(graph, subject, terms[0], said.value.day)
            _write_day(graph, subject, terms[1], said.value.earliest)
            _write_day(graph, subject, terms[2], said.value.latest)
            _write_accepted(graph, subject, terms[0], said)


def _write_accepted(graph: Triples, subject: URIRef, term: URIRef, said: Resolution) -> None:
    accepted = URIRef(iri("accepted", f"{slug(subject)}.{slug(term)}"))
    graph.add((accepted, RDF.type, DEP.AcceptedValue))
    graph.add((accepted, DEP.ofEvent, subject))
    graph.add((accepted, DEP.ofProperty, term))
    graph.add((accepted, RDF.value, Literal(str(said.value))))
    for prop, claims in (
        (PROV.wasDerivedFrom, said.deciding),
        (DEP.contestedBy, said.contesting),
    ):
        for claim in claims:
            graph.add((accepted, prop, URIRef(claim.iri)))
    if said.reason:
        graph.add((accepted, DEP.unresolvedBecause, Literal(said.reason, lang="en")))


def _write_day(graph: Triples, subject: URIRef, term: URIRef, day: date | None) -> None:
    if day:
        graph.add((subject, term, Literal(day.isoformat(), datatype=XSD.date)))
