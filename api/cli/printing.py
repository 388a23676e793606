"""How answers are written: text and tables for people, CSV and JSON for programs."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from graph.render.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from api.answers.shapes import Tail

GAP = "  "
# Controls that a terminal obeys and marks that reorder text; tab, line feed and return stay.
UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


@dataclass(frozen=True)
class Table:
    """A table with a header; the title may be empty."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


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
    """Write lines and tables for a person; on a terminal tables take its width."""
    on_terminal = sys.stdout.isatty()
    for block in blocks:
        if isinstance(block, str):
            indent = len(block) - len(block.lstrip(" "))
            _say(" " * indent + plain(block))
        elif on_terminal:
            from api.cli.boxes import draw

            draw(_harmless(block))
        else:
            _say(*_aligned(_harmless(block)))


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
    out = click.get_binary_stream("stdout")
    out.write(body)
    out.flush()


def footer(tail: Tail) -> list[Block]:
    """Answer the last lines of an answer: which data it rests on."""
    return ["", f"Data version {tail.data_version}"]


def _send(text: str) -> None:
    # Programs expect UTF-8 whatever the language of the terminal is.
    write_bytes(text.encode())


def _say(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def _harmless(table: Table) -> Table:
    rows = [tuple(map(plain, row)) for row in table.rows]
    return Table(plain(table.title), tuple(map(plain, table.header)), rows)


def _aligned(table: Table) -> Iterable[str]:
    rows = (table.header, *table.rows)
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    if table.title:
        yield table.title
    for row in rows:
        padded = (cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True))
        yield GAP.join(padded).rstrip()


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(letter) in {"W", "F"} for letter in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))
