"""A remote SPARQL endpoint, asked over HTTP: only where the operator says, never anywhere else.

The query operation of the SPARQL 1.1 Protocol (2.1), by POST. No redirect is followed, no proxy or
netrc of the environment is used, and what comes back is bounded in time and size and is of the
type that was asked for, or it is no answer.
"""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2

from api.version import program_version
from graph.errors import StoreUnavailable, WrongUse
from ontology.namespaces import GRAPHS

if TYPE_CHECKING:
    from collections.abc import Generator

ROWS, TRIPLES = "application/sparql-results+json", "application/n-triples"
# Names by which some engines call these types.
OTHER_NAMES = {"application/json": ROWS, "text/plain": TRIPLES}
CONNECT_SECONDS = 5.0
# Shorter than any server keeps a connection that nothing comes on.
KEPT_SECONDS = 2.0
MOST_CONNECTIONS = 64
LONGEST_REASON = 64 * 1024
SHOWN = 300
REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
FAULTY_QUERY = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})
LOGGER = logging.getLogger("depositary")
LOGGER.addHandler(logging.NullHandler())  # A command says itself what went wrong.


class Unanswered(StoreUnavailable):
    """The remote end is away, slow or answers nonsense."""

    def __init__(self, reason: str, aside: str = "") -> None:
        """Say why; `headers` go to the client, what is said `aside` to the operator alone."""
        super().__init__(f"The remote store {reason}; ask again in some seconds.")
        self.headers = {"Retry-After": "5"}
        self.reason, self.aside = reason, _plain(aside)


class Late(Unanswered):
    """The answer was not whole in time."""


class TooLarge(Unanswered):
    """The answer is larger than it may be."""


class NotEvaluated(WrongUse):
    """The remote end is there and does not evaluate this query."""


@dataclass(frozen=True)
class Endpoint:
    """Where a remote store is asked, and within which bounds.

    `login` is `user:password` for HTTP basic authentication. Of a record every query is asked of
    its graphs as one; of what is `foreign`, of what the endpoint takes as its default graph.
    """

    url: str
    login: str | None = field(default=None, repr=False)
    foreign: bool = False
    seconds: float = 10.0
    most_bytes: int = 64 * 1024 * 1024

    def client(self) -> httpx2.Client:
        """Answer a client that keeps its connections; close it."""
        return httpx2.Client(**self._manners())

    def async_client(self) -> httpx2.AsyncClient:
        """Answer a client for the loop of a web process; close it."""
        return httpx2.AsyncClient(**self._manners())

    def read(self, client: httpx2.Client, query: str, kind: str) -> bytes:
        """Answer the body of the answer to a query, as the media type `kind`; wait for it."""
        with self._explained(), client.stream(**self._request(query, kind)) as response:
            reading = _Reading(self, response, kind)
            for chunk in response.iter_bytes():
                reading.add(chunk)
            return reading.whole()

    async def read_async(self, client: httpx2.AsyncClient, query: str, kind: str) -> bytes:
        """Answer the same; a cancelled call closes the connection, so that the work can end."""
        with self._explained():
            async with client.stream(**self._request(query, kind)) as response:
                reading = _Reading(self, response, kind)
                async for chunk in response.aiter_bytes():
                    reading.add(chunk)
                return reading.whole()

    def _request(self, query: str, kind: str) -> dict[str, Any]:
        graphs = () if self.foreign else tuple(GRAPHS.values())
        fields = {"query": query, "default-graph-uri": graphs, "named-graph-uri": graphs}
        return {"method": "POST", "url": self.url, "data": fields, "headers": {"Accept": kind}}

    def _manners(self) -> dict[str, Any]:
        user, _, password = (self.login or "").partition(":")
        return {
            "auth": httpx2.BasicAuth(user, password) if self.login else None,
            # What is compressed could be any size.
            "headers": {
                "User-Agent": f"depositary/{program_version()}",
                "Accept-Encoding": "identity",
            },
            "timeout": httpx2.Timeout(self.seconds, connect=min(self.seconds, CONNECT_SECONDS)),
            "limits": httpx2.Limits(
                max_connections=MOST_CONNECTIONS, keepalive_expiry=KEPT_SECONDS
            ),
            # SSL_CERT_FILE may name certificates of one's own; proxies and netrc are not used.
            "verify": httpx2.create_ssl_context(),
            "follow_redirects": False,
            "trust_env": False,
        }

    @contextmanager
    def _explained(self) -> Generator[None]:
        """Turn what went wrong on the way into one error; the address is in the log alone."""
        try:
            yield
        except httpx2.TimeoutException as error:
            raise self._noted(Late("does not answer in time")) from error
        except httpx2.HTTPError as error:
            raise self._noted(Unanswered("does not answer", str(error))) from error
        except Unanswered as error:
            raise self._noted(error) from error

    def _noted(self, error: Unanswered) -> Unanswered:
        LOGGER.warning("%s %s: %s", self.url, error.reason, error.aside or "no more is known")
        return error


class _Reading:
    """An answer while it is read; nothing of it is used before it is whole."""

    def __init__(self, endpoint: Endpoint, response: httpx2.Response, kind: str) -> None:
        """Look at the head of the answer."""
        self._most, self._seconds = endpoint.most_bytes, endpoint.seconds
        self._until = time.monotonic() + endpoint.seconds
        self._body = bytearray()
        self._is_refused = response.status_code in FAULTY_QUERY
        if not self._is_refused:
            _check(response, kind)

    def add(self, chunk: bytes) -> None:
        """Take the next part."""
        self._body += chunk
        if self._is_refused and len(self._body) > LONGEST_REASON:
            self.whole()
        if len(self._body) > self._most:
            megabytes = self._most / 1024 / 1024
            reason = f"answered more than {megabytes:g} MB"
            raise TooLarge(reason)
        if time.monotonic() > self._until:
            reason = f"was not done after {self._seconds:g} seconds"
            raise Late(reason)

    def whole(self) -> bytes:
        """Answer the body; raise NotEvaluated where it says what is wrong with the query."""
        if self._is_refused:
            said = _plain(bytes(self._body).decode(errors="replace"))
            message = f"The remote store does not evaluate this query: {said or 'no reason given'}."
            raise NotEvaluated(message)
        return bytes(self._body)


def _check(response: httpx2.Response, kind: str) -> None:
    """Raise where the head of an answer shows that it is none."""
    status = response.status_code
    if response.is_redirect:
        reason = "answers from another address, which is not followed"
    elif status in REFUSED:
        reason = f"refuses this service (status {status}; DEPOSITARY_STORE_LOGIN is its login)"
    elif status == HTTPStatus.GATEWAY_TIMEOUT:
        reason = "does not answer in time"
        raise Late(reason)
    elif status != HTTPStatus.OK:
        reason = f"answers with status {status}"
    elif _type_of(response) != kind or "content-encoding" in response.headers:
        reason = f"answers with something else than {kind}"
    else:
        return
    raise Unanswered(reason)


def _type_of(response: httpx2.Response) -> str:
    given = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return OTHER_NAMES.get(given, given)


def _plain(text: str) -> str:
    """Answer the first words of a text from elsewhere, as one line without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:SHOWN]


def checked_address(text: str) -> str:
    """Answer the address of an endpoint; raise WrongUse where it is none, or tells secrets."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
        usable = usable and parts.port != 0 and not parts.fragment
        httpx2.URL(text)
    except (ValueError, httpx2.InvalidURL):
        usable = False
        parts = urlsplit("")
    if parts.username is not None or parts.password is not None:
        message = (
            "--store holds a login, which others on this machine could read; put user:password "
            "into DEPOSITARY_STORE_LOGIN."
        )
        raise WrongUse(message)
    if not usable or not text.isprintable() or " " in text:
        message = f"--store {text[:SHOWN]!r} is no address; expected is https://host/path."
        raise WrongUse(message)
    return text
