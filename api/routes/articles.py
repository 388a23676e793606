"""Addresses of documents taken apart, each statement with what the record makes of it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.answers.articles import article
from api.dependencies import Asked, respond, view
from api.negotiation import wanted
from api.pages.article import article_page

router = APIRouter(prefix="/articles", tags=["documents"])

FORMS = ("text/html", "application/json", "text/csv")


@router.get("/{source}", summary="A document, claim by claim, with the verdict of the record")
def read(request: Request, source: str, asking: Asked) -> Response:
    """Answer a document as an annotated page, or as data."""
    found = view(request, asking)
    answer = article(found, source)
    if wanted(request, FORMS, asking.format) == "text/html":
        return article_page(found, answer)
    return respond(request, asking, answer)
