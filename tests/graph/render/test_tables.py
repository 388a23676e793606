"""Tables: the picture as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json

import pytest

from graph.render.layout import Node
from graph.render.neighbourhood import neighbourhood
from graph.render.picture import Link
from graph.render.tables import table, to_csv, to_json
from tests.graph.render.samples import frame, full_ring, hostile_star, star


def test_json_carries_the_frame_the_marks_and_the_links_with_their_sources() -> None:
    told = json.loads(to_json(star(8)))
    assert (told["on"], told["known"], told["data_version"]) == (
        "2026-03-01",
        "2026-03-02",
        "0f3a9c1",
    )
    assert len(told["marks"]) == 9
    assert told["links"][0]["sources"][0]["href"] == "https://example.org/notice"


def test_the_csv_of_a_ring_has_a_row_for_each_state() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(full_ring()))))
    estonia = next(row for row in rows if row["id"] == "EST")
    assert (estonia["name"], estonia["kind"], estonia["on"]) == (
        "Estonia",
        "formerParty",
        "2026-03-01",
    )
    assert len(rows) == 198


def test_the_csv_of_a_neighbourhood_has_a_row_for_each_link() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(star(8)))))
    assert rows[0]["from"] == "Poland"
    assert rows[0]["sources"] == "Depositary notice https://example.org/notice"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\u202e=", " ="])
def test_no_cell_is_taken_for_a_formula(start: str) -> None:
    nodes = [Node("a", f"{start}1+1", "step")]
    made = neighbourhood(
        frame(), Node("c", "Poland", "state"), nodes, [Link("c", "a", f"{start}2")]
    )
    cells = [cell for row in csv.reader(io.StringIO(to_csv(made))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_table_of_a_ring_lists_states_and_not_the_treaty() -> None:
    made = table(full_ring())
    assert made.columns[:4] == ("State", "Code", "Region", "Standing")
    assert len(made.rows) == 197


def test_hostile_addresses_are_not_offered_in_a_table() -> None:
    sources = [source for row in table(hostile_star()).rows for source in row.sources]
    assert sources
    assert not any(source.href for source in sources)
