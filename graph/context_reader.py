"""From RDF to the context, through the store: roll calls, practice, memberships and borders."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.context_model import (
    Border,
    ContextRecord,
    MembershipSaid,
    PracticeSaid,
    RollCall,
    Tally,
    tally,
)
from graph.dates import parse_span
from ontology.namespaces import slug

if TYPE_CHECKING:
    from graph.dates import Span
    from graph.store import Row, Store

TOTALS = ("votesFor", "votesAgainst", "votesAbstaining", "votesAbsent")
VOTES = """SELECT ?resolution ?stance WHERE {
  ?vote a dep:Vote ; dep:towards ?resolution ; dep:stance ?stance }"""
ROLL_CALLS = """SELECT ?resolution ?every WHERE {
  ?resolution a dep:Resolution OPTIONAL { ?resolution dep:listsEveryVote ?every } }"""
STATED = f"""SELECT ?resolution ?claim {" ".join(f"?{name}" for name in TOTALS)} WHERE {{
  ?claim dep:about ?resolution . ?resolution a dep:Resolution .
  {" ".join(f"OPTIONAL {{ ?claim dep:{name} ?{name} }}" for name in TOTALS)} }}"""
PRACTICES = """SELECT ?claim ?practice ?status ?asOf WHERE {
  ?practice a dep:Practice . ?claim dep:about ?practice ; dep:practiceStatus ?status
  OPTIONAL { ?claim dep:asOf ?asOf } }"""
MEMBERSHIPS = """SELECT ?claim ?membership ?from ?until WHERE {
  ?membership a dep:Membership . ?claim dep:about ?membership
  OPTIONAL { ?claim dep:validFrom ?from } OPTIONAL { ?claim dep:validUntil ?until } }"""
BORDERS = """SELECT ?border ?side ?source WHERE {
  ?border a dep:Border ; dep:between ?side ; prov:wasQuotedFrom ?source }"""


def read_context(store: Store) -> ContextRecord:
    """Answer the context that a store holds."""
    return ContextRecord(
        _roll_calls(store),
        tuple(_practice(row) for row in store.select(PRACTICES)),
        tuple(_membership(row) for row in store.select(MEMBERSHIPS)),
        _borders(store),
    )


def _roll_calls(store: Store) -> tuple[RollCall, ...]:
    cast: dict[str, list[str]] = defaultdict(list)
    for row in store.select(VOTES):
        cast[row["resolution"] or ""].append(slug(row["stance"] or ""))
    stated: dict[str, dict[str, Tally]] = defaultdict(dict)
    for row in store.select(STATED):
        stated[row["resolution"] or ""][row["claim"] or ""] = _stated(row)
    return tuple(
        RollCall(iri, row["every"] == "true", tally(cast[iri]), stated[iri])
        for row in sorted(store.select(ROLL_CALLS), key=lambda row: row["resolution"] or "")
        if (iri := row["resolution"] or "")
    )


def _stated(row: Row) -> Tally:
    return Tally(*(int(number) if (number := row[name]) else None for name in TOTALS))


def _span(text: str | None) -> Span | None:
    return parse_span(text) if text else None


def _practice(row: Row) -> PracticeSaid:
    status = slug(row["status"] or "")
    return PracticeSaid(row["claim"] or "", row["practice"] or "", status, _span(row["asOf"]))


def _membership(row: Row) -> MembershipSaid:
    days = _span(row["from"]), _span(row["until"])
    return MembershipSaid(row["claim"] or "", row["membership"] or "", *days)


def _borders(store: Store) -> tuple[Border, ...]:
    sides: dict[str, set[str]] = defaultdict(set)
    sources: dict[str, set[str]] = defaultdict(set)
    for row in store.select(BORDERS):
        sides[row["border"] or ""].add(row["side"] or "")
        sources[row["border"] or ""].add(row["source"] or "")
    found = sorted(sides.items())
    pairs = ((iri, sorted(both)) for iri, both in found)
    return tuple(Border((a, b), frozenset(sources[iri])) for iri, (a, b) in pairs)
