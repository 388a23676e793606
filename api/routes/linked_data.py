"""Every IRI of the record in five forms: HTML, Turtle, JSON-LD, N-Triples, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.answers.things import Thing, describe, find_thing, triples_of
from api.dependencies import Asked, json_response, view
from api.json_ld import MEDIA_TYPE as JSON_LD
from api.json_ld import compacted
from api.negotiation import SUFFIXES, wanted
from api.routes.pages import thing_page
from api.turtle import tidied
from graph.errors import UnknownName
from ontology.namespaces import BASE, CODE, GRAPHS, slug

if TYPE_CHECKING:
    from api.answers.view import View
    from api.dependencies import Asking

router = APIRouter(tags=["linked data"])

FORMS = (
    "text/html",
    "text/turtle",
    "application/ld+json",
    "application/n-triples",
    "application/json",
    "application/rdf+xml",
)


@router.get("/id/{kind}/{name}", summary="A thing of the record as linked data")
def thing(request: Request, kind: str, name: str, asking: Asked) -> Response:
    """Answer what is said of a thing; another of its names leads on to its own address."""
    seen = view(request, asking)
    iri = find_thing(seen, kind, name)
    if slug(iri) != name:
        suffix = request.scope.get("suffix")
        path = f"/id/{kind}/{slug(iri)}" + (f".{suffix}" if suffix else "")
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(path + query, status_code=308)
    return _described(request, asking, seen, iri)


@router.get("/code/{name}", summary="A code of a list as linked data")
def code(request: Request, name: str, asking: Asked) -> Response:
    """Answer what is said of a code."""
    seen = view(request, asking)
    found = describe(seen, f"{CODE}{name}")
    if not found.statements:
        kind = "code"
        rows = seen.store.select("SELECT ?code WHERE { ?code skos:inScheme ?scheme }")
        raise UnknownName(kind, name, (slug(row["code"] or "") for row in rows))
    return _described(request, asking, seen, found.iri)


@router.get("/ontology", summary="The terms of the ontology")
def ontology(request: Request, asking: Asked) -> Response:
    """Answer the whole ontology with its code lists."""
    seen = view(request, asking)
    kind = wanted(request, FORMS, asking.format)
    if kind in {"text/html", "application/json"}:
        return _described(request, asking, seen, f"{BASE}ontology")
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{GRAPHS['ontology']}> {{ ?s ?p ?o }} }}"
    answer = seen.store.answer(query, "text/csv", kind)
    return _rdf(answer.body, kind)


def _described(request: Request, asking: Asking, seen: View, iri: str) -> Response:
    kind = wanted(request, FORMS, asking.format)
    if kind == "text/html":
        answer: Response = thing_page(request, seen, describe(seen, iri))
    elif kind == "application/json":
        answer = json_response(_plain(describe(seen, iri)))
    else:
        answer = _rdf(triples_of(seen, iri, kind), kind)
    links = [
        f'<{request.url.path}.{suffix}>; rel="alternate"; type="{media}"'
        for suffix, media in SUFFIXES.items()
        if media in FORMS
    ]
    answer.headers["Link"] = ", ".join(links)
    return answer


def _plain(thing: Thing) -> dict[str, object]:
    return {
        "iri": thing.iri,
        "kind": thing.kind,
        "label": thing.label,
        "statements": {
            name: [{"value": v.text, "label": v.label, "iri": v.iri} for v in values]
            for name, values in thing.statements.items()
        },
    }


def _rdf(body: bytes, kind: str) -> Response:
    """Send triples with the prefixes that they use, in the order in which they are documented."""
    if kind == JSON_LD:
        body = compacted(body)
    if kind == "text/turtle":
        body = tidied(body)
    return Response(body, media_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
