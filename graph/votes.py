"""The votes of roll calls: their table is checked row by row and written as triples at once.

There are many votes and all are alike. So they do not pass through the general reader of tables and
the shapes; what those would find is looked for here, with file and line. The mapping to RDF is the
one that `votes/csv-metadata.json` states.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import DCTERMS, RDF, URIRef

from graph.dates import Span, parse_span
from graph.errors import Fault, WrongUse, nearest
from ontology.namespaces import CODE, ONTOLOGY, iri, slug
from ontology.terms import DEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from rdflib import Graph
    from rdflib.term import Node

TABLE = "votes/votes.csv"
COLUMNS = ["resolution", "state", "vote", "sources", "note"]
STANCES = ("for", "against", "abstain", "absent")
SPOKEN = {"yes": "for", "no": "against", "abstention": "abstain"}
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
QUOTED_FROM = "http://www.w3.org/ns/prov#wasQuotedFrom"
NOTE = "http://www.w3.org/2004/02/skos/core#note"
SUCCESSION = URIRef(f"{CODE}succession")
DAYS = (DEP.doneOn, DEP.notEarlierThan, DEP.notLaterThan)
ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})


@dataclass(frozen=True, slots=True)
class Ballot:
    """One row of the table: the vote of one state in one roll call."""

    resolution: str
    state: str
    stance: str
    sources: tuple[str, ...]
    note: str
    line: int

    @property
    def iri(self) -> str:
        """Answer the name of the vote."""
        return iri("vote", f"{self.resolution}-{self.state}")


@dataclass(frozen=True)
class _Known:
    """What the rest of the record says that a vote has to fit with."""

    days: Mapping[str, Span]
    births: Mapping[str, date]
    issued: Mapping[str, date]
    states: frozenset[str]
    sources: frozenset[str]


def read_ballots(folder: Path) -> Iterator[Ballot | Fault]:
    """Answer the rows of the table; what is no row comes as a fault."""
    path = folder / TABLE
    if not path.parent.is_dir():
        return
    try:
        reader = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), strict=True)
    except (OSError, UnicodeDecodeError) as error:
        yield Fault(f"{TABLE}:1", f"the table cannot be read as UTF-8 text: {error}")
        return
    try:
        if next(reader, None) != COLUMNS:
            yield Fault(f"{TABLE}:1", f"the first line has to read {','.join(COLUMNS)}")
            return
        yield from (_ballot(row, reader.line_num) for row in reader)
    except csv.Error as error:
        yield Fault(f"{TABLE}:{reader.line_num + 1}", f"the row is not valid CSV: {error}")


def _ballot(row: Sequence[str], line: int) -> Ballot | Fault:
    if len(row) != len(COLUMNS):
        return Fault(f"{TABLE}:{line}", f"the row needs {len(COLUMNS)} cells; see line 1")
    resolution, state, stance, sources, note = row
    return Ballot(resolution, state, stance, tuple(sources.split("|")), note, line)


def ballot_faults(ballots: Iterable[Ballot], records: Graph) -> Iterator[Fault]:
    """Find votes that cannot be: unknown names, doubled votes, states that did not exist."""
    known = _known(records)
    seen: dict[tuple[str, str], int] = {}
    for ballot in ballots:
        place = f"{TABLE}:{ballot.line}"
        for message in _messages(ballot, known):
            yield Fault(place, message)
        first = seen.setdefault((ballot.resolution, ballot.state), ballot.line)
        if first != ballot.line:
            same = f"{ballot.state} votes on {ballot.resolution} on {TABLE}:{first} already"
            yield Fault(place, f"{same}; one row for each state and resolution")


def _messages(ballot: Ballot, known: _Known) -> Iterator[str]:
    if ballot.stance not in STANCES:
        hint = SPOKEN.get(ballot.stance.strip().lower())
        what = f"write {hint}" if hint else f"write one of {', '.join(STANCES)}"
        yield f"column vote: {ballot.stance!r} is no vote; {what}"
    yield from _unknown("resolution", ballot.resolution, known.days)
    yield from _unknown("state", ballot.state, known.states)
    for source in ballot.sources:
        yield from _unknown("sources", source, known.sources)
    if len(set(ballot.sources)) != len(ballot.sources):
        yield "column sources: a source is named twice; name each once"
    if ballot.note != " ".join(ballot.note.split()):
        yield "column note: there is a stray space or line break; take it out"
    yield from _untimely(ballot, known)


def _unknown(column: str, name: str, known: Iterable[str]) -> Iterator[str]:
    if name not in known:
        near = nearest(name, known)
        hint = f"did you mean {' or '.join(near)}?" if near else "enter it first"
        yield f"column {column}: {name!r} is not in the record; {hint}"


def _untimely(ballot: Ballot, known: _Known) -> Iterator[str]:
    day = known.days.get(ballot.resolution, Span(None, None))
    birth = known.births.get(ballot.state)
    if birth and day.latest and day.latest < birth:
        yield f"{ballot.state} was no state before {birth}; the vote is of {day.latest}"
    for source in ballot.sources:
        issued = known.issued.get(source)
        if issued and day.earliest and issued < day.earliest:
            yield f"{source} was issued on {issued}, before the vote of {day.earliest}"


def _known(records: Graph) -> _Known:
    return _Known(
        {slug(str(r)): _days(records, r) for r in records.subjects(RDF.type, DEP.Resolution)},
        _births(records),
        _issued(records),
        _slugs(records, DEP.State),
        _slugs(records, DEP.Source),
    )


def _slugs(records: Graph, kind: Node) -> frozenset[str]:
    return frozenset(slug(str(thing)) for thing in records.subjects(RDF.type, kind))


def _days(records: Graph, resolution: Node) -> Span:
    """Answer the span of all days that sources give for a roll call."""
    claims = list(records.subjects(DEP.about, resolution))
    said = sorted(str(day) for c in claims for p in DAYS for day in records.objects(c, p))
    spans = [span for day in said if (span := _span(day))]
    return Span(spans[0].earliest, spans[-1].latest) if spans else Span(None, None)


def _span(text: str) -> Span | None:
    """Read a day; what is none is told by the shape of the thing that says so."""
    try:
        return parse_span(text)
    except WrongUse:
        return None


def _births(records: Graph) -> dict[str, date]:
    """Answer since when a state that succeeded to a treaty has existed, by its first succession."""
    days: dict[str, list[date]] = defaultdict(list)
    for act in records.subjects(DEP.actionType, SUCCESSION):
        state = slug(str(records.value(act, DEP.performedBy)))
        for claim in records.subjects(DEP.about, act):
            stated = records.objects(claim, DEP.effectiveOn)
            spans = [span for day in stated if (span := _span(str(day)))]
            days[state] += [span.earliest for span in spans if span.earliest]
    return {state: min(found) for state, found in days.items() if found}


def _issued(records: Graph) -> dict[str, date]:
    found = {
        slug(str(source)): span.latest
        for source, day in records.subject_objects(DCTERMS.issued)
        if (span := _span(str(day)))
    }
    return {source: day for source, day in found.items() if day}


def ballot_triples(ballots: Iterable[Ballot]) -> bytes:
    """Answer the votes as N-Triples."""
    return "".join(line for ballot in ballots for line in _lines(ballot)).encode()


def _lines(ballot: Ballot) -> Iterator[str]:
    vote = ballot.iri
    yield f"<{vote}> <{TYPE}> <{ONTOLOGY}Vote> .\n"
    yield f"<{vote}> <{ONTOLOGY}expressionType> <{CODE}vote> .\n"
    yield f"<{vote}> <{ONTOLOGY}towards> <{iri('resolution', ballot.resolution)}> .\n"
    yield f"<{vote}> <{ONTOLOGY}performedBy> <{iri('state', ballot.state)}> .\n"
    yield f"<{vote}> <{ONTOLOGY}stance> <{CODE}{ballot.stance}> .\n"
    for source in ballot.sources:
        yield f"<{vote}> <{QUOTED_FROM}> <{iri('source', source)}> .\n"
    if ballot.note:
        yield f'<{vote}> <{NOTE}> "{ballot.note.translate(ESCAPES)}"@en .\n'
