"""A remote SPARQL endpoint as a store: the questions of this program put to another engine."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from api.stores.contents import holds_record, refuse_other_terms
from api.stores.endpoint import ROWS, TRIPLES, Endpoint, NotEvaluated, Unanswered
from api.stores.prefixes import with_prefixes
from api.stores.results import NONSENSE, serialised
from graph.errors import StoreUnavailable
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from graph.store import Answer, Row

# What changes with nearly every change of the data, and is counted in one pass.
FIGURES = """SELECT ?g (COUNT(*) AS ?statements) (SUM(COALESCE(STRLEN(STR(?o)), 0)) AS ?letters)
WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"""


class RemoteStore:
    """A store behind an endpoint; every question goes there, nothing is kept."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Ask an endpoint; close the store in the end."""
        self.endpoint = endpoint
        self._client = endpoint.client()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def select(self, query: str) -> list[Row]:
        """Answer the rows of a SELECT query, each value as its plain text."""
        return rows_of(self._read(query, ROWS))

    def answer(self, query: str, results: str, graph: str) -> Answer:
        """Answer a query for triples in a media type; `results` is for rows, which `select` has."""
        del results
        return serialised(self._read(query, TRIPLES), graph)

    def _read(self, query: str, kind: str) -> bytes:
        try:
            return self.endpoint.read(self._client, with_prefixes(query, PREFIXES), kind)
        except NotEvaluated as error:
            # The query is our own, so it is not the fault of who asked.
            raise StoreUnavailable(str(error)) from error


def rows_of(body: bytes) -> list[Row]:
    """Answer the rows of a result in JSON (SPARQL 1.1 Query Results JSON Format)."""
    try:
        found: Any = json.loads(body)
        names: list[str] = found["head"]["vars"]
        return [
            {name: _text(row[name]) if name in row else None for name in names}
            for row in found["results"]["bindings"]
        ]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unanswered(NONSENSE) from error


def _text(term: dict[str, object]) -> str:
    value = term["value"]
    if not isinstance(value, str):
        raise TypeError
    return value


def version_of(rows: list[Row]) -> str:
    """Answer the version of remote data by their figures, for an endpoint names none."""
    figures = sorted(tuple(sorted((name, value or "") for name, value in r.items())) for r in rows)
    return hashlib.sha256(repr(figures).encode()).hexdigest()[:16]


def look_at(endpoint: Endpoint) -> tuple[bool, str]:
    """Answer whether an endpoint holds a record, and the version of it.

    Raises StoreUnavailable where nothing answers, or with a record of another version.
    """
    # Graphs that are not there may be asked for one by one, and not be named as the dataset.
    any_data, record = replace(endpoint, foreign=True), replace(endpoint, foreign=False)
    with closing(RemoteStore(any_data)) as store, closing(RemoteStore(record)) as graphs:
        try:
            if not holds_record(store):
                return False, ""
            refuse_other_terms(graphs, endpoint.url)
            return True, version_of(graphs.select(FIGURES))
        except Unanswered as error:
            told = f"{error.reason}{f' ({error.aside})' if error.aside else ''}"
            message = f"--store {endpoint.url} cannot be served: it {told}."
            raise StoreUnavailable(message) from error
