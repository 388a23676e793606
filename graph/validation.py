"""Whether the record is sound: shapes, references, and the rules of the house."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rdflib import RDF, SKOS, Graph, URIRef

from graph.errors import Fault, nearest
from graph.shacl import violations
from graph.tables import ADDRESS
from graph.votes import ballot_faults
from ontology.files import SHAPES, files_in
from ontology.namespaces import BASE, CODE, slug
from ontology.terms import DEP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from graph.records import Record

HALF_LETTER = re.compile("[\ud800-\udfff]")


def faults_of(record: Record) -> list[Fault]:
    """Answer everything that is wrong in the record, each fault with file and line."""
    found = [*_unknown_references(record), *_misnamed_acts(record), *_shared_names(record)]
    found += [*_unknown_predicates(record), *_unfit_terms(record)]
    found += ballot_faults(record.ballots, record.records)
    return sorted(set(found or _shape_faults(record)))


def _unknown_references(record: Record) -> Iterator[Fault]:
    """Find objects of our own namespace that nothing in the record or the ontology describes."""
    known = set(record.records.subjects()) | set(record.ontology.subjects())
    known |= {URIRef(ballot.iri) for ballot in record.ballots}
    for triple in record.records:
        subject, predicate, target = triple
        if isinstance(target, URIRef) and target.startswith(BASE) and target not in known:
            near = nearest(slug(target), _beside(target, known))
            hint = f"; did you mean {' or '.join(near)}?" if near else "; enter it first"
            message = (
                f"{slug(str(predicate))} names {slug(target)!r}, which is not in the record{hint}"
            )
            yield Fault(record.place(subject, triple), message)


def _beside(target: URIRef, known: set[Node]) -> list[str]:
    """Answer the slugs of the known things of the same kind."""
    folder = target.rpartition("/")[0]
    return [slug(str(k)) for k in known if str(k).rpartition("/")[0] == folder]


def _unfit_terms(record: Record) -> Iterator[Fault]:
    """Find terms that cannot be stored, or would run as script where a page links to them."""
    terms = {term for triple in record.records for term in triple}
    unfit = {term: why for term in terms if (why := _unfit(term))}
    for triple in record.records if unfit else ():
        for term in triple:
            if term in unfit:
                yield Fault(record.place(triple[0], triple), unfit[term])


def _unfit(term: Node) -> str | None:
    if HALF_LETTER.search(str(term)):
        return f"{str(term)!a} holds half a letter; write it out whole"
    if isinstance(term, URIRef) and not ADDRESS.fullmatch(term):
        return f"{str(term)!r} is not an http or https address"
    return None


def _misnamed_acts(record: Record) -> Iterator[Fault]:
    """Find acts that are not named after their state, treaty and kind."""
    graph = record.records
    for act in graph.subjects(RDF.type, DEP.TreatyAction):
        parts = [graph.value(act, p) for p in (DEP.performedBy, DEP.underTreaty, DEP.actionType)]
        expected = "-".join(_kebab(slug(str(part))) for part in parts if part)
        name = slug(str(act))
        if name != expected and not name.removeprefix(f"{expected}-").isdigit():
            message = (
                f"the act is called {name!r}; by its state, treaty and kind it is {expected!r}"
            )
            yield Fault(record.place(act), message)


def _kebab(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name)


def _shared_names(record: Record) -> Iterator[Fault]:
    """A name that a person types may lead to one state or treaty only."""
    owners: dict[tuple[Node | None, str], Node] = {}
    for label in (SKOS.prefLabel, SKOS.altLabel, SKOS.notation):
        for subject, _, name in sorted(record.records.triples((None, label, None))):
            kind = record.records.value(subject, RDF.type)
            if kind not in (DEP.State, DEP.Treaty):
                continue
            owner = owners.setdefault((kind, str(name).casefold()), subject)
            if owner != subject:
                message = f"the name {str(name)!r} already belongs to {slug(str(owner))}"
                yield Fault(record.place(subject, (subject, label, name)), message)


def _unknown_predicates(record: Record) -> Iterator[Fault]:
    ours = f"{BASE}ontology#"
    declared = set(record.ontology.subjects())
    for subject, predicate, _ in record.records:
        if str(predicate).startswith(ours) and predicate not in declared:
            near = nearest(
                slug(str(predicate)), [slug(str(d)) for d in declared if CODE not in str(d)]
            )
            hint = f"; did you mean {near[0]}?" if near else ""
            yield Fault(
                record.place(subject), f"{slug(str(predicate))} is not a term of the ontology{hint}"
            )


def _shape_faults(record: Record) -> Iterator[Fault]:
    shapes = Graph()
    for path in files_in(SHAPES, ".ttl"):
        shapes.parse(path, format="turtle")
    for focus, message in violations(shapes, record.records, record.ontology):
        place = record.place(focus)
        yield Fault(place, f"{slug(str(focus))}: {message}")
