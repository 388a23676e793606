"""The embedded SPARQL engine behind one small protocol; the only door to SPARQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
)
from pyoxigraph import Store as Engine

from graph.errors import StoreUnavailable, WrongUse
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Row = dict[str, str | None]

RESULT_FORMATS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}


@dataclass(frozen=True)
class Answer:
    """The serialised answer to a query and its media type."""

    body: bytes
    media_type: str


class Store(Protocol):
    """What the rest of the project needs of a store."""

    def select(self, query: str) -> list[Row]:
        """Answer the rows of a SELECT query, each value as its plain text."""
        ...

    def answer(self, query: str, results: str, graph: str) -> Answer:
        """Answer any query in a media type: `results` for rows, `graph` for triples."""
        ...


class EmbeddedStore:
    """Oxigraph, in memory or in a folder; queries see all graphs as one."""

    def __init__(self, engine: Engine | None = None) -> None:
        """Wrap an engine; a new one in memory where none is given."""
        self._engine = Engine() if engine is None else engine

    @classmethod
    def on_disk(cls, folder: Path, *, read_only: bool) -> EmbeddedStore:
        """Open a store in a folder; any number of readers may open a finished build read-only."""
        try:
            return cls(Engine.read_only(str(folder)) if read_only else Engine(str(folder)))
        except (OSError, RuntimeError) as error:
            told = " ".join(str(error).split()).rstrip(".")
            message = f"The store in {folder} cannot be opened: {told}. Name a whole one."
            raise StoreUnavailable(message) from error

    def add(self, ntriples: bytes, graph: str) -> None:
        """Add triples to a named graph."""
        self._engine.bulk_load(ntriples, RdfFormat.N_TRIPLES, to_graph=NamedNode(graph))

    def copy_from(self, other: EmbeddedStore, graphs: Iterable[str]) -> None:
        """Take over whole named graphs of another store."""
        for name in graphs:
            self.add(other.triples(name), name)

    def triples(self, graph: str) -> bytes:
        """Answer a named graph as N-Triples."""
        return self._engine.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(graph)) or b""

    def remove(self, subjects: Iterable[str]) -> None:
        """Take out everything that is said of some subjects."""
        for subject in subjects:
            for quad in list(self._engine.quads_for_pattern(NamedNode(subject), None, None)):
                self._engine.remove(quad)

    def remove_pointing(self, kind: str, predicate: str, targets: Iterable[str]) -> None:
        """Take out all things of a class that point to one of some targets by a predicate."""
        for target in targets:
            things = f"?thing a dep:{kind} ; dep:{predicate} <{target}> ; ?said ?value"
            taken = "GRAPH ?graph { ?thing ?said ?value }"
            update = f"DELETE {{ {taken} }} WHERE {{ GRAPH ?graph {{ {things} }} }}"
            self._engine.update(update, prefixes=PREFIXES)

    def dump(self, file: Path) -> None:
        """Write the whole store to a file of N-Quads."""
        self._engine.dump(str(file), RdfFormat.N_QUADS)

    def load(self, file: Path) -> None:
        """Read a file of N-Quads that a store has written; what it holds is not checked again."""
        self._engine.bulk_load(path=str(file), format=RdfFormat.N_QUADS, lenient=True)

    def flush(self) -> None:
        """Make sure that what was written is on the disk."""
        self._engine.flush()
        self._engine.optimize()

    def __len__(self) -> int:
        """Answer the number of statements."""
        return len(self._engine)

    def select(self, query: str) -> list[Row]:
        """Answer the rows of a SELECT query, each value as its plain text."""
        solutions = self._run(query)
        if not isinstance(solutions, QuerySolutions):
            message = "This is not a SELECT query."
            raise WrongUse(message)
        names = [variable.value for variable in solutions.variables]
        return [dict(zip(names, map(_plain, row), strict=True)) for row in solutions]

    def answer(self, query: str, results: str, graph: str) -> Answer:
        """Answer any query in a media type: `results` for rows, `graph` for triples."""
        found = self._run(query)
        if isinstance(found, QueryTriples):
            prefixes = PREFIXES if graph in {"text/turtle", "application/rdf+xml"} else None
            form = GRAPH_FORMATS[graph]
            body = _serialise_graph(found, form, prefixes)
            return Answer(body, graph)
        if isinstance(found, QueryBoolean) and results.startswith("text/"):
            return Answer(b"true\n" if found else b"false\n", results)
        return Answer(found.serialize(format=RESULT_FORMATS[results]) or b"", results)

    def _run(self, query: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        try:
            return self._engine.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
        except SyntaxError as error:
            message = f"The query is not valid SPARQL: {error}"
            raise WrongUse(message) from error


def _serialise_graph(
    triples: QueryTriples, form: RdfFormat, prefixes: dict[str, str] | None
) -> bytes:
    from pyoxigraph import serialize

    ordered = sorted(triples, key=str)
    return serialize(ordered, format=form, prefixes=prefixes) or b""


def _plain(term: object) -> str | None:
    if isinstance(term, (NamedNode, Literal, BlankNode)):
        return term.value
    return None if term is None or isinstance(term, DefaultGraph) else str(term)
