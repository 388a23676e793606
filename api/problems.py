"""Errors as answers: `application/problem+json` (RFC 9457), one shape for all of them."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.pages.problem import problem_page, wants_page
from graph.errors import DepositaryError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi import FastAPI, Request
    from fastapi.responses import Response

LOGGER = logging.getLogger("depositary")
TYPES = {
    HTTPStatus.BAD_REQUEST: "wrong-use",
    HTTPStatus.FORBIDDEN: "refused",
    HTTPStatus.NOT_FOUND: "unknown",
    HTTPStatus.NOT_ACCEPTABLE: "not-acceptable",
    HTTPStatus.UNPROCESSABLE_ENTITY: "not-computable",
    HTTPStatus.SERVICE_UNAVAILABLE: "store-unavailable",
}


def problem(status: int, detail: str, **more: Any) -> JSONResponse:  # noqa: ANN401
    """Answer an error; `detail` names the thing, the reason and what to do."""
    kind = TYPES.get(HTTPStatus(status))
    body = {
        "type": f"https://w3id.org/depositary/problem/{kind}" if kind else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    headers = {"Cache-Control": "no-store"}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def add_handlers(app: FastAPI) -> None:
    """Make the application answer every error as a problem."""
    app.add_exception_handler(DepositaryError, _ours)
    app.add_exception_handler(RequestValidationError, _wrong_parameters)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _told(
    request: Request, status: int, detail: str, near: Sequence[str] | None = None
) -> Response:
    """Answer an error as a page where a browser asked for one, else as a problem."""
    if wants_page(request):
        return problem_page(request, status, detail, near or ())
    return problem(status, detail, **({} if near is None else {"near": list(near)}))


async def _ours(request: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, DepositaryError) else 500
    near = error.near if isinstance(error, UnknownName) else None
    return _told(request, status, str(error), near)


async def _wrong_parameters(request: Request, error: Exception) -> Response:
    faults = error.errors() if isinstance(error, RequestValidationError) else ()
    detail = " ".join(_explained(faults)) or "Wrong parameters."
    return _told(request, HTTPStatus.BAD_REQUEST, detail)


def _explained(faults: Sequence[Any]) -> list[str]:
    explained: list[str] = []
    for fault in faults:
        name = str(fault["loc"][-1])[:100]
        if fault["type"] == "extra_forbidden":
            explained.append(f"There is no parameter {name!r} here; see /docs for those there are.")
        else:
            explained.append(f"The parameter {name!r} cannot be read: {fault['msg']}.")
    return explained


async def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "An unexpected error.")
    details = {
        HTTPStatus.NOT_FOUND: "There is no such address here; see /docs for those there are.",
        HTTPStatus.METHOD_NOT_ALLOWED: "This address answers GET and HEAD.",
    }
    detail = details.get(HTTPStatus(error.status_code), error.detail)
    answer = _told(request, error.status_code, detail)
    answer.headers.update(error.headers or {})
    return answer


async def _unexpected(request: Request, error: Exception) -> Response:
    LOGGER.error("unexpected error for %s %s", request.method, request.url.path, exc_info=error)
    detail = "The service met an error that it did not expect. It has been logged."
    return _told(request, HTTPStatus.INTERNAL_SERVER_ERROR, detail)
