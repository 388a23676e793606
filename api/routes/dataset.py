"""The data as a whole: description, downloads, context; and what the IRIs of graphs lead to."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from api.answers.dataset import described
from api.dependencies import Asked, Asking, json_response, view
from api.downloads import MEDIA_TYPES, SUMS, Download, downloads, finished
from api.json_ld import MEDIA_TYPE, context_document
from api.negotiation import wanted
from api.problems import problem
from graph.errors import UnknownName
from ontology.namespaces import GRAPHS

if TYPE_CHECKING:
    from api.answers.view import View
    from api.settings import Settings

router = APIRouter(tags=["dataset"])

FORMS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "pretty-xml",
}
DESCRIPTION = "/.well-known/void"
NOT_MADE = (
    "The downloads were not made with the store that is served here. "
    "`depositary build --downloads --output DIR` makes a build with them."
)
IMMUTABLE = "public, max-age=31536000, immutable"


@router.get(DESCRIPTION, summary="What the data are, in VoID and DCAT, with figures and downloads")
def description(request: Request, asking: Asked) -> Response:
    """Answer the description of the dataset."""
    kind = wanted(request, (*FORMS, "text/html"), asking.format)
    if kind == "text/html":
        # A browser shows the list of downloads; a program gets the description.
        return RedirectResponse("/data", HTTPStatus.SEE_OTHER)
    seen = view(request, asking)
    text = described(seen, _files(request, seen)).serialize(format=FORMS[kind])
    if kind == "application/n-triples":
        text = "".join(sorted(text.splitlines(keepends=True)))
    charset = "; charset=utf-8" if kind == "text/turtle" else ""
    return Response(text, media_type=f"{kind}{charset}")


@router.get("/dataset", summary="Leads to the description of the data")
def dataset() -> Response:
    """Lead from the IRI of the dataset to its description."""
    return RedirectResponse(DESCRIPTION, HTTPStatus.SEE_OTHER)


@router.get("/graph/{name}", summary="Leads from a named graph to the description of the data")
def named_graph(name: str) -> Response:
    """Lead from the IRI of a graph to where its size and its dump are told."""
    if name not in GRAPHS:
        kind = "graph"
        raise UnknownName(kind, name, GRAPHS)
    return RedirectResponse(DESCRIPTION, HTTPStatus.SEE_OTHER)


@router.get("/context", summary="The JSON-LD context in which the terms are plain names")
def context(request: Request, asking: Asked) -> Response:
    """Answer the context."""
    answer = json_response(context_document(view(request, asking).store))
    answer.headers["Content-Type"] = MEDIA_TYPE
    return answer


@router.get("/data", summary="The downloads of the data, with sizes and SHA-256")
def index(request: Request, asking: Asked) -> Response:
    """Answer which files there are of the version that is served."""
    seen = view(request, asking)
    files = [
        {
            "name": file.name,
            "url": seen.link(f"data/{seen.version}/{file.name}"),
            "bytes": file.size,
            "sha256": file.sha256,
        }
        for file in _files(request, seen)
    ]
    sums = seen.link(f"data/{seen.version}/{SUMS}") if files else None
    return json_response({"data_version": seen.version, "files": files, "sha256sums": sums})


@router.get("/data/{version}/{name}", summary="A download of the data")
def download(request: Request, version: str, name: str) -> Response:
    """Send a file of the version that is served; `latest` leads to it."""
    seen = view(request, Asking())
    if name not in MEDIA_TYPES:
        kind = "download"
        raise UnknownName(kind, name, MEDIA_TYPES)
    if version == "latest":
        return RedirectResponse(f"/data/{seen.version}/{name}", HTTPStatus.TEMPORARY_REDIRECT)
    if version != seen.version:
        kind = "data version"
        raise UnknownName(kind, version, (seen.version,))
    files = _files(request, seen)
    if not files:
        return problem(HTTPStatus.NOT_FOUND, NOT_MADE)
    path = files[0].path.parent / name
    headers = {"Cache-Control": IMMUTABLE}
    return FileResponse(path, media_type=MEDIA_TYPES[name], filename=name, headers=headers)


def _files(request: Request, seen: View) -> list[Download]:
    settings: Settings = request.app.state.settings
    if settings.remote:
        return []
    if settings.folder:
        return finished(settings.folder)  # Nothing is written there.
    return downloads(settings.cache / seen.version, settings.records)
