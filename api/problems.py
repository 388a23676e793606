"""Errors as answers: `application/problem+json` (RFC 9457), one shape for all of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.pages.problem import problem_page, wants_page
from api.web.exchange import SAFE
from graph.errors import LONGEST_SHOWN, DepositaryError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import FastAPI, Request
    from fastapi.responses import Response

TYPES = {
    HTTPStatus.BAD_REQUEST: "wrong-use",
    HTTPStatus.FORBIDDEN: "refused",
    HTTPStatus.NOT_FOUND: "unknown",
    HTTPStatus.NOT_ACCEPTABLE: "not-acceptable",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "not-computable",
    HTTPStatus.TOO_MANY_REQUESTS: "too-many",
    HTTPStatus.SERVICE_UNAVAILABLE: "unavailable",
    HTTPStatus.GATEWAY_TIMEOUT: "stopped",
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
    app.add_exception_handler(Exception, _unforeseen)


def _told(
    request: Request,
    status: int,
    detail: str,
    near: Sequence[str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:
    """Answer an error as a page where a browser asked for one, else as a problem."""
    if wants_page(request):
        return problem_page(request, status, detail, near or ())
    told = dict(more or {}) | ({} if near is None else {"near": list(near)})
    return problem(status, detail, **told)


async def _ours(request: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, DepositaryError) else 500
    near = error.near if isinstance(error, UnknownName) else None
    answer = _told(request, status, str(error), near, getattr(error, "more", None))
    answer.headers.update(getattr(error, "headers", {}))
    return answer


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
            explained.append(f"The parameter {name!r} {_expected(fault)}.")
    return explained


def _expected(fault: Any) -> str:  # noqa: ANN401 - as the framework tells it
    """Answer what a parameter has to be, in words of ours."""
    bounds: dict[str, Any] = fault.get("ctx", {})
    said = f"; it is {str(fault.get('input'))[:LONGEST_SHOWN]!r}"
    wanted = {
        "missing": "is required",
        "int_parsing": "has to be a whole number" + said,
        "int_parsing_size": "is too large a number" + said,
        "bool_parsing": "has to be 1 or 0" + said,
        "greater_than_equal": f"has to be {bounds.get('ge')} or greater{said}",
        "less_than_equal": f"has to be {bounds.get('le')} or less{said}",
        "string_too_short": "is empty",
        "string_too_long": f"is longer than {bounds.get('max_length')} characters",
        "enum": f"has to be {bounds.get('expected')}{said}",
        "literal_error": f"has to be {bounds.get('expected')}{said}",
    }
    return wanted.get(fault["type"], "cannot be read" + said)


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


async def _unforeseen(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return unexpected(request)


def unexpected(request: Request) -> Response:
    """Answer an error that nobody foresaw: only where it stands in the log, nothing of itself."""
    found = f"It is in the log as {request.state.request_id}."
    detail = f"The service met an error that it did not expect. {found}"
    answer = _told(request, HTTPStatus.INTERNAL_SERVER_ERROR, detail)
    answer.raw_headers.extend(h for h in SAFE if h[0] != b"cache-control")
    return answer
