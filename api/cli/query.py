"""`depositary query`: SPARQL over the whole graph."""

from __future__ import annotations

import json
import signal
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

import click

from api.cli.asked import KNOWN, RECORD, form, open_library
from api.cli.examples import example
from api.cli.layout import Table
from api.cli.printing import write_bytes, write_text
from graph.dates import parse_day, today
from graph.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from graph.store import Answer

ROWS = {
    "table": "application/sparql-results+json",
    "json": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
}
TRIPLES = {
    "table": "text/turtle",
    "ttl": "text/turtle",
    "json": "application/ld+json",
    "xml": "application/rdf+xml",
}
FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")


@click.command(
    epilog=example(
        "depositary query -e 'SELECT ?name WHERE { ?state a dep:State ; skos:prefLabel ?name } "
        "ORDER BY ?name LIMIT 5'"
    )
)
@click.argument("file", type=click.File(encoding="utf-8"), required=False)
@click.option("-e", "--expression", "text", metavar="TEXT", help="The query itself.")
@KNOWN
@form(FORMATS)
@RECORD
def query(
    file: IO[str] | None, text: str | None, known: str | None, form: str, records: Path
) -> None:
    """Put a SPARQL query to the whole graph.

    The query is in FILE, in the standard input (-) or in TEXT; the usual prefixes are known.
    Rows come as table, csv, tsv, json or xml, triples as table (Turtle), ttl, json or xml.
    """
    from api.sandbox.tokens import refuse_unsafe

    question = _question(file, text)
    refuse_unsafe(question)
    seen = parse_day(known) if known is not None else None
    store = open_library(records).view(today(), seen).store
    with _stoppable():
        answer = store.answer(
            question, ROWS.get(form, "text/csv"), TRIPLES.get(form, "text/turtle")
        )
    _write(answer, form)


def _question(file: IO[str] | None, text: str | None) -> str:
    if (file is None) == (text is None):
        message = "Give the query either as a file (- is the standard input) or with -e TEXT."
        raise WrongUse(message)
    if text is not None or file is None:
        return text or ""
    try:
        return str(file.read())
    except UnicodeDecodeError as error:
        message = f"{file.name} is not UTF-8 text: {error.reason} at byte {error.start}."
        raise WrongUse(message) from error


@contextmanager
def _stoppable() -> Generator[None]:
    """Let the user interrupt while the engine works and Python cannot look."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _write(answer: Answer, form: str) -> None:
    has_triples = answer.media_type in TRIPLES.values()
    if form not in (TRIPLES if has_triples else ROWS):
        kind = "triples" if has_triples else "rows or yes and no"
        fitting = ", ".join(TRIPLES if has_triples else ROWS)
        message = f"This query answers {kind}, not written as {form}. Choose --format {fitting}."
        raise WrongUse(message)
    if form == "table" and not has_triples:
        write_text([_table(answer.body)])
    else:
        write_bytes(answer.body)


def _table(body: bytes) -> Table | str:
    found = json.loads(body)
    if "boolean" in found:
        return "yes" if found["boolean"] else "no"
    names = found["head"]["vars"]
    rows = [
        tuple(row.get(name, {}).get("value", "") for name in names)
        for row in found["results"]["bindings"]
    ]
    return Table("", tuple(names), rows)
