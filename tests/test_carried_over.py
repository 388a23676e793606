"""Every row of the research tables is in the record, or in the list of what was left out."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ontology.namespaces import ID

if TYPE_CHECKING:
    from graph.records import Record

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"\| `(?P<file>[\w.]+)` \| (?P<rows>[^|]+) \| (?P<why>[^|]+) \|")
ROWS = {
    "landmine_monitor_casualties.csv": 17,
    "land_borders_crosscheck.csv": 337,
    "news_2026.csv": 87,
    "org_memberships.csv": 432,
    "position_events.csv": 36,
    "stockpile_production_use.csv": 40,
    "unga_roll_calls_arms_control.csv": 62,
}


def carried() -> list[dict[str, str]]:
    """Answer which thing of the record a row of a research table became."""
    with (ROOT / "tests" / "data" / "carried_over.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def left_out(file: str) -> set[str]:
    """Answer the rows of a research table that were left out."""
    text = (ROOT / "docs" / "left-out.md").read_text(encoding="utf-8")
    rows = [m["rows"] for m in ROW.finditer(text) if m["file"] == file]
    return {row.strip() for cell in rows for row in cell.split(",")}


@pytest.mark.parametrize(("file", "number"), ROWS.items())
def test_every_row_is_carried_over_or_left_out_with_a_reason(file: str, number: int) -> None:
    entered = {row["row"] for row in carried() if row["file"] == file}
    out = left_out(file)
    assert entered & out == set()
    assert len(entered) + len(out) == number


def test_no_table_is_forgotten() -> None:
    assert {row["file"] for row in carried()} == set(ROWS)


def test_what_was_carried_over_is_in_the_record(record: Record) -> None:
    known = {str(thing) for thing in record.records.subjects()}
    known |= {ballot.iri for ballot in record.ballots}
    assert [row for row in carried() if f"{ID}{row['thing']}" not in known] == []


def test_every_omission_has_a_reason() -> None:
    text = (ROOT / "docs" / "left-out.md").read_text(encoding="utf-8")
    reasons = [m["why"].strip() for m in ROW.finditer(text)]
    assert reasons
    assert all(reason.endswith(".") for reason in reasons)
