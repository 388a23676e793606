"""From RDF to norms: policies, laws, measures, obligations, practices and directives."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.dates import Span, on_day, parse_day, parse_period, parse_span
from graph.norm_model import IN_OPERATION, Directive, Instrument, Measure, NormModel, Practice
from ontology.namespaces import CODE, ONTOLOGY, slug

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from graph.store import Row, Store

    Thing = Mapping[str, list[str]]

REPLACES = "http://purl.org/dc/terms/replaces"
# What is derived is left out: it is what this reading is for.
STATED = """SELECT ?thing ?p ?o WHERE {{
  GRAPH <https://w3id.org/depositary/graph/records> {{ ?thing a dep:{kind} ; ?p ?o }} }}"""
BOUNDS = """SELECT ?thing ?first ?last WHERE { VALUES ?kind { dep:Policy dep:Law } ?thing a ?kind .
  OPTIONAL { ?thing dep:doneOn|dep:notEarlierThan ?first }
  OPTIONAL { ?thing dep:doneOn|dep:notLaterThan ?last } }"""
PRACTICE_DAYS = """SELECT ?practice ?asOf WHERE {
  ?practice a dep:Practice . ?claim dep:about ?practice ; dep:asOf ?asOf } ORDER BY ?claim"""
BROADER = "SELECT ?narrow ?wide WHERE { ?narrow skos:broader ?wide ; skos:inScheme code:normTerms }"


def read_norms(store: Store) -> NormModel:
    """Answer the norms of a store; an instrument without a first day begins where claims say."""
    bounds = {row["thing"] or "": _span(row) for row in store.select(BOUNDS)}
    measures = {iri: _measure(iri, thing) for iri, thing in _stated(store, "Measure").items()}
    instruments = [
        _instrument(iri, thing, measures, bounds[iri])
        for kind in ("Policy", "Law")
        for iri, thing in _stated(store, kind).items()
    ]
    days = _days(store)
    practices = [
        _practice(iri, thing, days.get(iri)) for iri, thing in _stated(store, "Practice").items()
    ]
    directives = [_directive(iri, thing) for iri, thing in _stated(store, "Directive").items()]
    return NormModel(
        tuple(sorted(instruments, key=lambda i: (str(i.start.earliest), i.iri))),
        _obligations(store),
        tuple(sorted(practices, key=lambda p: p.iri)),
        tuple(sorted(directives, key=lambda d: d.iri)),
        {slug(r["narrow"] or ""): slug(r["wide"] or "") for r in store.select(BROADER)},
    )


def _stated(store: Store, kind: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in store.select(STATED.format(kind=kind)):
        found[row["thing"] or ""][(row["p"] or "").removeprefix(ONTOLOGY)].append(row["o"] or "")
    return found


def _one(thing: Thing, name: str) -> str | None:
    values = thing.get(name)
    return min(values) if values else None


def _code(thing: Thing, name: str) -> str:
    return (_one(thing, name) or "").removeprefix(CODE)


def _day(thing: Thing, name: str) -> date | None:
    day = _one(thing, name)
    return parse_day(day) if day else None


def _measure(iri: str, thing: Thing) -> Measure:
    return Measure(
        iri,
        _code(thing, "modality"),
        _code(thing, "conduct"),
        _code(thing, "subjectMatter"),
        _code(thing, "component"),
        _code(thing, "force") or IN_OPERATION,
        _one(thing, "onlyIn"),
        _one(thing, "exceptIn"),
        tuple(sorted(thing.get("supersedes", ()))),
        _day(thing, "validFrom"),
        _day(thing, "validUntil"),
        _day(thing, "uncertainFrom"),
    )


def _span(row: Row) -> Span:
    first, last = row["first"], row["last"]
    return Span(parse_day(first) if first else None, parse_day(last) if last else None)


def _instrument(
    iri: str, thing: Thing, measures: Mapping[str, Measure], claimed: Span
) -> Instrument:
    first = _day(thing, "validFrom")
    return Instrument(
        iri,
        _one(thing, "heldBy") or "",
        on_day(first) if first else claimed,
        _day(thing, "publicOn"),
        _code(thing, "policyStatus"),
        tuple(measures[m] for m in sorted(thing.get("hasMeasure", ())) if m in measures),
        tuple(sorted(thing.get(REPLACES, ()))),
        _day(thing, "validUntil"),
        _day(thing, "uncertainFrom"),
    )


def _obligations(store: Store) -> dict[str, tuple[Measure, ...]]:
    by_treaty: dict[str, list[Measure]] = defaultdict(list)
    for iri, thing in sorted(_stated(store, "Obligation").items()):
        by_treaty[_one(thing, "ofTreaty") or ""].append(_measure(iri, thing))
    return {treaty: tuple(found) for treaty, found in by_treaty.items()}


def _practice(iri: str, thing: Thing, days: Span | None) -> Practice:
    return Practice(
        iri,
        _one(thing, "performedBy") or "",
        _code(thing, "conduct"),
        _code(thing, "subjectMatter"),
        days,
    )


def _days(store: Store) -> dict[str, Span | None]:
    """Answer for which days the claims on each practice agree; None where they exclude others."""
    found: dict[str, Span | None] = {}
    for row in store.select(PRACTICE_DAYS):
        practice, said = row["practice"] or "", parse_span(row["asOf"] or "")
        held = found.get(practice, said)
        found[practice] = held.meet(said) if held else None
    return found


def _directive(iri: str, thing: Thing) -> Directive:
    within, due = _one(thing, "within"), _one(thing, "dueOn")
    return Directive(
        iri,
        _one(thing, "underPolicy") or "",
        parse_period(within) if within else None,
        parse_span(due) if due else None,
        _code(thing, "outcome") or None,
    )
