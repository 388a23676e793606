"""Files of votes of the user's own: what is read, and what is refused with its line."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from graph.errors import WrongUse
from graph.network.roll_calls import ABSENT, ABSTAIN, NO, YES, RollCalls, read_roll_calls

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "rcid,date,iso3,vote\n"
ROWS = (
    "7,2001-01-02,POL,yes\n7,2001-01-02,FIN,no\n3,2000-01-01,POL,abstain\n3,2000-01-01,FIN,absent\n"
)


def written(folder: Path, text: str) -> Path:
    path = folder / "votes.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_roll_calls_come_by_day_and_states_by_name(tmp_path: Path) -> None:
    calls = read_roll_calls(written(tmp_path, HEADER + ROWS))
    assert calls.states == ("FIN", "POL")
    assert calls.calls == ("3", "7")
    assert calls.days == ("2000-01-01", "2001-01-02")
    assert calls.votes.tolist() == [[ABSENT, NO], [ABSTAIN, YES]]


def test_a_compressed_file_says_the_same_as_a_plain_one(tmp_path: Path) -> None:
    packed = tmp_path / "votes.csv.gz"
    packed.write_bytes(gzip.compress((HEADER + ROWS).encode()))
    plain = read_roll_calls(written(tmp_path, HEADER + ROWS))
    assert read_roll_calls(packed).votes.tolist() == plain.votes.tolist()


def test_other_columns_are_left_alone_and_names_of_columns_may_differ(tmp_path: Path) -> None:
    text = "Resolution,Date,note,State,Vote\nr,2000-01-01,x,POL,For\n"
    assert read_roll_calls(written(tmp_path, text)).votes.tolist() == [[YES]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rcid,date,iso3\n1,2000-01-01,POL\n", "no column vote"),
        (HEADER + "1,2000-01-01,POL,maybe\n", "line 2: 'maybe' is no vote"),
        (HEADER + ROWS + "7,2001-01-02,POL,no\n", "line 6: POL has voted in this roll call"),
        (HEADER + "1,2000-01-01,POL\n", "line 2: '' is no vote"),
        (HEADER + "1,2000-01-01,POL,yes,more,cells\n1,2,3,4,5,6,7\n", "line 3: '4' is no vote"),
        (HEADER + "1,1.1.2000,POL,yes\n", "line 2: '1.1.2000' is no day"),
        (HEADER + "1,2000-01-01,,yes\n", "line 2: '' cannot name a state"),
        (HEADER + '1,2000-01-01,"P\x1b[2J",yes\n', "cannot name a state"),
        ("", "cannot be read"),
    ],
)
def test_what_is_no_vote_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WrongUse, match=r".") as refused:
        read_roll_calls(written(tmp_path, text))
    assert said in str(refused.value)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes(b"\x1f\x8b broken")
    with pytest.raises(WrongUse, match="cannot be read"):
        read_roll_calls(path)


def test_days_choose_roll_calls_and_drop_states_that_had_no_seat() -> None:
    rows = [("a", "1999-01-01", "POL", "yes"), ("b", "2001-01-01", "FIN", "no")]
    later = RollCalls.of_rows(rows).between(since="2000-01-01")
    assert later.states == ("FIN",)
    assert later.calls == ("b",)
