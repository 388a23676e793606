"""Copies of the record for tests: cut down to a few states, and changed line by line."""

from __future__ import annotations

import csv
import re
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STATES = ("che", "est", "lbn", "mne", "pol", "ukr", "usa")
SPEAKERS = ("organisation/22msp", *(f"state/{state}" for state in STATES))


def cut_down(record: Path, folder: Path) -> Path:
    """Copy a record and keep only what concerns a few states under the Ottawa Convention."""
    shutil.copytree(record, folder)
    keep(folder / "states.csv", lambda row: row["state"] in STATES)
    for table in (*(folder / "actions").glob("*.csv"), folder / "steps.csv"):
        keep(table, lambda row: row["treaty"] == "ottawa" and row["state"] in STATES)
    keep(folder / "expressions.csv", lambda row: row["actor"] in SPEAKERS and _ottawa(row))
    for treaty in (folder / "treaties").glob("*.ttl"):
        if treaty.name not in {"ottawa.ttl", "general_law.ttl"}:
            treaty.unlink()
    _cut_context(folder)
    _drop_threshold(folder / "treaties" / "ottawa.ttl")
    used = _words(folder)
    keep(folder / "sources.csv", lambda row: row["id"] in used)
    return folder


def _ottawa(row: dict[str, str]) -> bool:
    return "ottawa" in row["towards"]


def _cut_context(folder: Path) -> None:
    """Keep the votes of the states in two roll calls, and what lies between the states."""
    roll_calls = ("a-res-54-54-b", "a-res-78-45", "a-c1-80-l-30")
    actors = {f"state/{state}" for state in STATES}
    votes, context, practice = folder / "votes", folder / "context", folder / "practice"
    keep(votes / "resolutions.csv", lambda row: row["resolution"] in roll_calls)
    keep(
        votes / "votes.csv",
        lambda row: row["resolution"] in roll_calls and row["state"] in STATES,
    )
    keep(context / "memberships.csv", lambda row: row["state"] in STATES)
    keep(context / "borders.csv", lambda row: {row["area"], row["other_area"]} <= actors)
    keep(practice / "practice.csv", lambda row: row["actor"] in actors)


def _drop_threshold(treaty: Path) -> None:
    """Take out the rule that needs forty consents; the stated day of entry into force stays."""
    text = treaty.read_text(encoding="utf-8")
    without = re.sub(
        r"^rule:ottawa-entry-into-force .*?^$\n", "", text, flags=re.MULTILINE | re.DOTALL
    )
    assert without != text
    treaty.write_text(without, encoding="utf-8")


def keep(table: Path, wanted: Callable[[dict[str, str]], bool]) -> None:
    """Write a table again with only the wanted rows."""
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or ()), [row for row in reader if wanted(row)]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def rows_of(table: Path) -> list[dict[str, str]]:
    """Answer the rows of a table."""
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def change(file: Path, old: str, new: str) -> int:
    """Replace the one place where `old` stands and answer the line of the change."""
    text = file.read_text(encoding="utf-8")
    before, found, after = text.partition(old)
    assert found, f"{old!r} is not in {file.name}"
    file.write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def append(file: Path, line: str) -> int:
    """Add a line at the end of a file and answer its number."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(f"{text}{line}\n", encoding="utf-8")
    return text.count("\n") + 1


def _words(folder: Path) -> set[str]:
    files = (p for p in folder.rglob("*") if p.suffix in {".csv", ".ttl"})
    texts = (p.read_text(encoding="utf-8") for p in files if p.name != "sources.csv")
    return {word for text in texts for word in re.split(r"[,:;|\s]+", text)}
