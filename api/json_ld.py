"""JSON-LD that people can read: the names of the record's prefixes and terms, in a context."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from ontology.namespaces import ONTOLOGY, PREFIXES, slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.store import Store

MEDIA_TYPE = "application/ld+json"
TERMS = """SELECT ?term (SAMPLE(STR(?to)) AS ?range) (SAMPLE(?kind) AS ?type) WHERE {
  VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty rdf:Property }
  ?term a ?kind . OPTIONAL { ?term rdfs:range ?to } } GROUP BY ?term ORDER BY ?term"""
PLAIN_TEXT = ("xsd:string", "rdf:langString")


def compacted(expanded: bytes) -> bytes:
    """Answer expanded JSON-LD with prefixed names and the context that binds the prefixes.

    Only the names change, by the rules of compact IRIs, so that any reader gets the same triples.
    """
    used: set[str] = set()
    expanded_nodes: list[Any] = json.loads(expanded)
    nodes = [_compact(node, used) for node in expanded_nodes]
    context = {prefix: name for prefix, name in PREFIXES.items() if prefix in used}
    body = {"@context": context, "@graph": nodes}
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def context_document(store: Store) -> dict[str, object]:
    """Answer the context in which the terms of the ontology are plain names, as `effectiveOn`.

    A term with the name of a prefix keeps its prefixed name.
    """
    terms = {slug(row["term"] or ""): _term(row) for row in store.select(TERMS)}
    return {"@context": {"id": "@id", "type": "@type", **terms, **PREFIXES}}


def _term(row: Mapping[str, str | None]) -> object:
    iri, to = row["term"] or "", row["range"]
    name = f"dep:{slug(iri)}" if iri.startswith(ONTOLOGY) else iri
    if (row["type"] or "").endswith("ObjectProperty"):
        return {"@id": name, "@type": "@id"}
    written = _short(to, set()) if to else None
    if written is None or written in PLAIN_TEXT or not written.startswith("xsd:"):
        return name
    return {"@id": name, "@type": written}


def _compact(value: Any, used: set[str]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        items = [_compact(item, used) for item in cast("Sequence[Any]", value)]
        return items[0] if len(items) == 1 else items
    if not isinstance(value, dict):
        return value
    fields = cast("dict[str, Any]", value)
    if set(fields) == {"@value"}:
        return fields["@value"]
    return {_short(name, used): _compact_field(name, v, used) for name, v in fields.items()}


def _compact_field(name: str, value: Any, used: set[str]) -> Any:  # noqa: ANN401
    if name == "@value":
        return value
    if name in {"@id", "@type"}:
        given = cast("list[str]", value if isinstance(value, list) else [value])
        names = [_short(name, used) for name in given]
        return names[0] if len(names) == 1 else names
    return _compact(value, used)


def _short(iri: str, used: set[str]) -> str:
    """Answer an IRI as `prefix:name`; the longest namespace that fits is used."""
    fitting = [p for p, namespace in PREFIXES.items() if iri.startswith(namespace)]
    if not fitting:
        return iri
    prefix = max(fitting, key=lambda p: len(PREFIXES[p]))
    used.add(prefix)
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}"
