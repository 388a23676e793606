"""Tables as text: nothing is lost at any width, and words in place of codes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from api.cli.layout import Table, aligned, fitted, folded
from api.cli.words import day, number

CELL = st.text(st.characters(codec="ascii", categories=("L", "N", "Pd")), min_size=1, max_size=70)
ROWS = st.lists(st.tuples(CELL, CELL, CELL), max_size=5)


@given(ROWS, st.integers(1, 200))
def test_no_word_is_cut_at_any_width(rows: list[tuple[str, str, str]], width: int) -> None:
    text = "\n".join(fitted(Table("Title", ("A", "B", "C"), rows), width))
    words = text.split()
    assert all(cell in words for row in rows for cell in row)


@given(ROWS)
def test_a_pipe_gets_one_line_for_each_row(rows: list[tuple[str, str, str]]) -> None:
    lines = list(aligned(Table("", ("A", "B", "C"), rows)))
    assert [tuple(line.split()) for line in lines] == [("A", "B", "C"), *rows]


def test_columns_stay_aligned_beside_accents_and_wide_letters() -> None:
    rows = [("Cote\u0301", "x"), ("日本", "x"), ("abcd", "x")]
    lines = list(aligned(Table("", ("Name", "B"), rows)))
    assert lines == ["Name  B", "Cote\u0301  x", "日本  x", "abcd  x"]


def test_a_long_column_stands_below_its_row_on_a_terminal() -> None:
    table = Table("", ("State", "Sources"), [("Poland", "one-source " * 8)])
    assert list(fitted(table, 60)) == [
        "State",
        "Poland",
        "    Sources: one-source one-source one-source one-source",
        "      one-source one-source one-source one-source",
    ]


def test_an_empty_line_stays_one() -> None:
    assert folded("", 80) == [""]


def test_days_known_in_part_have_words() -> None:
    assert day("2026-01-12/..") == "not before 2026-01-12"
    assert day("../2025-12-02") == "by 2025-12-02"
    assert day("2025-07-01/2025-07-31") == "2025-07"
    assert day("2026-01-01/2026-12-31") == "2026"
    assert day(None) == ""


def test_none_is_no_state() -> None:
    counts = [number(n, "state", "states") for n in (0, 1, 2)]
    assert counts == ["no state", "1 state", "2 states"]
