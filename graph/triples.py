"""Statements that are only to be written: a list, since nothing looks anything up in them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal as Written
from pyoxigraph import NamedNode
from rdflib import Literal, URIRef

if TYPE_CHECKING:
    from collections.abc import Iterator

# The same few days and things recur in tens of thousands of statements.
CACHED = 1 << 16

Triple = tuple[URIRef, URIRef, URIRef | Literal]


class Triples:
    """Triples in the order in which they were added; several times quicker than a graph."""

    def __init__(self) -> None:
        """Begin with none."""
        self._added: list[Triple] = []

    def add(self, triple: Triple) -> None:
        """Add one triple; one added twice is one statement to every reader."""
        self._added.append(triple)

    def __iter__(self) -> Iterator[Triple]:
        """Answer the triples."""
        return iter(self._added)

    def ntriples(self) -> bytes:
        """Answer the triples as N-Triples (W3C)."""
        lines = (f"{_term(s)} {_term(p)} {_term(o)} .\n" for s, p, o in self._added)
        return "".join(lines).encode()


@lru_cache(maxsize=CACHED)
def _term(term: URIRef | Literal) -> str:
    if isinstance(term, URIRef):
        return str(NamedNode(term))
    if term.language:
        return str(Written(str(term), language=term.language))
    return str(Written(str(term), datatype=NamedNode(term.datatype) if term.datatype else None))
