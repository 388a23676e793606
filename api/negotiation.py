"""Which form of an answer is wanted: by suffix, by `?format=`, by the Accept header."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from graph.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import Request

SUFFIXES = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "json": "application/json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "srj": "application/sparql-results+json",
    "atom": "application/atom+xml",
}


@dataclass(frozen=True)
class _Range:
    """One media range of an Accept header with its quality (RFC 9110, 12.5.1)."""

    kind: str
    quality: float

    def matches(self, offered: str) -> bool:
        return self.kind in {"*/*", offered} or (
            self.kind.endswith("/*") and offered.startswith(self.kind[:-1])
        )

    @property
    def precision(self) -> int:
        return 0 if self.kind == "*/*" else 1 if self.kind.endswith("/*") else 2


def wanted(request: Request, offered: Sequence[str], given: str | None = None) -> str:
    """Answer which of the offered media types to send; the first offered is the default.

    A suffix of the path or `?format=` wins over the Accept header; what cannot be served is an
    error: 400 for a format, 406 for a header.
    """
    suffix: str | None = request.scope.get("suffix")
    if given and suffix and given != suffix:
        message = f"The address ends in .{suffix} and format={given} asks for another; choose one."
        raise WrongUse(message)
    if name := given or suffix:
        return _by_name(name, offered)
    accept = ",".join(request.headers.getlist("accept")) or "*/*"
    found = best(accept, tuple(offered))
    if found is None:
        detail = f"None of the accepted types is offered here; offered are {', '.join(offered)}."
        raise HTTPException(HTTPStatus.NOT_ACCEPTABLE, detail)
    return found


@lru_cache(maxsize=256)
def best(accept: str, offered: tuple[str, ...]) -> str | None:
    """Answer the offered media type that an Accept header prefers, or None."""
    ranges = [r for part in accept.split(",") if (r := _range(part))]
    quality = {kind: _quality(kind, ranges) for kind in offered}
    top = max(quality.values(), default=0.0)
    return next((kind for kind in offered if quality[kind] == top), None) if top > 0 else None


def _by_name(name: str, offered: Sequence[str]) -> str:
    kind = SUFFIXES.get(name, name)
    if kind not in offered:
        names = [suffix for suffix, media in SUFFIXES.items() if media in offered]
        message = f"The format {name!r} is not offered here; offered are {', '.join(names)}."
        raise WrongUse(message)
    return kind


def _quality(kind: str, ranges: Sequence[_Range]) -> float:
    matching = [r for r in ranges if r.matches(kind)]
    return max(matching, key=lambda r: r.precision).quality if matching else 0.0


def _range(part: str) -> _Range | None:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    if kind.count("/") != 1:
        return None
    values: Mapping[str, str] = dict(p.split("=", 1) for p in parameters if "=" in p)
    try:
        return _Range(kind, min(max(float(values.get("q", "1")), 0.0), 1.0))
    except ValueError:
        return _Range(kind, 0.0)
