"""Tables as lines of text: aligned and uncut in a pipe, fitted to the width of a terminal."""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

GAP = "  "
LONGEST_CELL = 44
NARROWEST = 20


@dataclass(frozen=True)
class Table:
    """A table with a header; the title may be empty."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def aligned(table: Table) -> Iterator[str]:
    """Answer a table with one line for each row, however long."""
    if table.title:
        yield table.title
    widths = _widths(table)
    for row in (table.header, *table.rows):
        yield _joined(row, widths)


def fitted(table: Table, width: int) -> Iterator[str]:
    """Answer a table for a terminal: what does not fit beside stands below its row, uncut."""
    if table.title:
        yield table.title
    widths = _widths(table)
    beside = _beside(widths, width)
    kept = [widths[number] for number in beside]
    yield _joined([table.header[number] for number in beside], kept)
    for row in table.rows:
        yield _joined([row[number] for number in beside], kept)
        for number, name in enumerate(table.header):
            if number not in beside and row[number]:
                yield from folded(f"    {name}: {row[number]}", width)


def folded(line: str, width: int) -> list[str]:
    """Answer a line as several, broken between words only, those after the first set in."""
    indent = " " * (len(line) - len(line.lstrip(" ")))
    return textwrap.wrap(
        line.strip(),
        max(width, NARROWEST),
        initial_indent=indent,
        subsequent_indent=f"{indent}  " if indent else "",
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def _beside(widths: Sequence[int], width: int) -> list[int]:
    """Answer which columns stand beside each other: all, or the short ones as far as they fit."""
    found = list(range(len(widths)))

    def room() -> int:
        return sum(widths[number] for number in found) + len(GAP) * (len(found) - 1)

    if room() <= width:
        return found
    found = [number for number in found if number == 0 or widths[number] <= LONGEST_CELL]
    while room() > width and len(found) > 1:
        found.remove(max(found[1:], key=lambda number: widths[number]))
    return found


def _widths(table: Table) -> list[int]:
    columns: Iterable[Sequence[str]] = zip(table.header, *table.rows, strict=True)
    return [max(map(_width, column)) for column in columns]


def _joined(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True))
    return GAP.join(padded).rstrip()


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(letter) in {"W", "F"} for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)
