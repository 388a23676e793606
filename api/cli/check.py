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
    from collections.abc import Iterator, Sequence

    from graph.records import Record

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
    """Check the records in FOLDER, or those that come with the program.

    Each fault is told with its file and line, and the exit code is then 1. Notices say where
    sources differ; they are no faults.
    """
    with progress(lines=False) as report:
        found = _placed(_report(folder, report), folder)
    if form == "json":
        write_values(_values(found))
    elif form == "csv":
        write_rows(("level", "file", "line", "message"), list(_rows(found)))
    else:
        write_text(f"{level}{file}:{line}: {text}" for level, file, line, text in _lines(found))
        write_text([str(found)])
    context.exit(1 if found.faults else 0)
