"""What is said of any thing of the record, in the terms of the ontology."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import UnknownName
from ontology.namespaces import BASE, PREFIXES, iri, kind, slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.answers.view import View

FORBIDDEN_IN_IRIS = '<>"{}|^`\\'


@dataclass(frozen=True)
class Value:
    """One value of a statement: a text, or another thing with its name."""

    text: str
    label: str
    iri: str | None


@dataclass(frozen=True)
class Thing:
    """A thing, its name and what is said of it, by the short names of the properties."""

    iri: str
    kind: str
    label: str
    statements: Mapping[str, list[Value]]


def find_thing(view: View, kind_of_thing: str, name: str) -> str:
    """Answer the IRI of a thing by its kind and any of its names; the error names near ones."""
    try:
        return view.names.find(kind_of_thing, name)
    except UnknownName:
        for written in (name, name.lower()):
            thing = iri(kind_of_thing, written)
            if _is_safe(thing) and view.store.select(_said_of(thing)):
                return thing
        raise


def describe(view: View, thing: str) -> Thing:
    """Answer everything that is said of a thing."""
    statements: dict[str, list[Value]] = defaultdict(list)
    rows = view.store.select(_described(thing)) if _is_safe(thing) else []
    for row in rows:
        found, target = row["o"] or "", row["o"] if row["isIri"] == "true" else None
        label = row["label"] or (shortened(found) if target else found)
        statements[shortened(row["p"] or "")].append(Value(found, label, target))
    name = view.names.labels.get(thing) or _own_label(statements) or slug(thing)
    return Thing(thing, kind(thing), name, dict(sorted(statements.items())))


def triples_of(view: View, thing: str, media_type: str) -> bytes:
    """Answer what is said of a thing, and what is said with it, in a form of RDF."""
    query = (
        f"CONSTRUCT {{ <{thing}> ?p ?o . ?s ?q <{thing}> }} "
        f"WHERE {{ {{ <{thing}> ?p ?o }} UNION {{ ?s ?q <{thing}> }} }}"
    )
    return view.store.answer(query, "text/csv", media_type).body


def shortened(full: str) -> str:
    """Answer an IRI with its prefix, as `dep:status`."""
    for prefix, namespace in PREFIXES.items():
        if full.startswith(namespace):
            return f"{prefix}:{full.removeprefix(namespace)}"
    return full


def local_path(target: str) -> str | None:
    """Answer the path under which this service answers an IRI of its own."""
    return f"/{target.removeprefix(BASE)}" if target.startswith(BASE) else None


def _described(thing: str) -> str:
    return f"""SELECT ?p ?o (isIRI(?o) AS ?isIri) ?label WHERE {{
      <{thing}> ?p ?o . OPTIONAL {{ ?o skos:prefLabel ?label }} }} ORDER BY ?p ?o"""


def _said_of(thing: str) -> str:
    return f"SELECT * WHERE {{ <{thing}> ?p ?o }} LIMIT 1"


def _own_label(statements: Mapping[str, list[Value]]) -> str | None:
    for name in ("skos:prefLabel", "dcterms:title"):
        if statements.get(name):
            return statements[name][0].text
    return None


def _is_safe(thing: str) -> bool:
    """Answer whether an IRI can stand in a query: nothing in it can end it."""
    return not any(c in FORBIDDEN_IN_IRIS or ord(c) <= ord(" ") for c in thing)
