"""When two requests ask for the same: the normalised request, and what may be kept of it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from api.web.exchange import header, noted
from api.web.parameters import parameters

if TYPE_CHECKING:
    from starlette.types import Scope

# Headers that an answer may depend on. One that says it depends on another (Vary) is not kept.
KEY_HEADERS = (b"accept", b"accept-language")
OWN_HEADERS = (b"depositary-", b"query-")
KNOWN_VARY = frozenset({"accept", "accept-encoding", "accept-language", "origin"})
NOT_OF_THE_DATA = ("/health", "/ready", "/metrics", "/static/")
OWN_HOSTS = (b"127.0.0.1", b"localhost", b"[::1]", b"testserver")
NOT_SHARED = frozenset((b"authorization", b"range"))
SPARQL = "/sparql"
# What gives another answer each time it is asked, in capitals, also where an escape hides it.
VOLATILE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\b|\\U")
SIGNS = ("NOW", "RAND", "UUID", "\\U")


class Asked(NamedTuple):
    """A request as far as an answer depends on it."""

    path: str
    query: tuple[tuple[str, str], ...]
    headers: tuple[tuple[bytes, bytes], ...]
    place: tuple[str, bytes]
    pinned: bool


def is_of_the_data(scope: Scope) -> bool:
    """Answer whether a request asks for something that follows from the data alone.

    A query may still ask for the time or for chance; see `is_volatile`.
    """
    if scope["method"] != "GET" or scope["path"].startswith(NOT_OF_THE_DATA):
        return False
    return NOT_SHARED.isdisjoint([name for name, _ in scope["headers"]])


def is_volatile(scope: Scope) -> bool:
    """Answer whether a query asks for the time or for chance: NOW(), RAND(), UUID()."""
    if not scope["path"].startswith(SPARQL):
        return False
    pairs = normalised(scope["query_string"])
    return any(name == "query" and _varies(text.upper()) for name, text in pairs)


def _varies(capital: str) -> bool:
    return any(sign in capital for sign in SIGNS) and VOLATILE.search(capital) is not None


def asked(scope: Scope, *, host_matters: bool) -> Asked:
    """Answer the normalised request: the order and the escapes of parameters do not matter.

    The host matters where links are made from it, and only one that is believed (see
    `api.dependencies.address`).
    """
    place = ("", b"")
    if host_matters:
        host = header(scope, b"host") or b""
        place = (scope["scheme"], host if host.startswith(OWN_HOSTS) else b"")
    query, pinned = normalised(scope["query_string"]), bool(noted(scope).get("pinned"))
    return Asked(scope["path"], query, _chosen(scope), place, pinned)


def normalised(query: bytes) -> tuple[tuple[str, str], ...]:
    """Answer the parameters of an address in a fixed order; what cannot be read, as it stands."""
    try:
        return tuple(sorted(parameters(query)))
    except ValueError:
        return (("", query.decode("latin-1")),)


def _chosen(scope: Scope) -> tuple[tuple[bytes, bytes], ...]:
    return tuple(
        (name, _spaceless(value.lower()))
        for name, value in scope["headers"]
        if name in KEY_HEADERS or name.startswith(OWN_HEADERS)
    )


@lru_cache(maxsize=256)
def _spaceless(value: bytes) -> bytes:
    return value.replace(b" ", b"")
