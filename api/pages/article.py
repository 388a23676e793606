"""The page of a document taken apart: claim by claim, the verdict, why, and on which sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.pages.frame import Alternate, Head, Links, show

if TYPE_CHECKING:
    from fastapi.responses import HTMLResponse

    from api.answers.examined_shapes import Article
    from api.answers.view import View

ORDER = ("supported", "nuance", "contradicted", "notCorroborated", "opinion", "omitted")


def article_page(view: View, found: Article) -> HTMLResponse:
    """Answer a document as an annotated text: its statements in order, each with its verdict."""
    path = f"articles/{found.source.id}"
    links = Links.of(view)
    head = Head(
        found.source.title,
        f"{len(found.claims)} claims of {found.source.publisher}, each with the verdict of the "
        "record, the reason and the sources.",
        path,
        [
            Alternate("application/json", "JSON", links.to(f"{path}.json")),
            Alternate("text/csv", "CSV", links.to(f"{path}.csv")),
        ],
    )
    counts = [(verdict, found.counts[verdict]) for verdict in ORDER if verdict in found.counts]
    return show(view, "article.html", head, found=found, verdict_counts=counts)
