"""The record as it lies in the files, read into RDF, with the place of each statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import Graph, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax

from graph.errors import BrokenRecord, Fault
from graph.tables import ADDRESS, Statement, as_graph, read_table, tables
from graph.votes import TABLE, Ballot, read_ballots
from ontology.files import CODES, RECORDS, SCHEMA, files_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rdflib.term import Node


@dataclass(frozen=True)
class Record:
    """The ontology and the records as graphs, and where each thing is written."""

    ontology: Graph
    records: Graph
    triple_places: Mapping[tuple[Node, Node, Node], str]
    places: Mapping[Node, str]
    ballots: tuple[Ballot, ...] = ()

    def place(self, subject: Node, triple: tuple[Node, ...] | None = None) -> str:
        """Answer `file:line` of a triple, or of the first line about the subject."""
        if triple in self.triple_places:
            return self.triple_places[triple]  # type: ignore[index]
        return self.places.get(subject, "record:1")


def read_record(folder: Path = RECORDS) -> Record:
    """Read the record of a folder; raise BrokenRecord with every file that cannot be read."""
    if not (folder / "csv-metadata.json").is_file():
        message = "there is no record here: the file csv-metadata.json is missing"
        raise BrokenRecord([Fault(f"{folder}:1", message)])
    statements: list[Statement] = []
    faults: list[Fault] = []
    for item in _items(folder):
        (faults if isinstance(item, Fault) else statements).append(item)  # type: ignore[arg-type]
    graph = as_graph(statements)
    triple_places: dict[tuple[Node, Node, Node], str] = {s.triple: s.place for s in statements}
    places: dict[Node, str] = {}
    for statement in statements:
        places.setdefault(statement.triple[0], statement.place)
    for path in files_in(folder, ".ttl"):
        try:
            found, lines = _read_turtle(path, path.relative_to(folder).as_posix())
        except BrokenRecord as error:
            faults += error.faults
            continue
        graph += found
        places |= lines
        triple_places |= {t: lines[t[0]] for t in found if t[0] in lines}
    rows = tuple(read_ballots(folder))
    faults += [row for row in rows if isinstance(row, Fault)]
    if faults:
        raise BrokenRecord(faults)
    ballots = tuple(row for row in rows if isinstance(row, Ballot))
    return Record(read_ontology(), graph, triple_places, places, ballots)


def _items(folder: Path) -> Iterator[Statement | Fault]:
    """Answer what all tables but that of the votes say, which has a reader of its own."""
    for table in tables(folder):
        if table.path != folder / TABLE:
            yield from read_table(table, folder)


def read_ontology() -> Graph:
    """Answer the schema and the code lists as one graph."""
    graph = Graph()
    for path in (*files_in(SCHEMA, ".ttl"), *files_in(CODES, ".ttl")):
        graph.parse(path, format="turtle")
    return graph


def _read_turtle(path: Path, name: str) -> tuple[Graph, dict[Node, str]]:
    graph = Graph()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenRecord([Fault(f"{name}:1", f"the file is not UTF-8 text: {error}")]) from error
    try:
        graph.parse(data=text, format="turtle")
    except (BadSyntax, AssertionError, IndexError) as error:
        raise BrokenRecord([_syntax_fault(error, text, name)]) from error
    return graph, dict(_subject_lines(graph, text, name))


def _syntax_fault(error: Exception, text: str, name: str) -> Fault:
    """Say where the parser stopped; what is no BadSyntax is its stumbling over the end."""
    why, end = "the file ends within a statement", len(text.rstrip())
    if isinstance(error, BadSyntax):
        why = re.sub(r"\s+", " ", str(getattr(error, "_why", "bad syntax")))[:120]
        end = getattr(error, "_i", end)
    hint = "a statement ends with a full stop, a string with a quotation mark"
    line = text.count("\n", 0, end) + 1
    return Fault(f"{name}:{line}", f"this is not valid Turtle ({why}); {hint}")


def _subject_lines(graph: Graph, text: str, name: str) -> Iterator[tuple[Node, str]]:
    """Find the line on which each subject is written, by its prefixed name at a line's start."""
    starts = {line.split(maxsplit=1)[0]: n for n, line in _subject_starts(text)}
    for subject in set(graph.subjects()):
        if isinstance(subject, URIRef) and ADDRESS.fullmatch(subject):
            short = subject.n3(graph.namespace_manager)
            line = starts.get(short) or starts.get(subject.n3(), 1)
            yield subject, f"{name}:{line}"


def _subject_starts(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line[:1].strip() and not line.startswith(("@", "#")):
            yield number, line
