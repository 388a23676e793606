"""What an answer is asked of: the store as known on a day, the day, and how to link back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast
from urllib.parse import quote, urlencode

from api.answers.citation import cite
from api.answers.names import Names
from api.answers.shapes import Tail
from graph.build import as_known
from graph.errors import WrongUse
from graph.store import EmbeddedStore
from ontology.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from graph.store import Row, Store

QUERIES = Path(__file__).parent.parent / "queries"
PARAMETERS = re.compile(r"VALUES (\(?)((?:\?\w+ ?)+)\)? \{[^}]*\}")
KEPT_VIEWS = 8
NO_DAYS = "A remote store has no days of knowledge; leave `known` out."
LAST_ENTRY = "SELECT (MAX(?day) AS ?last) WHERE { ?claim dep:recordedOn ?day }"
AHEAD = (
    "{on} lies after the last entry of the record, of {last}: the answer takes the record as it "
    "is now, and acts still to come are not in it."
)
AS_IT_GOES = (
    "A register that publishes as it goes, such as the depositary's, counts as public from the day "
    "of each act, so the copy that is named here may have been issued after {known}."
)

Value = str | date


@dataclass(frozen=True)
class View:
    """One way to look at the data: which store, which day, which address.

    `day_given` is False where the day is that of the reader and moves on with time.
    """

    store: Store
    version: str
    on: date
    known: date | None = None
    address: str = BASE
    day_given: bool = True

    @cached_property
    def names(self) -> Names:
        """Answer the names of all states, treaties and other things."""
        return _names_of(cast("Hashable", self.store))

    @property
    def on_text(self) -> str:
        """Answer the day as ISO text."""
        return self.on.isoformat()

    @property
    def known_text(self) -> str | None:
        """Answer the day of knowledge as ISO text, None for everything."""
        return self.known.isoformat() if self.known else None

    @property
    def lies_ahead(self) -> bool:
        """Answer whether the day was asked for and lies after the last entry of the record."""
        return self.day_given and self.is_ahead(self.on_text)

    def is_ahead(self, day: str) -> bool:
        """Answer whether an ISO day lies after the last entry of the record."""
        return day > _last_entry_of(cast("Hashable", self.store))

    @property
    def notes(self) -> list[str]:
        """Answer what a reader has to know of the record on this day, in sentences."""
        found: list[str] = []
        if self.lies_ahead:
            last = _last_entry_of(cast("Hashable", self.store))
            found.append(AHEAD.format(on=self.on_text, last=last))
        if self.known:
            found.append(AS_IT_GOES.format(known=self.known_text))
        return found

    def ask(self, name: str, **values: Value) -> list[Row]:
        """Answer the rows of one of the queries in `api/queries`, with its parameters filled in."""
        return self.store.select(query_text(name, **values))

    def link(self, path: str, **parameters: str | None) -> str:
        """Answer the full address of a path of this service."""
        given = {name: value for name, value in parameters.items() if value}
        tail = f"?{urlencode(given, quote_via=quote, safe='')}" if given else ""
        return f"{self.address}{quote(path)}{tail}"

    def tail(
        self,
        title: str,
        path: str,
        query: str | None = None,
        asked: Mapping[str, str | None] | None = None,
        **values: Value,
    ) -> Tail:
        """Answer what an answer ends with; the permalink is pinned to the day.

        `asked` holds the parameters without which the address would not give this answer.
        """
        permalink = self.link(path, **(asked or {}), on=self.on_text, known=self.known_text)
        sparql = None
        if query:
            text = query_text(query, **values)
            sparql = self.link("sparql", known=self.known_text, query=text)
        citation = cite(title, self.on, self.version, permalink)
        return Tail(self.version, permalink, sparql, citation, self.notes)


class Held(Protocol):
    """A store that is served and the version of the data in it, as a build or a remote store."""

    @property
    def store(self) -> Store:
        """Answer the store."""
        ...

    @property
    def version(self) -> str:
        """Answer the version; none where the store names none."""
        ...


@dataclass(frozen=True)
class Library:
    """The store of the record, and the same as it was known on earlier days."""

    built: Held

    @cached_property
    def known_store(self) -> Callable[[date], Store]:
        """Answer a function from a day to the store as known on it; the latest ones are kept."""

        def store_as_known(day: date) -> Store:
            if not isinstance(self.built.store, EmbeddedStore):
                raise WrongUse(NO_DAYS)
            return as_known(self.built.store, day)

        return lru_cache(maxsize=KEPT_VIEWS)(store_as_known)

    def view(
        self,
        on: date,
        known: date | None = None,
        address: str = BASE,
        *,
        day_given: bool = True,
    ) -> View:
        """Answer the view of a day, with only what was public on the day `known` if given."""
        store = self.known_store(known) if known else self.built.store
        return View(store, self.built.version, on, known, address, day_given)


def query_text(name: str, **values: Value) -> str:
    """Answer the text of a query with the values in place of its example values.

    Values are IRIs or days that this program has made, never text from outside.
    """
    return PARAMETERS.sub(lambda match: _values(match, values), query_source(name))


@lru_cache(maxsize=KEPT_VIEWS + 1)
def _names_of(store: Hashable) -> Names:
    """Answer the names in a store, which nothing changes once it is built."""
    return Names.of(cast("Store", store))


@lru_cache(maxsize=KEPT_VIEWS + 1)
def _last_entry_of(store: Hashable) -> str:
    """Answer the last day on which something was entered; beyond all days where none is told."""
    rows = cast("Store", store).select(LAST_ENTRY)
    return (rows[0]["last"] if rows else None) or date.max.isoformat()


@cache
def query_source(name: str) -> str:
    """Answer the text of a query as it lies in its file, with its example values."""
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def _values(match: re.Match[str], values: Mapping[str, Value]) -> str:
    names = match[2].replace("?", "").split()
    if not all(name in values for name in names):
        return match[0]
    terms = " ".join(_term(values[name]) for name in names)
    if match[1]:
        return f"VALUES ({match[2]}) {{ ({terms}) }}"
    return f"VALUES {match[2]} {{ {terms} }}"


def _term(value: Value) -> str:
    if isinstance(value, date):
        return f'"{value.isoformat()}"^^xsd:date'
    return " ".join(f"<{iri}>" for iri in value.split())
