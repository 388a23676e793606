"""The check: a sound record, faults with their places, and broken records elsewhere."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from tests.record_files import append, change

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.cli.conftest import Outcome

    Depositary = Callable[..., Outcome]


def test_the_record_is_sound(depositary: Depositary) -> None:
    outcome = depositary("check")
    assert outcome.code == 0, outcome.out
    *notices, summary = outcome.lines
    assert all(": notice: " in line for line in notices)
    assert "est-mission-un-2025-11-04" in outcome.out
    assert summary.endswith("notices, no faults.")
    assert " claims, " in summary


def test_a_fault_is_told_with_file_and_line(depositary: Depositary, small_record: Path) -> None:
    table = small_record / "actions" / "ottawa.csv"
    line = append(table, "pol-ottawa-withdrawal,pol,ottawa,withdrawal,no-such-source,,2025-08-20")
    outcome = depositary("check", str(small_record))
    assert outcome.code == 1
    assert outcome.lines[0].startswith(f"{table}:{line}: ")
    assert outcome.lines[-1].startswith("1 fault")


def test_all_faults_are_told_at_once(depositary: Depositary, small_record: Path) -> None:
    table = small_record / "actions" / "ottawa.csv"
    first = change(table, ",2025-08-20,", ",2025-08-32,")
    second = change(table, ",2025-06-27,", ",2025-13-27,")
    outcome = depositary("check", str(small_record))
    assert outcome.code == 1
    for line in (first, second):
        assert any(said.startswith(f"{table}:{line}: ") for said in outcome.lines)


def test_faults_come_as_csv_and_json(depositary: Depositary, small_record: Path) -> None:
    table = small_record / "actions" / "ottawa.csv"
    line = change(table, ",2025-08-20,", ",2025-08-32,")
    listed = depositary("check", str(small_record), "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(listed.out))
    assert (row["level"], row["file"], row["line"]) == ("fault", str(table), str(line))
    found = json.loads(depositary("check", str(small_record), "--format", "json").out)
    assert found["faults"] == [row]


def test_half_a_turtle_file_is_a_fault(depositary: Depositary, small_record: Path) -> None:
    file = small_record / "treaties" / "ottawa.ttl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: len(text) // 2], encoding="utf-8")
    outcome = depositary("check", str(small_record))
    assert outcome.code == 1
    assert "not valid Turtle" in outcome.out


def test_a_folder_without_a_record_is_a_fault(depositary: Depositary, tmp_path: Path) -> None:
    outcome = depositary("check", str(tmp_path))
    assert outcome.code == 1
    assert "no record here" in outcome.out


@pytest.mark.parametrize("command", ["left", "parties", "history"])
def test_a_broken_record_answers_nothing(
    depositary: Depositary, small_record: Path, command: str
) -> None:
    line = change(small_record / "actions" / "ottawa.csv", ",2025-08-20,", ",2025-08-32,")
    outcome = depositary(command, "ottawa", "--records", str(small_record))
    assert (outcome.code, outcome.out) == (1, "")
    assert f"depositary: actions/ottawa.csv:{line}: " in outcome.err


def test_another_record_can_be_named_in_the_environment(
    depositary: Depositary, small_record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPOSITARY_RECORDS", str(small_record))
    first = depositary("left", "ottawa", "--on", "2025-12-19")
    again = depositary("left", "ottawa", "--on", "2025-12-19")
    assert "2 have a withdrawal pending" in first.lines[0]
    assert first.err.count("building the record, once") == 1
    assert again.err == ""
    assert again.out == first.out


def test_hostile_labels_reach_no_terminal(depositary: Depositary, small_record: Path) -> None:
    change(small_record / "states.csv", ",Poland,", ",\x1b]0;owned\x07Po\x9b31m\u202eland,")
    for form in ("table", "csv", "json"):
        outcome = depositary("left", "ottawa", "--records", str(small_record), "--format", form)
        assert outcome.code == 0, outcome.err
        assert "land" in outcome.out
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(outcome.out)


def test_a_day_of_the_depositary_against_the_rule_is_a_fault(
    depositary: Depositary, small_record: Path
) -> None:
    table = small_record / "actions" / "ottawa.csv"
    line = change(table, ",2025-08-20,2025-08-26,2026-02-20,", ",2025-08-20,2025-08-26,2026-03-01,")
    outcome = depositary("check", str(small_record))
    assert outcome.code == 1
    (fault,) = [said for said in outcome.lines[:-1] if ": notice: " not in said]
    assert fault.startswith(f"{table}:{line}: pol-ottawa-withdrawal: effect on 2026-03-01")
    assert outcome.lines[-1].endswith("1 fault.")
