"""`depositary check`: every fault of a record with its place, then where sources differ."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.asked import FOLDER, form
from api.cli.examples import example
from api.cli.printing import write_rows, write_text, write_values
from api.cli.progress import progress
from api.cli.words import number
from graph.errors import BrokenRecord, Fault
from ontology.files import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.cli.progress import Progress
    from graph.records import Record

COLUMNS = ("level", "file", "line", "message")
STEPS = ("reading the record", "checking the record", "comparing rules and sources")


@dataclass(frozen=True)
class Report:
    """What is wrong in a record, what differs in it, and how much there is of it."""

    faults: tuple[Fault, ...]
    notices: tuple[Fault, ...] = ()
    claims: int = 0
    acts: int = 0
    sources: int = 0

    def __str__(self) -> str:
        """Give the last line of the check."""
        if not (self.claims or self.acts or self.sources):
            return f"{number(len(self.faults), 'fault', 'faults')}; nothing else was checked."
        counts = (
            number(self.claims, "claim", "claims"),
            number(self.acts, "act", "acts"),
            number(self.sources, "source", "sources"),
            number(len(self.notices), "notice", "notices"),
            number(len(self.faults), "fault", "faults").replace("no fault", "no faults"),
        )
        return f"{', '.join(counts)}."


@click.command(epilog=example("depositary check"))
@click.argument("folder", type=FOLDER, envvar="DEPOSITARY_RECORDS", default=RECORDS)
@form()
@click.pass_context
def check(context: click.Context, folder: Path, form: str) -> None:
    """Check all records; tell each fault with file and line.

    FOLDER is another record than the one that comes with the program. Where there is a
    fault the exit code is 1. Notices say where sources differ; they are no faults.
    """
    with progress(lines=False) as report:
        found = _report(folder, report)
    if form == "json":
        write_values(_values(found, folder))
    elif form == "csv":
        write_rows(COLUMNS, _rows(found, folder))
    else:
        write_text(_lines(found, folder))
    context.exit(1 if found.faults else 0)


def _report(folder: Path, report: Progress) -> Report:
    from graph.records import read_record
    from graph.validation import faults_of

    report(STEPS[0], 0, len(STEPS))
    try:
        record = read_record(folder)
        report(STEPS[1], 1, len(STEPS))
        if faults := faults_of(record):
            return Report(tuple(faults))
        report(STEPS[2], 2, len(STEPS))
        return _compared(record)
    except BrokenRecord as error:
        return Report(error.faults)


def _compared(record: Record) -> Report:
    """Compare computed with stated days in a sound record, and sources with each other."""
    from rdflib import RDF, URIRef

    from graph.build import implausible_faults, store_of
    from graph.derivation import derive
    from graph.disagreements import disagreements
    from graph.reader import read_model
    from ontology.terms import DEP

    model = read_model(store_of(record))
    derived = derive(model)
    found = disagreements(model, derived)
    placed = [(d.is_fault, Fault(record.place(URIRef(d.claim)), d.message)) for d in found]
    wrong = [fault for is_fault, fault in placed if is_fault]
    acts, claims, sources = (
        sum(1 for _ in record.records.subjects(RDF.type, kind))
        for kind in (DEP.TreatyAction, DEP.Claim, DEP.Source)
    )
    return Report(
        tuple(sorted([*wrong, *implausible_faults(record, model, derived)])),
        tuple(sorted(fault for is_fault, fault in placed if not is_fault)),
        claims,
        acts,
        sources,
    )


def _lines(found: Report, folder: Path) -> Iterator[str]:
    for level, file, line, message in _rows(found, folder):
        yield f"{file}:{line}: {'notice: ' if level == 'notice' else ''}{message}"
    yield str(found)


def _rows(found: Report, folder: Path) -> list[tuple[str, str, str, str]]:
    levels = (("fault", found.faults), ("notice", found.notices))
    return [
        (level, *_place(item, folder), item.message) for level, items in levels for item in items
    ]


def _values(found: Report, folder: Path) -> dict[str, object]:
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in _rows(found, folder)]
    return {
        "faults": [row for row in rows if row["level"] == "fault"],
        "notices": [row for row in rows if row["level"] == "notice"],
        "claims": found.claims,
        "acts": found.acts,
        "sources": found.sources,
    }


def _place(item: Fault, folder: Path) -> tuple[str, str]:
    """Answer the file as seen from the working folder, so that it can be opened, and the line."""
    file, _, line = item.place.rpartition(":")
    if not (folder / file).is_file():
        return file, line
    here, path = Path.cwd(), (folder / file).resolve()
    return str(path.relative_to(here) if path.is_relative_to(here) else path), line
