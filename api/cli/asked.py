"""What every reading command is asked: which day, what was known, which form, which record."""

from __future__ import annotations

import functools
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.dates import parse_day, today
from ontology.files import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from api.answers.view import Library, View

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FORMATS = ("table", "csv", "json")

ON = click.option("--on", metavar="DAY", help="State of the world on that day; today if not given.")
KNOWN = click.option("--known", metavar="DAY", help="Only what was public on that day.")
RECORD = click.option(
    "--records",
    type=FOLDER,
    envvar="DEPOSITARY_RECORDS",
    default=RECORDS,
    hidden=True,
    help="Another folder of records.",
)


def form(formats: Sequence[str] = FORMATS) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Answer the option that chooses the form of the answer."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How the answer is written.",
    )


@dataclass(frozen=True)
class Asked:
    """The options that the reading commands share."""

    on: date
    known: date | None
    form: str
    records: Path
    day_given: bool

    def view(self) -> View:
        """Answer the data as it is asked for; the first call builds it and says so."""
        return open_library(self.records).view(self.on, self.known, day_given=self.day_given)


def reading(answer: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of all reading commands, as one value before its own."""

    @ON
    @KNOWN
    @form()
    @RECORD
    @functools.wraps(answer)
    def command(
        on: str | None, known: str | None, form: str, records: Path, **rest: object
    ) -> None:
        asked = Asked(
            parse_day(on) if on is not None else today(),
            parse_day(known) if known is not None else None,
            form,
            records,
            on is not None,
        )
        answer(asked, **rest)

    return command


def open_library(records: Path) -> Library:
    """Answer the data of a record, built now if it has changed since the last call."""
    from api.answers.view import Library
    from graph.build import open_build

    return Library(open_build(records, report=_say_once))


def _say_once(step: str, number: int, total: int) -> None:  # noqa: ARG001 - a build's report
    if number == 0:
        message = "depositary: building the record, once until it changes; this takes some seconds"
        print(message, file=sys.stderr, flush=True)  # noqa: T201
