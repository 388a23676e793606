"""The page of any other thing: what is said of it, and what sources claim about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.answers import listings
from api.answers.things import local_path
from api.pages.frame import Alternate, Head, Links, show
from api.pages.words import Vocabulary, capital
from graph.errors import UnknownName
from ontology.namespaces import BASE, ID, kind, slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi.responses import HTMLResponse

    from api.answers.source_shapes import ClaimRow
    from api.answers.things import Thing
    from api.answers.view import View
    from graph.store import Row

FORMS = (
    ("application/json", "JSON", "json"),
    ("text/turtle", "Turtle", "ttl"),
    ("application/ld+json", "JSON-LD", "jsonld"),
    ("application/n-triples", "N-Triples", "nt"),
)
EVENTS = ("action", "step", "expression")
MOST_MENTIONS = 100
TITLES = """SELECT ?event ?type ?by WHERE {
  ?event dep:actionType|dep:stepType|dep:expressionType ?type ; dep:performedBy ?by }"""
MENTIONS = """SELECT DISTINCT ?thing ?label WHERE {{
  ?thing ?property <{iri}> . FILTER (isIRI(?thing))
  OPTIONAL {{ ?thing skos:prefLabel ?label }} }} ORDER BY ?thing LIMIT {most}"""
TERMS = """SELECT ?term ?label ?type ?definition WHERE {
  ?term a ?type ; skos:prefLabel ?label . OPTIONAL { ?term skos:definition ?definition }
  FILTER (STRSTARTS(STR(?term), STR(dep:)) || ?type = skos:ConceptScheme) } ORDER BY ?type ?label"""


def any_page(view: View, thing: Thing) -> HTMLResponse:
    """Answer a thing as a table of statements, with the claims where it is an event."""
    titles = event_titles(view)
    label = titles.get(thing.iri.removeprefix(ID), thing.label)
    text = f"{label}: what the record says of it, and which sources say so."
    return show(
        view,
        "thing.html",
        _head(view, thing, label, text),
        thing=thing,
        titles=titles,
        claims=_claims(view, thing),
        mentions=_mentions(view, thing),
        most_mentions=MOST_MENTIONS,
        local=local_path,
    )


def source_page(view: View, thing: Thing) -> HTMLResponse:
    """Answer a source: with what authority it speaks, and what the record takes from it."""
    said = listings.source(view, slug(thing.iri))
    text = f"{said.source.publisher}: {said.source.title}. What the record takes from it."
    return show(
        view,
        "source.html",
        _head(view, thing, said.source.title, text),
        said=said,
        titles=event_titles(view),
        local=local_path,
        thing=thing,
        authority=_definition(view, said.source.authority),
    )


def ontology_page(view: View, thing: Thing) -> HTMLResponse:
    """Answer the terms of the ontology and its code lists, each with its definition."""
    head = _head(view, thing, thing.label, "The terms in which the record is written.")
    groups: dict[str, list[Row]] = {}
    for row in view.store.select(TERMS):
        groups.setdefault(slug(row["type"] or ""), []).append(row)
    return show(view, "ontology.html", head, thing=thing, groups=groups, slug=slug)


def event_titles(view: View) -> Mapping[str, str]:
    """Answer what a reader calls each act, step and expression: Withdrawal, Poland."""
    vocabulary = Vocabulary.of(view.store)
    titles: dict[str, str] = {}
    for row in view.store.select(TITLES):
        said = vocabulary.say(slug(row["type"] or ""))
        name = (row["event"] or "").removeprefix(ID)
        titles[name] = f"{capital(said)}, {view.names.label(row['by'] or '')}"
    return titles


def _head(view: View, thing: Thing, label: str, description: str) -> Head:
    path = (local_path(thing.iri) or "").lstrip("/")
    links = Links.of(view)
    forms = [Alternate(media, name, links.to(f"{path}.{suffix}")) for media, name, suffix in FORMS]
    return Head(label, description, path, forms)


def _claims(view: View, thing: Thing) -> Sequence[ClaimRow]:
    if thing.kind not in EVENTS:
        return ()
    try:
        return listings.claims(view, about=thing.iri.removeprefix(ID)).claims
    except UnknownName:
        return ()


def _mentions(view: View, thing: Thing) -> list[Row]:
    rows = view.store.select(MENTIONS.format(iri=thing.iri, most=MOST_MENTIONS))
    shown = [row for row in rows if (row["thing"] or "").startswith(BASE)]
    if thing.kind in EVENTS:
        return [row for row in shown if kind(row["thing"] or "") != "claim"]
    return shown


def _definition(view: View, code: str) -> str:
    query = f"SELECT ?said WHERE {{ code:{code} skos:definition ?said }}"
    return next((row["said"] or "" for row in view.store.select(query)), "")


def is_ontology(thing: Thing) -> bool:
    """Answer whether a thing is the ontology itself."""
    return thing.iri == f"{BASE}ontology"
