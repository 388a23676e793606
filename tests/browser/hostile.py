"""A record full of text that would like to run, to reorder its line, or to leave its place."""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING

from tests.record_files import change, rows_of

if TYPE_CHECKING:
    from pathlib import Path

RUN = "</script><script>document.title='pwned'</script>"
IMAGE = "\"><img src=x onerror=document.title='pwned'>"
LINK = "<a href=javascript:document.title='pwned'>"
REVERSED = "\u202edetrever\u202c"


def poisoned(template: Path, record: Path) -> Path:
    """Copy a record and put text that would like to run into every kind of place."""
    shutil.copytree(template, record)
    everything = f"{RUN} {IMAGE} {LINK} {REVERSED}"
    _put(record / "states.csv", "name", everything, {"pol", "usa", "ukr"})
    _put(record / "organisations.csv", "name", everything, {"22msp"})
    sources = {"untc-2026-02-03", "act-2026-01", "mondiale-untc-2026"}
    for column in ("title", "publisher", "note"):
        _put(record / "sources.csv", column, everything, sources)
    address = "https://example.org/?'onmouseover='document.title=1'&href"
    _put(record / "sources.csv", "url", address, {"act-2026-01"})
    _put(record / "steps.csv", "summary", everything, {"pol-ottawa-act", "ukr-ottawa-law"})
    _put(record / "expressions.csv", "summary", everything, {"pol-ottawa-withdrawal-announcement"})
    _put(record / "actions" / "ottawa.csv", "note", everything, {"pol-ottawa-withdrawal"})
    quoted = everything.replace('"', '\\"')
    for file, text in (
        ("policies/usa.ttl", "Landmine memorandum of the United States Secretary of Defense"),
        ("policies/usa.ttl", "Use without limits of place"),
        ("policies/usa.ttl", "Known from press reports."),
        ("treaties/ottawa.ttl", "Anti-Personnel Mine Ban Convention"),
        ("treaties/ottawa.ttl", "Article 20(3)"),
    ):
        change(record / file, text, f"{text} {quoted}")
    return record


def _put(table: Path, column: str, text: str, which: set[str]) -> None:
    """Add a text to a column of the rows whose first cell is one of some names."""
    rows = rows_of(table)
    found = [row for row in rows if next(iter(row.values())) in which]
    assert found, f"{which} is not in {table.name}"
    for row in found:
        row[column] = text if column == "url" else f"{row[column]} {text}".strip()
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
