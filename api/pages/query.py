"""The page on which a query is written, and on which its rows stand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.answers.things import local_path, shortened
from api.answers.view import QUERIES, query_text
from api.dependencies import address, library
from api.pages.frame import Head, Links, show
from api.pages.query_graph import drawn, triples_of
from graph.dates import parse_day, today
from graph.errors import DepositaryError, UnknownName
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import Request
    from fastapi.responses import HTMLResponse

    from api.answers.view import View
    from api.sandbox.pool import Answer

MOST_ROWS = 1000
MOST_TEXT = 200_000
RESULTS = "application/sparql-results+json"


@dataclass(frozen=True)
class Cell:
    """One value of a result: its text, and where it leads."""

    text: str
    href: str | None = None


@dataclass(frozen=True)
class Found:
    """What a query gave: rows, yes or no, or triples as text; `total` counts all rows."""

    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    total: int = 0
    verdict: bool | None = None
    triples: str | None = None


@dataclass(frozen=True)
class Wrong:
    """Why a query gave nothing, and the line of it where the engine stopped."""

    message: str
    status: int
    line: str | None = None
    pointer: str | None = None


def blank_page(request: Request, example: str | None = None) -> HTMLResponse:
    """Answer the page for a new query, or for one of the examples."""
    if example is not None and example not in _names():
        kind = "example"
        raise UnknownName(kind, example, _names())
    text = query_text(example) if example else ""
    return _page(_view(request, None), text, example=example)


def answered_page(
    request: Request, query: str, known: str | None, outcome: Answer | DepositaryError
) -> HTMLResponse:
    """Answer the page with the rows of a query, or with what is wrong with it."""
    if isinstance(outcome, DepositaryError):
        return _page(_view(request, None), query, wrong=_wrong(outcome))
    view = _view(request, known)
    return _page(view, query, found=_found(view, outcome))


def _page(
    view: View,
    query: str,
    *,
    found: Found | None = None,
    wrong: Wrong | None = None,
    example: str | None = None,
) -> HTMLResponse:
    more: dict[str, str | None] = {"query": query} if found else {"example": example}
    triples = triples_of(found) if found else []
    head = Head(
        "Ask in SPARQL",
        "Put a SPARQL query to the whole record: acts, claims, sources, standings.",
        "sparql",
        status=wrong.status if wrong else 200,
        more=more,
        of_a_day=False,
        script=True,
    )
    return show(
        view,
        "query.html",
        head,
        query=query,
        found=found,
        triples=[[_cell(Links.of(view), _term(part)) for part in t] for t in triples[:MOST_ROWS]],
        drawn=drawn(view, triples),
        share=view.link("sparql", **more, known=view.known_text),
        wrong=wrong,
        examples={name: _label(name) for name in _names()},
        prefixes=PREFIXES,
        most_rows=MOST_ROWS,
    )


def _view(request: Request, known: str | None) -> View:
    day = parse_day(known) if known else None
    return library(request).view(today(), day, address(request), day_given=False)


def _found(view: View, answer: Answer) -> Found:
    text = answer.body.decode()
    if answer.media_type != RESULTS:
        return Found(triples=text[:MOST_TEXT], total=len(text))
    result = json.loads(text)
    if "boolean" in result:
        return Found(verdict=result["boolean"])
    columns, rows = result["head"]["vars"], result["results"]["bindings"]
    links = Links.of(view)
    shown = [[_cell(links, row.get(name)) for name in columns] for row in rows[:MOST_ROWS]]
    return Found(columns, shown, len(rows))


def _term(text: str) -> dict[str, str]:
    kind = "uri" if text.startswith(("http://", "https://")) else "literal"
    return {"type": kind, "value": text}


def _cell(links: Links, term: dict[str, str] | None) -> Cell:
    if term is None:
        return Cell("")
    if term["type"] != "uri":
        return Cell(str(term["value"]))
    path = local_path(term["value"])
    href = links.bare(path.lstrip("/"), known=links.known) if path else term["value"]
    return Cell(shortened(term["value"]), href)


def _wrong(error: DepositaryError) -> Wrong:
    told: Mapping[str, Any] = getattr(error, "more", {})
    message = " ".join(filter(None, (str(error), told.get("hint"))))
    if "position" not in told:
        return Wrong(message, error.status)
    number, column = told["position"]["line"], told["position"]["column"]
    pointer = f"{' ' * (column - 1)}^ line {number}, column {column}"
    return Wrong(message, error.status, told["line"], pointer)


def _names() -> list[str]:
    return sorted(file.stem for file in QUERIES.glob("*.rq"))


def _label(name: str) -> str:
    return query_text(name).partition("\n")[0].lstrip("# ")
