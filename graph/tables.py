"""Tables to RDF, by the CSV on the Web metadata that lies beside them.

Read: `csv-metadata.json` of a folder, in the vocabulary of the W3C recommendations "Metadata
Vocabulary for Tabular Data" and "Generating RDF from Tabular Data on the Web", as far as our tables
need it. One thing goes beyond: a column of the datatype EDTF level 1 whose cell is not a full day
becomes the two properties `notEarlierThan` and `notLaterThan` of the same subject. A column of the
datatype EDTF, without a level, keeps the text as it is.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rdflib import XSD, Graph, Literal, URIRef

from graph.dates import parse_day, parse_span
from graph.errors import BrokenRecord, Fault, WrongUse
from ontology.terms import DEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from rdflib.term import Identifier

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF-level"
EDTF_TEXT = "http://id.loc.gov/datatypes/edtf/EDTF"
NUMBER = re.compile(r"0|[1-9]\d*", re.ASCII)
TEMPLATE = re.compile(r"\{(\+?)(\w+)\}")
SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
PATH = re.compile(r"[a-z]+/[A-Za-z0-9][A-Za-z0-9-]*")
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
YEARS = range(1600, 2200)
# The same few things, days and templates recur in tens of thousands of cells.
CACHED = 1 << 16
PARTIAL_DAYS = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


@dataclass(frozen=True)
class Column:
    """One column of a table, real or virtual, and the statement that its cells make."""

    name: str
    about: str
    property: str | None = None
    value: str | None = None
    datatype: str = "string"
    language: str | None = None
    separator: str | None = None
    required: bool = False
    virtual: bool = False


@dataclass(frozen=True)
class Table:
    """One table, its columns, and the columns that together name a row."""

    path: Path
    columns: tuple[Column, ...]
    key: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """One triple and the file and line that make it."""

    triple: tuple[URIRef, URIRef, Identifier]
    place: str


def tables(folder: Path) -> tuple[Table, ...]:
    """Answer the tables that the metadata files of a folder and of those below it describe."""
    return tuple(
        _table(folder, path.parent, entry)
        for path in sorted(folder.rglob("csv-metadata.json"))
        for entry in _json(folder, path)["tables"]
    )


def _json(folder: Path, path: Path) -> Any:  # noqa: ANN401
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        name = path.relative_to(folder).as_posix()
        fault = Fault(f"{name}:{error.lineno}", f"this is not valid JSON: {error.msg}")
        raise BrokenRecord([fault]) from error


def read_table(table: Table, folder: Path) -> Iterator[Statement | Fault]:
    """Answer every statement of a table; what is wrong comes as faults, row by row."""
    name = table.path.relative_to(folder).as_posix()
    try:
        text = table.path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        yield Fault(f"{name}:1", f"the table cannot be read as UTF-8 text: {error}")
        return
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    expected = [c.name for c in table.columns if not c.virtual]
    try:
        if list(reader.fieldnames or ()) != expected:
            yield Fault(f"{name}:1", f"the first line has to read {','.join(expected)}")
            return
        yield from _rows(table, reader, name)
    except csv.Error as error:
        yield Fault(f"{name}:{reader.line_num + 1}", f"the row is not valid CSV: {error}")


def _rows(table: Table, reader: csv.DictReader[str], name: str) -> Iterator[Statement | Fault]:
    seen: dict[tuple[str, ...], str] = {}
    for row in reader:
        place = f"{name}:{reader.line_num}"
        if None in row or None in row.values():
            yield Fault(place, f"the row needs {len(reader.fieldnames or ())} cells; see line 1")
            continue
        key = tuple(row[column] for column in table.key)
        if key in seen:
            same = f"the same {' and '.join(table.key)} stand on {seen[key]}; one row each"
            yield Fault(place, same)
        seen[key] = place
        yield from _row(table.columns, row, place)


def _row(
    columns: Iterable[Column], row: Mapping[str, str], place: str
) -> Iterator[Statement | Fault]:
    for column in columns:
        try:
            for triple in _triples(column, row):
                yield Statement(triple, place)
        except WrongUse as error:
            yield Fault(place, f"column {column.name}: {error}")


def _triples(column: Column, row: Mapping[str, str]) -> Iterator[tuple[URIRef, URIRef, Identifier]]:
    cell = "" if column.virtual else row[column.name]
    if not column.virtual and cell != cell.strip():
        message = f"{cell!r} begins or ends with a space; take it out"
        raise WrongUse(message)
    if column.required and not cell:
        message = "the cell is empty; it has to be filled in"
        raise WrongUse(message)
    if column.property is None or not (cell or column.virtual):
        return
    subject = _node(_expand(column.about, row))
    for part in cell.split(column.separator) if column.separator else [cell]:
        for name, value in _values(column, row, part):
            yield subject, _node(name), value


def _values(column: Column, row: Mapping[str, str], cell: str) -> Iterator[tuple[str, Identifier]]:
    name = str(column.property)
    if column.value:
        yield name, _node(_expand(column.value, {**row, column.name: cell} if cell else row))
    elif column.datatype.startswith(EDTF):
        yield from _days(name, cell, bounds=column.datatype.endswith("1"))
    elif column.datatype == "date":
        yield name, _date(parse_day(cell))
    elif column.datatype == "integer":
        yield name, _number(cell)
    elif column.datatype == EDTF_TEXT:
        parse_span(cell)
        yield name, Literal(cell, datatype=URIRef(EDTF_TEXT))
    elif column.datatype == "boolean":
        if cell != "yes":
            message = f"{cell!r} is not allowed; write yes or leave the cell empty"
            raise WrongUse(message)
        yield name, Literal("true", datatype=XSD.boolean)
    else:
        yield name, _text(column, cell)


def _text(column: Column, cell: str) -> Literal:
    """Read a cell as it stands, in its language or of its XML Schema datatype."""
    if not column.datatype.startswith(str(XSD)):
        return Literal(cell, lang=column.language)
    value = Literal(cell, datatype=URIRef(column.datatype))
    if value.ill_typed:
        message = f"{cell!r} is not of the type {column.datatype.removeprefix(str(XSD))}"
        raise WrongUse(message)
    return value


def _number(cell: str) -> Literal:
    if not NUMBER.fullmatch(cell):
        message = f"{cell!r} is not a number; write digits only, for example 1500"
        raise WrongUse(message)
    return Literal(cell, datatype=XSD.integer)


def _days(name: str, cell: str, *, bounds: bool) -> Iterator[tuple[str, Identifier]]:
    span = parse_span(cell)
    if span.day and "/" not in cell:
        yield name, _date(span.day)
    elif bounds:
        for term, day in ((DEP.notEarlierThan, span.earliest), (DEP.notLaterThan, span.latest)):
            if day:
                yield str(term), _date(day)
    elif "/" in cell:
        message = f"{cell!r} is not a day, month or year; write for example 2025-12"
        raise WrongUse(message)
    else:
        yield name, Literal(cell, datatype=PARTIAL_DAYS[len(cell)])


@lru_cache(maxsize=CACHED)
def _node(address: str) -> URIRef:
    return URIRef(address)


@lru_cache(maxsize=CACHED)
def _date(day: date) -> Literal:
    if day.year not in YEARS:
        message = f"{str(day)!r} stands for no day of a treaty; leave out a day that is not known"
        raise WrongUse(message)
    return Literal(day.isoformat(), datatype=XSD.date)


def _expand(template: str, row: Mapping[str, str]) -> str:
    """Fill the cells of a row into a URL template (RFC 6570, levels 1 and 2)."""
    names = _names(template)
    return template if not names else _fill(template, tuple(row[name] for name in names))


@lru_cache(maxsize=CACHED)
def _names(template: str) -> tuple[str, ...]:
    return tuple(match[2] for match in TEMPLATE.finditer(template))


@lru_cache(maxsize=CACHED)
def _fill(template: str, cells: tuple[str, ...]) -> str:
    left = iter(cells)
    return TEMPLATE.sub(lambda m: _safe(next(left), m[1], m.string), template)


def _safe(cell: str, reserved: str, template: str) -> str:
    whole = template.startswith("{")
    allowed = (ADDRESS if whole else PATH) if reserved else SLUG
    if allowed.fullmatch(cell):
        return cell
    form = "an http or https address" if whole else "kind/slug, as state/pol" if reserved else None
    message = f"{cell!r} is not {form or 'a slug of letters, digits and hyphens'}"
    raise WrongUse(message)


def _table(folder: Path, beside: Path, entry: Mapping[str, Any]) -> Table:
    schema = entry["tableSchema"]
    if isinstance(schema, str):
        schema = _json(folder, beside / schema)
    columns = tuple(_column(schema["aboutUrl"], c) for c in schema["columns"])
    return Table(beside / entry["url"], columns, tuple(schema["primaryKey"]))


def _column(about: str, entry: Mapping[str, Any]) -> Column:
    datatype: str | dict[str, str] = entry.get("datatype", "string")
    return Column(
        entry["name"],
        entry.get("aboutUrl", about),
        entry.get("propertyUrl"),
        entry.get("valueUrl"),
        datatype["@id"] if isinstance(datatype, dict) else datatype,
        entry.get("lang"),
        entry.get("separator"),
        entry.get("required", False),
        entry.get("virtual", False),
    )


def as_graph(statements: Iterable[Statement]) -> Graph:
    """Answer the statements as one RDF graph."""
    graph = Graph(store="SimpleMemory")
    for statement in statements:
        graph.add(statement.triple)
    return graph
