"""Text: harmless, measured, wrapped."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import day_in_words
from graph.render.text import advance, number, plain, web_address, wrapped


def test_controls_become_spaces_and_reordering_marks_vanish() -> None:
    assert plain("a\x00b\u202ec\u2066d\n\te\u200f") == "a bcd e"


def test_letters_of_every_script_stay() -> None:
    assert plain("Côte d'Ivoire لبنان Україна 日本") == "Côte d'Ivoire لبنان Україна 日本"


@given(st.text())
def test_what_is_plain_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(), st.floats(40, 400))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, room: float) -> None:
    lines = wrapped(text, 20, room)
    assert all(advance(line, 20) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == plain(text).replace(" ", "")


def test_too_many_lines_end_in_an_ellipsis() -> None:
    lines = wrapped("one two three four five", 20, 60, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")


def test_a_long_reference_breaks_at_its_joints() -> None:
    lines = wrapped("C.N.421.2025.TREATIES-XXVI-5", 17, 196, bold=True)
    assert lines == ["C.N.421.2025.", "TREATIES-XXVI-5"]


def test_a_day_is_written_out() -> None:
    assert day_in_words(date(2025, 12, 27)) == "27 December 2025"


def test_coordinates_carry_one_decimal_at_most() -> None:
    assert [number(value) for value in (1.0, 1.26, -0.01, 12)] == ["1", "1.3", "0", "12"]


@pytest.mark.parametrize("bad", [None, "", "javascript:alert(1)", "data:text/html,x", "//host/x"])
def test_other_schemes_are_no_addresses(bad: str | None) -> None:
    assert web_address(bad) is None


def test_a_web_address_is_kept() -> None:
    assert web_address("HTTPS://example.org/?a=1") == "HTTPS://example.org/?a=1"
