"""Answers as plain values: dictionaries for JSON, rows for CSV and tables."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import asdict, fields, is_dataclass
from typing import TYPE_CHECKING, Any, cast

from api.answers.act_shapes import ClaimSaid
from api.answers.shapes import Named, SourceRef

if TYPE_CHECKING:
    from collections.abc import Sequence

MAIN_LISTS = (
    "withdrawals",
    "parties",
    "treaties",
    "states",
    "sources",
    "claims",
    "actions",
    "acts",
    "entries",
    "counts",
    "changes",
    "policies",
    "measures",
    "obligations",
    "components",
    "resolutions",
    "votes",
    "questions",
    "rows",
)
NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_plain(answer: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the answer dataclasses
    """Answer an answer as a dictionary; what its tail holds stands at its top level."""
    plain: dict[str, Any] = asdict(answer)
    tail: dict[str, Any] = plain.pop("tail", {})
    return plain | tail


def main_list(answer: Any) -> tuple[str, list[Any]]:  # noqa: ANN401
    """Answer the name of the list that an answer is about, and the list itself."""
    for name in MAIN_LISTS:
        found = getattr(answer, name, None)
        if isinstance(found, list):
            return name, list(cast("Sequence[Any]", found))
    return "answer", [answer]


def table(items: Sequence[Any]) -> tuple[list[str], list[list[str]]]:
    """Answer items of one kind as a header and rows of text.

    A thing with an identifier and a name becomes two columns, a list of things their identifiers.
    """
    rows = [_flat(item) for item in items]
    header = list(dict.fromkeys(name for row in rows for name in row))
    return header, [[row.get(name, "") for name in header] for row in rows]


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Answer rows as CSV (RFC 4180); no cell can be taken for a formula by a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return text.getvalue()


def _guarded(cell: str) -> str:
    harmless = NUMBER.fullmatch(cell) or not cell.startswith(FORMULA_STARTS)
    return cell if harmless else f"'{cell}"


def _flat(item: Any) -> dict[str, str]:  # noqa: ANN401
    cells: dict[str, str] = {}
    for field in fields(item):
        value, name = getattr(item, field.name), field.name
        if isinstance(value, Named):
            cells |= {name: value.id, f"{name}_name": value.name}
        elif is_dataclass(value) and not isinstance(value, SourceRef | type):
            inner = {f"{name}_{key}": cell for key, cell in _flat(value).items()}
            cells |= {name: inner.pop(f"{name}_id", "")} | inner
        elif sources := _sources(value):
            cells |= _by_agreement(name, sources)
        else:
            cells[name] = _text(value)
    return cells


def _sources(value: Any) -> list[SourceRef]:  # noqa: ANN401
    items = cast("Sequence[Any]", value) if isinstance(value, list) else ()
    return [item for item in items if isinstance(item, SourceRef)]


def _by_agreement(name: str, sources: Sequence[SourceRef]) -> dict[str, str]:
    """Keep the sources that say otherwise in a column of their own."""
    return {
        name: " ".join(s.id for s in sources if s.says != "contests"),
        f"{name}_contesting": " ".join(s.id for s in sources if s.says == "contests"),
    }


def _text(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, list):
        return " ".join(_text(part) for part in cast("Sequence[Any]", value))
    if isinstance(value, ClaimSaid):
        return value.source.id
    if is_dataclass(value):
        return str(getattr(value, "id", "") or getattr(value, "type", ""))
    return "" if value is None else str(value)
