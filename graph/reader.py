"""From RDF to the model: what the rules need of the record, read through the store."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from graph.context_model import ContextRecord
from graph.context_reader import read_context
from graph.dates import Interval, Span, parse_day, parse_period, parse_span
from graph.model import Claim, EffectRule, Event, Source, Treaty
from ontology.namespaces import CODE, ONTOLOGY, slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.dates import Landing
    from graph.store import Store

DCTERMS_ISSUED = "http://purl.org/dc/terms/issued"
IN_FORCE_ON = "http://data.europa.eu/eli/ontology#first_date_entry_in_force"
QUOTED_FROM = "http://www.w3.org/ns/prov#wasQuotedFrom"
BROADER = "http://www.w3.org/2004/02/skos/core#broader"


@dataclass(frozen=True)
class RecordModel:
    """The record as plain values."""

    states: tuple[str, ...]
    treaties: tuple[Treaty, ...]
    events: tuple[Event, ...]
    claims: Mapping[str, tuple[Claim, ...]]
    engagements: Mapping[str, tuple[Interval, ...]]
    broader: Mapping[str, str]
    context: ContextRecord = field(default_factory=ContextRecord)


def read_model(store: Store) -> RecordModel:
    """Answer the record that a store holds."""
    sources = {iri: _source(store, iri, thing) for iri, thing in _things(store, "Source").items()}
    return RecordModel(
        tuple(sorted(_things(store, "State"))),
        _treaties(store),
        _events(store),
        _claims(store, sources),
        _engagements(store),
        {slug(r["narrow"] or ""): slug(r["wide"] or "") for r in store.select(_BROADER_QUERY)},
        read_context(store),
    )


_BROADER_QUERY = "SELECT ?narrow ?wide WHERE { ?narrow skos:broader ?wide }"


def _things(store: Store, kind: str) -> dict[str, dict[str, list[str]]]:
    """Answer all things of a class, each as its properties and their values."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in store.select(f"SELECT ?s ?p ?o WHERE {{ ?s a dep:{kind} ; ?p ?o }}"):
        found[row["s"] or ""][(row["p"] or "").removeprefix(ONTOLOGY)].append(row["o"] or "")
    return found


def _one(thing: Mapping[str, list[str]], name: str) -> str | None:
    values = thing.get(name)
    return min(values) if values else None


def _code(thing: Mapping[str, list[str]], name: str) -> str:
    return (_one(thing, name) or "").removeprefix(CODE)


def _span(thing: Mapping[str, list[str]], name: str) -> Span | None:
    day = _one(thing, name)
    return parse_span(day) if day else None


def _source(store: Store, iri: str, thing: Mapping[str, list[str]]) -> Source:
    authority = _one(thing, "authority") or ""
    rank = store.select(f"SELECT ?rank WHERE {{ <{authority}> dep:rank ?rank }}")[0]["rank"]
    return Source(
        iri,
        slug(authority),
        int(rank or 0),
        _span(thing, DCTERMS_ISSUED),
        _one(thing, "publishesAsItGoes") == "true",
    )


def _claims(store: Store, sources: Mapping[str, Source]) -> dict[str, tuple[Claim, ...]]:
    by_event: dict[str, list[Claim]] = defaultdict(list)
    for iri, thing in sorted(_things(store, "Claim").items()):
        if "withdrawnOn" not in thing:
            about = _one(thing, "about") or ""
            by_event[about].append(_claim(iri, about, thing, sources))
    return {event: tuple(claims) for event, claims in by_event.items()}


def _claim(
    iri: str, about: str, thing: Mapping[str, list[str]], sources: Mapping[str, Source]
) -> Claim:
    days = (_span(thing, name) for name in ("depositedOn", "doneOn", "validFrom"))
    day = next((day for day in days if day), None)
    first, last = _one(thing, "notEarlierThan"), _one(thing, "notLaterThan")
    if day is None and (first or last):
        day = Span(parse_day(first) if first else None, parse_day(last) if last else None)
    return Claim(
        iri,
        about,
        sources[_one(thing, QUOTED_FROM) or ""],
        day,
        _span(thing, "circulatedOn"),
        _span(thing, "effectiveOn"),
        _one(thing, "notice"),
    )


def _events(store: Store) -> tuple[Event, ...]:
    kinds = {
        "TreatyAction": "actionType",
        "DomesticStep": "stepType",
        "Expression": "expressionType",
        "Resolution": "topic",
        "Directive": "orders",
        "PolicyStep": "policyStepType",
        "Policy": "instrumentKind",
        "Law": "instrumentKind",
    }
    found = [
        Event(
            iri,
            _one(thing, "performedBy") or _one(thing, "heldBy") or "",
            _code(thing, kind),
            _one(thing, "underTreaty"),
            _one(thing, "towards"),
            _code(thing, "stance") or None,
        )
        for event_class, kind in kinds.items()
        for iri, thing in _things(store, event_class).items()
    ]
    return tuple(sorted(found, key=lambda event: event.iri))


def _treaties(store: Store) -> tuple[Treaty, ...]:
    rules: dict[str, list[EffectRule]] = defaultdict(list)
    for iri, thing in sorted(_things(store, "EffectRule").items()):
        rule = _rule(iri, thing)
        rules[rule.treaty].append(rule)
    return tuple(
        Treaty(
            iri,
            parse_day(_one(thing, "signatureFrom") or ""),
            parse_day(day) if (day := _one(thing, IN_FORCE_ON)) else None,
            tuple(rules[iri]),
            _one(thing, "protocolTo"),
            _one(thing, "partlyRecorded") == "true",
        )
        for iri, thing in sorted(_things(store, "Treaty").items())
    )


def _rule(iri: str, thing: Mapping[str, list[str]]) -> EffectRule:
    period, count = _one(thing, "period"), _one(thing, "afterCount")
    return EffectRule(
        iri,
        _one(thing, "ofTreaty") or "",
        _code(thing, "triggeredBy"),
        _code(thing, "runsFrom"),
        _code(thing, "bringsAbout"),
        parse_period(period) if period else None,
        cast("Landing", _code(thing, "landsOn") or "sameDay"),
        int(count) if count else None,
        "deferredWhile" in thing,
        _one(thing, "laterDateAllowed") == "true",
        _one(thing, "onlyOnceInForce") == "true",
        frozenset(thing.get("requiresConsentOf", ())),
    )


def _engagements(store: Store) -> dict[str, tuple[Interval, ...]]:
    by_actor: dict[str, list[Interval]] = defaultdict(list)
    for thing in _things(store, "Engagement").values():
        end = _one(thing, "validUntil")
        start = parse_day(_one(thing, "validFrom") or "")
        interval = Interval(start, parse_day(end) if end else None)
        by_actor[_one(thing, "performedBy") or ""].append(interval)
    return {actor: tuple(found) for actor, found in by_actor.items()}
