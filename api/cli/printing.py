"""How answers are written: text and tables for people, CSV and JSON for programs."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from api.cli.layout import Table, aligned, fitted, folded
from graph.errors import WrongUse
from graph.render.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from api.answers.shapes import Tail

# Controls that a terminal obeys and marks that reorder text; tab, line feed and return stay.
UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


@dataclass(frozen=True)
class Sheet:
    """What of an answer goes into CSV: fixed columns, and the lists that fill them."""

    columns: tuple[str, ...]
    lists: Sequence[Sequence[object]]


Block = str | Table


def deliver(form: str, answer: object, sheet: Sheet, text: Callable[[], Iterable[Block]]) -> None:
    """Write an answer in the form that was asked for."""
    if form == "json":
        write_json(answer)
    elif form == "csv":
        write_csv(sheet)
    else:
        write_text(text())


def write_text(blocks: Iterable[Block]) -> None:
    """Write lines and tables for a person, fitted to the terminal if there is one."""
    width = get_terminal_size().columns if sys.stdout.isatty() else None
    for block in blocks:
        for line in _lines(block, width):
            sys.stdout.write(f"{line}\n")


def _lines(block: Block, width: int | None) -> Iterable[str]:
    if isinstance(block, Table):
        harmless = _harmless(block)
        return fitted(harmless, width) if width else aligned(harmless)
    indent = len(block) - len(block.lstrip(" "))
    line = " " * indent + plain(block)
    return folded(line, width) if width else [line]


def write_json(answer: object) -> None:
    """Write an answer as JSON, the same as over HTTP."""
    from api.answers.plain import as_plain

    write_values(as_plain(answer))


def write_values(values: object) -> None:
    """Write plain values as JSON."""
    text = json.dumps(values, ensure_ascii=False, indent=1)
    _send(UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n")


def write_csv(sheet: Sheet) -> None:
    """Write lists of answer dataclasses as CSV with fixed columns, also where they are empty."""
    from api.answers.plain import table

    rows: list[list[str]] = []
    for some in sheet.lists:
        header, found = table(some)
        named = (dict(zip(header, row, strict=True)) for row in found)
        rows += [[row.get(column, "") for column in sheet.columns] for row in named]
    write_rows(sheet.columns, rows)


def write_rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write rows of text as CSV."""
    from api.answers.plain import as_csv

    _send(UNSAFE.sub("\ufffd", as_csv(columns, rows)))


def write_bytes(body: bytes) -> None:
    """Write what another program made: unchanged into a pipe, without controls on a terminal."""
    if sys.stdout.isatty():
        body = UNSAFE.sub("\ufffd", body.decode("utf-8", "replace")).encode()
    sys.stdout.flush()
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()


def save(body: bytes, output: Path) -> None:
    """Write a file that the user named, and say how large it is."""
    try:
        output.write_bytes(body)
    except OSError as error:
        message = f"{output} cannot be written: {error.strerror}. Name another file."
        raise WrongUse(message) from error
    write_text([f"{output}: {len(body)} bytes"])


def footer(tail: Tail) -> list[Block]:
    """Answer the last lines of an answer: its notes, and which data it rests on."""
    return ["", *tail.notes, f"Data version {tail.data_version}"]


def _send(text: str) -> None:
    # Programs expect UTF-8 whatever the language of the terminal is.
    write_bytes(text.encode())


def _harmless(table: Table) -> Table:
    rows = [tuple(map(plain, row)) for row in table.rows]
    return Table(plain(table.title), tuple(map(plain, table.header)), rows)
