"""Addresses of the questions that the queries of `api/queries` answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import ConfigDict

from api.answers import questions as answers
from api.answers.plain import as_csv, as_plain
from api.dependencies import Listed, Listing, json_response, respond, view
from api.negotiation import wanted

if TYPE_CHECKING:
    from graph.store import Row

router = APIRouter(tags=["questions"])


class Values(Listing):
    """The parameters of a list; the question says which others it takes."""

    model_config = ConfigDict(extra="allow")


@router.get("/questions", summary="The questions that can be asked by name, with their values")
def questions(request: Request, asking: Listed) -> Response:
    """Answer the list of questions."""
    return respond(request, asking, answers.questions(view(request, asking)))


@router.get(
    "/questions/{name}",
    summary="The answer to a question, with values for its parameters such as treaty=ccm",
)
def question(request: Request, name: str, asking: Annotated[Values, Query()]) -> Response:
    """Answer one question; `sparql` in the answer is the query that gives the same rows."""
    given = {key: str(value) for key, value in (asking.model_extra or {}).items()}
    if asking.on is not None and "on" in {p.name for p in answers.question(name).parameters}:
        given["on"] = asking.on
    found = answers.ask(view(request, asking), name, given)
    end = asking.offset + asking.limit if asking.limit else None
    rows = found.rows[asking.offset : end]
    if wanted(request, ("application/json", "text/csv"), asking.format) == "text/csv":
        return Response(_csv(found.question.columns, rows), media_type=CSV)
    return json_response(as_plain(found) | {"rows": rows, "total": len(found.rows)})


CSV = "text/csv; charset=utf-8; header=present"


def _csv(columns: list[str], rows: list[Row]) -> str:
    return as_csv(columns, [[row[column] or "" for column in columns] for row in rows])
