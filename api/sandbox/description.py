"""What the endpoint says of itself: SPARQL 1.1 Service Description, as RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize

from graph.store import GRAPH_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XSD_INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
FORMATS = "http://www.w3.org/ns/formats/"
OFFERED = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
PREFIXES = {"sd": SD, "void": VOID, "format": FORMATS}

Node = NamedNode | BlankNode


def described(
    endpoint: str, counts: Mapping[str | None, int], media_type: str, *, union: bool
) -> bytes:
    """Answer the description; `counts` has the statements of each named graph, None for all.

    Without counts nothing is said of graphs.
    """
    triples = [*_service(endpoint, union=union), *_dataset(counts)]
    prefixes = PREFIXES if media_type in {"text/turtle", "application/rdf+xml"} else None
    return serialize(triples, format=GRAPH_FORMATS[media_type], prefixes=prefixes) or b""


def _service(endpoint: str, *, union: bool) -> Iterator[Triple]:
    service = BlankNode("service")
    yield Triple(service, RDF_TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(endpoint))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for name in OFFERED:
        yield Triple(service, _sd("resultFormat"), NamedNode(FORMATS + name))
    if union:
        yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield Triple(service, _sd("defaultDataset"), BlankNode("dataset"))


def _dataset(counts: Mapping[str | None, int]) -> Iterator[Triple]:
    dataset = BlankNode("dataset")
    yield Triple(dataset, RDF_TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), BlankNode("default"))
    if None in counts:
        yield from _graph(BlankNode("default"), counts[None])
    for number, (name, statements) in enumerate(counts.items()):
        if name is not None:
            named, graph = BlankNode(f"named{number}"), BlankNode(f"graph{number}")
            yield Triple(dataset, _sd("namedGraph"), named)
            yield Triple(named, RDF_TYPE, _sd("NamedGraph"))
            yield Triple(named, _sd("name"), NamedNode(name))
            yield Triple(named, _sd("graph"), graph)
            yield from _graph(graph, statements)


def _graph(graph: BlankNode, statements: int) -> Iterator[Triple]:
    yield Triple(graph, RDF_TYPE, _sd("Graph"))
    count = Literal(str(statements), datatype=XSD_INTEGER)
    yield Triple(graph, NamedNode(VOID + "triples"), count)


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)
