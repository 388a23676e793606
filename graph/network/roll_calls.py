"""Roll calls as a matrix of votes, from rows of the record or from a file of the user."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from pandas import DataFrame

    Whole = NDArray[np.int64]
    # Each name once, and the number of the name for each row.
    Coded = tuple[Sequence[str], Whole]

YES, ABSTAIN, NO, ABSENT = 1, 2, 3, 4
WORDS = {
    "yes": YES, "for": YES, "y": YES,
    "abstain": ABSTAIN, "abstention": ABSTAIN,
    "no": NO, "against": NO, "n": NO,
    "absent": ABSENT,
}  # fmt: skip
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "resolution": ("resolution", "rcid", "roll_call"),
    "day": ("date", "day"),
    "state": ("state", "iso3", "code"),
    "vote": ("vote",),
}
MOST_CELLS = 50_000_000
MOST_ROWS = 5_000_000
LONGEST_NAME = 80
FIRST_LINE = 2
ISO_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
GZIP = b"\x1f\x8b"

Row = tuple[str, str, str, str]


@dataclass(frozen=True, eq=False)
class RollCalls:
    """Votes of states (rows) in roll calls (columns, by day): yes, abstain, no, absent, or 0."""

    states: tuple[str, ...]
    calls: tuple[str, ...]
    days: tuple[str, ...]
    votes: NDArray[np.int8]

    @classmethod
    def of_rows(cls, rows: Iterable[Row]) -> RollCalls:
        """Read rows of roll call, day, state and vote; their order makes no difference."""
        table = list(rows)
        columns = [_coded([row[number] for row in table]) for number in range(4)]
        return _gathered(columns, lambda number: f"row {number + 1}")

    def between(self, since: str | None = None, until: str | None = None) -> RollCalls:
        """Answer the roll calls from one ISO day to another, both included."""
        kept = [(since or "") <= day <= (until or "9999") for day in self.days]
        return self._chosen(np.array(kept, dtype=np.bool_))

    def _chosen(self, columns: NDArray[np.bool_]) -> RollCalls:
        votes = self.votes[:, columns]
        seated = (votes != 0).sum(axis=1) > 0
        kept = np.flatnonzero(columns).tolist()
        return RollCalls(
            tuple(s for s, here in zip(self.states, seated.tolist(), strict=True) if here),
            tuple(self.calls[place] for place in kept),
            tuple(self.days[place] for place in kept),
            votes[seated],
        )

    def drawn(self, columns: NDArray[np.int64]) -> RollCalls:
        """Answer roll calls drawn by their numbers, some of them perhaps more than once."""
        calls = tuple(self.calls[number] for number in columns.tolist())
        days = tuple(self.days[number] for number in columns.tolist())
        return RollCalls(self.states, calls, days, np.ascontiguousarray(self.votes[:, columns]))

    def cast(self, vote: int) -> NDArray[np.float32]:
        """Answer a matrix of 1 where a state voted so and 0 elsewhere."""
        return np.asarray(self.votes == vote, dtype=np.float32)


def read_roll_calls(path: Path) -> RollCalls:
    """Answer the roll calls of a CSV file, plain or compressed with gzip.

    Parameters
    ----------
    path : Path
        A table with a header: `resolution` (or `rcid`), `date`, `state` (or `iso3`), `vote`. A vote
        is yes, no, abstain or absent (also: for, against). Other columns, and cells
        beyond the header, are left alone. A state
        without a row in a roll call was not a member.

    Returns
    -------
    RollCalls

    Raises
    ------
    WrongUse
        If the file cannot be read, lacks a column, or has a row that is no vote or a second vote of
        a state in a roll call; the message names the line.

    """
    table = _read(path)
    if len(table) > MOST_ROWS:
        message = f"{path} has more than {MOST_ROWS:,} rows; choose fewer."
        raise WrongUse(message)
    columns = [_of_column(table, spellings, path) for spellings in COLUMNS.values()]
    return _gathered(columns, lambda number: f"{path}: line {number + FIRST_LINE}")


def _read(path: Path) -> DataFrame:
    import pandas as pd

    every = {spelling for spellings in COLUMNS.values() for spelling in spellings}
    try:
        with path.open("rb") as file:
            packed = file.read(len(GZIP)) == GZIP
        return pd.read_csv(
            path,
            compression="gzip" if packed else None,
            encoding="utf-8-sig",
            usecols=lambda name: name.strip().lower() in every,
            dtype="category",
            keep_default_na=False,
            nrows=MOST_ROWS + 1,
            # Else a row that is too long would lend its first cells as names of rows.
            index_col=False,
        )
    except (OSError, EOFError, ValueError, pd.errors.ParserError) as error:
        message = f"{path} cannot be read as a table of votes: {error}."
        raise WrongUse(message) from error


def _of_column(table: DataFrame, spellings: Sequence[str], path: Path) -> Coded:
    names = {str(name).strip().lower(): name for name in table.columns}
    found = [names[spelling] for spelling in spellings if spelling in names]
    if not found:
        needed = ", ".join(" or ".join(some) for some in COLUMNS.values())
        message = f"{path}: the header has no column {' or '.join(spellings)}; needed are {needed}."
        raise WrongUse(message)
    column = table[found[0]].cat
    return [str(name) for name in column.categories], np.asarray(column.codes, dtype=np.int64)


def _coded(names: Sequence[str]) -> Coded:
    known, codes = np.unique(np.array(names, dtype=np.str_), return_inverse=True)
    return known.tolist(), codes.astype(np.int64)


def _gathered(columns: Sequence[Coded], place: Callable[[int], str]) -> RollCalls:
    """Put the votes into a matrix; states and roll calls are sorted, so rows may come anyhow."""
    resolutions, days, states, votes = columns
    said = _said(votes, place)
    _refuse_bad(states, _names_a_state, "cannot name a state", place)
    _refuse_bad(days, _is_day, "is no day; write it as 2000-12-31", place)
    pairs = days[1] * len(resolutions[0]) + resolutions[1]
    calls, column = np.unique(pairs, return_inverse=True)
    if len(calls) * len(states[0]) > MOST_CELLS:
        message = f"{len(calls)} roll calls of {len(states[0])} states are too many; choose fewer."
        raise WrongUse(message)
    _refuse_doubled(states[1] * max(len(calls), 1) + column, states, place)
    found = np.zeros((len(states[0]), len(calls)), dtype=np.int8)
    found[states[1], column] = said
    keys = [(days[0][c // len(resolutions[0])], resolutions[0][c % len(resolutions[0])])
            for c in calls.tolist()]  # fmt: skip
    return _sorted(states[0], keys, found)


def _said(votes: Coded, place: Callable[[int], str]) -> NDArray[np.int8]:
    """Answer the number of each row's vote."""
    words, codes = votes
    numbers = np.array([WORDS.get(word.strip().lower(), 0) for word in words], dtype=np.int8)
    said = numbers[codes] if len(codes) else np.zeros(0, dtype=np.int8)
    if (said == 0).any():
        row = int(np.flatnonzero(said == 0)[0])
        word = words[int(codes[row])][:LONGEST_NAME]
        message = f"{place(row)}: {word!r} is no vote; write yes, no, abstain or absent."
        raise WrongUse(message)
    return said


def _refuse_bad(
    names: Coded, good: Callable[[str], bool], what: str, place: Callable[[int], str]
) -> None:
    for code, name in enumerate(names[0]):
        if not good(name):
            row = int(np.flatnonzero(names[1] == code)[0])
            message = f"{place(row)}: {name[:LONGEST_NAME]!r} {what}."
            raise WrongUse(message)


def _names_a_state(name: str) -> bool:
    return 0 < len(name) <= LONGEST_NAME and name.isprintable()


def _is_day(text: str) -> bool:
    return bool(ISO_DAY.fullmatch(text))


def _refuse_doubled(cells: Whole, states: Coded, place: Callable[[int], str]) -> None:
    order = np.argsort(cells, kind="stable")
    doubled = order[1:][cells[order[1:]] == cells[order[:-1]]]
    if doubled.size:
        row = int(doubled.min())
        message = f"{place(row)}: {states[0][int(states[1][row])]} has voted in this roll call "
        message += "already; keep one row."
        raise WrongUse(message)


def _sorted(
    states: Sequence[str], calls: Sequence[tuple[str, str]], votes: NDArray[np.int8]
) -> RollCalls:
    rows = sorted(range(len(states)), key=states.__getitem__)
    columns = sorted(range(len(calls)), key=calls.__getitem__)
    return RollCalls(
        tuple(states[row] for row in rows),
        tuple(calls[column][1] for column in columns),
        tuple(calls[column][0] for column in columns),
        np.ascontiguousarray(votes[np.ix_(rows, columns)]),
    )
