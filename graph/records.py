"""The record as it lies in the files, read into RDF, with the place of each statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import Graph, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax

from graph.errors import BrokenRecord, Fault
from graph.tables import Statement, as_graph, read_table, tables
from graph.votes import TABLE, Ballot, read_ballots
from ontology.files import CODES, RECORDS, SCHEMA, files_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rdflib.term import Identifier


@dataclass(frozen=True)
class Record:
    """The ontology and the records as graphs, and where each thing is written."""

    ontology: Graph
    records: Graph
    triple_places: Mapping[tuple[Identifier, Identifier, Identifier], str]
    places: Mapping[Identifier, str]
    ballots: tuple[Ballot, ...] = ()

    def place(self, subject: Identifier, triple: tuple[Identifier, ...] | None = None) -> str:
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
    for table in tables(folder):
        if table.path == folder / TABLE:
            continue
        for item in read_table(table, folder):
            (faults if isinstance(item, Fault) else statements).append(item)  # type: ignore[arg-type]
    graph = as_graph(statements)
    places: dict[Identifier, str] = {}
    for statement in statements:
        places.setdefault(statement.triple[0], statement.place)
    for path in files_in(folder, ".ttl"):
        try:
            places |= _read_turtle(path, path.relative_to(folder).as_posix(), graph)
        except BrokenRecord as error:
            faults += error.faults
    ballots = tuple(read_ballots(folder))
    faults += [item for item in ballots if isinstance(item, Fault)]
    if faults:
        raise BrokenRecord(faults)
    votes = tuple(item for item in ballots if isinstance(item, Ballot))
    return Record(read_ontology(), graph, {s.triple: s.place for s in statements}, places, votes)


def read_ontology() -> Graph:
    """Answer the schema and the code lists as one graph."""
    graph = Graph()
    for path in (*files_in(SCHEMA, ".ttl"), *files_in(CODES, ".ttl")):
        graph.parse(path, format="turtle")
    return graph


def _read_turtle(path: Path, name: str, into: Graph) -> dict[Identifier, str]:
    graph = Graph()
    try:
        text = path.read_text(encoding="utf-8")
        graph.parse(data=text, format="turtle")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenRecord([Fault(f"{name}:1", f"the file is not UTF-8 text: {error}")]) from error
    except BadSyntax as error:
        line = getattr(error, "lines", 0) + 1
        hint = "a statement ends with a full stop, a string with a quotation mark"
        message = f"this is not valid Turtle ({_first_line(error)}); {hint}"
        raise BrokenRecord([Fault(f"{name}:{line}", message)]) from error
    into += graph
    return dict(_subject_lines(graph, text, name))


def _first_line(error: BadSyntax) -> str:
    return re.sub(r"\s+", " ", str(getattr(error, "_why", "bad syntax")))[:120]


def _subject_lines(graph: Graph, text: str, name: str) -> Iterator[tuple[Identifier, str]]:
    """Find the line on which each subject is written, by its prefixed name at a line's start."""
    starts = {line.split(maxsplit=1)[0]: n for n, line in _subject_starts(text)}
    for subject in set(graph.subjects()):
        if isinstance(subject, URIRef):
            short = subject.n3(graph.namespace_manager)
            line = starts.get(short) or starts.get(subject.n3(), 1)
            yield subject, f"{name}:{line}"


def _subject_starts(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line[:1].strip() and not line.startswith(("@", "#")):
            yield number, line
